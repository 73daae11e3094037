"""geometry/ against linear programs, brute force, Euler's formula and what theory says.

Every axis has its own prime size. Keys on a small grid of integers are often equal, in line or
inside a hull: the cases in which rounding could decide.
"""

import itertools
import math

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from attention_lab.fixtures import SEED
from attention_lab.geometry import (
    Certificate,
    averageable,
    copyable,
    least_norm_query,
    margin,
    queries,
    query_for,
)

K, D, V = 5, 3, 2
KEY, VALUE = np.array(SEED.key), np.array(SEED.value)
SQUARE = [[0.0, 0], [1, 0], [0, 2], [1, 2]]  # a rectangle, to be exact


def softmax(scores):
    powers = np.exp(scores - np.max(scores))
    return powers / powers.sum()


def feasible(keys, subset):
    """The slow specification: is there a query for which the set ties, 1 above all others?"""
    keys = np.asarray(keys, float)
    first, *more = (keys[j] for j in subset)
    rivals = [first - key for i, key in enumerate(keys) if i not in subset]
    if not rivals:
        return True
    ties = [key - first for key in more] or [0 * first]
    found = linprog(
        0 * first, -np.array(rivals), -np.ones(len(rivals)), ties, [0] * len(ties), (None, None)
    )
    assert found.status in (0, 2)  # solved, or infeasible: nothing left open
    return found.status == 0


def subsets(k):
    return [list(s) for r in range(1, k + 1) for s in itertools.combinations(range(k), r)]


def on_the_sphere(k, d, seed):
    keys = np.random.default_rng(seed).normal(size=(k, d))
    return keys / np.linalg.norm(keys, axis=1, keepdims=True)


@st.composite
def grids(draw, least=1):
    """Keys on a small grid, one axis to four."""
    shape = draw(st.integers(least, 7)), draw(st.integers(1, 4))
    return draw(arrays(float, shape, elements=st.integers(-2, 2).map(float)))


@st.composite
def grids_and_sets(draw):
    """Keys on a small grid, and some of their indices in any order."""
    keys = draw(grids())
    order = draw(st.permutations(range(len(keys))))
    return keys, order[: draw(st.integers(1, len(keys)))]


NUMBER = st.floats(-3, 3)
SCALE = st.sampled_from([1e-6, 1.0, 1e6])
PLACE = st.sampled_from([0.0, -7.0, 1e4])


class TestAverageable:
    """Which sets a query can average, with a certificate each."""

    @given(grids_and_sets(), SCALE, PLACE)
    def test_it_agrees_with_the_linear_program_anywhere_and_at_any_scale(self, case, scale, place):
        keys, subset = case
        moved = (keys + place) * scale
        certificate = averageable(moved, subset)
        assert bool(certificate) == certificate.possible == feasible(keys, subset)
        assert certificate.verify(moved, subset)

    def test_it_agrees_with_the_linear_program_on_keys_in_general_position(self):
        rng = np.random.default_rng(3)
        for _ in range(200):
            keys = rng.normal(size=rng.integers(1, (9, 5)))
            subset = list(rng.permutation(len(keys))[: rng.integers(1, len(keys) + 1)])
            certificate = averageable(keys, subset)
            assert bool(certificate) == feasible(keys, subset)
            assert certificate.verify(keys, subset)

    @given(grids_and_sets())
    def test_a_certificate_is_what_it_says(self, case):
        keys, subset = case
        inside = np.isin(range(len(keys)), subset)
        certificate = averageable(keys, subset)
        if certificate:
            assert certificate.combination is certificate.mixture is None
            score = keys @ certificate.direction
            np.testing.assert_allclose(score[inside], score[inside][0], atol=1e-9)
            gap = score[inside].min() - score[~inside].max(initial=-np.inf)
            assert gap == pytest.approx(certificate.margin)
            assert np.linalg.norm(certificate.direction) == pytest.approx(float(not inside.all()))
        else:
            assert certificate.direction is None
            assert certificate.margin == 0
            assert certificate.combination.min() >= 0
            assert not certificate.combination[inside].any()
            assert not certificate.mixture[~inside].any()
            assert certificate.combination.sum() == pytest.approx(1)
            assert certificate.mixture.sum() == pytest.approx(1)
            wanted = certificate.mixture @ keys
            np.testing.assert_allclose(certificate.combination @ keys, wanted, atol=1e-9)

    @given(grids_and_sets())
    def test_along_the_direction_the_set_shares_all_of_the_weight(self, case):
        keys, subset = case
        certificate = averageable(keys, subset)
        assume(certificate.possible)
        beta = 30 / min(certificate.margin, 1e9)
        weight = softmax(beta * keys @ certificate.direction)
        np.testing.assert_allclose(weight[subset], 1 / len(subset), rtol=1e-6)

    def test_every_set_of_the_seeds_keys_can_be_averaged(self):
        assert all(averageable(SEED.key, subset) for subset in subsets(4))

    @pytest.mark.parametrize(("k", "wanted"), [(4, 15), (5, 21), (6, 27), (8, 39)])
    def test_on_a_sphere_in_three_dimensions_eulers_formula_counts_them(self, k, wanted):
        # All k are corners; Euler: 3k − 6 edges, 2k − 4 triangles. And all keys; for a
        # tetrahedron, 4 + 6 + 4 + 1, this is every set.
        assert wanted == k + (3 * k - 6) + (2 * k - 4) + 1
        keys = on_the_sphere(k, 3, seed=k)
        found = [averageable(keys, subset) for subset in subsets(k)]
        assert sum(map(bool, found)) == wanted
        assert all(c.verify(keys, s) for c, s in zip(found, subsets(k), strict=True))

    @pytest.mark.parametrize(
        ("keys", "subset", "wanted"),
        [
            ([[7.0]], [0], math.inf),
            ([[7.0], [7]], [0], 0),  # a copy of the key always has its weight
            ([[7.0], [7]], [1, 0], math.inf),
            ([[0.0], [1], [2]], [1], 0),  # between two others
            ([[0.0], [1], [2]], [0, 1], 0),
            ([[0.0], [1], [2]], [0, 2], 0),
            ([[0.0], [1], [2]], [0, 1, 2], math.inf),
            ([[0.0], [0], [2]], [0, 1], 2),
            ([[0.0, 0], [2, 0], [1, 0], [1, 3]], [0, 1], 0),  # the middle of the edge is left out
            ([[0.0, 0], [2, 0], [1, 0], [1, 3]], [0, 1, 2], 3),
            (SQUARE, [0, 1], 2),
            (SQUARE, [2, 0], 1),
            (SQUARE, [0, 3], 0),  # the other diagonal crosses
            ([*SQUARE, [0.5, 1]], [4], 0),
            ([*SQUARE, [0.5, 0.1]], [4], 0),
            ([*SQUARE, [0.5, -0.1]], [4], 0.1),
            (np.eye(4), [0], math.sqrt(1 + 1 / 3)),  # to the middle of the other three
            (np.eye(4), [0, 3], 1),
            (np.eye(4), [2, 0, 1], math.sqrt(1 + 1 / 3)),
        ],
    )
    def test_cases_whose_margin_geometry_tells(self, keys, subset, wanted):
        certificate = averageable(keys, subset)
        assert certificate.margin == pytest.approx(wanted, abs=1e-12)
        assert bool(certificate) == (wanted > 0)
        assert certificate.verify(keys, subset)

    def test_a_direction_and_a_mixture_that_geometry_tells(self):
        np.testing.assert_allclose(averageable(SQUARE, [0, 1]).direction, [0, -1], atol=1e-12)
        crossing = averageable(SQUARE, [0, 3])
        np.testing.assert_allclose(crossing.combination, [0, 0.5, 0.5, 0], atol=1e-12)
        np.testing.assert_allclose(crossing.mixture, [0.5, 0, 0, 0.5], atol=1e-12)
        beyond = averageable([[0.0], [1], [4]], [0, 1])  # 4 = −3·0 + 4·1
        np.testing.assert_allclose(beyond.mixture, [-3, 4, 0])
        np.testing.assert_allclose(averageable([[1.0], [1], [1]], [2, 0]).mixture, [0.5, 0, 0.5])

    @pytest.mark.parametrize("distribution", ["Gaussian", "unit"])
    def test_hundreds_of_keys_in_many_dimensions(self, distribution):
        keys = on_the_sphere(512, 32, seed=1)
        if distribution == "Gaussian":
            keys *= np.sqrt(np.random.default_rng(2).chisquare(32, size=(512, 1)))
        for j in range(0, 512, 16):
            certificate = copyable(keys, j)
            assert certificate  # in so many dimensions hardly any key is inside the hull
            assert certificate.verify(keys, [j])

    def test_keys_inside_a_hull_of_hundreds(self):
        keys = np.random.default_rng(4).normal(size=(509, 7))
        for j in np.linalg.norm(keys, axis=1).argsort()[:32]:
            certificate = copyable(keys, j)
            assert not certificate
            assert certificate.verify(keys, [j])


class TestRounding:
    """What is below 1e-9 of the spread is zero; what is above is not lost."""

    @pytest.mark.parametrize("spread", [1e-6, 1.0, 1e6])
    @pytest.mark.parametrize("place", [0.0, 1e3])
    def test_keys_nearer_than_that_are_the_same(self, spread, place):
        near = (np.array([[0.0], [1e-10], [1]]) + place) * spread
        far = (np.array([[0.0], [1e-8], [1]]) + place) * spread
        assert not copyable(near, 0)
        assert averageable(near, [0, 1])
        assert margin(far, 0) == pytest.approx(1e-8 * spread, rel=1e-4)
        assert not averageable(far, [0, 1])

    def test_a_set_that_nearly_ties_is_held_against_the_same_limit(self):
        def corner(height):
            return [[0, 0, 0], [1, height, 0], [0.5, -height, 0], [0, 5e-3, 5e-3], [0, 1, 1]]

        assert averageable(corner(5e-10), [0, 1, 2])  # as good as in line, along an edge
        assert averageable(corner(5e-10), [0, 1, 2]).verify(corner(5e-10), [0, 1, 2])
        line = [[0, 0], [1, 2e-8], [0.5, -2e-8], [0, 1]]  # a triangle, if a flat one
        assert not averageable(line, [0, 1, 2])
        assert averageable(line, [0, 1, 2]).verify(line, [0, 1, 2])

    @pytest.mark.parametrize("outside", [True, False])
    def test_a_key_just_off_a_face_is_told_from_one_just_behind_it(self, outside):
        rng = np.random.default_rng(5)
        for _ in range(40):
            keys = rng.normal(size=(6, 5))
            face, corner = keys[:5], keys[5]
            middle = rng.dirichlet(np.ones(5)) @ face
            normal = np.linalg.svd(face - face.mean(axis=0))[2][-1]
            normal *= np.sign(normal @ (middle - corner))
            keys = np.vstack([keys, middle + (1 if outside else -1) * 5e-8 * normal])
            certificate = copyable(keys, 6)
            assert bool(certificate) == outside
            assert certificate.margin == pytest.approx(5e-8 * outside, rel=1e-6)
            assert certificate.verify(keys, [6])

    def test_keys_that_nearly_coincide_or_align_get_certificates_that_hold(self):
        rng = np.random.default_rng(6)
        found = []
        for _ in range(400):
            k, d = rng.integers(3, 9), rng.integers(1, 5)
            keys = rng.integers(-2, 3, size=(k, d)).astype(float)
            keys += 10.0 ** rng.integers(-13, -5) * rng.normal(size=(k, d))
            keys[: k // 3] *= 10.0 ** rng.integers(-10, 1)
            subset = list(rng.permutation(k)[: rng.integers(1, k)])
            found.append(averageable(keys, subset))
            assert found[-1].verify(keys, subset)
        assert 100 < sum(map(bool, found)) < 300  # both kinds, many times

    def test_a_mean_that_was_computed_in_float32_is_a_mean(self):
        rng = np.random.default_rng(7)
        for keys in torch.from_numpy(rng.normal(size=(50, 4, D))).float():
            keys[2] = (2 * keys[0] + keys[1]) / 3
            certificate = copyable(keys, 2)
            assert not certificate
            assert certificate.verify(keys, [2])
            assert copyable(keys, 1)

    def test_but_not_one_that_float32_can_tell_from_it(self):
        keys = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.5, 1e-5]])
        assert copyable(keys, 2)
        assert copyable(keys, 2).verify(keys, [2])

    def test_in_half_precision_combinations_are_coarse_and_still_sum_to_1(self):
        keys = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.5, 1 / 256]], dtype=torch.float16)
        certificate = copyable(keys, 2)
        assert not certificate
        assert certificate.combination.sum() == pytest.approx(1, rel=1e-12)
        assert certificate.verify(keys, [2])

    def test_what_is_just_at_the_limit_is_zero(self):
        at_limit = torch.tensor([[0.0], [2**-20], [1.0], [1.0]])  # 8 steps of float32
        assert not copyable(at_limit, 0)
        assert copyable(at_limit + torch.tensor([[0.0], [2**-23], [0.0], [0.0]]), 0)

    def test_whole_numbers_and_tensors_with_gradients_are_read(self):
        assert margin([[0], [3]], 0) == 3
        assert margin(np.array([[0], [3]]), np.int64(0)) == 3
        assert margin(torch.tensor([[0.0], [3.0]], requires_grad=True), torch.tensor(1)) == 3


class TestVerify:
    """A certificate that is not one must fail: the check multiplies, it does not trust."""

    def test_a_true_one_passes_for_its_own_set_only(self):
        certificate = averageable(SQUARE, [0, 1])
        assert certificate.verify(SQUARE, [1, 0]) is True
        assert certificate.verify(SQUARE, [0]) is False
        assert certificate.verify(SQUARE, [0, 2]) is False
        assert certificate.verify(SQUARE, [2, 3]) is False

    @pytest.mark.parametrize(
        ("direction", "stated"),
        [
            ([0, -1], 2.001),  # overstated
            ([0, -2], 2.0),  # too long
            ([0, -0.5], 1.0),  # too short
            ([0, 0], 0.0),
            ([1, 0], 0.0),  # no tie
            ([0, 1], 0.0),
            ([-0.01, -0.99995], 1.98),  # nearly a tie
            ([5e-9, -1], 1.9),  # not near enough
        ],
    )
    @pytest.mark.parametrize("place", [0.0, 1e9])
    def test_forged_directions_fail(self, direction, stated, place):
        forged = Certificate(True, np.array(direction, float), stated, None, None)
        assert forged.verify(np.array(SQUARE) + place, [0, 1]) is False

    def test_rounding_passes(self):
        # Tolerance 1e-9 times the spread, 2; twice that for ties.
        for tilt, stated in ((3e-9, 1.9), (1e-9, 2 + 5e-10)):
            nearly = Certificate(True, np.array([tilt, -1]), stated, None, None)
            assert nearly.verify(SQUARE, [0, 1]) is True

    def test_a_tie_between_the_set_and_another_key_fails(self):
        forged = Certificate(True, np.array([0.0, -1.0]), 0.0, None, None)
        assert forged.verify(SQUARE, [0]) is False

    def test_a_modest_margin_passes(self):
        assert Certificate(True, np.array([0.0, -1.0]), 1.5, None, None).verify(SQUARE, [0, 1])

    @pytest.mark.parametrize(
        ("combination", "mixture"),
        [
            ([0, 0.5, 0.5, 0], [0.4, 0, 0, 0.6]),  # another point
            ([0, 0.4, 0.6, 0], [0.5, 0, 0, 0.5]),
            ([0, 0.25, 0.25, 0], [0.25, 0, 0, 0.25]),  # sums of a half
            ([0, 1.0, 1.0, 0], [1.0, 0, 0, 1.0]),
            ([0.5, 0, 0, 0.5], [0.5, 0, 0, 0.5]),  # the set against itself
            ([0, 0.5, 0.5, 0], [0, 0.5, 0.5, 0]),  # the others against themselves
            ([0, 0.5, 0.5, 0], [0.0, 0, 0, 0.5]),  # equal as vectors, but for the sum
        ],
    )
    @pytest.mark.parametrize("place", [0.0, 1e9])
    def test_forged_combinations_fail(self, combination, mixture, place):
        keys = np.array(SQUARE) + place

        def forged(combination, mixture):
            return Certificate(False, None, 0.0, np.array(combination), np.array(mixture))

        assert forged([0, 0.5, 0.5, 0], [0.5, 0, 0, 0.5]).verify(keys, [0, 3]) is True
        assert forged(combination, mixture).verify(keys, [0, 3]) is False

    def test_a_negative_weight_fails_though_the_point_is_right(self):
        keys = [[0.0], [1], [2]]
        forged = Certificate(False, None, 0.0, np.array([0, 2.0, -1.0]), np.array([1.0, 0, 0]))
        assert forged.verify(keys, [0]) is False


class TestCopyable:
    """Corners of the hull, and what keeps the others from more than their share."""

    @given(grids(), st.data())
    def test_copying_is_averaging_one(self, keys, data):
        j = data.draw(st.integers(0, len(keys) - 1))
        one, other = copyable(keys, j), averageable(keys, [j])
        assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
        assert margin(keys, j) == one.margin

    @given(grids(least=3), st.data())
    def test_a_combination_never_gets_more_than_its_bound(self, keys, data):
        j = data.draw(st.integers(0, len(keys) - 1))
        certificate = copyable(keys, j)
        assume(not certificate)
        query = data.draw(arrays(float, keys.shape[1], elements=st.floats(-50, 50)))
        most = certificate.combination.max()
        assert softmax(keys @ query)[j] <= most / (1 + most) + 1e-9

    @given(grids(least=2), st.data(), st.sampled_from([0.5, 0.1, 1e-6]))
    def test_the_scale_that_the_margin_asks_for_is_enough(self, keys, data, rest):
        j = data.draw(st.integers(0, len(keys) - 1))
        certificate = copyable(keys, j)
        assume(certificate.possible)
        beta = math.log((len(keys) - 1) * (1 - rest) / rest) / certificate.margin
        weight = softmax(beta * keys @ certificate.direction)[j]
        assert weight >= 1 - rest - 1e-9

    @given(grids(least=2), st.data())
    def test_no_query_needs_less_than_the_necessary_gap(self, keys, data):
        j = data.draw(st.integers(0, len(keys) - 1))
        query = data.draw(arrays(float, keys.shape[1], elements=NUMBER))
        weight = softmax(keys @ query)[j]
        gap = (keys[j] - np.delete(keys, j, axis=0)) @ query
        assert gap.min() >= math.log(weight / (1 - weight)) - 1e-9
        # and its length cannot make up for the margin
        assert gap.min() <= np.linalg.norm(query) * margin(keys, j) + 1e-9


class TestMargin:
    """The distance from a key to the hull of the others."""

    def test_those_of_the_seed(self):
        found = [margin(SEED.key, j) for j in range(4)]
        np.testing.assert_allclose(found, [1.06, 0.74, 0.99, 1.05], atol=0.005)

    @given(arrays(float, (K, 2), elements=NUMBER))
    def test_in_the_plane_it_is_that_of_the_best_of_many_directions(self, keys):
        angle = np.linspace(0, 2 * np.pi, 3600, endpoint=False)
        score = np.stack([np.cos(angle), np.sin(angle)], axis=1) @ keys.T  # (angle, k)
        for j in range(K):
            best = (score[:, j] - np.delete(score, j, axis=1).max(axis=1)).max()
            assert margin(keys, j) == pytest.approx(max(best, 0), abs=9 * 2 * np.pi / 3600)

    @given(grids(least=2), st.floats(1e-6, 1e6))
    def test_it_grows_with_the_keys(self, keys, scale):
        assert margin(scale * keys, 0) == pytest.approx(scale * margin(keys, 0), rel=1e-6)

    def test_a_single_key_has_no_rival(self):
        assert margin([[3.0, 4.0]], 0) == math.inf


class TestQueryFor:
    """Weights in, the query out: exactly, or a proof that there is none."""

    @given(
        arrays(float, (K, D), elements=st.integers(-9, 9).map(float)),
        arrays(float, D, elements=st.floats(-1, 1)),
        SCALE,
        PLACE,
    )
    def test_weights_that_a_query_gives_are_reached_by_a_shortest_one(
        self, keys, query, scale, place
    ):
        keys, query = (keys / 9 + place) * scale, query / scale
        weights = softmax(keys @ query)
        found = query_for(weights, keys)
        assert found
        assert found.reason == ""
        assert found.certificate is None
        np.testing.assert_allclose(softmax(keys @ found.query), weights, rtol=1e-6)
        rounding = 1e-8 / scale
        assert np.linalg.norm(found.query) <= np.linalg.norm(query) + rounding

    @given(arrays(float, 4, elements=st.floats(-8, 8)))
    def test_on_the_seed_all_positive_weights_have_exactly_one_query(self, log):
        square = np.column_stack([KEY, np.ones(4)])
        assert np.linalg.det(square) == pytest.approx(1.14, abs=0.005)
        found = query_for(softmax(log), SEED.key).query
        np.testing.assert_allclose(softmax(KEY @ found), softmax(log), rtol=1e-9)
        np.testing.assert_allclose(found, np.linalg.solve(square, log)[:D], atol=1e-9)

    @given(
        arrays(float, (7, 2), elements=st.integers(-9, 9).map(float)),
        arrays(float, 7, elements=st.integers(-9, 9).map(float)),
    )
    def test_what_cannot_be_reached_is_proved(self, keys, log):
        weights = softmax(log)
        system = np.column_stack([keys, np.ones(7)])
        rank = np.linalg.matrix_rank
        reached = query_for(weights, keys)
        assert bool(reached) == (rank(np.column_stack([system, log])) == rank(system))
        if not reached:
            assert reached.query is None
            np.testing.assert_allclose(reached.certificate @ system, 0, atol=1e-9)
            size = reached.certificate @ reached.certificate
            assert reached.certificate @ np.log(weights) == pytest.approx(size)
            assert (
                f"miss a log weight by {np.abs(reached.certificate).max():.3g}." in reached.reason
            )

    def test_a_case_by_hand(self):
        # Three keys in line, equally far apart: log weights must be, too. (1, −2, 1)/6 · log 3.
        found = query_for([0.2, 0.2, 0.6], [[0.0], [1.0], [2.0]])
        np.testing.assert_allclose(found.certificate, np.array([1, -2, 1]) / 6 * math.log(3))
        assert found.reason.startswith("No query: the scores that fit best, by least squares, miss")

    def test_one_key_needs_no_query(self):
        assert query_for([1.0], [[3.0, 4.0]]).query.tolist() == [0, 0]

    def test_a_feature_that_all_keys_share_is_not_used(self):
        query = query_for([0.2, 0.8], [[5.0, 0.0], [5.0, 1.0]]).query
        np.testing.assert_allclose(query, [0, math.log(4)], atol=1e-12)

    def test_nor_one_in_which_they_differ_by_rounding_only(self):
        assert not query_for([0.2, 0.2, 0.6], [[0.0, 0.0], [1.0, 1e-12], [2.0, 0.0]])

    def test_a_weight_of_zero_has_no_finite_query_and_is_named(self):
        found = query_for([0.5, 0.5, 0.0, 0.0], KEY)
        assert not found
        assert found.query is found.certificate is None
        assert found.reason == "No query: it would leave key 2 a weight."

    def test_rounding_is_forgiven_and_no_more(self):
        def off(by):
            return query_for(softmax(np.array([0, 1 + by, 2])), [[0.0], [1.0], [2.0]])

        assert off(1.4e-9)  # a residual of 2/3 of it
        assert not off(1.6e-9)
        faint = query_for(softmax(np.array([0, 300 + 1e-7, 600])), [[0.0], [1.0], [2.0]])
        assert faint  # relative to log weights of ±300
        assert not query_for(softmax(np.array([0, 300 + 1e-6, 600])), [[0.0], [1.0], [2.0]])

    def test_what_float32_rounds_is_forgiven_in_weights_and_keys(self):
        rng = np.random.default_rng(8)
        for keys in torch.from_numpy(rng.normal(size=(20, 7, 2))).float():
            weights = torch.softmax(keys @ torch.tensor([0.7, -0.4]), dim=0)
            assert query_for(weights, keys)
            assert query_for(weights, keys.double())
            assert query_for(weights.double() / weights.double().sum(), keys)
            assert not query_for(weights.double() / weights.double().sum(), keys.double())

    def test_a_sum_that_float32_rounds_is_forgiven(self):
        assert query_for([0.5, 0.4999992], [[0.0], [1.0]])

    @pytest.mark.parametrize(
        "weights", [[0.5, 0.6], [0.5, 0.4], [-0.5, 1.5], [0.5, 0.499998], [0.5, 0.500002], [0, 0]]
    )
    def test_what_are_no_weights_is_refused(self, weights):
        with pytest.raises(
            ValueError, match=r"^Expected weights of sum 1, none .* negative; got \["
        ):
            query_for(weights, [[0.0], [1.0]])

    def test_weights_must_be_as_many_as_the_keys(self):
        with pytest.raises(ValueError, match=r"^Expected one weight for each of 4 keys; got 2\.$"):
            query_for([0.5, 0.5], KEY)


def error(query, keys, values, target):
    return np.abs(softmax(np.asarray(keys) @ query) @ np.asarray(values) - target).max()


class TestLeastNormQuery:
    """Short queries that are near enough: compared with facts, closed forms and brute force."""

    @pytest.mark.parametrize(
        ("copied", "loose", "tight"),
        [
            ([0], 2.914, 6.659),
            ([1], 4.198, 9.562),
            ([2], 3.486, 7.472),
            ([3], 3.587, 7.310),
            ([0, 1, 2, 3], 0, 0),
            ([0, 1], 1.722, 4.687),
        ],
    )
    def test_those_of_the_seed(self, copied, loose, tight):
        target = VALUE[copied].mean(axis=0)
        for tolerance, wanted in ((0.05, loose), (0.001, tight)):
            found = least_norm_query(SEED.key, SEED.value, target, tolerance)
            assert (found.reason, found.certificate) == ("", None)
            assert error(found.query, KEY, VALUE, target) < tolerance
            assert np.linalg.norm(found.query) == pytest.approx(wanted, rel=5e-4)

    @pytest.mark.parametrize(("target", "tolerance"), [(0.9, 0.1), (0.99, 0.001), (0.2, 0.05)])
    @pytest.mark.parametrize("unit", [1e-6, 1.0, 1e6])
    def test_with_two_keys_in_line_it_is_a_log_odds(self, target, tolerance, unit):
        keys, values = [[5 * unit, 7 * unit], [5 * unit, 8 * unit]], [[3.0], [13.0]]
        found = least_norm_query(keys, values, [3 + 10 * target], 10 * tolerance).query
        near = target - math.copysign(tolerance, target - 0.5)
        wanted = math.log(near / (1 - near)) / unit
        np.testing.assert_allclose(found, [0, wanted], rtol=1e-6, atol=1e-6 / unit)
        assert error(found, keys, values, 3 + 10 * target) < 10 * tolerance

    def test_in_the_plane_no_query_of_a_grid_is_shorter(self):
        rng = np.random.default_rng(9)
        angle = np.linspace(0, 2 * np.pi, 720, endpoint=False)
        circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        for k, v in ((3, 1), (5, 2), (7, 3), (11, 1), (7, 2)):
            keys, values, origin = (rng.normal(size=s) for s in ((k, 2), (k, v), 2))
            target = softmax(3 * keys @ origin) @ values
            found = least_norm_query(keys, values, target, 0.05).query
            assert error(found, keys, values, target) < 0.05
            for radius in np.linspace(0, 0.999, 40) * np.linalg.norm(found):
                power = np.exp(radius * circle @ keys.T)  # (angle, k)
                output = power @ values / power.sum(axis=1, keepdims=True)
                assert np.abs(output - target).max(axis=1).min() > 0.05 * (1 - 1e-6)

    def test_a_target_beyond_the_hull_is_proved_to_be(self):
        values, target = np.array([[0.0, 0, 1], [4, 0, 1], [0, 4, 1]]), np.array([3.0, 3, 1])
        found = least_norm_query([[0.0], [1], [2]], values, target, 0.5)
        assert not found
        # On the hull x + y ≤ 4: nearest is (2, 2), 1 away in both.
        np.testing.assert_allclose(found.certificate, [0.5, 0.5, 0], atol=1e-9)
        assert target @ found.certificate - (values @ found.certificate).max() == pytest.approx(1)
        assert found.reason == (
            "No query: every output is an average of the values, at least 1 from the target."
        )

    @given(
        arrays(float, (K, V), elements=NUMBER),
        arrays(float, V, elements=st.floats(-9, 9)),
        st.sampled_from([1e-6, 1.0, 1e6]),
    )
    def test_the_proof_of_that_can_be_checked_by_multiplication(self, values, target, unit):
        values, target = values * unit, target * unit
        tolerance = 0.5 * unit
        sides = np.vstack([values.T, -values.T, np.ones(K), -np.ones(K)])
        reach = np.concatenate([target + tolerance, tolerance - target, [unit], [-unit]])
        sides[-2:] *= unit
        assume(linprog(np.zeros(K), sides / unit, reach / unit).status == 2)
        y = least_norm_query(np.zeros((K, D)), values, target, tolerance / 1.001).certificate
        assert np.abs(y).sum() == pytest.approx(1)
        assert y @ target - (values @ y).max() >= tolerance * (1 - 1e-9)

    @given(arrays(float, (K, V), elements=st.integers(-5, 5).map(float)))
    def test_the_nearest_weights_and_the_proof_bound_each_other(self, offset):
        weights, proof = queries._hull_distance(offset)
        assert weights.min() >= -1e-9
        assert weights.sum() == pytest.approx(1)
        distance = np.abs(weights @ offset).max()
        if distance > 1e-6:
            assert np.abs(proof).sum() == pytest.approx(1)
            assert -(offset @ proof).max() == pytest.approx(distance)

    @pytest.mark.parametrize(("tolerance", "proved"), [(1.0, True), (1.000001, False)])
    def test_the_proof_reaches_up_to_the_tolerance(self, tolerance, proved):
        found = least_norm_query([[0.0], [0.0]], [[0.0], [2.0]], [3.0], tolerance)
        assert not found
        assert (found.certificate is not None) == proved

    def test_weights_that_no_query_has_are_not_found_and_it_says_so(self):
        # Equal keys have equal weights: the output is always (1, 1)/3.
        found = least_norm_query(np.zeros((3, D)), [[0.0, 0], [1, 0], [0, 1]], [0.5, 0.5], 0.1)
        assert not found
        assert found.query is found.certificate is None
        assert found.reason == (
            "No query was found: the nearest of 28 attempts misses the target by 0.167."
        )

    def test_values_that_agree_with_the_target_need_no_query(self):
        assert least_norm_query(KEY, np.ones((4, V)), [1, 1], 1e-9).query.tolist() == [0, 0, 0]

    def test_one_answer_whoever_asks_and_whenever(self):
        one, two = (least_norm_query(KEY, VALUE, VALUE[1], 0.01).query for _ in range(2))
        tensors = (torch.tensor(x, dtype=torch.float64) for x in (KEY, VALUE, VALUE[1]))
        three = least_norm_query(*tensors, torch.tensor(0.01, dtype=torch.float64)).query
        assert one.tolist() == two.tolist() == three.tolist()

    def test_the_first_guesses_are_zero_keys_and_queries_for_plausible_weights(self):
        # Largest entries 6, 5, 7, 4, 1, 2, 9
        offset = np.array([[6.0, 0], [5, -1], [0, -7], [3, 4], [0, 1], [2, 2], [9, 9]])
        keys = np.random.default_rng(10).normal(size=(7, 7))
        plausible = np.array([0, 0, 0, 0.25, 0.75, 0, 0])
        guesses = np.array(queries._first_guesses(keys, offset, plausible))
        assert len(guesses) == 1 + 3 * (4 + 1 + 4) + 3
        assert not guesses[0].any()
        length = np.linalg.norm(guesses[1:28], axis=1)
        np.testing.assert_allclose(length, [1, 5, 20] * 9)
        nearest = [keys[4], keys[5], keys[3], keys[1], plausible @ keys]
        for row, pull in zip(guesses[1:16:3], nearest, strict=True):
            np.testing.assert_allclose(row, pull / np.linalg.norm(pull))
        for query, even in zip(guesses[28:], (0.5, 0.1, 0.01), strict=True):
            wanted = (1 - even) * plausible + even / 7
            np.testing.assert_allclose(softmax(keys @ query), wanted)
        again = queries._first_guesses(keys, offset, plausible)
        np.testing.assert_array_equal(guesses, again)

    @pytest.mark.parametrize("tolerance", [0, -0.1])
    def test_a_tolerance_must_be_positive(self, tolerance):
        with pytest.raises(ValueError, match=rf"^Expected a positive tolerance; got {tolerance}"):
            least_norm_query(KEY, VALUE, VALUE[0], tolerance)

    @pytest.mark.parametrize(
        ("values", "target"), [((K, V), (V,)), ((4, V), (V + 1,)), ((4, V), (1,)), ((1, V), (V,))]
    )
    def test_values_and_target_must_fit(self, values, target):
        wanted = r"^Expected values \(4, v\), one for each key, and a target \(v,\); got values"
        with pytest.raises(ValueError, match=wanted) as refusal:
            least_norm_query(KEY, np.zeros(values), np.zeros(target), 0.1)
        assert f"got values {values} and a target {target}." in str(refusal.value)


GOOD = {"keys": KEY, "values": VALUE, "target": VALUE[0], "tolerance": 0.1}


class TestReading:
    """What is not numbers in the right shape, or no set of keys, is refused in words."""

    @pytest.mark.parametrize(
        ("name", "axes"), [("keys", "k, d"), ("values", "k, v"), ("target", "v"), ("tolerance", "")]
    )
    @pytest.mark.parametrize(
        ("bad", "said"),
        [
            (np.zeros((2, 3, 5)), r"the shape \(2, 3, 5\)"),
            ([[0.0, 1.0], [2.0]], r"\[\[0.0, 1.0\], \[2.0\]\]"),
            ([["1", "2"]], r"\[\['1', '2'\]\]"),
            ([[True, False]], r"\[\[True, False\]\]"),
            ([[1j]], r"\[\[1j\]\]"),
            (None, "None"),
            (torch.zeros(1, 1, dtype=torch.bfloat16), "tensor.*bfloat16"),
        ],
    )
    def test_what_are_no_numbers(self, name, axes, bad, said):
        wanted = rf"(?s)^Expected finite numbers, axes \({axes}\), as {name}; got {said}.*\.$"
        with pytest.raises(ValueError, match=wanted):
            least_norm_query(**GOOD | {name: bad})

    @pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
    @pytest.mark.parametrize("name", GOOD)
    def test_what_is_not_finite(self, name, bad):
        numbers = np.array(GOOD[name])
        numbers.flat[-1] = bad
        with pytest.raises(ValueError, match=rf"(?s)as {name}; got .*{bad}.*\.$"):
            least_norm_query(**GOOD | {name: numbers})

    @pytest.mark.parametrize("shape", [(0, 3), (3, 0), (3,), (), (1, 1, 1)])
    def test_every_function_wants_a_table_of_keys(self, shape):
        keys = np.zeros(shape)
        true = Certificate(True, np.zeros(1), math.inf, None, None)
        calls = [
            lambda: query_for([1.0], keys),
            lambda: margin(keys, 0),
            lambda: averageable(keys, [0]),
            lambda: true.verify(keys, [0]),
        ]
        for call in calls:
            with pytest.raises(
                ValueError, match=r"axes \(k, d\), as keys; got the shape"
            ) as refusal:
                call()
            assert str(shape) in str(refusal.value)

    def test_weights_are_one_row(self):
        with pytest.raises(ValueError, match=r"axes \(k\), as weights; got the shape \(1, 2\)\.$"):
            query_for([[0.5, 0.5]], [[0.0], [1.0]])

    @pytest.mark.parametrize(
        "subset",
        [[], [4], [-1], [0, 0], [0, 4], [1.0], ["1"], "1", 1, None, [True, False], [[0]], [None]],
    )
    def test_what_is_no_set_of_keys(self, subset):
        for look in (averageable, averageable(KEY, [0]).verify):
            with pytest.raises(ValueError, match=r"^Expected .* from 0 to 3, not none; got") as no:
                look(KEY, subset)
            assert str(no.value).endswith(f"got {subset}.")

    @pytest.mark.parametrize("j", [4, -1, 1.0, "0", None, [0], True])
    def test_what_is_no_key(self, j):
        for look in (margin, copyable):
            with pytest.raises(ValueError, match=r"^Expected different indices from 0 to 3"):
                look(KEY, j)

    @pytest.mark.parametrize("subset", [(2, 0), {0, 2}, np.array([0, 2]), torch.tensor([2, 0])])
    def test_any_kind_of_set_will_do(self, subset):
        assert averageable(KEY, subset).margin == averageable(KEY, [0, 2]).margin > 0
