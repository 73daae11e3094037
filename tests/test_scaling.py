"""The factor that would mend a query: found where there is one, and only there."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attention_lab.attempt import Attempt
from attention_lab.exercises import Exercise
from attention_lab.scaling import badness, helpful_factor, reach, steps_between, window_along
from tests import specification

NUMBER = st.integers(-300, 300).map(lambda n: n / 100)
KEYS = st.shared(st.integers(2, 7), key="keys")
SCORES = KEYS.flatmap(lambda n: st.lists(NUMBER, min_size=n, max_size=n))
VALUES = KEYS.flatmap(lambda n: st.lists(st.tuples(NUMBER, NUMBER), min_size=n, max_size=n))
GROUPS = KEYS.flatmap(lambda n: st.sets(st.integers(0, n - 1), min_size=1))


def attempt_at(groups, scores, values, tolerance=0.05):
    task = Exercise("9.9.9", "", tuple(map(tuple, groups)), (), tolerance=tolerance)
    return Attempt(task, scores, values)


def corners(count):
    """Values of which none can stand in for others: the output is the weights."""
    return [[float(i == j) for j in range(count)] for i in range(count)]


@settings(max_examples=300)
@given(GROUPS, SCORES, VALUES, st.floats(-4, 4))
def test_a_factor_out_of_reach_is_never_correct(group, scores, values, size):
    attempt = attempt_at([sorted(group)], [scores], values, tolerance=9)
    low, high = reach(attempt)
    factor = 10**size
    scaled = [[factor * s for s in scores]]
    if not low <= factor <= high and len(set(scores)) > 1:
        # Beyond WON or within EVEN nothing changes any more: then the ends speak for it.
        inside = [factor for factor in (low, high) if 0 < factor < float("inf")]
        if not any(badness(attempt, end) <= 1 for end in inside):
            assert not specification.is_correct(scaled, [sorted(group)], values, 9)


@given(GROUPS, SCORES, VALUES, st.floats(-2, 2))
def test_badness_is_one_where_correct_ends(group, scores, values, size):
    attempt = attempt_at([sorted(group)], [scores], values)
    scaled = [[10**size * s for s in scores]]
    bad = badness(attempt, 10**size)
    if abs(bad - 1) > 1e-9:
        expected = specification.is_correct(scaled, [sorted(group)], values, 0.05)
        assert (bad < 1) == expected == attempt.scaled(10**size).correct


@pytest.mark.parametrize(
    ("groups", "scores", "louder", "factor"),
    [
        # One of two: e^s > 19, s > 2.944. A tenth of the way from there to ten times it is 3.7.
        ([[0]], [[1, 0]], True, "4"),
        ([[0]], [[1e-9, 0]], True, "4e+09"),
        ([[0]], [[1e-300, 0]], True, "4e+300"),
        # Both of two: e^s < 0.55/0.45, s < 0.2007. A tenth of the way down to a tenth is 0.159.
        ([[0, 1]], [[1, 0]], False, "0.1"),
        ([[0, 1]], [[1e30, 0]], False, "1e-31"),
        # Two of three, unevenly: 100·f for the third, f between the two.
        ([[0, 1]], [[101, 100, 0]], False, "0.1"),
        # Row 0 needs s > 2.944, row 1 is twice as loud: one factor for both.
        ([[0], [1]], [[1, 0], [0, 2]], True, "4"),
        ([[0], [1]], [[0, 1], [0, 2]], True, None),  # row 0 looks at the wrong key
        ([[0]], [[1, 1]], True, None),  # a tie stays a tie
        ([[0]], [[0, 1]], True, None),
        ([[0]], [[0, 1]], False, None),
        ([[0, 1]], [[0, 0, 0]], True, None),  # nothing to multiply
        ([[0, 1]], [[2, 1, 0]], True, None),  # the tie breaks before the third is shut out
        ([[0, 1]], [[2, 1, 0]], False, None),
        ([[0, 1, 2]], [[1, 1, 1]], False, None),
    ],
)
def test_a_factor_by_hand(groups, scores, louder, factor):
    attempt = attempt_at(groups, scores, corners(len(scores[0])))
    assert helpful_factor(attempt, louder) == factor


def lead_and_gap(gap, loudness):
    """k0 leads k1 by 1, which leads k2 by gap: the window shrinks with the gap, and closes."""
    return attempt_at([[0, 1]], [[loudness * (1 + gap), loudness * gap, 0]], corners(3))


@pytest.mark.parametrize(("gap", "exists"), [(30, True), (18.75, True), (18.7, False), (9, False)])
def test_there_is_a_window_or_not(gap, exists):
    attempt = lead_and_gap(gap, loudness=10)
    assert any(badness(attempt, n / 1e6) < 1 for n in range(10_000, 20_000)) == exists
    assert (helpful_factor(attempt, louder=False) is not None) == exists


@pytest.mark.parametrize("gap", [18.72, 18.75, 18.8, 19, 20, 30])
@pytest.mark.parametrize("louder", [True, False])
def test_a_window_narrower_than_a_step_is_found_wherever_it_lies(gap, louder):
    for n in range(1, 30):
        attempt = lead_and_gap(gap, (1 + n / 29) * (0.001 if louder else 1000))
        factor = helpful_factor(attempt, louder)
        assert factor is not None
        assert attempt.scaled(float(factor)).correct


@pytest.mark.parametrize(
    ("groups", "scores", "louder", "near", "far"),
    [
        ([[0]], [1, 0], True, math.log(19), 40),  # beyond 40 units nothing changes
        ([[0, 1]], [1, 0], False, math.log(0.55 / 0.45), 0.01),  # nor below a hundredth
        ([[0, 1]], [31, 30, 0], True, None, math.log(0.55 / 0.45)),
        ([[0, 1]], [3100, 3000, 0], False, math.log(0.55 / 0.45) / 100, None),
    ],
)
def test_the_edges_of_a_window(groups, scores, louder, near, far):
    attempt = attempt_at(groups, [scores], corners(len(scores)))
    low, high = reach(attempt)
    start, end = (min(1, low), high) if louder else (high, low)
    found = window_along(attempt, steps_between(start, end, louder))
    for ours, expected in zip(found, (near, far), strict=True):
        if expected is not None:  # the third key's 1e-3 of the weight shifts the edge a little
            assert ours == pytest.approx(expected, rel=0.02 if len(scores) > 2 else 1e-9)
    assert all(badness(attempt, edge) <= 1 for edge in found)
    outwards = 1 + 1e-9 if louder else 1 - 1e-9
    if near is None or far is None:
        assert badness(attempt, found[0] / outwards) > 1
        assert badness(attempt, found[1] * outwards) > 1


def test_with_many_wanted_keys_one_of_them_may_trail_a_rival():
    # Weights of .17 five times, .07, and .08 for the rival: 0.097 from a sixth each.
    scores = [math.log(weight) for weight in (0.17, 0.17, 0.17, 0.17, 0.17, 0.07, 0.08)]
    attempt = attempt_at([range(6)], [scores], corners(7), tolerance=9)
    assert attempt.correct
    assert helpful_factor(attempt.scaled(3), louder=False) is not None
    assert helpful_factor(attempt.scaled(0.3), louder=True) is not None
