"""Attention on nested lists agrees with the loops and with torch."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from attention_lab import core
from attention_lab.arithmetic import (
    dot,
    largest_difference,
    mix,
    scores_of,
    softmax,
    total_variation,
)
from tests import specification

Q, K, D, V = 3, 5, 7, 2
NUMBER = st.floats(-3, 3, width=32)


def matrices(*shape):
    return arrays("float32", shape, elements=NUMBER).map(lambda array: array.tolist())


def weights_of(query, key):
    return [softmax(row) for row in scores_of(query, key)]


@given(matrices(Q, D), matrices(K, D), matrices(K, V))
def test_it_is_that_of_the_loops(query, key, value):
    weights = weights_of(query, key)
    assert specification.largest_gap(weights, specification.weights(query, key)) < 1e-12
    output = specification.output(query, key, value)
    assert specification.largest_gap(mix(weights, value), output) < 1e-12


@given(matrices(Q, D), matrices(K, D))
def test_weights_are_torchs(query, key):
    theirs = core.attention_weights(torch.tensor(query), torch.tensor(key))
    torch.testing.assert_close(torch.tensor(weights_of(query, key)), theirs)


@given(matrices(D), matrices(D))
def test_the_largest_difference_is_that_of_the_loops(one, other):
    assert largest_difference(one, other) == specification.largest_gap([one], [other])


def test_softmax_does_not_overflow():
    assert softmax([1e38, -1e38]) == [1.0, 0.0]
    assert softmax([-1e38, -1e38]) == [0.5, 0.5]


@pytest.mark.parametrize(
    ("one", "other", "moved"),
    [
        ([1, 0, 0], [1, 0, 0], 0),
        ([1, 0, 0], [0, 0, 1], 1),
        ([0.5, 0.5, 0], [0.25, 0.25, 0.5], 0.5),  # a quarter moves away from each of two
    ],
)
def test_total_variation_is_the_weight_that_must_move(one, other, moved):
    assert total_variation(one, other) == total_variation(other, one) == moved


def test_a_dot_product():
    assert dot([2, 3, 5], [7, 11, 13]) == 14 + 33 + 65
