"""What the functions of geometry/ take, and what they refuse."""

import math

import numpy as np
import pytest
import torch

from attention_lab.geometry import (
    Certificate,
    averageable,
    copyable,
    least_norm_query,
    margin,
    query_for,
)
from tests.geometry.keys import KEY, VALUE

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
