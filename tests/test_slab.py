"""Which scores of an edited key pass: exactly those between the two ends."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention_lab.attempt import Attempt
from attention_lab.exercises import Exercise
from attention_lab.slab import INFINITY, passing_scores

NUMBER = st.integers(-200, 200).map(lambda n: n / 100)
VALUES = st.lists(st.tuples(NUMBER, NUMBER, NUMBER), min_size=5, max_size=5)
SCORES = st.lists(st.floats(-30, 30), min_size=5, max_size=5)
GROUPS = st.lists(st.integers(0, 4), min_size=1, max_size=5, unique=True)


def attempt_at(group, scores, values, edits=1, tolerance=0.3):
    task = Exercise("9.9.9", "", (tuple(group),), (), edits=edits, tolerance=tolerance)
    return Attempt(task, [scores], values)


@given(GROUPS, SCORES, VALUES, st.integers(0, 4), st.floats(-40, 40))
def test_a_score_passes_exactly_between_the_ends(group, scores, values, edits, score):
    low, high = passing_scores(attempt_at(group, scores, values, edits), row=0)
    for s in (score, low - 1e-6, low + 1e-6, high - 1e-6, high + 1e-6, (low + high) / 2):
        if math.isfinite(s) and min(abs(s - low), abs(s - high)) > 1e-7:
            tried = [*scores[:edits], s, *scores[edits + 1 :]]
            if abs(attempt_at(group, tried, values).error - 0.3) > 1e-9:
                assert attempt_at(group, tried, values).passes == (low < s < high)


def test_the_ends_by_hand():
    # Two others with score 0 share what key 1 leaves; all values are 0 but that of key 1.
    attempt = attempt_at((0, 1, 2), [0, 7, 0], [[0], [1], [0]], tolerance=0.1)
    low, high = passing_scores(attempt, row=0)
    for end, weight in ((low, 1 / 3 - 0.1), (high, 1 / 3 + 0.1)):
        assert math.exp(end) / (math.exp(end) + 2) == pytest.approx(weight)


def test_the_score_of_the_edited_key_does_not_matter():
    values = [[0.0, 1.0], [1.0, 0.5], [0.2, 0.1]]
    ends = {passing_scores(attempt_at((0, 1), [1, s, 2], values), row=0) for s in (-9, 0, 1e30)}
    assert len(ends) == 1


def test_others_far_apart_do_not_overflow():
    attempt = attempt_at((1,), [1e30, 0, -1e30], [[0], [1], [0]], tolerance=0.1)
    low, high = passing_scores(attempt, row=0)
    assert low == pytest.approx(1e30)
    assert high == INFINITY


@pytest.mark.parametrize(
    ("group", "values", "ends"),
    [
        ((0,), [[0], [1]], (-INFINITY, pytest.approx(math.log(0.3 / 0.7)))),
        ((1,), [[0], [1]], (pytest.approx(math.log(0.7 / 0.3)), INFINITY)),
        ((0,), [[1], [1]], (-INFINITY, INFINITY)),  # whatever it takes, the output is 1
        ((0,), [[0], [0.2]], (-INFINITY, INFINITY)),  # the tolerance allows all of it
    ],
)
def test_an_end_may_be_open(group, values, ends):
    assert passing_scores(attempt_at(group, [0, 0], values), row=0) == ends


def test_a_feature_that_the_key_cannot_move_must_fit_already():
    # Key 2 gets nothing, so the output is v0 or v1, and both are 0.
    for target, fits in ((0.2, True), (0.3, False), (1.0, False)):  # the tolerance is 0.3
        attempt = attempt_at((2,), [0, 0, -1000], [[0], [0], [target]])
        assert passing_scores(attempt, row=0) == (
            (-INFINITY, INFINITY) if fits else (INFINITY, -INFINITY)
        )


def test_where_no_score_will_do_the_first_end_is_above_the_second():
    # Key 2 is wanted, and key 0 has all the weight that key 1 leaves.
    for values in ([[0, 0], [0, 0], [0, 1]], [[0, 0], [1, 0], [0, 1]]):
        low, high = passing_scores(attempt_at((2,), [50, 0, 0], values), row=0)
        assert low > high
