"""What a function of constants is worth, and what is refused, each by reasoning."""

import ast
import textwrap

import pytest

from attention_lab.grading.constants.limits import (
    AXES,
    DEPTH,
    ELEMENTS,
    HANDLED,
    LARGEST,
    NODES,
    Refused,
)
from attention_lab.grading.constants.literal import KNOWN, value_of
from tests.grading.test_fuzz import executed, rounding, same


def function(body):
    return "def f():\n" + textwrap.indent(body, "    ") + "\n"


def read(body, outside=KNOWN):
    return value_of(ast.parse(function(body)).body[0], outside)


def refusal(body, outside=KNOWN):
    """The line of the body, from 1 on, and the reason."""
    with pytest.raises(Refused) as caught:
        read(body, outside)
    return caught.value.line - 1, caught.value.reason


VALUES = {
    # as the seed writes them
    "return torch.tensor([[4.5, 6.5, 6.0]])": [[4.5, 6.5, 6.0]],
    "return 10 * torch.tensor([[0.5, 0.25], [1, -2]])": [[5.0, 2.5], [10.0, -20.0]],
    "S = 4.0\na = torch.tensor([[1.0]])\nb = torch.tensor([[2.0]])\nreturn S * ((a + b) / 2)": [
        [6.0]
    ],
    "key = torch.tensor([[1.0, 2.0], [3.0, 4.0]])\nreturn (key[0] + key[1]) / 2": [2.0, 3.0],
    "a = torch.tensor([3.0, 4.0])\nreturn 5 * (a / a.norm())": [3.0, 4.0],
    "return torch.tensor([[nan, nan]])": [[float("nan")] * 2],
    # other ways to write constants
    "return [[1, 2.5]]": [[1, 2.5]],
    "return torch.zeros(1, 2)": [[0.0, 0.0]],
    "return torch.ones([2])": [1.0, 1.0],
    "return torch.full((1, 2), 0.5)": [[0.5, 0.5]],
    "k = torch.tensor([1.0, 2.0])\nreturn torch.stack([k, -k])": [[1.0, 2.0], [-1.0, -2.0]],
    "k = torch.tensor([[1.0]])\nreturn torch.cat((k, 2 * k))": [[1.0], [2.0]],
    "a, b = 1.5, 2\nreturn torch.tensor([a * b])": [3.0],
    "a, (b, c) = 1, [2, 3]\nreturn [a, b, c]": [1, 2, 3],
    "a = b = torch.zeros(1)\nb += 1\nreturn a": [1.0],
    "a: float = 2.0\nreturn [a]": [2.0],
    "'''Says why.'''\nimport torch\nreturn torch.ones(1)": [1.0],
    "pass": None,
    "return": None,
    "return None": None,
    "return math.sqrt(16)": 4.0,
    "return torch.nn.functional.normalize(torch.tensor([[3.0, 4.0]])) * 5": [[3.0, 4.0]],
    "k = torch.tensor([[3.0, 4.0], [6.0, 8.0]])\nreturn k.norm(dim=1)": [5.0, 10.0],
    "return torch.tensor([[1.0, 3.0]]).mean(dim=1, keepdim=True)": [[2.0]],
    "return torch.tensor([[1.0, 2.0]]) @ torch.tensor([[3.0], [4.0]])": [[11.0]],
    "return torch.tensor([2.0]) ** 3": [8.0],
    "return torch.ones(1)\nreturn torch.zeros(1)": [1.0],
    # float32
    "return torch.tensor([16777216.0]) + 1": [16777216.0],
    "return torch.tensor([0.1], dtype=torch.float64)": [0.1],
    "return torch.tensor([3e38]) * 10": [float("inf")],
    # whole numbers
    "return torch.tensor([1, 2])": [1, 2],
    "return torch.tensor([1, 2]) / 2": [0.5, 1.0],
    # names share a tensor
    "a = torch.zeros(2)\nb = a\nb += 1\nreturn a": [1.0, 1.0],
    "a = torch.zeros(2)\nb = a + 0\nb += 1\nreturn a": [0.0, 0.0],
    "a = torch.zeros(2)\nb = a.clone()\nb[0] = 1\nreturn a": [0.0, 0.0],
    "a = torch.zeros(2, 2)\nb = a[0]\nb += 1\nreturn a": [[1.0, 1.0], [0.0, 0.0]],
    "a = torch.zeros(2, 2)\nb = a[[0]]\nb += 1\nreturn a": [[0.0, 0.0], [0.0, 0.0]],
    "a = torch.zeros(2)\na[1] = 3\na[0] -= 1\nreturn a": [-1.0, 3.0],
    "a = 1\nb = a\nb += 1\nreturn [a, b]": [1, 2],
    "a = torch.ones(2)\na += a\nreturn a": [2.0, 2.0],
    "a = 1\na += torch.ones(2)\nreturn a": [2.0, 2.0],
    "a = torch.zeros(2)\nb = +a\nb += 1\nreturn a": [1.0, 1.0],
    "a = torch.zeros(2)\nb = -a\nb += 1\nreturn a": [0.0, 0.0],
    "a = torch.zeros(2)\nb = a.float()\nb += 1\nreturn a": [1.0, 1.0],
    "a = torch.zeros(2)\nb = a.double()\nb += 1\nreturn a": [0.0, 0.0],
    "a = torch.zeros(2)\nb = torch.tensor([2.0, 3.0])\na[:] = b\nb += 1\nreturn a": [2.0, 3.0],
    "a = torch.zeros(2)\nb = torch.stack([a])\na += 1\nreturn b": [[0.0, 0.0]],
    "a = torch.zeros(2)\nb = [a, a]\na += 1\nreturn b": [[1.0, 1.0], [1.0, 1.0]],
    "a = torch.zeros(2, 1)\nb, c = a\nb += 1\nreturn a": [[1.0], [0.0]],
    "a = torch.zeros(1)\na = a + 1\nreturn a": [1.0],
    "a = torch.zeros(1)\nb = a\na = b + 1\nreturn b": [0.0],
    # places
    "a = [[1, 2], [3, 4]]\nreturn a[1][-1]": 4,
    "a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])\nreturn a[:, 1]": [2.0, 4.0],
    "a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])\nreturn a[(1, 0),]": [[3.0, 4.0], [1.0, 2.0]],
    "a = torch.tensor([[1.0, 2.0], [3.0, 4.0]])\nreturn a[..., None, 0]": [[1.0], [3.0]],
}


@pytest.mark.parametrize("body", VALUES)
def test_values(body):
    assert same(read(body), VALUES[body], rounding(VALUES[body]))


@pytest.mark.parametrize("body", VALUES)
def test_torch_says_the_same(body):
    assert same(executed(function(body)), VALUES[body], rounding(VALUES[body]))


# What is not read: the line of the body that it is for, and a word of the reason.
REFUSALS = {
    "return key[0]": (1, "key is not written out"),
    "return torch.tensor(value[0])": (1, "value is not"),
    "return os.system('true')": (1, "os is not"),
    "return __import__('os')": (1, "__import__ is not"),
    "return torch.randn(1, 3)": (1, "torch.randn"),
    "return torch.load('x')": (1, "torch.load"),
    "return torch.ones(1).backward()": (1, ".backward"),
    "return torch.ones(1).__class__": (1, ".__class__"),
    "return torch.__loader__": (1, "torch.__loader__"),
    "return [x for x in [1]]": (1, "comprehension"),
    "return (lambda: 1)()": (1, "a call of a function"),
    "return 1 if True else 2": (1, "condition"),
    "return f'{1}'": (1, "text"),
    "return 'text'": (1, "'text' is no number"),
    "return b'text'": (1, "no number"),
    "return True": (1, "True is no number"),
    "return 1j": (1, "1j is no number"),
    "return (-8) ** 0.5": (1, "complex"),
    "return {}": (1, "no constant"),
    "return (x := 1)": (1, ":="),
    "return [*[1]]": (1, "star"),
    "return torch": (1, "torch itself"),
    "return [torch]": (1, "torch itself"),
    "a: (yield) = 1\nreturn torch.zeros(1)": (1, "with yield"),
    "a: [(yield from b)] = 1\nreturn 1": (1, "with yield"),
    "a: (nan := 1) = 2\nreturn nan": (2, "nan is not written out"),
    "__debug__ = 1\nreturn 1": (0, "__debug__"),
    "a = torch.ones(2, 2)\ni = (0, 1)\nreturn a[i]": (3, "written out"),
    "return torch.ones(2, 2)[[(0, 1)][0]]": (1, "written out"),
    "return torch.full(2, 1.0)": (1, "not a list"),
    "return torch.full((2,), 1e39)": (1, "too large for float32"),
    "a = torch.ones(2)\na[0] = -1e39\nreturn a": (2, "too large for float32"),
    "return torch.zeros()": (1, "how large"),
    "return torch.mean(tensor=torch.ones(1))": (1, "positional-only"),
    "return torch.ones(2).sum(keepdim=True)": (1, "keepdim"),
    "return torch.ones(2).sum(dtype=None)": (1, "computed: sum() got an unexpected"),
    "return torch.ones(2).float(1)": (1, "computed: float() takes 1 positional"),
    "return not 1": (1, "operator not"),
    "return 1 // 2": (1, "operator //"),
    "return [1] * 3": (1, "with a list"),
    "return [1] + [2]": (1, "with a list"),
    "return -[1]": (1, "with a list"),
    "return [1][0.0]": (1, "whole number"),
    "return 1[0]": (1, "places"),
    "return torch.ones(2)[1.0]": (1, "whole numbers"),
    "return torch.ones(2)[True]": (1, "whole numbers"),
    "return torch.ones(2)[[True, False]]": (1, "is no number"),
    "return torch.ones(2, 2)[[0], [0]]": (1, "one at a time"),
    "return torch.ones(2, 2)[..., ...]": (1, "one at a time"),
    "return torch.ones(1, 2, 2) @ torch.ones(2, 2)": (1, "vectors and matrices"),
    "return torch.tensor([10]) ** 30": (1, "powers are read of real numbers"),
    "return torch.tensor(3.0).norm(dim=0)": (1, "without axes"),
    "return torch.ones(1)[5]": (1, "out of bounds"),
    "return [1][5]": (1, "out of range"),
    "return 1 / 0": (1, "division by zero"),
    "return math.sqrt(-1)": (1, "cannot be computed"),
    "return torch.ones(2) + torch.ones(3)": (1, "must match"),
    "return torch.tensor([[1], [2, 3]])": (1, "expected sequence"),
    "return torch.tensor([1.0], requires_grad=True)": (1, "requires_grad"),
    "return torch.tensor([1.0], dtype=torch.float16)": (1, "torch.float16"),
    "return torch.tensor(*[1])": (1, "star"),
    "return torch.tensor(**{})": (1, "no constant"),
    "return torch.tensor(**[1])": (1, "behind **"),
    "return torch.ones(3).norm(p=1)": (1, "p = 2"),
    "return torch.linalg.norm(torch.ones(2, 2), 2)": (1, "takes 1 positional"),
    "return torch.zeros(-1)": (1, "sizes"),
    "return torch.zeros(1.0)": (1, "sizes"),
    "a = 1\nfor x in [1]:\n    a = x\nreturn a": (2, "a loop"),
    "while True:\n    pass": (1, "a loop"),
    "if True:\n    return 1": (1, "if is not read"),
    "with open('x') as f:\n    pass": (1, "with is not read"),
    "try:\n    pass\nfinally:\n    pass": (1, "try is not read"),
    "del torch\nreturn 1": (1, "del"),
    "global x\nx = 1\nreturn x": (1, "global"),
    "def g():\n    pass\nreturn 1": (1, "a function within"),
    "class A:\n    pass\nreturn 1": (1, "a class"),
    "import pandas as pd\nreturn 1": (1, "import torch, import math"),
    "import torch as t\nreturn t.ones(1)": (1, "not import torch as t"),
    "from torch import ones\nreturn ones(1)": (1, "not from torch import ones"),
    "return np.ones(1)": (1, "np is not written out in this function; of names from"),
    "assert True\nreturn 1": (1, "assert"),
    "raise ValueError": (1, "raise"),
    "print(1)\nreturn 1": (1, "on its own"),
    "torch.manual_seed(0)\nreturn 1": (1, "on its own"),
    "yield 1": (1, "with yield"),
    "x = yield\nreturn 1": (1, "with yield"),
    "return torch.ones(1)\nyield": (2, "with yield"),
    "return torch.ones(1)\n(x := 1)": (2, "behind the return"),
    "return torch.ones(1)\nimport x as torch": (2, "behind the return"),
    "x = torch.ones(1)\nreturn x\nx = y = 1\ndel x": (4, "behind the return"),
    "t = torch.ones(1)\nt.x = 1\nreturn t": (2, "t.x"),
    "t = torch.ones(1)\nt.data += 1\nreturn t": (2, "t.data"),
    "torch.ones(1)[0] = 1\nreturn x": (2, "x is not"),
    "a = [1]\na[0] = 2\nreturn a": (2, "only lists and tensors"),
    "a = [1]\na += [2]\nreturn a": (2, "with a list"),
    "a = torch.ones(2)\na[[0, 1]] = 2\nreturn a": (2, "slices"),
    "a = torch.ones(2)\na[:] = torch.ones(3)\nreturn a": (2, "must match"),
    "a = torch.ones(2)\na[0] = 'x'\nreturn a": (2, "'x' is no number"),
    "a = torch.ones(2)\na[0] = [1]\nreturn a": (2, "only numbers and tensors"),
    "a = torch.ones(3)\na[0:2] = a[1:3]\nreturn a": (2, "part of itself"),
    "a = torch.ones(2, 2)\na += a[0]\nreturn a": (2, "part of itself"),
    "a = torch.ones(1)\na += torch.ones(2)\nreturn a": (2, "broadcast shape"),
    "a = torch.tensor([1])\na += 0.5\nreturn a": (2, "can't be cast"),
    "a = torch.tensor([1])\na[0] = 0.5\nreturn a": (2, "cut the number off"),
    "a, b = 1\nreturn a": (1, "2 values"),
    "a, b = torch.ones(3)\nreturn a": (1, "2 values"),
    "a, *b = [1, 2]\nreturn a": (1, "a star"),
    "return torch.tensor([1.0]).item()": (1, ".item"),
    "return torch.stack([])": (1, "list of tensors"),
    "return torch.stack([1, 2])": (1, "list of tensors"),
    "return torch.tensor(None)": (1, "None"),
    "return torch.tensor('1')": (1, "'1' is no number"),
    "torch = 1\nreturn torch.ones(1)": (2, "torch.ones"),
    "return torch.ones(1)\ntorch = 1": (1, "torch is not written out"),
    "return nan\nnan = 1": (1, "nan is not written out"),
}


@pytest.mark.parametrize("body", REFUSALS)
def test_refusals(body):
    line, word = REFUSALS[body]
    assert refusal(body)[0] == line
    assert word in refusal(body)[1]


@pytest.mark.parametrize("name", ["torch", "math", "F", "nan", "inf"])
def test_a_name_that_means_something_else_outside_is_refused(name):
    uses = {"torch": "torch.ones(1)", "math": "math.pi", "F": "F.normalize(torch.ones(1, 1))"}
    body = f"return {uses.get(name, name)}"
    read(body)
    line, reason = refusal(body, [other for other in KNOWN if other != name])
    assert (line, reason) == (1, f"{name} may mean something else in this notebook")


def test_imports_within_the_function_count_even_where_the_name_is_something_else_outside():
    assert read("import torch\nreturn torch.ones(1)", outside=()) == [1.0]


@pytest.mark.parametrize(
    ("fits", "too_much", "word"),
    [
        (f"torch.zeros({ELEMENTS})", f"torch.zeros({ELEMENTS + 1})", "numbers"),
        (f"torch.zeros({ELEMENTS}, 0)", f"torch.zeros({ELEMENTS + 1}, 0)", "numbers"),
        (f"torch.zeros({AXES * '1,'})", f"torch.zeros({AXES * '1,'} 1)", "axes"),
        ("torch.ones(16, 1) * torch.ones(16)", "torch.ones(16, 1) * torch.ones(17)", "numbers"),
        (
            "torch.ones(16, 1) @ torch.ones(1, 16)",
            "torch.ones(16, 1) @ torch.ones(1, 17)",
            "numbers",
        ),
        (
            "torch.cat([torch.ones(127), torch.ones(128)])",
            "torch.cat([torch.ones(128), torch.ones(128)])",
            "numbers",
        ),
        (f"{LARGEST}", f"{LARGEST + 1}", "2**53"),
        (f"torch.tensor([{LARGEST}])", f"torch.tensor([{LARGEST}]) + 1", "2**53"),
        ("2 ** 53", "2 ** 54", "2**53"),
        ("2 ** 53", "9 ** 9 ** 9", "2**53"),
        (f"{'[' * AXES}1{']' * AXES}", f"{'[' * (AXES + 1)}1{']' * (AXES + 1)}", "axes"),
        (f"[{(ELEMENTS - 1) * '1,'}]", f"[{ELEMENTS * '1,'}]", "numbers"),
        (f"{'-' * (DEPTH - 1)}1", f"{'-' * DEPTH}1", "deep"),
        (f"{'1+' * (DEPTH - 1)}1", f"{'1+' * DEPTH}1", "deep"),
    ],
)
def test_limits(fits, too_much, word):
    read(f"return {fits}")
    assert word in refusal(f"return {too_much}")[1]


def test_steps_are_counted():
    lines = "a = 1\n" * (NODES // 2 - 1)  # an assignment and its number: two steps
    assert read(lines + "return -a") == -1
    assert "steps" in refusal(lines + "return --a")[1]


def test_numbers_that_are_handled_are_counted():
    """A product takes up 16 · 16 numbers twice and makes as many."""
    start, product = "a = torch.ones(16, 16)\n", "b = a @ a\n"
    rest = HANDLED - (1 + 1 + 256) - 12 * (3 * 256) - (256 + 1 + 16)
    body = start + 12 * product + rest * "c = 1\n"
    assert len(read(body + "return a[0]")) == 16
    said = f"the answer handles more than {HANDLED} numbers"
    assert refusal(body + "c = 1\nreturn a[0]") == (1 + 12 + rest + 2, said)


def test_numbers_that_torch_takes_for_infinite_where_it_computes():
    assert read("return torch.ones(1) * 1e39") == [float("inf")]
    assert read("return torch.full((1,), 1e39, dtype=torch.float64)") == [1e39]
    assert read("return torch.full((1,), inf)") == [float("inf")]


def test_lists_that_share_lists_do_not_grow_unseen():
    """Four levels of 16 would be 65,536 numbers, in a hundred nodes."""
    body = "a = [" + "1," * 16 + "]\n"
    for old, new in ("ab", "bc", "cd"):
        body += f"{new} = [" + f"{old}," * 16 + "]\n"
    assert refusal(body + "return d") == (2, f"it makes more than {ELEMENTS} numbers")


@pytest.mark.parametrize("header", ["f(x)", "f(x=1)", "f(*x)", "f(**x)", "f(*, x)", "f(x, /)"])
def test_arguments_are_refused(header):
    with pytest.raises(Refused, match="arguments"):
        value_of(ast.parse(f"def {header}:\n    return 1").body[0])


def test_a_decorator_is_refused():
    with pytest.raises(Refused, match="decorator"):
        value_of(ast.parse("@cache\ndef f():\n    return 1").body[0])
