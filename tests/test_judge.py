"""The judge: agrees with torch, passes what is right, refuses what cannot be used."""

import math
from random import Random

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from attention_lab import check_query
from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES, Exercise, exercise
from attention_lab.fixtures import SEED, Fixture
from attention_lab.judge import judge
from tests.wrong_answers import AXES

K, D, V = 5, 7, 2
NUMBER = st.floats(-3, 3, width=32)


def matrices(*shape):
    return arrays("float32", shape, elements=NUMBER).map(lambda array: array.tolist())


every_exercise = pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)


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


def draw_answer(random, fixture, task=None):
    """An exercise, and an answer somewhere around the course's: nearer or farther, every time."""
    task = task or random.choice(EXERCISES)
    answer = course_answer(task, fixture)
    scale = 10 ** random.uniform(-1, 3) if task.kind == "query" else random.gauss(1, 0.02)
    noise = 10 ** random.uniform(-3, 3)
    rows = answer if task.kind == "query" else [answer]
    rows = [[scale * x + noise * random.gauss(0, 1) for x in row] for row in rows]
    return task, rows if task.kind == "query" else rows[0]


def nearly(task, random, error):
    """An answer between the course's and a wrong one, whose error is just this; None if none is."""
    right, wrong = course_answer(task, SEED), draw_answer(random, SEED, task)[1]
    low, high = 0.0, 1.0
    if judge(task, wrong).error <= error or judge(task, right).error >= error:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        if judge(task, between(right, wrong, middle)).error < error:
            low = middle
        else:
            high = middle
    return between(right, wrong, low)


def between(one, other, share):
    """A nested list part of the way from one to another."""
    if isinstance(one, list):
        return [between(a, b, share) for a, b in zip(one, other, strict=True)]
    return one + share * (other - one)


@every_exercise
def test_answers_at_the_very_edge_pass_or_fail_as_in_torch(task):
    """float32 rounds a score of 64, as in 1.4, by up to 4e-6: nearer no verdict can be the same."""
    random = Random(1)
    near = [nearly(task, random, 0.05 + gap) for gap in (-2e-5, 2e-5) for _ in range(30)]
    answers = [answer for answer in near if answer is not None]
    assert len(answers) >= 10
    for answer in answers:
        assert abs(judge(task, answer).error - 0.05) < 3e-5
        assert judge(task, answer).passed == (torch_error(task, answer, SEED) < 0.05)


def test_ten_thousand_answers_pass_or_fail_as_in_torch():
    random = Random(0)
    passed = 0
    for n in range(10_000):
        rows = [[round(random.gauss(0, 0.6), 2) for _ in range(3)] for _ in range(8)]
        fixture = SEED if n % 2 else Fixture(rows[:4], rows[4:])
        task, answer = draw_answer(random, fixture)
        verdict = judge(task, answer, fixture)
        if abs(verdict.error - task.tolerance) > 1e-6:
            theirs = torch_error(task, answer, fixture) < task.tolerance
            assert verdict.passed == theirs, (task.number, answer, fixture)
        passed += verdict.passed
    assert 1000 < passed < 9000


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
    assert verdict.distance == 0.5  # a quarter too little twice
    assert verdict.diagnosis == "leak"


def test_weights_may_be_off_by_a_tenth_and_no_more():
    # All values are the same, so every output fits; the parts are 9 and 1, then 8.9 and 1.1.
    fixture = Fixture(key=((1,), (0,)), value=((1,), (1,)))
    task = Exercise("9.9.9", "", wanted=((0,),), hints=())
    assert judge(task, [[math.log(9.01)]], fixture).diagnosis == "correct"
    verdict = judge(task, [[math.log(8.9 / 1.1)]], fixture)
    assert verdict.diagnosis == "right-output-wrong-weights"
    assert verdict.passed
    assert verdict.distance == pytest.approx(0.11)


def test_an_error_equal_to_the_tolerance_does_not_pass():
    # Two equal keys, values 0 and 1: the output is 0.5, the target 0, the error 0.5.
    fixture = Fixture(key=((0, 0), (0, 0)), value=((0,), (1,)))
    for tolerance, passed in ((0.5, False), (0.50001, True)):
        task = Exercise("9.9.9", "", wanted=((0,),), hints=(), tolerance=tolerance)
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


def test_a_fixture_with_too_few_keys_is_refused():
    two = Fixture(key=((1, 0), (0, 1)), value=((1,), (0,)))
    for number in ("1.2.2", "1.4.1"):
        with pytest.raises(ValueError, match="this fixture has 2 keys"):
            judge(number, [[1, 1]], two)


def test_an_exercise_that_is_unknown_is_refused():
    with pytest.raises(ValueError, match="no exercise"):
        judge("7.7.7", [[0, 0, 0]])


# --- a key, with the learner's own query ------------------------------------------------------

MIDDLE = [0.555, 0.575, 0.005]
GENTLE = [[5.55, 5.75, 0.05]]  # a tenth of the course's query: it passes 1.3.2


def test_an_own_query_that_passes_is_used():
    # At a tenth of the loudness the slab is ten times as thick: 5% of 6.4 units hardly matter.
    key = [1.05 * x for x in MIDDLE]
    assert not judge("1.4.1", key)
    verdict = judge("1.4.1", key, own_query=GENTLE)
    assert verdict
    assert verdict.weights == judge("1.4.1", key, own_query=GENTLE).weights
    assert verdict.message.endswith("Judged with your own query of 1.3.2.")


def test_an_own_query_that_passes_is_used_even_where_the_course_query_does_better():
    assert judge("1.4.2", [0.6, 0.62, 0.0])
    verdict = judge("1.4.2", [0.6, 0.62, 0.0], own_query=GENTLE)  # 6.9 against two of 6.4
    assert not verdict
    assert verdict.diagnosis == "too-quiet"


FAILING = [[200.0, 207.2, 1.8]]  # so loud that k1 takes all


def test_with_an_own_query_that_failed_the_better_verdict_counts():
    assert not judge("1.3.2", FAILING)
    # The course's query does better.
    verdict = judge("1.4.1", MIDDLE, own_query=FAILING)
    assert verdict.passed
    assert verdict.error == judge("1.4.1", MIDDLE).error
    assert verdict.message.endswith("course's query: your own does not pass 1.3.2.")
    # The own query does better: with it k2 gets all at once.
    key = [1.03 * x for x in MIDDLE]
    assert not judge("1.4.2", key)
    verdict = judge("1.4.2", key, own_query=FAILING)
    assert verdict.passed
    assert verdict.message.endswith("your own query of 1.3.2, though it does not pass there.")


def test_of_two_failures_the_one_with_a_cause_counts_then_the_nearer():
    reference = judge("1.4.1", [1, 1, 0])
    # With this query every key gets a quarter, whatever k2 is: nearer, but no k2 can pass.
    verdict = judge("1.4.1", [1, 1, 0], own_query=[[0.0, 0.0, 0.0]])
    assert verdict.diagnosis == "too-loud"
    assert verdict.weights == reference.weights
    assert "course's query" in verdict.message
    # This one is too soft for 1.3.2, but k2 could pass with it, and misses by less.
    soft = [[1.3, 1.3, 0.0]]
    assert not judge("1.3.2", soft)
    verdict = judge("1.4.1", [1, 1, 0], own_query=soft)
    assert verdict.diagnosis == "too-loud"
    assert verdict.error < reference.error
    assert "your own query" in verdict.message


@pytest.mark.parametrize("unusable", [[[math.nan] * 3], [1, 2, 3], "x"])
def test_an_own_query_that_cannot_be_used_leaves_the_course_query(unusable):
    verdict = judge("1.4.1", MIDDLE, own_query=unusable)
    assert verdict.passed
    assert "course's query: your own does not pass 1.3.2." in verdict.message


def test_an_own_query_too_large_for_the_key_leaves_the_course_query():
    huge = [[3e38, 0, 0]]  # 3e38 · 0.47 fits, 3e38 · 1.5 does not
    verdict = judge("1.4.2", [1.5, 1, 0], own_query=huge)
    assert verdict.passed
    assert "course's query" in verdict.message
    verdict = judge("1.4.1", [1.5, 1, 0], own_query=huge)
    assert verdict.diagnosis == "too-loud"  # which is nearer than what cannot be computed
    assert "course's query" in verdict.message


def test_where_a_query_is_asked_for_an_own_query_changes_nothing():
    answer = course_answer(exercise("1.2.1"), SEED)
    assert vars(judge("1.2.1", answer, own_query=GENTLE)) == vars(judge("1.2.1", answer))


def test_the_message_says_first_why_and_then_with_which_query():
    base = judge("1.4.1", MIDDLE).message
    verdict = judge("1.4.1", MIDDLE, own_query=FAILING)
    assert verdict.message == (
        base + " Judged with the course's query: your own does not pass 1.3.2."
    )


def test_an_own_query_is_judged_on_the_same_fixture():
    axes = Fixture(key=AXES, value=AXES)
    for query, used in (
        ([[5, 5, 0, 0]], "own query of 1.3.2."),
        ([[9, 5, 0, 0]], "course's query"),
    ):
        assert used in judge("1.4.2", [9, 9, 0, 0], axes, own_query=query).message


def test_where_both_queries_do_equally_well_the_course_query_is_named():
    # With either k2 has a lead of hundreds of units: the error is 0.
    verdict = judge("1.4.2", [9, 9, 0, 0], Fixture(key=AXES, value=AXES), [[200, 199, 0, 0]])
    assert verdict.error == 0
    assert "course's query" in verdict.message
