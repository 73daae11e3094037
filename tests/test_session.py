"""A notebook that works on a variant: what chapters import is about that one."""

import pytest
import torch

import attention_lab
from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES, exercise
from attention_lab.session import work_on
from attention_lab.variants import variant

MINE = variant(7)
OTHER = variant(11)
QUERY = course_answer(exercise("1.2.1"), MINE)  # k0 of the other points elsewhere


@pytest.fixture(autouse=True)
def as_before():
    yield
    for name in ("check", "given_query", "Playground", "key", "value"):
        vars(attention_lab).pop(name, None)


def test_what_is_imported_is_that_fixtures():
    key, value = work_on(MINE)
    from attention_lab import key as imported
    from attention_lab import value as imported_value

    assert torch.equal(imported, torch.tensor(MINE.key))
    assert torch.equal(imported, key)
    assert torch.equal(imported_value, value)


def test_answers_are_judged_on_it_and_on_another_when_one_is_given():
    work_on(MINE)
    for task in EXERCISES:
        assert attention_lab.check(task.number, course_answer(task, MINE))
    assert not attention_lab.check("1.2.1", QUERY, OTHER)
    wanted = course_answer(exercise("1.3.2"), MINE)
    assert torch.equal(attention_lab.given_query("1.4.1"), torch.tensor(wanted))


def test_a_playground_with_an_exercise_shows_it_and_one_without_shows_words():
    work_on(MINE)
    assert torch.equal(attention_lab.Playground("1.3.2").key, torch.tensor(MINE.key))
    assert attention_lab.Playground().key.shape == (3, 2)


def test_the_last_one_counts():
    work_on(MINE)
    work_on(OTHER)
    assert not attention_lab.check("1.2.1", QUERY)


def test_something_else_is_refused():
    with pytest.raises(ValueError, match="Expected keys and values"):
        work_on(7)
