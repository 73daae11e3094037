"""The exercises say what the course says."""

import pytest
import torch

from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES, exercise, wanted_weights
from attention_lab.fixtures import SEED, Fixture

KEY, VALUE = torch.tensor(SEED.key), torch.tensor(SEED.value)

# The targets and the answers as the original assignment computes them.
TARGETS = {
    "1.2.1": VALUE[0],
    "1.2.2": VALUE,
    "1.3.1": VALUE.mean(0),
    "1.3.2": VALUE[(0, 1),].mean(0),
    "1.4.1": VALUE[(0, 1, 2),].mean(0),
    "1.4.2": VALUE[2],
}
MIDDLE = (KEY[0] + KEY[1]) / 2
ANSWERS = {
    "1.2.1": torch.tensor([[4.7, 6.5, 6.0]]),
    "1.2.2": 10 * KEY,
    "1.3.1": torch.zeros(1, 3),
    "1.3.2": 100 * MIDDLE[None],
    "1.4.1": MIDDLE,
    "1.4.2": MIDDLE / MIDDLE.norm(),
}
FUNCTIONS = {
    "1.2.1": "get_query121",
    "1.2.2": "get_query122",
    "1.3.1": "get_query131",
    "1.3.2": "get_query132",
    "1.4.1": "get_key141",
    "1.4.2": "get_key142",
}
every_exercise = pytest.mark.parametrize("number", TARGETS)


def test_the_courses_six_are_there_in_their_order():
    """An instructor may have added others."""
    assert [task.number for task in EXERCISES if task.number in TARGETS] == list(TARGETS)


@every_exercise
def test_the_wanted_weights_lead_to_the_target(number):
    output = torch.tensor(wanted_weights(exercise(number), 4)) @ VALUE
    torch.testing.assert_close(output, TARGETS[number].reshape(output.shape))


@every_exercise
def test_the_course_answer_is_the_original_one(number):
    answer = torch.tensor(course_answer(exercise(number), SEED))
    torch.testing.assert_close(answer, ANSWERS[number])


@every_exercise
def test_the_shape_and_the_function_name_are_the_original_ones(number):
    task = exercise(number)
    assert task.shape(features=3) == tuple(ANSWERS[number].shape)
    assert task.function == FUNCTIONS[number]


@every_exercise
def test_the_tolerance_is_the_original_one_and_there_are_hints(number):
    task = exercise(number)
    assert task.tolerance == 0.05
    assert len(task.hints) >= 2
    assert task.title


def test_the_answers_follow_another_fixture():
    fixture = Fixture(key=((1, 0), (0, 3), (8, 8)), value=((1,), (2,), (3,)))
    assert course_answer(exercise("1.3.2"), fixture) == [[50, 150]]
    assert course_answer(exercise("1.4.1"), fixture) == [0.5, 1.5]


@pytest.mark.parametrize("number", ["1.2.3", "121", "", None, 1.2])
def test_an_unknown_number_is_refused_with_the_list_of_those_there_are(number):
    with pytest.raises(ValueError, match="no exercise") as refusal:
        exercise(number)
    assert repr(number) in str(refusal.value)
    assert all(known in str(refusal.value) for known in TARGETS)
