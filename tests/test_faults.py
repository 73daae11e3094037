"""What cannot be used is refused, named, and never passes."""

import math

import pytest
import torch

from attention_lab.exercises import EXERCISES
from attention_lab.faults import DEEPEST, LARGEST_FLOAT32, find_fault, find_overflow
from attention_lab.judge import judge

NAN, INF = math.nan, math.inf
ROW = (1, 3)


def nested(depth, leaf=0.0):
    for _ in range(depth):
        leaf = [leaf]
    return leaf


UNUSABLE = [
    ([0.0, 0.0, 0.0], "wrong-shape", "got (3,). Put one more pair of brackets"),
    ([[0.0, 0.0]], "wrong-shape", "got (1, 2)."),
    ([[0.0] * 3] * 4, "wrong-shape", "got (4, 3)."),
    ([[0.0] * 3] * 1000, "wrong-shape", "got (1000, 3)."),
    ([[[0.0] * 3]], "wrong-shape", "got (1, 1, 3). Take the outer pair of brackets away"),
    (0.0, "wrong-shape", "got ()."),
    ([], "wrong-shape", "got (0,)."),
    ([[]], "wrong-shape", "got (1, 0)."),
    ([[], []], "wrong-shape", "got (2, 0)."),
    ([[0.0, 0.0, 0.0], [0.0]], "wrong-shape", "rows of different lengths"),
    ([0.0, [0.0], 0.0], "wrong-shape", "rows of different lengths"),
    ([[[0.0], [0.0, 0.0], [0.0]]], "wrong-shape", "rows of different lengths"),
    (nested(DEEPEST - 1), "wrong-shape", "1, 1, 1, 1)"),
    ("0 0 0", "wrong-type", "got '0 0 0'."),
    ("0\n0", "wrong-type", "got '0 0'."),
    ([["0", "0", "0"]], "wrong-type", "got '0'."),
    (None, "wrong-type", "got None."),
    ([[None, 0.0, 0.0]], "wrong-type", "got None."),
    ([[..., 0.0, 0.0]], "wrong-type", "got ..., a gap to be filled."),
    ([[True, False, False]], "wrong-type", "got True."),
    ([[0j, 0.0, 0.0]], "wrong-type", "got an object of type complex."),
    ({0: 1}, "wrong-type", "got an object of type dict."),
    (print, "wrong-type", "got a function; call it, with () behind its name."),
    ([["x" * 40, 0.0, 0.0]], "wrong-type", "got '" + "x" * 40 + "'."),
    ([["x" * 41, 0.0, 0.0]], "wrong-type", "got '" + "x" * 37 + "...'."),
    (nested(DEEPEST + 1), "wrong-type", f"got lists nested {DEEPEST} deep or more."),
    ([[NAN, 0.0, 0.0]], "not-finite", "entry [0, 0] is nan."),
    ([[0.0, INF, 0.0]], "not-finite", "entry [0, 1] is inf."),
    ([[0.0, 0.0, -INF]], "not-finite", "entry [0, 2] is -inf."),
    ([[0.0, 0.0, 1e39]], "not-finite", "entry [0, 2] is 1e+39."),
    ([[10**400, 0.0, 0.0]], "not-finite", "entry [0, 0] is too large an integer."),
    ([[NAN, NAN, NAN]], "not-finite", "still the placeholder"),
    ([[3e38, 3e38, 3e38]], "not-finite", "score of k0 does not fit into float32"),
]


@pytest.mark.parametrize(("answer", "diagnosis", "said"), UNUSABLE)
@pytest.mark.parametrize("number", ["1.2.1", "1.3.1", "1.3.2"])
def test_what_cannot_be_used_is_told_why_and_never_passes(number, answer, diagnosis, said):
    verdict = judge(number, answer)
    assert not verdict
    assert verdict.diagnosis == diagnosis
    assert said in verdict.message
    assert verdict.error is verdict.weights is verdict.distance is None
    assert len(verdict.wanted) == 1
    assert (verdict.exercise, verdict.tolerance) == (number, 0.05)
    assert all(detail in verdict.message for detail in verdict.details.values())
    assert verdict.details
    if diagnosis != "not-finite":
        assert str(ROW) in verdict.message


def test_more_entries_than_any_answer_has_are_not_all_looked_at():
    shared = [0.0]
    for _ in range(28):
        shared = [shared, shared]  # 2^28 entries in 28 lists
    for answer in (shared, [[0.0] * 1000] * 1000):
        verdict = judge("1.2.1", answer)
        assert verdict.diagnosis == "wrong-shape"
        assert "got more than 10000 entries" in verdict.message


def test_a_list_in_itself_or_nested_beyond_reason_is_no_number():
    endless = []
    endless += [endless, endless]
    for answer in (endless, nested(100_000)):
        assert judge("1.2.1", answer).diagnosis == "wrong-type"


@pytest.mark.parametrize("number", ["1.4.1", "1.4.2"])
@pytest.mark.parametrize("answer", [[[1, 1, 0]], 0.56, [0.5], [[1, 1, 0]] * 4, [[[1, 1, 0]]]])
def test_a_key_of_another_shape_does_not_pass_though_it_may_broadcast(number, answer):
    verdict = judge(number, answer)
    assert verdict.diagnosis == "wrong-shape"
    assert "(3,)" in verdict.message


@pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)
def test_the_placeholder_is_told_so_and_does_not_pass(task):
    placeholder = torch.full(task.shape(3), torch.nan).tolist()
    assert "placeholder" in judge(task.number, placeholder).message


def test_the_largest_float32_is_still_a_number():
    assert find_fault([LARGEST_FLOAT32], (1,)) is None
    assert torch.tensor(LARGEST_FLOAT32).isfinite()
    assert not torch.tensor(LARGEST_FLOAT32 * 1.0001).isfinite()


@pytest.mark.parametrize("answer", [[[5, 7, 6]], ((4.7, 6.5, 6.0),), [[4.7, 6.5, 6]]])
def test_integers_and_tuples_are_judged_by_value(answer):
    assert judge("1.2.1", answer)


def test_a_huge_answer_is_judged_without_overflow():
    assert judge("1.2.1", [[0.47e38, 0.65e38, 0.60e38]])


def test_a_score_may_be_as_large_as_float32_allows_and_no_larger():
    half = LARGEST_FLOAT32 / 2
    assert find_overflow([[half, half]], [[0, 0], [1, -1]]) is None
    more = half * 1.0001
    template, details = find_overflow([[0, 0], [more, half]], [[0, 0], [1, -1]])
    assert template == "not-finite/overflow"
    assert details == {"key": "k1"}


def test_an_edited_key_may_be_too_large_for_its_query():
    verdict = judge("1.4.2", [3e38, 3e38, 0])  # times 55.5
    assert verdict.diagnosis == "not-finite"
    assert "score of k2" in verdict.message
