"""loudness.py against slow specifications: bisection, loops, torch's own derivative.

Every axis has its own prime size. A slow softmax in plain Python stands beside the fast one.
"""

import math
import re
import runpy

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch.autograd.functional import jacobian

from attention_lab import attention, attention_weights, loudness
from attention_lab import key as seed_key
from attention_lab import value as seed_value
from attention_lab.exercises import loudness as loudness_exercises
from attention_lab.exercises.loudness import EXERCISES
from attention_lab.fixtures import SEED, Fixture
from attention_lab.geometry import copyable, least_norm_query, margin
from attention_lab.judge import judge
from attention_lab.loudness import (
    crowd,
    effective_keys,
    entropy,
    farthest_value,
    kept_in_crowds,
    lead,
    lead_for,
    loudest_tie,
    loudness_for,
    needed_lead,
    random_scores,
    sensitivity,
    weight_at,
)
from tests.conftest import ROOT

Q, K, D, V = 5, 7, 3, 2
SEEDS = st.integers(0, 10_000)
RESTS = st.floats(1e-6, 0.5)
KEYS = st.integers(2, 100_000)
TOLERANCE = 0.05


def draw(*shape, seed, dtype=torch.float64):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)


def slow_weights(scores):
    """Softmax without torch."""
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def bisected(good, low, high):
    """The number from which on something is good."""
    assert good(high)
    assert not good(low)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if good(middle) else (middle, high)
    return high


def slow_loudness(direction, key, j, rest):
    """How long a query in a direction must be, found by trying."""

    def good(beta):
        scores = (beta * key @ direction).tolist()
        return slow_weights(scores)[j] >= 1 - rest

    return 0.0 if good(0.0) else bisected(good, 0.0, 1e6)


@st.composite
def winners(draw_one):
    """Keys ``(7, 3)``, a unit direction, and the key that wins there by more than a hair."""
    seed = draw_one(SEEDS)
    key, direction = draw(K, D, seed=seed), draw(D, seed=seed + 1)
    direction /= direction.norm()
    j = (key @ direction).argmax().item()
    assume(lead(direction, key, j) > 1e-2)
    return key, direction, j


class TestTheLaw:
    """How much of a lead, and how loud."""

    @given(winners(), RESTS)
    def test_it_is_enough_and_half_of_it_is_needed(self, case, rest):
        key, direction, j = case
        ahead = lead(direction, key, j)
        least = slow_loudness(direction, key, j, rest)
        assert needed_lead(rest) / ahead <= least * (1 + 1e-9) + 1e-9
        assert least <= loudness_for(rest, K, ahead) * (1 + 1e-9) + 1e-9

    @given(RESTS, st.integers(2, 11), st.floats(0.1, 10))
    def test_where_all_rivals_tie_it_is_exact(self, rest, keys, ahead):
        key = torch.zeros(keys, D, dtype=torch.float64)
        direction = torch.tensor([0.0, 0.6, 0.8], dtype=torch.float64)
        key[keys // 2] = ahead * direction
        assert lead(direction, key, keys // 2).item() == pytest.approx(ahead)
        # With two keys and half of the weight any length will do: the law says 0, or nearly.
        found = slow_loudness(direction, key, keys // 2, rest)
        expected = loudness_for(rest, keys, ahead).item()
        assert found == pytest.approx(expected, rel=1e-8, abs=1e-9)

    @given(winners(), st.floats(0, 30))
    def test_the_winners_weight_lies_between_floor_and_ceiling(self, case, beta):
        key, direction, j = case
        query = beta * direction
        weight = slow_weights((key @ query).tolist())[j]
        assert weight_at(lead(query, key, j), K) <= weight + 1e-12
        assert weight <= weight_at(lead(query, key, j, behind=max), K) + 1e-12

    @given(SEEDS)
    def test_no_key_at_all_is_above_the_ceiling_of_the_spread(self, seed):
        scores = draw(K, seed=seed)
        spread = (scores.max() - scores.min()).item()
        ceiling = math.exp(spread) / (K - 1 + math.exp(spread))
        assert weight_at(spread, K).item() == pytest.approx(ceiling)
        assert max(slow_weights(scores.tolist())) <= ceiling

    @given(RESTS, KEYS)
    def test_weight_at_undoes_lead_for(self, rest, keys):
        assert weight_at(lead_for(rest, keys), keys).item() == pytest.approx(1 - rest)

    @given(RESTS, KEYS)
    def test_what_is_enough_and_what_is_needed_differ_by_the_log_of_the_rivals(self, rest, keys):
        differ = lead_for(rest, keys) - needed_lead(rest)
        assert differ.item() == pytest.approx(math.log(keys - 1), abs=1e-9)

    def test_four_times_the_keys_cost_ln_4_and_ten_times_the_precision_ln_10(self):
        assert (lead_for(0.01, 65_536) - lead_for(0.01, 16_384)).item() == pytest.approx(
            math.log(65_535 / 16_383)
        )
        assert (needed_lead(0.001) - needed_lead(0.01)).item() == pytest.approx(math.log(999 / 99))
        assert lead_for(0.01, 4).item() == pytest.approx(math.log(3 * 99))

    def test_a_tensor_of_sizes_gives_a_law_for_each(self):
        sizes = torch.tensor([2, 3, 5, 7])
        expected = [math.log((n - 1) * 9) for n in (2, 3, 5, 7)]
        assert lead_for(0.1, sizes).tolist() == pytest.approx(expected)


class TestLead:
    """How far ahead a key is."""

    @given(SEEDS)
    def test_it_is_the_smallest_of_all_differences(self, seed):
        key, query = draw(K, D, seed=seed), draw(D, seed=seed + 1)
        for j in range(K):
            score = [sum(a * b for a, b in zip(k, query.tolist())) for k in key.tolist()]
            gaps = [score[j] - s for i, s in enumerate(score) if i != j]
            assert lead(query, key, j).item() == pytest.approx(min(gaps))
            assert lead(query, key, j, behind=max).item() == pytest.approx(max(gaps))

    def test_who_does_not_win_has_a_negative_lead(self):
        leads = [lead(seed_key[0], seed_key, j) for j in range(4)]
        assert leads[0] > 0 > max(leads[1:])

    @given(winners(), st.floats(0.01, 100))
    def test_it_grows_with_the_length(self, case, beta):
        key, direction, j = case
        once = lead(direction, key, j).item()
        assert lead(beta * direction, key, j).item() == pytest.approx(beta * once)

    @pytest.mark.parametrize("j", range(4))
    def test_no_direction_has_a_larger_one_than_the_margin(self, j):
        best = torch.tensor(copyable(seed_key, j).direction).float()
        assert lead(best, seed_key, j).item() == pytest.approx(margin(seed_key, j), abs=1e-6)
        directions = torch.nn.functional.normalize(draw(1009, D, seed=j).float(), dim=1)
        assert max(lead(u, seed_key, j) for u in directions) <= margin(seed_key, j)


class TestOutputs:
    """From weights to errors, and ties."""

    @given(SEEDS, st.floats(0, 20))
    def test_the_error_is_at_most_the_rest_times_the_farthest_value(self, seed, beta):
        key, value = draw(K, D, seed=seed), draw(K, V, seed=seed + 1)
        query = beta * draw(1, D, seed=seed + 2)
        weight = attention_weights(query, key)[0]
        j = weight.argmax().item()
        error = (attention(query, key, value)[0] - value[j]).abs().max()
        assert error <= (1 - weight[j]) * farthest_value(value, j) + 1e-12

    def test_the_farthest_value_is_found_by_looking_at_all(self):
        value = draw(K, V, seed=3)
        for j in range(K):
            rows = value.tolist()
            slow = max(abs(a - b) for row in rows for a, b in zip(row, rows[j]))
            assert farthest_value(value, j).item() == pytest.approx(slow)

    @given(st.floats(1e-4, 0.49), st.floats(1e-4, 10))
    def test_a_tie_breaks_where_the_share_is_off_by_the_rest(self, rest, gap):
        def broken(beta):
            return max(slow_weights([0.0, beta * gap])) > 0.5 + rest

        found = bisected(broken, 0.0, 10 * loudest_tie(rest, gap).item())
        assert loudest_tie(rest, gap).item() == pytest.approx(found)


class TestTheSeed:
    """The law beside what is really needed, on the course's keys and values."""

    LENGTH = torch.linspace(0, 8, 8001)

    def start(self, direction, j):
        """From which length on the error is below the tolerance."""
        output = attention(self.LENGTH[:, None] * direction, seed_key, seed_value)
        error = (output - seed_value[j]).abs().amax(dim=1)
        return self.LENGTH[(error >= TOLERANCE).nonzero()[-1] + 1].item()

    # 2.914, 4.198, 3.486 and 3.587 were measured before this file was written.
    @pytest.mark.parametrize(("j", "shortest"), [(0, 2.914), (1, 4.198), (2, 3.486), (3, 3.587)])
    def test_least_norm_truth_and_law_come_in_this_order(self, j, shortest):
        best = torch.tensor(copyable(seed_key, j).direction).float()
        along = seed_key[j] / seed_key[j].norm()
        rest = TOLERANCE / farthest_value(seed_value, j)
        law = loudness_for(rest, 4, margin(seed_key, j)).item()
        found = least_norm_query(seed_key, seed_value, seed_value[j], TOLERANCE).query
        assert math.hypot(*found) == pytest.approx(shortest, abs=1e-3)
        assert shortest - 2e-3 < self.start(best, j) < law
        assert self.start(best, j) < self.start(along, j)
        assert law < loudness_for(rest, 4, lead(along, seed_key, j)) < 10  # the course's answer

    def test_what_k0_needs_is_known(self):
        along = seed_key[0] / seed_key[0].norm()
        assert self.start(along, 0) == pytest.approx(3.464, abs=2e-3)

    def test_the_window_of_1_3_2_closes_where_the_law_says(self):
        middle = (seed_key[0] + seed_key[1]) / 2
        off = TOLERANCE / (seed_value[0] - seed_value[1]).abs().max()
        closes = loudest_tie(off, middle @ (seed_key[1] - seed_key[0])).item()
        assert closes == pytest.approx(174.3, abs=0.1)  # measured in test_figures.py


class TestEffectiveKeys:
    """Entropy, and its exponential."""

    @given(st.integers(1, 20), st.integers(0, 20))
    def test_even_shares_are_counted(self, sharing, idle):
        weight = torch.cat([torch.ones(sharing) / sharing, torch.zeros(idle)])
        assert effective_keys(weight).item() == pytest.approx(sharing, rel=1e-5)

    @given(SEEDS)
    def test_the_entropy_is_the_sum_that_the_book_writes(self, seed):
        weight = draw(Q, K, seed=seed).softmax(dim=1)
        slow = [-sum(w * math.log(w) for w in row) for row in weight.tolist()]
        assert entropy(weight).tolist() == pytest.approx(slow)
        assert effective_keys(weight).min() >= 1
        assert effective_keys(weight).max() <= K

    def test_a_near_tie_counts_all_then_two_then_one(self):
        angle = torch.tensor([90.0, 200.0, 320.0], dtype=torch.float64).deg2rad()
        key = torch.stack([angle.cos(), angle.sin()], dim=1)
        turn = torch.tensor(25.01, dtype=torch.float64).deg2rad()
        beta = torch.tensor([[0.01], [100.0], [1e6]], dtype=torch.float64)
        query = beta * torch.stack([turn.cos(), turn.sin()])
        counted = effective_keys(attention_weights(query, key))
        assert counted.tolist() == pytest.approx([3, 2, 1], abs=1e-3)


class TestSensitivity:
    """How the output moves with the query."""

    @given(SEEDS, st.floats(0, 20))
    def test_it_is_torchs_derivative_and_the_formula(self, seed, beta):
        key, value = draw(K, D, seed=seed), draw(K, V, seed=seed + 1)
        query = beta * draw(Q, D, seed=seed + 2)
        ours = sensitivity(query, key, value)
        assert ours.shape == (Q, V, D)
        for row, found in zip(query, ours, strict=True):
            theirs = jacobian(lambda q: attention(q[None], key, value)[0], row)
            weight = attention_weights(row[None], key)[0]
            formula = value.T @ (torch.diag(weight) - torch.outer(weight, weight)) @ key
            torch.testing.assert_close(found, theirs)
            torch.testing.assert_close(found, formula)

    # Facts of the seed, which were measured before: .32 at 0, 6e-4 at ten times k0, 4e-7 at twenty.
    @pytest.mark.parametrize(("beta", "size"), [(0, 0.319), (10, 5.66e-4), (20, 3.74e-7)])
    def test_it_fades_as_it_is_known_to(self, beta, size):
        found = sensitivity(beta * seed_key[0], seed_key, seed_value).norm().item()
        assert found == pytest.approx(size, rel=2e-3)

    def test_float32_loses_less_than_by_the_formula_with_two_terms(self):
        query = 20 * seed_key[0]
        key, value = seed_key.double(), seed_value.double()
        exact = sensitivity(query.double(), key, value)
        ours = sensitivity(query, seed_key, seed_value) - exact
        weight = attention_weights(query[None], seed_key)[0]
        covariance = torch.diag(weight) - torch.outer(weight, weight)
        theirs = seed_value.T @ covariance @ seed_key - exact
        assert ours.norm() < 1e-4 * exact.norm() < theirs.norm()

    def test_it_is_exactly_zero_when_loud_enough_and_so_is_torchs(self):
        query = 200 * seed_key[0]
        theirs = jacobian(lambda q: attention(q[None], seed_key, seed_value)[0], query)
        assert sensitivity(query, seed_key, seed_value).tolist() == [[0.0] * 3] * 3
        assert theirs.tolist() == [[0.0] * 3] * 3
        # Not by the formula: in float64 there is something left.
        assert sensitivity(query.double(), seed_key.double(), seed_value.double()).any()

    def test_a_tie_keeps_its_gradient_while_a_copy_loses_it(self):
        between = (seed_key[2] + seed_key[3]) / 2
        loud = torch.tensor([[10.0], [30.0]])
        tie = sensitivity(loud * between, seed_key, seed_value).flatten(1).norm(dim=1)
        copy = sensitivity(loud * seed_key[2], seed_key, seed_value).flatten(1).norm(dim=1)
        assert tie[1] > 0.9 * tie[0]
        assert copy[1] < 1e-5 * copy[0]


class TestCrowds:
    """More and more keys."""

    def test_a_crowd_has_unit_keys_and_is_the_same_every_time(self):
        key = crowd(K, D, seed=2)
        assert key.shape == (K, D)
        torch.testing.assert_close(key.norm(dim=1), torch.ones(K))
        assert torch.equal(key, crowd(K, D, seed=2))
        assert not torch.allclose(key, crowd(K, D, seed=3))

    def test_kept_is_what_attention_gives_among_so_many(self):
        key = crowd(13, D)
        query = key[:Q] + draw(Q, D, seed=1, dtype=torch.float32) / 2
        sizes, factors = [Q, 7, 11, 13], [1.0, 2.0, 0.5, 3.0]
        weight, first = kept_in_crowds(query, key, sizes, factors)
        assert weight.shape == first.shape == (4, Q)
        for n, factor, row, ahead in zip(sizes, factors, weight, first, strict=True):
            for i in range(Q):
                slow = attention_weights(factor * query[i : i + 1], key[:n])[0]
                torch.testing.assert_close(row[i], slow[i])
                assert ahead[i] == (slow[i] == slow.max())
        assert first.any()
        assert not first.all()

    def test_without_factors_the_scores_stay(self):
        key = crowd(11, D)
        plain, once = (kept_in_crowds(key[:Q], key, [7, 11], f)[0] for f in (None, [1.0, 1.0]))
        assert torch.equal(plain, once)

    @pytest.mark.parametrize(("ahead", "grows"), [(3.5, True), (2.0, False)])
    def test_the_log_factor_keeps_a_weight_if_the_lead_was_above_ln_16(self, ahead, grows):
        sizes = torch.tensor([16, 256, 4096, 65_536])
        weight = weight_at(ahead * sizes.log() / math.log(16), sizes)
        assert (weight.diff() > 0).all() == grows
        assert (weight.diff() < 0).all() == (not grows)

    def test_the_crowd_of_the_book_disperses_while_the_right_key_stays_first(self):
        key, sizes = crowd(65_536, 32), [16, 256, 4096, 65_536]
        fixed, first = kept_in_crowds(9 * key[:16], key, sizes)
        assert first.all()
        # Random scores are nearly normal, of variance 81/32. So the rivals' mean exponential is
        # e^(81/64), and the lead that counts is 9 − 81/64.
        expected = weight_at(9 - 81 / 64, torch.tensor(sizes))
        assert fixed.mean(dim=1).tolist() == pytest.approx(expected.tolist(), abs=0.02)
        assert fixed[0].mean() > 0.99
        assert fixed[-1].mean() < 0.05
        assert (fixed <= weight_at(18, torch.tensor(sizes))[:, None]).all()
        grown, _ = kept_in_crowds(9 * key[:16], key, sizes, [1, 2, 3, 4])  # log n / log 16
        assert grown.min() > 0.97

    @pytest.mark.parametrize("features", [2, 31, 1024])
    def test_random_scores_have_the_features_as_variance(self, features):
        score = random_scores(features)
        assert score.shape == (500, 16)
        assert score.var().item() == pytest.approx(features, rel=0.1)
        assert torch.equal(score, random_scores(features))

    def test_the_square_root_keeps_the_keys_that_have_a_say(self):
        sizes = [4, 64, 1024]
        plain = [effective_keys(random_scores(d).softmax(1)).mean().item() for d in sizes]
        divided = [
            effective_keys((random_scores(d) / d**0.5).softmax(1)).mean().item() for d in sizes
        ]
        assert plain[0] > 5 > 2 > plain[1] > plain[2] > 1
        assert max(divided) - min(divided) < 0.6
        assert min(divided) > 10


class TestTemperature:
    """The same number, seen from the other side."""

    @given(SEEDS, st.floats(0.1, 10))
    def test_a_temperature_is_a_softer_query(self, seed, temperature):
        key, query = draw(K, D, seed=seed), draw(Q, D, seed=seed + 1)
        cooled = (query @ key.T / temperature).softmax(dim=1)
        torch.testing.assert_close(attention_weights(query / temperature, key), cooled)


class TestExercises:
    """1.6.1 and 1.6.2 can be solved by hand, and not without their point."""

    SHOUT, TIE = EXERCISES

    def test_their_names(self):
        assert [task.number for task in EXERCISES] == ["1.6.1", "1.6.2"]
        assert [task.function for task in EXERCISES] == ["get_query161", "get_query162"]
        assert all(task.points == 0 and len(task.hints) == 3 for task in EXERCISES)

    def test_the_chapter_tells_the_limits_that_are_judged(self):
        text = (ROOT / "book/loudness.md").read_text("utf-8")
        first, second = (text.split("```{exercise} ")[n].split("```")[0] for n in (1, 2))
        assert f"no longer than {self.SHOUT.longest}." in first
        assert f"the tolerance is {self.TIE.tolerance}." in second

    def test_a_query_that_turns_away_passes_within_the_limit(self):
        assert judge(self.SHOUT, [[0.1, 2.4, 2.1]]).passed

    def test_no_query_along_k0_does(self):
        along = (seed_key[:1] / seed_key[0].norm()).double()
        for length in torch.linspace(0.1, 3.2, 101):
            assert not judge(self.SHOUT, (length * along).tolist()).passed
        assert not judge(self.SHOUT, (4.0 * along).tolist()).passed  # loud enough, but too long

    @pytest.mark.parametrize("part", [0.3, 0.4, 0.5])
    def test_its_last_hint_leads_to_an_answer(self, part):
        away = seed_key[:1] - part * (seed_key[1:2] + seed_key[3:])
        assert judge(self.SHOUT, (3.19 * away / away.norm()).tolist()).passed

    def test_it_needs_aim_and_no_luck(self):
        directions = torch.nn.functional.normalize(draw(5003, D, seed=1), dim=1)
        passed = [judge(self.SHOUT, [row]).passed for row in (3.19 * directions).tolist()]
        assert 0.01 < sum(passed) / 5003 < 0.05  # a cap of about 20° around the best direction

    def test_whole_numbers_tie_exactly_at_any_loudness(self):
        # −0.17·15 + 0.15·17 + 1.19·0 = 0, up to the last digit.
        for scale in (1, 10, 1000):
            assert judge(self.TIE, [[15.0 * scale, 17.0 * scale, 0.0]]).passed
        assert judge(self.TIE, [[6.0, 6.8, 0.0]]).passed
        assert judge(self.TIE, [[6.0, 6.0, 0.1]]).passed

    def test_the_middle_fails_at_every_loudness_and_passes_1_3_2(self):
        middle = ((seed_key[0] + seed_key[1]) / 2).double()
        for beta in torch.logspace(-1, 4, 301):
            assert not judge(self.TIE, [(beta * middle).tolist()]).passed
        assert judge("1.3.2", [(100 * middle).tolist()]).passed
        assert judge(self.TIE, [(8 * middle).tolist()]).error == pytest.approx(0.0021, abs=1e-4)

    def test_the_hint_tells_the_difference_of_the_keys(self):
        difference = (seed_key[0] - seed_key[1]).tolist()
        a, b, c = (f"{x:.2f}".replace("-", "−") for x in difference)
        assert f"the first number is {a}, the second {b}, the third {c}." in self.TIE.hints[1]
        told = re.search(r"(\S+) times the first must be (\S+) times", self.TIE.hints[2])
        first, second = told.groups()
        assert float(first) == pytest.approx(-difference[0])  # a·0.17 = b·0.15
        assert float(second) == pytest.approx(difference[1])

    def test_other_numbers_have_other_hints(self, monkeypatch):
        key = ((0.5, 0.2, 0.1), (0.2, 0.4, 0.0), *SEED.key[2:])
        monkeypatch.setattr("attention_lab.fixtures.SEED", Fixture(key, SEED.value))
        told = runpy.run_path(loudness_exercises.__file__)["EXERCISES"][1].hints
        assert "the first number is 0.30, the second −0.20, the third 0.10." in told[1]
        assert "Then −0.30 times the first must be −0.20 times the second." in told[2]


def test_every_public_law_is_tested_here():
    public = {name for name in vars(loudness) if not name.startswith("_")}
    assert public - {"torch", "attention_weights"} <= set(globals())
