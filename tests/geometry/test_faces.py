"""faces.py against linear programs, brute force, Euler's formula and forged certificates."""

import math

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from attention_lab.fixtures import SEED
from attention_lab.geometry import Certificate, averageable, copyable, margin
from tests.geometry.keys import (
    NUMBER,
    PLACE,
    SCALE,
    SQUARE,
    D,
    K,
    feasible,
    grids,
    grids_and_sets,
    on_the_sphere,
    softmax,
    subsets,
)


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
