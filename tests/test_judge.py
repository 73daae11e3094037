"""The judge: agrees with torch, passes what is right, refuses what cannot be used."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from attention_lab import check_query, core
from attention_lab.exercises import EXERCISES, Exercise, course_answer, exercise
from attention_lab.fixtures import SEED, Fixture
from attention_lab.judge import (
    LARGEST_FLOAT32,
    attention_weights,
    find_fault,
    judge,
    largest_difference,
    mix,
)
from attention_lab.messages import MESSAGES
from tests import specification

Q, K, D, V = 3, 5, 7, 2
NUMBER = st.floats(-3, 3, width=32)
NAN, INF = math.nan, math.inf


def matrices(*shape):
    return arrays("float32", shape, elements=NUMBER).map(lambda array: array.tolist())


every_exercise = pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)


# --- the arithmetic ---------------------------------------------------------------------------


@given(matrices(Q, D), matrices(K, D), matrices(K, V))
def test_the_arithmetic_is_that_of_the_loops(query, key, value):
    weights = attention_weights(query, key)
    assert largest_difference(weights, specification.weights(query, key)) < 1e-12
    output = mix(weights, value)
    assert largest_difference(output, specification.output(query, key, value)) < 1e-12


@given(matrices(Q, D), matrices(Q, D))
def test_the_largest_difference_is_that_of_the_loops(one, other):
    assert largest_difference(one, other) == specification.largest_gap(one, other)


def test_softmax_does_not_overflow():
    assert attention_weights([[1e38, -1e38]], [[1, 0], [0, 1]]) == [[1.0, 0.0]]


# --- against torch ----------------------------------------------------------------------------


def torch_error(task, answer, fixture):
    """The error as the original assignment computes it, in float32."""
    key, value = torch.tensor(fixture.key), torch.tensor(fixture.value)
    target = torch.stack([value[list(group)].mean(0) for group in task.wanted])
    query = torch.tensor(answer)
    if task.kind == "key":
        key[task.edits] = torch.tensor(answer)
        query = torch.tensor(course_answer(exercise(task.query_of), fixture))
    return check_query(query, target, key, value).item()


def answers_around(answer, scale, noise):
    """An answer near a given one: scaled, and moved a little."""
    return (torch.tensor(answer) * scale + torch.tensor(noise)).tolist()


@every_exercise
@given(data=st.data(), scale=st.floats(0, 3))
def test_error_and_verdict_are_torchs(task, data, scale):
    size = task.shape(features=3)
    noise = data.draw(matrices(*size))
    answer = answers_around(course_answer(task, SEED), scale, noise)
    verdict = judge(task.number, answer)
    error = torch_error(task, answer, SEED)
    assert verdict.error == pytest.approx(error, abs=2e-4)
    if abs(error - task.tolerance) > 2e-4:
        assert verdict.passed == (error < task.tolerance)


@every_exercise
@given(data=st.data())
def test_error_is_torchs_on_other_fixtures(task, data):
    fixture = Fixture(data.draw(matrices(K, D)), data.draw(matrices(K, V)))
    answer = data.draw(matrices(*task.shape(features=D)))
    if task.kind == "key":  # a loud query turns float32's last digit into a whole unit of score
        task = Exercise("9.9.9", "", task.wanted, (), edits=task.edits, query_of="1.2.1")
    verdict = judge(task, answer, fixture)
    assert verdict.error == pytest.approx(torch_error(task, answer, fixture), abs=1e-3)


@given(data=st.data())
def test_weights_are_torchs(data):
    answer = data.draw(matrices(4, 3))
    verdict = judge("1.2.2", answer)
    theirs = core.attention_weights(torch.tensor(answer), torch.tensor(SEED.key))
    torch.testing.assert_close(torch.tensor(verdict.weights), theirs)


# --- verdicts ---------------------------------------------------------------------------------


@every_exercise
def test_the_course_answer_passes(task):
    verdict = judge(task.number, course_answer(task, SEED))
    assert verdict
    assert verdict.passed
    assert verdict.diagnosis == "correct"
    assert verdict.error < verdict.tolerance == task.tolerance


def test_errors_are_those_known_of_the_course_answers():
    known = {"1.2.1": 0.0004, "1.2.2": 0.0007, "1.3.1": 0, "1.3.2": 0.0289, "1.4.1": 0.0198}
    for number, error in known.items():
        answer = course_answer(exercise(number), SEED)
        assert judge(number, answer).error == pytest.approx(error, abs=5e-5)


@every_exercise
def test_zeros_pass_only_where_all_values_are_averaged(task):
    zeros = torch.zeros(task.shape(3)).tolist()
    assert judge(task.number, zeros).passed == (task.number == "1.3.1")


@every_exercise
def test_another_exercise_answer_does_not_pass(task):
    for other in EXERCISES:
        answer = course_answer(other, SEED)
        if other is not task:
            assert not judge(task.number, answer), other.number


def test_a_verdict_tells_wanted_and_obtained_weights():
    verdict = judge("1.3.2", [[0, 0, 0]])
    assert verdict.exercise == "1.3.2"
    assert verdict.wanted == [[0.5, 0.5, 0, 0]]
    assert verdict.weights == [[0.25] * 4]
    # feature 1 is furthest off: (-.88 -.93 -.75 +.20)/4 = -.59 against (-.88 -.93)/2 = -.905
    assert verdict.error == pytest.approx(0.315)
    assert not verdict
    assert verdict.passed is False
    assert verdict.diagnosis == "off-target"
    assert verdict.message == MESSAGES["off-target"].format(error="0.315", tolerance="0.05")


def test_an_error_equal_to_the_tolerance_does_not_pass():
    # Two equal keys, values 0 and 1: the output is 0.5, the target 0, the error 0.5.
    fixture = Fixture(key=((0, 0), (0, 0)), value=((0,), (1,)))
    for tolerance, passed in ((0.5, False), (0.50001, True)):
        task = Exercise("9.9.9", "", wanted=((0,),), hints=(), scale=1, tolerance=tolerance)
        assert judge(task, [[1, 1]], fixture).passed is passed


def test_a_key_edit_changes_only_the_key_it_edits():
    # The query is that of 1.2.1: ten times key 0.
    fixture = Fixture(key=((1, 0), (9, 9), (0, 1)), value=((0,), (1,), (2,)))
    verdict = judge(
        Exercise("9.9.9", "", wanted=((1,),), hints=(), edits=1, query_of="1.2.1"),
        [0.3, 5],
        fixture,
    )
    scores = [10 * 1, 10 * 0.3, 0]
    total = sum(math.exp(score) for score in scores)
    assert verdict.weights == [pytest.approx([math.exp(score) / total for score in scores])]


def test_an_exercise_that_is_unknown_is_refused():
    with pytest.raises(ValueError, match="no exercise"):
        judge("7.7.7", [[0, 0, 0]])


# --- answers that cannot be used --------------------------------------------------------------

ROW = (1, 3)
UNUSABLE = [
    ([0.0, 0.0, 0.0], "wrong-shape", "(3,)"),
    ([[0.0, 0.0]], "wrong-shape", "(1, 2)"),
    ([[0.0] * 3] * 4, "wrong-shape", "(4, 3)"),
    ([[0.0] * 3] * 1000, "wrong-shape", "(1000, 3)"),
    ([[[0.0] * 3]], "wrong-shape", "(1, 1, 3)"),
    (0.0, "wrong-shape", "()"),
    ([], "wrong-shape", "(0,)"),
    ([[]], "wrong-shape", "(1, 0)"),
    ([[], []], "wrong-shape", "(2, 0)"),
    ([[0.0, 0.0, 0.0], [0.0]], "ragged", "different lengths"),
    ([0.0, [0.0], 0.0], "ragged", "different lengths"),
    ([[[0.0], [0.0, 0.0], [0.0]]], "ragged", "different lengths"),
    ("0 0 0", "wrong-type", "'0 0 0'"),
    ([["0", "0", "0"]], "wrong-type", "'0'"),
    (None, "wrong-type", "None"),
    ([[None, 0.0, 0.0]], "wrong-type", "None"),
    ([[True, False, False]], "wrong-type", "True"),
    ([[0j, 0.0, 0.0]], "wrong-type", "0j"),
    ({0: 1}, "wrong-type", "{0: 1}"),
    (print, "wrong-type", "got a function; call it, with () behind its name."),
    ([["x" * 99, 0.0, 0.0]], "wrong-type", "'" + "x" * 36 + "..."),
    ([["x" * 38, 0.0, 0.0]], "wrong-type", "'" + "x" * 38 + "'."),
    ([["x" * 39, 0.0, 0.0]], "wrong-type", "'" + "x" * 36 + "..."),
    ([[NAN, 0.0, 0.0]], "not-finite", "[0, 0] is nan"),
    ([[0.0, INF, 0.0]], "not-finite", "[0, 1] is inf"),
    ([[0.0, 0.0, -INF]], "not-finite", "[0, 2] is -inf"),
    ([[0.0, 0.0, 1e39]], "not-finite", "[0, 2] is 1e+39"),
    ([[10**400, 0.0, 0.0]], "not-finite", "[0, 0] is too large an integer"),
    ([[NAN, NAN, NAN]], "placeholder", "placeholder"),
]


@pytest.mark.parametrize(("answer", "diagnosis", "said"), UNUSABLE)
@pytest.mark.parametrize("number", ["1.2.1", "1.3.1", "1.3.2"])
def test_what_cannot_be_used_is_told_why_and_never_passes(number, answer, diagnosis, said):
    verdict = judge(number, answer)
    assert not verdict
    assert verdict.diagnosis == diagnosis
    assert said in verdict.message
    assert verdict.error is None
    assert verdict.weights is None
    assert len(verdict.wanted) == 1
    if diagnosis != "not-finite":
        assert str(ROW) in verdict.message


@pytest.mark.parametrize("number", ["1.4.1", "1.4.2"])
@pytest.mark.parametrize("answer", [[[1, 1, 0]], 0.56, [0.5], [[1, 1, 0]] * 4, [[[1, 1, 0]]]])
def test_a_key_of_another_shape_does_not_pass_though_it_may_broadcast(number, answer):
    verdict = judge(number, answer)
    assert verdict.diagnosis == "wrong-shape"
    assert "(3,)" in verdict.message


@every_exercise
def test_the_placeholder_is_told_so_and_does_not_pass(task):
    placeholder = torch.full(task.shape(3), torch.nan).tolist()
    assert judge(task.number, placeholder).diagnosis == "placeholder"


def test_the_largest_float32_is_still_a_number():
    assert find_fault([LARGEST_FLOAT32], (1,)) is None
    assert torch.tensor(LARGEST_FLOAT32).isfinite()
    assert not torch.tensor(LARGEST_FLOAT32 * 1.0001).isfinite()


@pytest.mark.parametrize("answer", [[[5, 7, 6]], ((4.7, 6.5, 6.0),), [[4.7, 6.5, 6]]])
def test_integers_and_tuples_are_judged_by_value(answer):
    assert judge("1.2.1", answer)


def test_a_huge_answer_is_judged_without_overflow():
    assert judge("1.2.1", [[0.47e38, 0.65e38, 0.60e38]])
