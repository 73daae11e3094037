"""What every chapter promises once it has run: what readers are told of placeholders and solutions.

Read off the executed notebooks, as `make book` has left them. What can be seen without running
them is for `make check`: tests/authoring.
"""

from collections import Counter

import nbformat
import pytest
from bs4 import BeautifulSoup

from attention_lab.exercises import ALL
from tests.conftest import CHAPTERS

NUMBERS = [task.number for task in ALL]


@pytest.fixture(scope="module")
def cells(site):
    """The cells of each chapter, executed: ``cells["keys"]``."""
    folder = site.parent / "jupyter_execute/book"
    return {name: nbformat.read(folder / f"{name}.ipynb", as_version=4).cells for name in CHAPTERS}


@pytest.fixture(scope="module")
def every_cell(cells):
    return [cell for chapter in cells.values() for cell in chapter]


def tagged(cells, tag):
    return [cell for cell in cells if tag in cell.metadata.get("tags", [])]


def html_of(cell):
    return "".join(output.data.get("text/html", "") for output in cell.outputs if "data" in output)


@pytest.mark.parametrize("task", ALL, ids=lambda task: task.number)
def test_an_exercise_runs_as_it_is_and_is_told_not_yet(task, every_cell):
    (cell,) = [c for c in tagged(every_cell, "exercise") if f"def {task.function}():" in c.source]
    card = BeautifulSoup(html_of(cell), "html.parser").find(class_="verdict")
    assert card["data-passed"] == "false"
    assert card["data-diagnosis"] == "not-finite"
    assert "placeholder" in card.text
    assert f"{task.number}: not yet" in card.text


@pytest.mark.parametrize("number", NUMBERS)
def test_an_exercise_has_a_solution_that_is_shown_to_pass(number, every_cell):
    solutions = [cell for cell in tagged(every_cell, "solution") if f'"{number}"' in cell.source]
    assert any('data-passed="true"' in html_of(cell) for cell in solutions)


def test_there_are_guesses(every_cell):
    prose = "\n".join(cell.source for cell in every_cell if cell.cell_type == "markdown")
    assert prose.count(":::{guess}") >= 16


def test_there_are_eight_different_pictures_drawn_by_cells(every_cell):
    words = [
        svg["aria-label"]
        for cell in every_cell
        if cell.cell_type == "code"
        for svg in BeautifulSoup(html_of(cell), "html.parser")("svg")
    ]
    assert len(set(words)) >= 8
    assert max(Counter(words).values()) <= 2  # the circle stands on the landing page too


def test_the_seeds_recipe_and_functions_are_in_the_book(every_cell):
    everything = "\n".join(cell.source for cell in every_cell)
    for part in (
        "torch.manual_seed(447)",
        "key.round_(decimals=2)",
        "scaled_dot_product_attention(query, key, value, scale=1)",
        "check_query(",
        "Save a copy in Drive",
        *(task.function for task in ALL),
    ):
        assert part in everything
