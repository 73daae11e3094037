"""What gives an answer away, and a release would find after minutes, is told with its line."""

import shutil

import pytest

from attention_lab.release.scan import leaks, secrets
from tests.authoring.small import FILES, line_of, reports, write
from tests.conftest import ROOT

SMALL, OTHER = "book/small.md", "book/other.md"
REASON = "The first value comes out because no other key lies so near to it."
CELL = "```{code-cell}\n:tags: [remove-cell]\n\nquery = torch.tensor([[4.7, 6.5, 6.0]])\n```\n"
HEAD = FILES[SMALL].split("\n\n")[0] + "\n\n"


@pytest.fixture
def folder(tmp_path):
    """The small book, with the answers of the course and with a reason in its solution."""
    write(tmp_path)
    for name in ("answers.py", "core.py", "messages.py"):
        shutil.copy(ROOT / "src/attention_lab" / name, tmp_path / "src/attention_lab")
    text = FILES[SMALL].replace("Ten times k0:\n", f"{REASON}\n")
    (tmp_path / SMALL).write_text(text, "utf-8")
    return tmp_path


def test_a_solution_in_its_place_gives_nothing_away(folder):
    assert reports(folder) == []


@pytest.mark.parametrize(
    ("more", "at", "said"),
    [
        (f"It is so.\n{REASON}\n", REASON, f"This gives an answer away: {REASON}"),
        (
            REASON.replace(" comes", "\n*comes*") + "\n",
            "*comes*",
            f"This gives an answer away: {REASON}",
        ),
        (CELL, "query = ", "This gives an answer away: the answer to 1.2.1."),
        (
            CELL.replace("query", "k0").replace("4.7, 6.5, 6.0", "0.47, 0.65, 0.60"),
            "k0 = ",
            "This gives an answer away: k0 = torch.tensor([[0.47, 0.65, 0.60]]).",
        ),
    ],
)
def test_what_gives_an_answer_away_is_told_where_it_stands(folder, more, at, said):
    text = f"{HEAD}{FILES[OTHER]}\n{more}\nMore.\n"
    (folder / OTHER).write_text(text, "utf-8")
    found = reports(folder)
    assert found
    assert all(report.startswith(f"{OTHER}:{line_of(text, at)}: ") for report in found), found
    assert any(said in report for report in found)


def test_it_is_silent_where_students_do_not_get_it(folder):
    marked = CELL.replace("remove-cell", "remove-cell, spoiler")
    (folder / OTHER).write_text(f"{HEAD}{FILES[OTHER]}\n{marked}", "utf-8")
    assert reports(folder) == []
    (folder / OTHER).write_text(f"{HEAD}{FILES[OTHER]}\n{CELL}", "utf-8")
    (folder / "_config.yml").write_text("title: Small\nlab_instructors: [book/other]\n", "utf-8")
    assert reports(folder) == []


def test_numbers_that_pass_by_chance_wait_for_the_release(folder):
    by_chance = CELL.replace("4.7, 6.5, 6.0", "14.1, 19.5, 18.0")
    (folder / OTHER).write_text(f"{HEAD}{FILES[OTHER]}\n{by_chance}", "utf-8")
    assert reports(folder) == []
    (told,) = {told for file, told in leaks(folder / "book", secrets(ROOT)) if file == "other.md"}
    assert ", which passes 1.2.1" in told
