"""Functions drawn at random are read as torch executes them, or they are refused.

What torch cannot execute must never be read. What is read must be what torch returns, but for the
last digit of a float32: torch has ways of its own to take a power, and to add many numbers, that
depend on the machine. Where two such numbers nearly cancel, their last digits are what is left; so
differences are measured by the largest number on the way. The drawing is the same in every run;
`make fuzz` draws others, and more.
"""

import ast
import math
import os
import warnings

import pytest
import torch
import torch.nn.functional as F
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from attention_lab.exercises import EXERCISES
from attention_lab.faults import find_fault
from attention_lab.grading.constants import expressions
from attention_lab.grading.constants.limits import Refused
from attention_lab.grading.constants.literal import value_of
from attention_lab.grading.constants.values import Tensor, measured
from attention_lab.judge import judge
from tests.grading.functions import Writer

COUNT = int(os.environ.get("FUZZ", "10000"))
ROUNDING = 1e-6  # of the largest number on the way
OUTSIDE = {"torch": torch, "F": F, "math": math, "nan": math.nan, "inf": math.inf}
READ, REFUSED = [], []  # what was drawn: a fuzz that reads nothing proves nothing


@settings(
    max_examples=COUNT,
    derandomize="FUZZ" not in os.environ,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
@given(st.integers(min_value=0, max_value=2**64 - 1))
def test_what_is_read_is_what_torch_returns(seed):
    text = Writer(seed).function()
    try:
        ours, tolerance = read(text)
    except Refused:
        REFUSED.append(text)
        return
    READ.append(text)
    theirs = executed(text)
    assert same(ours, theirs, tolerance), f"{text}\nread as {ours}\ntorch    {theirs}"
    assert passes(ours) == passes(theirs), text


def test_the_fuzz_reads_most_of_what_torch_can_execute():
    """Of the refused, hardly any return something in torch; so little is refused needlessly."""
    assert len(READ) > 0.5 * COUNT
    sample = REFUSED[:: max(1, len(REFUSED) // 300)]
    returned = [text for text in sample if not isinstance(executed(text), Exception)]
    assert len(returned) < 0.2 * len(sample), returned[:10]


def read(text):
    """What we make of a function, and by how much torch may differ."""
    on_the_way = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            expressions, "measured", lambda value: on_the_way.append(value) or measured(value)
        )
        ours = value_of(ast.parse(text).body[0])
    return ours, max(map(rounding, map(lists, on_the_way)), default=0.0)


def executed(text):
    """What torch makes of a function, as nested lists; the exception where it raises."""
    names = dict(OUTSIDE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python and torch have advice on style
            exec(text, names)
            return lists(names["f"]())
    except Exception as error:
        return error


def lists(value):
    """Tensors, ours or torch's, also those in lists, as nested lists."""
    if isinstance(value, (torch.Tensor, Tensor)):
        return value.tolist()
    return [lists(item) for item in value] if isinstance(value, (list, tuple)) else value


def rounding(value):
    """By how much a value may differ."""
    if isinstance(value, list):
        return max(map(rounding, value), default=0.0)
    return ROUNDING * abs(value) if isinstance(value, float) and math.isfinite(value) else 0.0


def same(one, other, tolerance=0.0):
    """Whether two nested lists are of one shape, of one kind of number, and nearly equal."""
    if isinstance(one, list) and isinstance(other, list):
        alike = (same(a, b, tolerance) for a, b in zip(one, other))
        return len(one) == len(other) and all(alike)
    if type(one) is not type(other):
        return False
    if not isinstance(one, float) or not math.isfinite(one):
        return one == other or (one != one and other != other)
    return abs(one - other) <= tolerance


def passes(value):
    """The exercises that an answer passes, of those that ask for its shape."""
    asked = [task for task in EXERCISES if not find_fault(value, task.shape(3))]
    return [task.number for task in asked if judge(task, value)]


def test_the_comparison_tells_numbers_apart():
    assert same([[1.0, math.nan]], [[1.0 + 1e-8, math.nan]], rounding([1.0]))
    for other in ([[1.0]], [1.0, 2.0], [[1.0, 2.1]], [[1.0, math.inf]], [[1, 2.0]], 1.0, None):
        assert not same([[1.0, 2.0]], other, rounding([1.0]))
