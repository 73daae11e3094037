"""What the page for instructors tells them to do, done to the letter in a copy, does what it says."""

import csv
import json
import os
import re
import subprocess
import sys

import nbformat
import pytest
from bs4 import BeautifulSoup

from attention_lab.release.book import built, copied
from attention_lab.variants import variant
from tests.conftest import ROOT

PAGE = (ROOT / "book/instructors.md").read_text("utf-8")
BLOCK = re.compile(
    r"^(?P<fence>`{3,})\{code-block\} \w+\n:caption: (?P<file>.+)\n\n(?P<text>(?:.*\n)*?)(?P=fence)$",
    re.MULTILINE,
)
TOLD = {found["file"]: found["text"] for found in BLOCK.finditer(PAGE)}
SENTENCE = "Every reader of this copy sees this sentence."
LAST_OF_COPYING = "## How undecided is it?"


class Course:
    """A copy of the project that an instructor changes."""

    def __init__(self, folder):
        self.folder = copied(ROOT, folder)
        self.site = self.folder / "_build/html"

    def change(self, file, before, after):
        """Replace what stands in a file once."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert text.count(before) == 1, (file, before)
        path.write_text(text.replace(before, after), "utf-8")

    def run(self, *arguments):
        """Call Python with the package of this copy."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(self.folder / "src")},
            capture_output=True,
            text=True,
        )

    def page(self, name):
        return BeautifulSoup((self.site / f"book/{name}.html").read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """With another sentence, an exercise and a chapter more, as the page says, and built."""
    mine = Course(tmp_path_factory.mktemp("course"))
    mine.change("book/copying.md", LAST_OF_COPYING, f"{SENTENCE}\n\n{LAST_OF_COPYING}")
    exercises, answers, section, chapter, contents = (
        "src/attention_lab/exercises/assignment.py",
        "src/attention_lab/answers.py",
        "book/copying.md",
        "book/mine.md",
        "_toc.yml",
    )
    mine.change(exercises, "EXERCISES = (\n", f"EXERCISES = (\n{TOLD[exercises]}")
    mine.change(answers, '"1.3.2": 100}', f'"1.3.2": 100,\n{TOLD[answers]}}}')
    mine.change(section, SENTENCE, f"{SENTENCE}\n\n{TOLD[section]}")
    (mine.folder / chapter).write_text(TOLD[chapter], "utf-8")
    mine.change(contents, "  - file: book/after\n", f"{TOLD[contents]}  - file: book/after\n")
    mine.checked = mine.run("-m", "attention_lab", "check")
    built(mine.folder)
    return mine


def test_what_the_page_shows_of_the_numbers_is_how_they_stand_there():
    assert TOLD["src/attention_lab/fixtures.py"] in (
        ROOT / "src/attention_lab/fixtures.py"
    ).read_text("utf-8")


def test_make_check_has_nothing_to_say_of_what_the_page_teaches(course):
    assert course.checked.returncode == 0, course.checked.stdout + course.checked.stderr
    assert "17 exercises: no faults." in course.checked.stdout


def test_a_sentence_is_on_its_page(course):
    assert SENTENCE in course.page("copying").get_text()


def test_the_exercise_is_in_page_notebook_and_list(course):
    cell = course.page("copying").find(attrs={"data-exercise": "1.2.3"}) or course.page(
        "copying"
    ).find(string=re.compile("get_query123"))
    assert cell
    assert "1.2.3: not yet" in course.page("copying").get_text()
    assert "Select the last value" in str(list(course.site.glob("_static/**/*.js")) and _data(course))
    notebook = nbformat.read(course.site / "notebooks/copying.ipynb", as_version=4)
    marks = [cell.metadata.get("attention_lab", {}).get("exercise") for cell in notebook.cells]
    assert marks.count("1.2.3") == 1


def _data(course):
    """All that the pages' scripts know, as text."""
    return "".join(path.read_text("utf-8") for path in course.site.rglob("*.js*"))


def test_the_foreseen_mistake_is_told_in_the_authors_words(course):
    asked = "from attention_lab.judge import judge; print(judge('1.2.3', {}).message)"
    for query, said in (
        ([[-0.6, -9.6, -17.6]], "That is v2, the third value."),
        ([[4.3, -8.3, 3.5]], "The output is within"),
        ([[0, 0, 0]], "All keys have the same score"),
    ):
        told = course.run("-c", asked.format(query))
        assert said in told.stdout, told.stderr


def test_the_exercise_is_marked(course, tmp_path):
    notebook = nbformat.read(course.site / "notebooks/copying.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("attention_lab", {}).get("exercise") == "1.2.3":
            cell.source = cell.source.replace("[[nan, nan, nan]]", "[[4.3, -8.3, 3.5]]")
    nbformat.write(notebook, tmp_path / "ada.ipynb")
    marks = tmp_path / "marks.csv"
    graded = course.run("-m", "attention_lab", "grade", str(tmp_path), "--csv", str(marks))
    assert marks.exists(), graded.stderr
    (row,) = csv.DictReader(marks.read_text("utf-8-sig").splitlines())
    (points,) = [value for name, value in row.items() if "1.2.3" in name and "points" in name.lower()] or [
        row.get("1.2.3")
    ]
    assert float(points) == 1


def test_the_chapter_has_a_page_a_notebook_and_a_place_in_the_menu(course):
    assert "0.5" in course.page("mine").get_text()
    assert (course.site / "notebooks/mine.ipynb").exists()
    assert course.page("copying").find("a", href="mine.html")


def test_other_numbers_are_followed_or_each_claim_that_no_longer_holds_is_told(tmp_path):
    mine = Course(tmp_path)
    other = variant(7)
    source = (ROOT / "src/attention_lab/fixtures.py").read_text("utf-8")
    seed = source[source.index("SEED = ") : source.index("# Three words")]
    rows = f"SEED = Fixture(\n    key={other.key},\n    value={other.value},\n)\n\n"
    mine.change("src/attention_lab/fixtures.py", seed, rows)
    with pytest.raises(RuntimeError) as failed:
        built(mine.folder)
    told = re.findall(r"^(book/\w+\.md):(\d+): WARNING: No longer holds: (.*)$", str(failed.value), re.M)
    assert json.dumps(told)
    for file, line, _ in told:
        assert "assert" in (mine.folder / file).read_text("utf-8").splitlines()[int(line) - 1]
    assert any("check('1.2.1', answer)" in claim for *_, claim in told)
