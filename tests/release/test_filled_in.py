"""The key has every answer there is, and says which there are not."""

import nbformat
import pytest

from attention_lab.exercises import ALL
from attention_lab.release import notebooks
from attention_lab.release.notebooks import filled_in


def made(tasks):
    cells = []
    for task in tasks:
        cell = nbformat.v4.new_code_cell(f"def {task.function}():\n    # TODO\n    return nan")
        cell.metadata["attention_lab"] = {"exercise": task.number}
        cells.append(cell)
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["attention_lab"] = {"variants": False}
    return notebook


def test_an_exercise_that_is_missing_is_refused():
    with pytest.raises(ValueError, match=f"a cell for exercise {ALL[-1].number}"):
        filled_in(made(ALL[:-1]))


def test_an_exercise_without_an_answer_keeps_its_todo_and_is_told(monkeypatch, capsys):
    known = notebooks.course_answer
    unknown = ALL[1]
    monkeypatch.setattr(
        notebooks,
        "course_answer",
        lambda task, fixture: None if task == unknown else known(task, fixture),
    )
    key = filled_in(made(ALL))
    todo = ["# TODO" in cell.source for cell in key.cells]
    assert todo == [task == unknown for task in ALL]
    assert f"no answer to {unknown.number}" in capsys.readouterr().err


def test_a_zero_of_an_answer_has_no_sign():
    key = filled_in(made(ALL))
    sources = {task.number: cell.source for task, cell in zip(ALL, key.cells, strict=True)}
    assert "[[0.0, 0.0, 0.0]]" in sources["1.3.1"]
