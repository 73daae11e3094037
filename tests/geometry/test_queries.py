"""queries.py against closed forms, grids of queries and what theory says."""

import math

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from attention_lab.fixtures import SEED
from attention_lab.geometry import least_norm_query, queries, query_for
from tests.geometry.keys import KEY, NUMBER, PLACE, SCALE, VALUE, D, K, V, softmax


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
