"""Heads, masks and noisy keys: against loops, against removal of keys, against closed forms.

Every axis has its own prime size, so that a swapped or reduced wrong axis cannot pass.
"""

import math

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import norm

from attention_lab import attention, attention_weights
from attention_lab.heads import (
    causal_mask,
    masked_weights,
    mean_of_heads,
    mean_weights,
    noisy_keys,
    noisy_length,
    share_within,
    with_features,
    with_null,
)
from tests import specification

H, Q, K, D, V, DRAWS = 2, 3, 5, 7, 11, 13
NUMBER = st.floats(-3, 3, width=32)
CLOSE = {"rtol": 1e-4, "atol": 1e-5}
WORD, HALF = torch.eye(4), torch.tensor([0.5, 0.5, 0.0, 0.0])
ONE_HEAD = 10 * (WORD[0] + WORD[1])[None]
TWO_HEADS = 10 * WORD[:2]
TURNED_AWAY = -10 * (WORD[2] + WORD[3])[None]


def dice(seed=1):
    return torch.Generator().manual_seed(seed)


def tensors(*shape):
    return arrays("float32", shape, elements=NUMBER).map(torch.from_numpy)


def masks(queries, keys):
    some = arrays("bool", (queries, keys)).map(torch.from_numpy)
    return some.filter(lambda mask: mask.any(dim=1).all())


def mean_of_rows(table):
    return [sum(column) / len(table) for column in zip(*table, strict=True)]


def masked_by_loops(query, key, mask):
    """``[q][k]``: the weights among the keys that a query may see, and 0 elsewhere."""
    table = []
    for q, row in zip(query, mask, strict=True):
        seen = [k for k, may in zip(key, row, strict=True) if may]
        weights = iter(specification.weights([q], seen)[0])
        table.append([next(weights) if may else 0.0 for may in row])
    return table


@given(tensors(H, D), tensors(K, D), tensors(K, V))
def test_several_heads_are_the_mean_of_the_loops(query, key, value):
    weights = specification.weights(query.tolist(), key.tolist())
    wanted = torch.tensor(mean_of_rows(weights))
    torch.testing.assert_close(mean_weights(query, key), wanted, **CLOSE)
    outputs = specification.output(query.tolist(), key.tolist(), value.tolist())
    wanted = torch.tensor(mean_of_rows(outputs))
    torch.testing.assert_close(mean_of_heads(query, key, value), wanted, **CLOSE)


@given(tensors(H, D), tensors(K, D), tensors(K, V))
def test_the_mean_of_the_outputs_is_the_output_of_the_mean_weights(query, key, value):
    output = mean_weights(query, key) @ value
    torch.testing.assert_close(mean_of_heads(query, key, value), output, **CLOSE)


def test_each_draw_of_the_keys_is_looked_at_alone():
    query, keys = torch.randn(H, D, generator=dice()), torch.randn(DRAWS, K, D, generator=dice())
    together = mean_weights(query, keys)
    assert together.shape == (DRAWS, K)
    for weight, key in zip(together, keys, strict=True):
        torch.testing.assert_close(weight, mean_weights(query, key), **CLOSE)


@given(tensors(1, D), tensors(K, D))
def test_two_heads_with_one_query_are_one_head(query, key):
    twice = torch.cat([query, query])
    torch.testing.assert_close(mean_weights(twice, key), attention_weights(query, key)[0])


@given(tensors(Q, D), tensors(K, D), masks(Q, K))
def test_masked_weights_are_those_of_the_loops(query, key, mask):
    wanted = torch.tensor(masked_by_loops(query.tolist(), key.tolist(), mask.tolist()))
    torch.testing.assert_close(masked_weights(query, key, mask), wanted, **CLOSE)


@given(tensors(Q, D), tensors(K, D), masks(1, K))
def test_a_mask_does_the_same_as_removing_the_keys(query, key, mask):
    weight = masked_weights(query, key, mask.expand(Q, K))
    torch.testing.assert_close(weight[:, mask[0]], attention_weights(query, key[mask[0]]))
    assert (weight[:, ~mask[0]] == 0).all()


@given(tensors(Q, D), tensors(K, D))
def test_who_may_see_all_has_the_usual_weights(query, key):
    weight = masked_weights(query, key, torch.ones(Q, K, dtype=torch.bool))
    torch.testing.assert_close(weight, attention_weights(query, key))


def test_masks_work_in_batches():
    query, key = torch.randn(2, DRAWS, K, D, generator=dice())
    together = masked_weights(query, key, causal_mask(K))
    for n in range(DRAWS):
        alone = masked_weights(query[n], key[n], causal_mask(K))
        torch.testing.assert_close(together[n], alone)


def test_who_may_look_at_nothing_is_refused():
    mask = torch.tensor([[True, False], [False, False]])
    with pytest.raises(ValueError, match="Expected a key for every query to look at"):
        masked_weights(torch.zeros(2, D), torch.zeros(2, D), mask)


@given(tensors(K, D), tensors(K, D), tensors(K, D), st.integers(1, K - 1))
def test_under_a_causal_mask_what_comes_later_changes_nothing(query, key, other, place):
    later = torch.cat([key[:place], other[place:]])
    before, after = (masked_weights(query, k, causal_mask(K))[:place] for k in (key, later))
    assert before.tolist() == after.tolist()


@given(tensors(K, D), tensors(K, V))
def test_a_query_of_zeros_under_a_causal_mask_is_a_running_mean(key, value):
    output = masked_weights(torch.zeros(K, D), key, causal_mask(K)) @ value
    rows = value.tolist()
    wanted = torch.tensor([mean_of_rows(rows[: n + 1]) for n in range(K)])
    torch.testing.assert_close(output, wanted, **CLOSE)


@given(tensors(K, D), tensors(K, D), tensors(K, V), st.permutations(range(K)))
def test_without_a_mask_attention_knows_no_order(query, key, value, order):
    shuffled = attention(query[order], key[order], value[order])
    torch.testing.assert_close(shuffled, attention(query, key, value)[order], **CLOSE)


@given(tensors(K, D), tensors(K, D), masks(K, K), st.permutations(range(K)))
def test_a_mask_that_is_shuffled_along_gives_the_weights_shuffled(query, key, mask, order):
    shuffled = masked_weights(query[order], key[order], mask[order][:, order])
    wanted = masked_weights(query, key, mask)[order][:, order]
    torch.testing.assert_close(shuffled, wanted, **CLOSE)


@given(tensors(Q, D), tensors(K, D))
def test_a_null_key_adds_1_to_the_denominator(query, key):
    weight = attention_weights(query, with_null(key))
    powers = (query @ key.T).double().exp()
    rest = 1 + powers.sum(dim=1, keepdim=True)
    torch.testing.assert_close(weight[:, :K].double(), powers / rest, **CLOSE)
    torch.testing.assert_close(weight[:, K:].double(), 1 / rest, **CLOSE)


def test_only_the_length_of_one_key_is_noisy():
    key = torch.randn(K, D, generator=dice())
    draws = noisy_length(key, k=2, std=0.3, draws=4000)
    others = [0, 1, 3, 4]
    assert (draws[:, others] == key[others]).all()
    length = draws[:, 2] @ key[2] / key[2].square().sum()  # in multiples of the true one
    torch.testing.assert_close(draws[:, 2], length[:, None] * key[2], **CLOSE)
    assert length.mean().item() == pytest.approx(1, abs=4 * 0.3 / math.sqrt(4000))
    assert length.std().item() == pytest.approx(0.3, rel=0.05)
    assert (draws == noisy_length(key, k=2, std=0.3, draws=4000)).all()
    assert (draws != noisy_length(key, k=2, std=0.3, draws=4000, seed=1)).any()


def test_every_number_of_every_key_has_an_error_of_its_own():
    key = torch.randn(K, D, generator=dice())
    errors = noisy_keys(key, std=0.2, draws=4000) - key
    assert errors.shape == (4000, K, D)
    assert errors.mean(dim=0).abs().max() < 5 * 0.2 / math.sqrt(4000)
    together = torch.corrcoef(errors.flatten(1).T)  # of each number with each other
    assert (together - torch.eye(K * D)).abs().max() < 5 / math.sqrt(4000)
    torch.testing.assert_close(errors.std(dim=0), torch.full((K, D), 0.2), rtol=0.06, atol=0)


def test_near_is_less_than_the_tolerance_in_the_wrong_place():
    weight = torch.tensor([[0.5, 0.5, 0.0], [0.56, 0.44, 0.0], [0.48, 0.48, 0.04]])
    wanted = torch.tensor([0.5, 0.5, 0.0])  # misplaced: 0, 0.06, 0.04
    assert share_within(weight, wanted, tolerance=0.05) == pytest.approx(2 / 3)
    assert share_within(weight, wanted, tolerance=0.03) == pytest.approx(1 / 3)
    assert share_within(weight, wanted, tolerance=0.07) == 1


def probability(low, high, std):
    """That a length, normal around 1, lies between."""
    return norm.cdf(high, 1, std) - norm.cdf(low, 1, std)


def lengths_that_pass(query):
    """The lengths of k0 with which the mean of these heads is near to half and half."""
    length = torch.linspace(-2, 4, 60_001)
    key = WORD.repeat(len(length), 1, 1)
    key[:, 0, 0] = length
    near = (mean_weights(query, key) - HALF).abs().sum(dim=1) / 2 < 0.05
    assert (near[1:] != near[:-1]).sum() == 2 - near[-1].int()  # one stretch
    passing = length[near]
    return passing[0].item(), math.inf if near[-1] else passing[-1].item()


def test_one_noisy_length_breaks_one_head_and_not_two():
    std = math.sqrt(0.5)
    noisy = noisy_length(WORD, k=0, std=std, draws=5000)
    for query, percent in ((ONE_HEAD, 2), (TWO_HEADS, 83)):
        share = share_within(mean_weights(query, noisy), HALF)
        exact = probability(*lengths_that_pass(query), std)
        assert round(100 * exact) == percent
        assert share == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / 5000))
    # The length of k0 may be off by ln(0.55/0.45) / 10.
    assert lengths_that_pass(ONE_HEAD) == pytest.approx((1 - 0.02, 1 + 0.02), abs=1e-3)
    assert lengths_that_pass(TWO_HEADS) == (pytest.approx(0.33, abs=0.01), math.inf)


def test_a_query_that_turns_away_scores_0_whatever_the_length():
    noisy = noisy_length(WORD, k=0, std=math.sqrt(0.5), draws=5000)
    assert share_within(mean_weights(TURNED_AWAY, noisy), HALF) == 1


def test_errors_in_every_number_break_any_single_head():
    shares = {0.05: [], 0.1: [], 0.2: []}
    for std, row in shares.items():
        noisy = noisy_keys(WORD, std, draws=4000)
        for query in (ONE_HEAD, TURNED_AWAY, TWO_HEADS):
            row.append(share_within(mean_weights(query, noisy), HALF))
        # Two scores differ by a normal number of standard deviation 20·std, as both queries are
        # 10√2 long and two keys err; it must be less than ln(0.55/0.45), or a little less.
        exact = 1 - 2 * norm.sf(math.log(0.55 / 0.45), scale=20 * std)
        assert row[0] == pytest.approx(exact, abs=0.02)
        assert row[1] == pytest.approx(exact, abs=0.02)
    assert shares[0.05][2] == shares[0.1][2] == 1
    assert shares[0.2][2] > 0.95


def test_louder_two_heads_come_near_to_the_share_of_lengths_above_0():
    noisy = noisy_length(WORD, k=0, std=math.sqrt(0.5), draws=5000)
    positive = (noisy[:, 0, 0] > 0).float().mean().item()
    one, two = (
        [share_within(mean_weights(b / 10 * query, noisy), HALF) for b in (4, 10, 30, 100, 1e6)]
        for query in (ONE_HEAD, TWO_HEADS)
    )
    assert one == sorted(one, reverse=True)
    assert two == sorted(two)
    assert two[-1] == pytest.approx(positive, abs=1e-3)
    assert max(one) < 0.06
    assert one[-1] == 0


@given(tensors(Q, K), st.integers(1, 3), tensors(Q, 3), tensors(K, 3), tensors(Q, 1))
def test_no_scores_of_that_rank_come_nearer(scores, d, query, key, constant):
    pattern = scores.softmax(dim=1)
    nearest, miss = with_features(pattern, d)
    scores = pattern.double().log()
    some = (query[:, :d] @ key[:, :d].T + constant).double()
    assert (scores - some).square().mean().sqrt() >= miss - 1e-6
    centred = nearest.double().log()
    centred = centred - centred.mean(dim=1, keepdim=True)
    assert torch.linalg.matrix_rank(centred, tol=1e-3) <= d


@pytest.mark.parametrize("n", [2, 3, 5])
def test_with_one_feature_less_than_words_every_pattern_fits(n):
    pattern = torch.randn(n, n, generator=dice(n)).softmax(dim=1)
    nearest, miss = with_features(pattern, n - 1)
    torch.testing.assert_close(nearest, pattern)
    assert miss < 1e-9
    assert n == 2 or with_features(pattern, n - 2)[1] > 0.01


@given(tensors(K, 2), tensors(K, 2), tensors(K, 1))
def test_what_two_features_make_fits_into_two(query, key, constant):
    pattern = (query @ key.T + constant).softmax(dim=1)
    assume(pattern.min() > 1e-6)
    nearest, miss = with_features(pattern, 2)
    assert miss < 1e-4
    torch.testing.assert_close(nearest, pattern, rtol=1e-3, atol=1e-5)
