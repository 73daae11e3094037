"""Exercises 1.8.1 and 1.8.2: what solves them, and what only seems to."""

import pytest
import torch

from attention_lab.exercises.learned import EVENTS, EXERCISES, FIXTURE, NAMES, WITNESSES
from attention_lab.learning.descent import descend
from tests import specification

COPY, AVERAGE = EXERCISES


def error(task, matrix):
    """The largest error, by loops over numbers."""
    query = (torch.tensor(WITNESSES) @ matrix).tolist()
    output = specification.output(query, FIXTURE.key, FIXTURE.value)
    wanted = [[1 / len(g) if k in g else 0.0 for k in range(7)] for g in task.wanted]
    return specification.largest_gap(output, wanted)


def diagonal(*numbers):
    return torch.tensor(numbers, dtype=torch.float).diag()


def test_seven_witnesses_of_two_events_with_names_of_length_1():
    assert len(NAMES) == len(WITNESSES) == 7
    assert [name[-1] for name in NAMES] == list("AAABBBB")
    for name, row in zip(NAMES, WITNESSES, strict=True):
        assert row[:2] == ((1, 0) if name.endswith("A") else (0, 1))
        assert row[2] ** 2 + row[3] ** 2 == pytest.approx(1)
    by_name = {}
    for name, row in zip(NAMES, WITNESSES, strict=True):
        assert by_name.setdefault(name.split()[0], row[2:]) == row[2:]
    assert len(set(by_name.values())) == 4
    assert FIXTURE.key == WITNESSES
    assert torch.equal(torch.tensor(FIXTURE.value), torch.eye(7))


@pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)
def test_an_exercise_asks_for_a_matrix_and_helps(task):
    assert task.kind == "matrix"
    assert task.shape(4) == (4, 4)
    assert task.points == 0
    assert len(task.hints) == 3
    assert len(task.wanted) == len(task.asks) == 7
    assert task.function == f"get_matrix{task.number.replace('.', '')}"


def test_what_is_wanted():
    assert COPY.wanted == tuple((i,) for i in range(7))
    assert AVERAGE.wanted == 3 * (EVENTS[0],) + 4 * (EVENTS[1],)


@pytest.mark.parametrize("scale", [8, 10, 50])
def test_the_same_number_on_the_diagonal_copies(scale):
    assert error(COPY, diagonal(scale, scale, scale, scale)) < COPY.tolerance


@pytest.mark.parametrize("scale", [3, 10, 50])
def test_the_event_alone_averages_at_any_loudness(scale):
    assert error(AVERAGE, diagonal(scale, scale, 0, 0)) < AVERAGE.tolerance


@pytest.mark.parametrize(
    ("task", "matrix"),
    [
        (COPY, diagonal(0, 0, 10, 10)),  # Ann A and Ann B share
        (COPY, diagonal(10, 10, 0, 0)),  # an average
        (COPY, diagonal(7, 7, 7, 7)),  # too soft for Ann B and Dan B
        (AVERAGE, diagonal(10, 10, 10, 10)),  # copies
        (AVERAGE, diagonal(10, 10, 1, 0)),  # a name that counts a little
        (AVERAGE, diagonal(0, 0, 0, 0)),  # all seven
        (AVERAGE, diagonal(2, 2, 0, 0)),  # too soft
    ],
)
def test_what_does_not_do(task, matrix):
    assert error(task, matrix) >= task.tolerance


@pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)
def test_descent_finds_a_matrix_of_the_same_plan(task):
    witness = torch.tensor(WITNESSES)
    wanted = torch.tensor([[1 / len(g) if k in g else 0.0 for k in range(7)] for g in task.wanted])

    def surprise(matrix):
        score = witness @ matrix @ witness.T
        return -(wanted * score.log_softmax(dim=-1)).sum()

    found = descend(surprise, torch.zeros(4, 4), rate=0.3)[-1]
    assert error(task, found) < task.tolerance
    names = found[2:, 2:]
    assert (names.diagonal().min() > 5) if task is COPY else (names.abs().max() < 0.1)
    assert (found[:2, :2].diagonal() > 3).all()
