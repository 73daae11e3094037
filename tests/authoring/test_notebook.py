"""What keeps MyST-NB from running a page's cells, or ends the build, is told with file and line."""

import pytest

from tests.authoring.small import FILES, line_of, reports, write

SMALL, OTHER = "book/small.md", "book/other.md"
SPEC = "kernelspec: {"
FULL = "jupytext: {text_representation: {format_name: myst}}\n" + SPEC
HEAD = FILES[SMALL].split("\n\n")[0] + "\n\n"
CELL = "```{code-cell}\n1\n```\n"
TAGS = ":tags: [hide-output, runnable]"

# What is replaced in the small chapter, by what, where the fault is then, and what is said of it.
PLANTED = [
    ("name: python3}", "name: pyhton3}", "---", "There is no kernel 'pyhton3'. Copy"),
    (
        "All of it",
        f"- A list.\n\n  {CELL.replace(chr(10), chr(10) + '  ')}\n\nAll of it",
        "  ```{c",
        "cell does not run",
    ),
    ("All of it", f":::{{note}}\n{CELL}:::\n\nAll of it", "```{code-cell}\n1", "cell does not run"),
    ("All of it", '+++ {"tags":\n\nAll of it', "+++", "which is no JSON"),
    ("All of it", "- [ ] to do\n- [ ] done\n\nAll of it", "- [ ] to do", "A list with boxes"),
    (TAGS, ":tags: [hide-output, runnable", ":tags: [hide-output", "(bad YAML)"),
    (TAGS, "---\ntags: [hide-output\n---", "```{code-cell}\n---", "bad YAML"),
    (TAGS, ":tags: hide-output", ":tags: hide-output", "Expected brackets around tags"),
]


@pytest.mark.parametrize(("old", "new", "at", "said"), PLANTED)
def test_what_the_build_stumbles_on_is_told_in_its_place(tmp_path, old, new, at, said):
    text = FILES[SMALL].replace(old, new, 1)
    assert text != FILES[SMALL]
    (write(tmp_path) / SMALL).write_text(text, "utf-8")
    found = reports(tmp_path)
    assert f"{SMALL}:{line_of(text, at)}: " in found[0], found
    assert any(said in report for report in found)


def test_a_page_whose_cells_would_not_run_is_told_beside_one_whose_cells_do(tmp_path):
    text = FILES[SMALL].replace(SPEC, FULL)
    (write(tmp_path) / SMALL).write_text(text, "utf-8")
    (tmp_path / OTHER).write_text(text[: text.index("(sec-small)")] + FILES[OTHER] + CELL, "utf-8")
    assert reports(tmp_path) == []
    (tmp_path / OTHER).write_text(HEAD + FILES[OTHER] + CELL, "utf-8")
    (found,) = reports(tmp_path)
    assert found.startswith(f"{OTHER}:1: This page's cells do not run")


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (OTHER, b"Another", "Schön".encode("latin-1"), 2),
        (SMALL, b"The page counts", b"\xff", FILES[SMALL].count("\n") - 1),
    ],
)
def test_a_letter_in_another_encoding_is_told_with_its_line(tmp_path, file, old, new, line):
    path = write(tmp_path) / file
    path.write_bytes(path.read_bytes().replace(old, new))
    found = [report for report in reports(tmp_path) if report.startswith(file)]
    assert found[0].startswith(f"{file}:{line}: A letter here is not in UTF-8.")


@pytest.mark.parametrize(
    "more",
    [
        "+++\n\nMore.\n",
        '+++ {"a": 1}\n\nMore.\n',
        ":::{note}\n- [x] boxes in a box\n:::\n",
        CELL.replace("1", "---\ntags:\n- hide-output\n---\n1"),
        CELL.replace("1", ":tags: ['hide-output', \"runnable\"]\n\n1"),
        "```python\n+++ a\n- [ ] b\n```\n",
        "```{raw-cell}\n:raw_mimetype: text/html\n\n<b>x</b>\n```\n",
        CELL.replace("1", ":tags: [scroll-output, full-width]\n\n1"),
        CELL.replace("1", "%%time\nx = !ls\nx?"),
        CELL.replace("1", "try:\n    import cupy\nexcept ImportError:\n    cupy = None"),
        "```{figure-md} fig-x\n![Two.](arrows.png)\n\nA.\n```\n\nSee [](#fig-x).\n",
        "By {cite:author}`olsson2022`, {bdg-primary}`new`.\n",
    ],
)
def test_what_can_be_taken_apart_is_not_complained_about(tmp_path, more):
    (write(tmp_path) / OTHER).write_text(f"{HEAD}{FILES[OTHER]}\n{more}", "utf-8")
    assert reports(tmp_path) == []
