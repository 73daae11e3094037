"""core.py against loops, against torch, and against misuse.

Every axis has its own prime size, so that a swapped or reduced wrong axis cannot pass.
"""

import math

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from attention_lab import attention, attention_weights, check_query
from tests import specification

BATCH, Q, K, D, V = 2, 3, 5, 7, 11
NUMBER = st.floats(-3, 3, width=32)


def tensors(*shape):
    return arrays("float32", shape, elements=NUMBER).map(torch.from_numpy)


@given(tensors(Q, D), tensors(K, D))
def test_weights_are_those_of_the_loops(query, key):
    wanted = torch.tensor(specification.weights(query.tolist(), key.tolist()))
    torch.testing.assert_close(attention_weights(query, key), wanted, rtol=1e-4, atol=1e-6)


@given(tensors(Q, D), tensors(K, D), tensors(K, V))
def test_output_is_that_of_the_loops(query, key, value):
    wanted = torch.tensor(specification.output(query.tolist(), key.tolist(), value.tolist()))
    torch.testing.assert_close(attention(query, key, value), wanted, rtol=1e-4, atol=1e-5)


@given(tensors(BATCH, Q, D), tensors(BATCH, K, D), tensors(BATCH, K, V))
def test_output_is_that_of_torch_also_in_batches(query, key, value):
    theirs = F.scaled_dot_product_attention(query, key, value, scale=1)
    torch.testing.assert_close(attention(query, key, value), theirs, rtol=1e-4, atol=1e-5)


@given(tensors(Q, D), tensors(K, D), st.permutations(range(K)))
def test_keys_in_another_order_have_their_weights_in_that_order(query, key, order):
    moved = attention_weights(query, key[order])
    torch.testing.assert_close(moved, attention_weights(query, key)[:, order])


def test_a_score_is_not_divided_by_the_root_of_d():
    # Scores 1 and 0: the weights must be e/(e+1) and 1/(e+1).
    weight = attention_weights(torch.ones(1, 4), torch.tensor([[1.0, 0, 0, 0], [0, 0, 0, 0]]))
    wanted = math.e / (math.e + 1)
    torch.testing.assert_close(weight, torch.tensor([[wanted, 1 - wanted]]))


def test_a_single_key_takes_all_of_the_weight():
    assert attention_weights(torch.ones(1, D), torch.ones(1, D)).tolist() == [[1.0]]


def test_loud_scores_do_not_overflow():
    weight = attention_weights(torch.tensor([[1e30, 0.0]]), torch.eye(2))
    assert weight.tolist() == [[1.0, 0.0]]


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ((D,), (K, D)),
        ((Q, D), (D,)),
        ((Q, D), (K, D + 1)),
        ((Q, D), (0, D)),
        ((), (K, D)),
    ],
)
def test_shapes_that_have_no_scores_are_refused_with_both_shapes(query, key):
    with pytest.raises(ValueError, match=r"^Expected a query.* at least one key; got") as refusal:
        attention_weights(torch.zeros(query), torch.zeros(key))
    assert str(query) in str(refusal.value)
    assert str(key) in str(refusal.value)


@pytest.mark.parametrize("value", [(K + 1, V), (V,), (1, V)])
def test_a_value_that_is_not_one_for_each_key_is_refused(value):
    with pytest.raises(ValueError, match=f"each of the {K} keys") as refusal:
        attention(torch.zeros(Q, D), torch.zeros(K, D), torch.zeros(value))
    assert str(value) in str(refusal.value)


@pytest.mark.parametrize("name", ["query", "key", "value"])
def test_what_is_no_tensor_is_refused_by_name(name):
    tensors = {"query": torch.zeros(Q, D), "key": torch.zeros(K, D), "value": torch.zeros(K, V)}
    with pytest.raises(ValueError, match=f"^Expected a tensor as {name}; got list.$"):
        attention(**tensors | {name: [[0.0] * D]})


@pytest.mark.parametrize(
    ("dtype", "said"),
    [(torch.float64, "float64"), (torch.int64, "int64"), (torch.cfloat, "complex")],
)
@pytest.mark.parametrize("name", ["query", "key", "value"])
def test_dtypes_that_do_not_go_together_are_refused(name, dtype, said):
    tensors = {"query": torch.zeros(Q, D), "key": torch.zeros(K, D), "value": torch.zeros(K, V)}
    with pytest.raises(ValueError, match=f"one floating dtype; got.*{said}"):
        attention(**tensors | {name: tensors[name].to(dtype)})
    for name in tensors:
        tensors[name] = tensors[name].to(torch.int64)
    with pytest.raises(
        ValueError, match=r"^Expected query and key and value of one floating dtype"
    ):
        attention(**tensors)


def test_double_precision_stays_double():
    query, key = torch.zeros(Q, D).double(), torch.zeros(K, D).double()
    assert attention_weights(query, key).dtype == torch.float64


def test_batches_that_do_not_fit_are_refused_with_their_shapes():
    with pytest.raises(ValueError, match=r"same batch axes; got \[\(2, 3, 7\), \(3, 5, 7\)\]"):
        attention_weights(torch.zeros(BATCH, Q, D), torch.zeros(3, K, D))
    with pytest.raises(ValueError, match="same batch axes"):
        attention(torch.zeros(Q, D), torch.zeros(2, K, D), torch.zeros(3, K, V))


@pytest.mark.parametrize("empty", [torch.zeros(Q, D).to_sparse(), torch.zeros(Q, D, device="meta")])
def test_a_tensor_that_does_not_hold_all_its_numbers_is_refused(empty):
    with pytest.raises(ValueError, match="with all its numbers as query"):
        attention_weights(empty, torch.zeros(K, D))
    with pytest.raises(ValueError, match="with all its numbers as query"):
        check_query(empty, torch.zeros(Q, V), torch.zeros(K, D), torch.zeros(K, V))


class TestCheckQuery:
    """The course's own measure: the largest absolute difference."""

    key = torch.eye(2)
    value = torch.tensor([[4.0, 0.0, 10.0], [0.0, 2.0, 10.0]])
    even = torch.zeros(1, 2)  # gives the mean of the two values, (2, 1, 10)

    def test_it_is_the_largest_difference_over_all_entries(self):
        assert check_query(self.even, torch.tensor([2.0, 1.5, 7.0]), self.key, self.value) == 3

    def test_a_difference_counts_whatever_its_sign(self):
        assert check_query(self.even, torch.tensor([2.0, 5.0, 10.0]), self.key, self.value) == 4

    def test_a_vector_as_target_is_one_row(self):
        flat, row = torch.tensor([2.0, 1.0, 9.0]), torch.tensor([[2.0, 1.0, 9.0]])
        here = (self.key, self.value)
        assert check_query(self.even, flat, *here) == check_query(self.even, row, *here) == 1

    def test_every_row_counts(self):
        query = torch.zeros(3, 2)
        target = torch.tensor([[2.0, 1, 10], [2, 1, 10], [2, 8, 10]])
        assert check_query(query, target, self.key, self.value) == 7

    @given(tensors(Q, D), tensors(K, D), tensors(K, V), tensors(Q, V))
    def test_it_agrees_with_the_loops(self, query, key, value, target):
        output = specification.output(query.tolist(), key.tolist(), value.tolist())
        wanted = specification.largest_gap(target.tolist(), output)
        assert check_query(query, target, key, value).item() == pytest.approx(wanted, abs=1e-4)

    @pytest.mark.parametrize("dtype", [torch.float64, torch.int64, torch.float16])
    def test_any_real_dtype_is_judged_by_value(self, dtype):
        target = torch.tensor([2.0, 1.0, 10.0])
        assert check_query(self.even.to(dtype), target, self.key, self.value) == 0

    def test_a_query_that_requires_grad_is_judged_by_value(self):
        query = self.even.clone().requires_grad_()
        assert check_query(query, torch.tensor([2.0, 1.0, 10.0]), self.key, self.value) == 0

    @pytest.mark.parametrize("shape", [(4, 2), (1000, 2), (1, 1, 2), (2,), (), (1, 3), (0, 2)])
    def test_a_query_of_another_shape_is_refused_though_it_may_broadcast(self, shape):
        with pytest.raises(ValueError, match=r"^Expected a query .*; got a query of") as refusal:
            check_query(torch.zeros(shape), torch.zeros(3), self.key, self.value)
        assert str(shape) in str(refusal.value)

    @pytest.mark.parametrize("shape", [(1,), (1, 1), (2,), (2, 1, 3), ()])
    def test_a_target_of_another_shape_is_refused_though_it_may_broadcast(self, shape):
        with pytest.raises(ValueError, match="Expected") as refusal:
            check_query(self.even, torch.zeros(shape), self.key, self.value)
        assert str(shape) in str(refusal.value)

    @pytest.mark.parametrize(
        ("bad", "said"),
        [
            (torch.tensor([[float("nan"), 0]]), "nan"),
            (torch.tensor([[0, float("inf")]]), "inf"),
            (torch.tensor([[-float("inf"), 0]]), "inf"),
            (torch.tensor([[1e39, 0]], dtype=torch.float64), "inf"),
            (torch.tensor([[1j, 0]]), "complex64"),
            (torch.tensor([[True, False]]), "bool"),
            ([[0.0, 0.0]], "list"),
            ("0 0", "str"),
            (None, "NoneType"),
        ],
    )
    def test_what_is_no_tensor_of_finite_numbers_is_refused(self, bad, said):
        with pytest.raises(ValueError, match=f"(?s)in query|as query.*{said}") as refusal:
            check_query(bad, torch.zeros(3), self.key, self.value)
        assert said in str(refusal.value)

    def test_no_rows_at_all_are_refused(self):
        with pytest.raises(ValueError, match="a row for each row of the target"):
            check_query(torch.zeros(0, 2), torch.zeros(0, 3), self.key, self.value)

    def test_scores_beyond_float32_are_refused_and_not_nan(self):
        with pytest.raises(ValueError, match=r"^Expected scores that fit into float32; got"):
            check_query(torch.tensor([[3e38, 3e38]]), torch.zeros(3), 9 * self.key, self.value)

    def test_the_other_arguments_are_looked_at_too(self):
        good = {"query": self.even, "target": torch.zeros(3), "key": self.key, "value": self.value}
        for name in good:
            with pytest.raises(ValueError, match=f"^Expected finite numbers in {name}; got"):
                check_query(**good | {name: good[name] * float("nan")})
