"""The book has no fault that ``make check`` finds; one planted in a chapter it does find."""

import shutil
import subprocess
import sys

import pytest

from attention_lab.authoring import check
from attention_lab.authoring.book import read
from attention_lab.exercises import ALL
from tests.authoring.small import line_of
from tests.conftest import PAGES, ROOT


def found(project):
    return [str(fault) for fault in check(read(project))]


def test_the_book_has_none():
    assert found(ROOT) == []


# The chapter, what is replaced, by what, the line that is then at fault, and what is said of it.
PLANTED = {
    "a wrong id": ("words", "{hints} 1.5.2", "{hints} 1.5.3", "{hints} 1.5.3", "'1.5.3'"),
    "a solution that fails": (
        "words",
        '[2.4, 8.2, -8.8]])\nassert check("1.5.1", answer)',
        '[0.2, 0.8, -0.9]])\nassert check("1.5.1", answer)',
        'assert check("1.5.1", answer)',
        "does not pass: The direction is right, but the query is too soft",
    ),
    "a placeholder that passes": (
        "averaging",
        'return torch.tensor([[nan, nan, nan]])\n\n\ncheck("1.3.1"',
        'return torch.zeros(1, 3)\n\n\ncheck("1.3.1"',
        "def get_query131",
        "What is to be filled in for 1.3.1 passes",
    ),
    "a missing alt text": (
        "copying",
        "## In real models\n",
        "![](copy.png)\n\n## In real models\n",
        "![](copy.png)",
        "no alt text",
    ),
    "a cell over 15 lines": (
        "keys",
        'names = ["cat", "dog", "car"]\n',
        'names = ["cat", "dog", "car"]\n' + "print(names)\n" * 14,
        'names = ["cat"',
        "This cell has 17 lines; at most 15",
    ),
    "a number typed in prose": (
        "keys",
        "the cat goes from {glue:text}`cat_soft:.2f` to",
        "the cat goes from 0.65 to",
        "the cat goes from 0.65",
        "The number 0.65 is typed",
    ),
    "a claim without a source": (
        "words",
        "Some come to do so: {cite:t}`clark2019` find heads of BERT",
        "Some come to do so: there are heads of BERT",
        "They are learned so that words are predicted well",
        "Under 'In real models' this has no source",
    ),
}


@pytest.fixture
def project(tmp_path):
    """A copy of what is looked at."""
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "book", tmp_path / "book")
    shutil.copytree(ROOT / "src", tmp_path / "src")
    (tmp_path / "book/copy.png").write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize("mistake", PLANTED)
def test_a_mistake_planted_in_a_chapter_is_the_only_one_reported(project, mistake):
    name, old, new, at, said = PLANTED[mistake]
    chapter = project / f"book/{name}.md"
    text = chapter.read_text("utf-8")
    assert text.count(old) == 1
    chapter.write_text(text.replace(old, new), "utf-8")
    (report,) = found(project)
    assert report.startswith(f"book/{name}.md:{line_of(text.replace(old, new), at)}: "), report
    assert said in report


def test_sections_that_misconceptions_lead_to_are_there(project):
    (project / "_toc.yml").write_text(
        (ROOT / "_toc.yml").read_text("utf-8").replace("  - file: book/interactions\n", "")
    )
    keys = project / "book/keys.md"
    keys.write_text(keys.read_text("utf-8").replace("(sec-keys)=", "(sec-key)="), "utf-8")
    home = "src/attention_lab/questions/misconceptions.py"
    text = (ROOT / home).read_text("utf-8")
    reports = [report for report in found(project) if report.startswith(home)]
    gone = line_of(text, "The values have a say")
    assert any(report.startswith(f"{home}:{gone}: No page is there for any") for report in reports)
    renamed = line_of(text, "Only directions count")
    expected = f"{home}:{renamed}: There is no label 'sec-keys'. Did you mean sec-key?"
    assert expected in reports


def test_it_is_quick_because_it_loads_nothing_that_draws_trains_or_builds():
    program = (
        "import sys; from attention_lab.cli import main; status = main(['check']);"
        "heavy = {'torch', 'matplotlib', 'scipy', 'numpy', 'nbformat', 'rfc3987_syntax'};"
        "print(status, heavy & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    *_, summary, last = done.stdout.splitlines()
    assert summary == f"{len(PAGES)} pages, {len(ALL)} exercises: no faults."
    assert last == "0 set()"
