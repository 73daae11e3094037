"""Descent on exercise 1.2.1: how often each loss gets there, where one sticks, and why."""

import pytest
import torch

from attention_lab import attention, attention_weights, check, key, value
from attention_lab.learning.descent import (
    cross_entropy,
    descend,
    errors_along,
    first_passes,
    pulls,
    squared_error,
    starts,
)

SEEDS, STARTS, STEPS = range(5), 20, 1000
WANTED = 0
every_seed = pytest.mark.parametrize("seed", SEEDS)


def walk(loss, start, steps=STEPS):
    return descend(lambda query: loss(query, key, value, WANTED), start, steps=steps)


@pytest.fixture(scope="module")
def paths():
    """The paths of both losses from the same starts, of each seed; starts do not meet."""
    start = torch.cat([starts(STARTS, 3, seed) for seed in SEEDS])
    both = walk(squared_error, start), walk(cross_entropy, start, steps=60)
    return list(zip(*(path.split(STARTS, dim=1) for path in both), strict=True))


def arrivals(path):
    return first_passes(errors_along(path, key, value, WANTED), tolerance=0.05)


@every_seed
def test_the_squared_error_gets_there_from_about_half_of_the_starts(paths, seed):
    assert 8 <= (arrivals(paths[seed][0]) >= 0).sum() <= 14


@every_seed
def test_the_cross_entropy_gets_there_from_every_start_in_about_ten_steps(paths, seed):
    step = arrivals(paths[seed][1])
    assert (step >= 0).all()
    assert 6 <= step.median() <= 13
    assert step.max() <= 25


def test_from_zero_the_squared_error_is_stuck_and_the_cross_entropy_is_not():
    start = torch.zeros(1, 3)
    assert arrivals(walk(squared_error, start)).tolist() == [-1]
    assert 8 <= arrivals(walk(cross_entropy, start, steps=60)).item() <= 12


def test_arrived_is_what_check_says(paths):
    path = paths[0][1]
    steps = arrivals(path)
    for n, step in enumerate(steps.tolist()):
        assert errors_along(path, key, value, 0)[step, n] < 0.05
        verdict = check("1.2.1", path[step, n][None])
        assert verdict.error == pytest.approx(errors_along(path, key, value, 0)[step, n].item())
        assert step == 0 or not check("1.2.1", path[step - 1, n][None])


@every_seed
def test_most_of_the_stuck_stand_in_a_mixture_of_v1_and_v2(paths, seed):
    path = paths[seed][0]
    stuck = path[-1][arrivals(path) < 0]
    weight = attention_weights(stuck, key).median(dim=0).values
    # The point of the line through v1 and v2 that is next to v0.
    line = value[2] - value[1]
    share = (value[0] - value[1]) @ line / line.square().sum()
    assert share == pytest.approx(0.74, abs=0.01)
    assert weight[2] == pytest.approx(share.item(), abs=0.02)
    assert weight[1] == pytest.approx(1 - share.item(), abs=0.02)
    assert weight[0] < 0.05


@every_seed
def test_where_it_is_stuck_the_squared_error_pulls_at_nothing(paths, seed):
    path = paths[seed][0]
    stuck = path[-1][arrivals(path) < 0]
    flat, steep = (
        torch.stack([pulls(loss, query[None], key, value, WANTED) for query in stuck])
        for loss in (squared_error, cross_entropy)
    )
    assert flat.abs().max() < 0.03
    assert steep[:, WANTED].median() > 0.95
    assert steep[:, WANTED].min() > 0.3  # one or two are still on their way


@pytest.mark.parametrize("seed", range(7))
def test_pulls_are_the_formulas_of_the_chapter(seed):
    query = starts(1, 3, seed)
    weight = attention_weights(query, key)[0]
    away = attention(query, key, value)[0] - value[WANTED]
    by_key = (value - attention(query, key, value)) @ away
    expected = -2 * weight * by_key
    torch.testing.assert_close(pulls(squared_error, query, key, value, WANTED), expected)
    expected = torch.eye(4)[WANTED] - weight
    torch.testing.assert_close(pulls(cross_entropy, query, key, value, WANTED), expected)


def test_a_step_goes_along_the_pulls():
    """The slope by the query is that by the scores, times the keys."""
    start = starts(5, 3, seed=1)
    for loss in (squared_error, cross_entropy):
        after = walk(loss, start, steps=1)[1]
        for query, moved in zip(start, after, strict=True):
            expected = pulls(loss, query[None], key, value, WANTED) @ key
            torch.testing.assert_close(moved - query, expected, atol=1e-5, rtol=1e-4)


def test_starts_do_not_meet():
    start = starts(3, 3, seed=2)
    together = walk(squared_error, start, steps=20)
    for n in range(3):
        alone = walk(squared_error, start[n : n + 1], steps=20)
        torch.testing.assert_close(together[:, n : n + 1], alone)


def test_the_cross_entropy_is_convex_and_the_squared_error_is_not():
    a, b = starts(500, 3, seed=3), starts(500, 3, seed=4)
    bent = {}
    for loss in (squared_error, cross_entropy):
        ends = [torch.stack([loss(q[None], key, value, 0) for q in points]) for points in (a, b)]
        middle = torch.stack([loss(q[None], key, value, 0) for q in (a + b) / 2])
        bent[loss] = ((ends[0] + ends[1]) / 2 - middle).min()
    assert bent[cross_entropy] > -1e-5
    assert bent[squared_error] < -0.1


def test_a_saturated_query_is_not_moved_by_the_squared_error():
    query = 20 * key[3:]
    assert attention_weights(query, key)[0, 3] > 0.9999
    assert pulls(squared_error, query, key, value, WANTED).abs().max() < 1e-4
    assert pulls(cross_entropy, query, key, value, WANTED)[WANTED] > 0.999
