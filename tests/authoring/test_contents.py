"""The contents are read as the build reads them; what is wrong with them is told with a line."""

import pytest

from attention_lab.authoring import report
from attention_lab.authoring.toc import files
from tests.authoring.small import FILES, reports, write

PARTS = """\
format: jb-book
root: book/small
parts:
  - caption: One
    numbered: true
    chapters:
      - file: book/other
        sections:
          - file: book/third
      - url: https://a.org
  - chapters:
      - glob: book/f*
"""
GIVEN = FILES["_toc.yml"]


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path)


def test_pages_in_parts_and_sections_are_looked_at(folder):
    (folder / "_toc.yml").write_text(PARTS, "utf-8")
    for name in ("third", "fourth"):
        (folder / f"book/{name}.md").write_text("# A page\n\nBy 42.\n", "utf-8")
    names = ["small", "other", "third", "fourth"]
    assert files(folder) == [f"book/{name}.md" for name in names]
    fourth, third = reports(folder)
    assert fourth.startswith("book/fourth.md:3: The number 42 is typed")
    assert third.startswith("book/third.md:3: The number 42 is typed")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("format: jb-book\n", "_toc.yml:1: 'root' key not found. Expected root: …"),
        (GIVEN.replace("jb-book", "jb-bok"), "_toc.yml:1: 'format' key value not recognised"),
        (GIVEN.replace("chapters", "chapter"), "_toc.yml:3: Nothing knows 'chapter' here. Did you"),
        (
            GIVEN + "    sectoins: []\n",
            "_toc.yml:5: Nothing knows 'sectoins' here. Did you mean sec",
        ),
        (GIVEN + "  - file:book/x\n", "_toc.yml:5: Entry not a mapping type"),
        (GIVEN + "  - book/x\n", "_toc.yml:5: Entry not a mapping type"),
        (GIVEN + "  - fil: book/x\n", "_toc.yml:5: Entry does not contain one of"),
        (GIVEN + "    sections:\n", "_toc.yml:4: 'sections' not a non-empty list"),
        (GIVEN + "  - file: book/other\n", "_toc.yml:5: The page book/other is in the contents al"),
        (GIVEN + "- file: book/x\n", "_toc.yml:5: This is no YAML"),
    ],
)
def test_contents_that_cannot_be_followed_are_all_that_is_told(folder, capsys, text, place):
    (folder / "_toc.yml").write_text(text, "utf-8")
    assert report(folder) == 1
    fault, last = capsys.readouterr().out.splitlines()
    assert fault.startswith(place), fault
    assert last == "Nothing else was looked at."


def test_a_notebook_in_the_contents_is_told_to_be_no_text(folder):
    (folder / "book/other.md").rename(folder / "book/other.ipynb")
    (fault,) = [fault for fault in reports(folder) if "_toc.yml" in fault]
    assert fault.startswith("_toc.yml:4: book/other.ipynb is no MyST text")
