"""What the page for instructors tells them to do, done to the letter, does what it says."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from attention_lab.geometry import copyable
from attention_lab.release.book import COLOUR, HOME, copied
from attention_lab.variants import COUNT, variant
from tests.conftest import ROOT

PAGE = (ROOT / "book/instructors.md").read_text("utf-8")
BLOCK = re.compile(
    r"^(?P<fence>`{3,})\{code-block\} \w+\n:caption: (?P<file>.+)\n\n"
    r"(?P<text>(?:.*\n)*?)(?P=fence)$",
    re.MULTILINE,
)
TOLD = {found["file"]: found["text"] for found in BLOCK.finditer(PAGE)}
NOWHERE = {name: value for name, value in os.environ.items() if name not in HOME}
SENTENCE = "Every reader of this copy sees this sentence."
(CALL,) = re.findall(r"^```python\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)
FAILS = r"/(book/\w+\.md):(\d+): WARNING: No longer holds: (.*)$"
FOUR = ("copying", "averaging", "interactions", "loudness")  # chapters on the course's numbers
LAST_OF_COPYING = "## How undecided is it?"


class Course:
    """A copy of the project that an instructor changes."""

    def __init__(self, folder):
        self.folder = copied(ROOT, folder)
        self.site = self.folder / "_build/html"

    def insert(self, file, text, before):
        """Write a text into a file, in front of what stands there once."""
        self.replace(file, before, text + before)

    def replace(self, file, before, after):
        """Write one text in the place of another, which stands there once."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert text.count(before) == 1, (file, before)
        path.write_text(text.replace(before, after), "utf-8")

    def run(self, program, *arguments):
        """Call a program of the environment with the package of this copy."""
        return subprocess.run(
            [Path(sys.executable).with_name(program), *arguments],
            cwd=self.folder,
            env=NOWHERE | {"PYTHONPATH": str(self.folder / "src")},
            capture_output=True,
            text=True,
        )

    def build(self):
        """Build the book, whatever becomes of it."""
        self.built = self.run("jupyter-book", "build", ".")

    def notebook(self, name):
        return nbformat.read(self.site / f"notebooks/{name}.ipynb", as_version=4)

    def page(self, name):
        return BeautifulSoup((self.site / f"book/{name}.html").read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """With another sentence, an exercise and a chapter more, as the page says, and built."""
    mine = Course(tmp_path_factory.mktemp("course"))
    mine.insert("book/copying.md", f"{SENTENCE}\n\n", before="Each unit of gap multiplies")
    exercises, answers, section, drawing, chapter, contents = (
        "src/attention_lab/exercises/assignment.py",
        "src/attention_lab/answers.py",
        "book/copying.md",
        "src/attention_lab/figures/mine.py",
        "book/mine.md",
        "_toc.yml",
    )
    mine.insert(exercises, TOLD[exercises], before='    Exercise(\n        number="1.3.1"')
    mine.insert(answers, TOLD[answers], before='    "1.3.1": 0')
    mine.insert(section, TOLD[section] + "\n", before=LAST_OF_COPYING)
    (mine.folder / drawing).write_text(TOLD[drawing], "utf-8")
    plot = f"\n```{{code-cell}}\n{CALL}```\n"
    (mine.folder / chapter).write_text(TOLD[chapter] + plot, "utf-8")
    mine.insert(contents, TOLD[contents], before="  - file: book/after\n")
    mine.checked = mine.run("python", "-m", "attention_lab", "check")
    mine.build()
    assert mine.built.returncode == 0, mine.built.stdout + mine.built.stderr
    return mine


def test_what_the_page_shows_of_the_numbers_is_how_they_stand_there():
    assert TOLD["src/attention_lab/fixtures.py"] in (
        ROOT / "src/attention_lab/fixtures.py"
    ).read_text("utf-8")


def test_numbers_that_are_fair_are_printed_as_they_are_to_be_written(course):
    (command,) = re.findall(r'bin/python -c "(.+)"', PAGE)
    said = course.run("python", "-c", command).stdout
    assert said == f"{variant(7).key} {variant(7).value}\n"


def test_make_check_has_nothing_to_say_of_what_the_page_teaches(course):
    assert course.checked.returncode == 0, course.checked.stdout + course.checked.stderr
    assert "17 exercises: no faults." in course.checked.stdout


def test_a_sentence_is_on_its_page(course):
    assert SENTENCE in course.page("copying").get_text()


def test_the_exercise_is_in_page_notebook_and_list(course):
    shown = course.page("copying")
    assert shown.find(id="exercise-1-2-3").find(string=re.compile("get_query123"))
    assert "1.2.3: not yet" in shown.get_text()
    listed = "".join(path.read_text("utf-8") for path in course.site.rglob("*.js"))
    assert (
        '"title": "Select the last value"' in listed or '"title":"Select the last value"' in listed
    )
    assert [mark(cell) for cell in course.notebook("copying").cells].count("1.2.3") == 1


def mark(cell):
    """Which exercise a notebook's cell is of."""
    return cell.metadata.get("attention_lab", {}).get("exercise")


def test_the_table_on_the_first_page_has_the_exercise_and_the_chapter(course):
    rows = [row.get_text(" ", strip=True) for row in course.page("index").select("table tr")]
    assert any(row.endswith("1.2.1, 1.2.2, 1.2.3") for row in rows), rows
    assert rows[-1] == "1.10 A chapter of mine ask for a key that has a twin"


def test_the_foreseen_mistake_is_told_in_the_authors_words(course):
    asked = "from attention_lab.judge import judge; print(judge('1.2.3', {}).message)"
    for query, said in (
        ([[-0.6, -9.6, -17.6]], "That is v2, the third value."),
        ([[4.3, -8.3, 3.5]], "The output is within"),
        ([[0, 0, 0]], "All keys have the same score"),
    ):
        told = course.run("python", "-c", asked.format(query))
        assert said in told.stdout, told.stderr


def test_the_exercise_is_marked(course, tmp_path):
    notebook = course.notebook("copying")
    (cell,) = [cell for cell in notebook.cells if mark(cell) == "1.2.3"]
    cell.source = cell.source.replace("[[nan, nan, nan]]", "[[4.3, -8.3, 3.5]]")
    nbformat.write(notebook, tmp_path / "ada.ipynb")
    marks = tmp_path / "marks.csv"
    graded = course.run(
        "python", "-m", "attention_lab", "grade", tmp_path / "ada.ipynb", "--csv", marks
    )
    assert marks.exists(), graded.stderr
    (row,) = csv.DictReader(marks.read_text("utf-8-sig").splitlines())
    assert float(row["1.2.3 points"]) == 1, row


def test_the_chapter_has_a_page_a_notebook_and_a_place_in_the_menu(course):
    assert "[[0.4983, 0.4983, 0.0034]]" in course.page("mine").get_text()  # e⁵ : e⁵ : 1
    assert (course.site / "notebooks/mine.ipynb").exists()
    assert course.page("copying").find("a", href="mine.html")


def test_the_plot_has_its_words_and_its_numbers(course):
    (picture,) = course.page("mine").select("figure.picture")
    assert picture.svg["aria-label"] == "Bars, the score of each key: k0 5.00, k1 5.00, k2 0.00."
    assert picture.table.find(string="5.000")


def test_of_ten_variants_three_have_no_query_that_looks_at_nothing():
    """None makes all four scores negative: the keys surround the null key."""
    keys = [[*variant(n).key, (0.0, 0.0, 0.0)] for n in range(COUNT)]
    assert sum(not copyable(key, 4) for key in keys) / COUNT == pytest.approx(0.3, abs=0.01)


def test_other_numbers_are_followed_or_each_claim_that_no_longer_holds_is_told(tmp_path):
    mine = Course(tmp_path)
    other = variant(7)
    source = (ROOT / "src/attention_lab/fixtures.py").read_text("utf-8")
    seed = source[source.index("SEED = Fixture") : source.index("# Three words")]
    rows = f"SEED = Fixture(\n    key={other.key},\n    value={other.value},\n)\n\n"
    mine.replace("src/attention_lab/fixtures.py", seed, rows)
    mine.build()
    assert mine.built.returncode != 0
    told = re.findall(FAILS, COLOUR.sub("", mine.built.stderr), re.MULTILINE)
    assert {file for file, *_ in told} >= {f"book/{name}.md" for name in FOUR}
    for file, line, _ in told:
        assert "assert" in (mine.folder / file).read_text("utf-8").splitlines()[int(line) - 1]
    assert any("check('1.2.1', answer) k2 takes" in claim for *_, claim in told)
