"""What every chapter promises: placeholders, hints, solutions, guesses, short cells, rubrics.

Read off the executed notebooks, as `make book` has left them.
"""

import ast
import itertools
import re
from collections import Counter

import nbformat
import pytest
from bs4 import BeautifulSoup

from attention_lab.exercises import ALL
from attention_lab.writeups import WRITEUPS
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
def test_an_exercise_has_a_cell_to_fill_in_that_runs_and_is_told_not_yet(task, every_cell):
    (cell,) = [c for c in tagged(every_cell, "exercise") if f"def {task.function}():" in c.source]
    assert "# TODO" in cell.source
    assert f'check("{task.number}", {task.function}())' in cell.source
    card = BeautifulSoup(html_of(cell), "html.parser").find(class_="verdict")
    assert card["data-passed"] == "false"
    assert card["data-diagnosis"] == "not-finite"
    assert "placeholder" in card.text
    assert f"{task.number}: not yet" in card.text


def test_there_are_no_other_exercise_cells(every_cell):
    assert len(tagged(every_cell, "exercise")) == len(ALL)
    code = [cell for cell in every_cell if cell.cell_type == "code"]
    assert sum("# TODO" in cell.source for cell in code) == len(ALL)


@pytest.mark.parametrize("number", NUMBERS)
def test_an_exercise_has_a_solution_that_is_asserted_and_its_hints(number, every_cell):
    solutions = [cell for cell in tagged(every_cell, "solution") if f'"{number}"' in cell.source]
    assert any(f'assert check("{number}", ' in cell.source for cell in solutions)
    assert any('data-passed="true"' in html_of(cell) for cell in solutions)
    prose = "\n".join(cell.source for cell in every_cell if cell.cell_type == "markdown")
    assert prose.count(f"```{{hints}} {number}\n") == 1


def test_solutions_stand_inside_folded_blocks(cells):
    for chapter in cells.values():
        folded = False
        for cell in chapter:
            if cell.cell_type == "markdown":
                for start, end in re.findall(r"```\{solution-(?:(start)|(end))\}", cell.source):
                    folded = bool(start) and not end
                if "{solution-start}" in cell.source:
                    assert ":class: dropdown" in cell.source
            elif "solution" in cell.metadata.get("tags", []):
                assert folded, cell.source


def test_a_guess_is_asked_before_its_answer_can_be_seen(cells):
    """After the last guess in a text, the next cell folds its output, or is for the reader."""
    guesses = 0
    for chapter in cells.values():
        for text, cell in itertools.pairwise(chapter):
            if text.cell_type == "markdown" and cell.cell_type == "code":
                _, found, after = text.source.rpartition("{guess}")
                if found and "{dropdown} Answer" not in after:
                    guesses += 1
                    assert {"hide-output", "exercise"} & set(cell.metadata.tags), cell.source
    assert guesses >= 16


def test_cells_are_short(every_cell):
    for cell in every_cell:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 15, cell.source


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_cell_needs_what_one_that_is_removed_has_made(name, cells):
    """Notebooks do without the cells that only lend prose its numbers."""
    removed = set()
    for cell in cells[name]:
        if cell.cell_type == "code":
            made, used = names_in(cell.source)
            if "remove-cell" in cell.metadata.get("tags", []):
                removed |= made
            else:
                assert not (used & removed) - made, cell.source
                removed -= made


def names_in(source):
    """The names that a cell makes, and those that it uses."""
    nodes = [*ast.walk(ast.parse(source))]
    names = [node for node in nodes if isinstance(node, ast.Name)]
    aliases = [alias for node in nodes for alias in getattr(node, "names", []) if alias != "*"]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    made |= {alias.asname or alias.name for alias in aliases if isinstance(alias, ast.alias)}
    made |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    return made, {node.id for node in names if isinstance(node.ctx, ast.Load)}


def test_each_write_up_has_a_model_answer_an_experiment_and_a_link_to_one_that_learns(cells):
    asked = 0
    for chapter in cells.values():
        prose = "\n".join(cell.source for cell in chapter if cell.cell_type == "markdown")
        writeups = prose.count("```{criteria}")
        asked += writeups
        if writeups:
            assert prose.count("{dropdown} A model answer") == writeups
            _, experiment = prose.split("### An experiment that could prove it wrong")
            assert "](#exp-" in experiment
    assert asked == len(WRITEUPS)


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
