"""Every call that is read, with every argument: torch must take what is read, and say the same."""

import ast
from itertools import chain, product

import pytest

from attention_lab.grading.constants.calls import FUNCTIONS, METHODS
from attention_lab.grading.constants.limits import Refused
from attention_lab.grading.constants.literal import value_of
from tests.grading.test_fuzz import executed, rounding, same

TENSORS = (
    "torch.ones(3)",
    "torch.ones(2, 3)",
    "torch.tensor([[1, 2]])",
    "torch.tensor(2.0)",
    "torch.zeros(0)",
    "torch.ones(2, dtype=torch.float64)",
)
VALUES = (
    *TENSORS,
    "2",
    "-1",
    "1.5",
    "-0.0",
    "1e39",
    "nan",
    "True",
    "None",
    "...",
    "torch.float64",
    "[]",
    "[[]]",
    "[1, 2]",
    "(2, 3)",
    "[torch.ones(2), torch.ones(2)]",
    "[torch.tensor(1), 2.5]",
    "[torch.ones(1)]",
)
SECOND = ("0", "1", "-1", "2", "2.0", "1e39", "True", "None", "[0]", "torch.float64")
NAMES = ("dim", "keepdim", "p", "ord", "dtype", "size", "fill_value", "data", "tensors", "tensor")
NAMED = tuple(f"{name}={value}" for name in NAMES for value in SECOND)


def calls(path):
    """The texts of calls."""
    if path in METHODS:
        starts = [f"({value}).{path}(" for value in VALUES]
    else:
        starts = [f"{path.replace('torch.nn.functional', 'F')}({value}, " for value in VALUES]
        yield from (f"{starts[0].partition('(')[0]}({name}={x})" for name in NAMES for x in VALUES)
        yield starts[0].partition("(")[0] + "()"
    one = [[], *([x] for x in SECOND + NAMED)]
    two = product(SECOND, ("0", "2", "True", "None", "dim=0", "keepdim=True"))
    for start, others in product(starts, chain(one, two)):
        yield f"{start}{', '.join(others)})"


@pytest.mark.parametrize("path", [*FUNCTIONS, *METHODS])
def test_what_is_read_of_a_call_is_what_torch_returns(path):
    read = 0
    for call in calls(path):
        text = f"def f():\n    return {call}\n"
        try:
            ours = value_of(ast.parse(text).body[0])
        except Refused:
            continue
        read += 1
        assert same(ours, executed(text), rounding(ours)), call
    assert read >= 5
