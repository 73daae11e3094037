"""What the page's Python has not got, and what goes wrong in a reader's cell: said as it is."""

import pytest

from attention_lab.messages import PHRASES
from tests.executed import code_cells

SETUP = "import torch\nimport torch.nn.functional as F\n"

# What a notebook has and the page has not: code that asks for it, and by what name it is told of.
LACKING = [
    ("torch.linalg.svd(torch.eye(2))", "torch.linalg.svd"),
    ("torch.autograd.grad", "torch.autograd"),
    ("torch.eye(2).requires_grad_()", "Tensor.requires_grad_"),
    ("torch.eye(2).sum().backward()", "Tensor.backward"),
    ("torch.eye(2).numpy()", "Tensor.numpy"),
    ("torch.eye(2).to('cuda')", "Tensor.to('cuda')"),
    ("torch.tensor([1.0], requires_grad=True)", "requires_grad=True"),
    ("torch.ones(2, device='cpu')", "device="),
    ("torch.randn(3)", "torch.randn"),
    ("torch.manual_seed(0)", "torch.manual_seed"),
    ("from torch import randn", "torch.randn"),
    ("torch.nn.Linear(3, 4)", "torch.nn.Linear"),
    ("from torch import nn\nnn.Softmax(dim=-1)", "torch.nn.Softmax"),
    ("F.cross_entropy", "torch.nn.functional.cross_entropy"),
    ("import torch.optim", "torch.optim"),
    ("import numpy as np", "numpy"),
    ("import matplotlib.pyplot as plt", "matplotlib"),
    ("from scipy.optimize import minimize", "scipy"),
    ("from dataclasses import dataclass", "dataclasses"),
    ("from attention_lab import figures\nfigures.lines()", "figures.lines"),
    ("from attention_lab import geometry\ngeometry.margin", "geometry.margin"),
    ("from attention_lab.geometry import margin", "attention_lab.geometry"),
    ("from attention_lab import Playground\nPlayground('1.2.1')", "Playground"),
    ("input('query? ')", "input"),
    ("help(torch)", "help"),
]

# What no notebook has either: Python's or torch's own words, and the line.
NOT_THERE = [
    ("\ntorch.ones(2).nrom", "AttributeError: 'Tensor' object has no attribute 'nrom' (line 2)"),
    ("torch.softmaks", "AttributeError: module 'torch' has no attribute 'softmaks' (line 1)"),
    ("torch.nn.Liner", "AttributeError: module 'torch.nn' has no attribute 'Liner' (line 1)"),
    ("\nimport nunpy", "ModuleNotFoundError: No module named 'nunpy' (line 2)"),
    ("hasattr(torch.eye(2), 'nrom')", None),
]  # fmt: skip


def test_what_only_the_notebook_has_is_told_by_name(page_python):
    replies = page_python.run([(source, [SETUP]) for source, _ in LACKING])
    for (source, name), reply in zip(LACKING, replies, strict=True):
        assert reply["error"] == PHRASES["missing"].format(name=name), source
        assert reply["missing"], source


def test_what_the_notebook_has_not_either_is_an_error(page_python):
    replies = page_python.run([(source, [SETUP]) for source, _ in NOT_THERE])
    for (source, words), reply in zip(NOT_THERE, replies, strict=True):
        assert reply.get("error") == words, source
        assert not reply.get("missing"), source


def test_without_the_list_of_names_the_page_points_to_the_notebook(page_python):
    """As when the connection has broken off since Python was loaded."""
    page = page_python.page
    page.route("**/names.json*", lambda route: route.abort())
    page.evaluate("globalThis.workerOfTests?.terminate(); globalThis.workerOfTests = null")
    try:
        (reply,) = page_python.run([("torch.softmaks", [SETUP])])
    finally:
        page.unroute("**/names.json*")
    assert reply["missing"]


# What a reader may write, and how the cell ends: {"error": …}, {"text": …} or nothing.
ENDS = [
    ("x = 1\ny = x / 0", {"error": "ZeroDivisionError: division by zero (line 2)"}),
    ("x = 1\n\nprint(z)", {"error": "NameError: name 'z' is not defined (line 3)"}),
    ("a = 1\n  b = 2", {"error": "IndentationError: unexpected indent (line 2)"}),
    ("a = 1\nb = = 2\nc = 3", {"error": "SyntaxError: invalid syntax (line 2)"}),
    ("a = [[1, 2]\nb = 3\nc = 4", {"error": "SyntaxError: '[' was never closed (line 1)"}),
    (
        "def f():\n    return f()\n\nf()",
        {"error": "RuntimeError: maximum recursion depth exceeded (line 2)"},
    ),
    ("raise ValueError", {"error": "ValueError (line 1)"}),
    ("assert 1 == 2, 'no'", {"error": "AssertionError: no (line 1)"}),
    ("import sys\nsys.exit()", {"error": "SystemExit (line 2)"}),
    ("try:\n    1 / 0\nexcept Exception:\n    x = 5\nx", {"text": "5"}),
    ("(\n  1 +\n  2\n)", {"text": "3"}),
    ("[\n  1,\n]", {"text": "[1]"}),
    ("1 + 1\n# a comment", {"text": "2"}),
    ("1 + 1  # a comment\n\n", {"text": "2"}),
    ("1 + 1;", {}),  # as Jupyter has it
    ("x = 3; x", {"text": "3"}),
    ("x = 3; # 4", {}),
    ("x = 'a; 5'", {}),
    ("if True: x = 3; x", {}),
    ("def f():\n    return 1", {}),
    ("class A:\n    pass", {}),
    ("def twice(f):\n    return lambda: 2 * f()\n\n@twice\ndef f():\n    return 3\n\nf()",
     {"text": "6"}),
    ("for i in range(3):\n    i", {}),
    ("'''one\ntwo'''", {"text": r"'one\ntwo'"}),
    ("['β', 'a\\n']", {"text": r"['β', 'a\n']"}),
    ("'a' if", {"error": "SyntaxError: invalid syntax (line 1)"}),
    ("None", {}),
    ("", {}),
]  # fmt: skip


def test_a_cell_ends_as_in_a_notebook(page_python):
    replies = page_python.run([(source, [SETUP]) for source, _ in ENDS])
    for (source, end), reply in zip(ENDS, replies, strict=True):
        shown = {name: reply[name] for name in ("error", "text", "html") if name in reply}
        assert shown == end, source
        assert reply["printed"] == "", source


def test_an_error_in_a_function_is_told_with_the_line_in_it(page_python):
    source = "def f(x):\n    y = x\n    return y @ y\n\nf(torch.ones(2, 3))"
    (reply,) = page_python.run([(source, [SETUP])])
    said = "RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3) (line 3)"
    assert reply["error"] == said


def test_what_is_printed_before_an_error_is_shown(page_python):
    (reply,) = page_python.run([("print('é✓', end='')\nprint()\n1 / 0", [])])
    assert reply["printed"] == "é✓\n"
    assert "(line 3)" in reply["error"]


def test_too_much_memory_is_an_error_and_the_next_cell_runs(page_python):
    too_much, after = page_python.run([("x = [0] * 10**9", []), ("1 + 1", [])])
    assert too_much["error"].startswith("MemoryError")
    assert after["text"] == "2"


def test_of_very_much_output_the_beginning_is_shown(page_python):
    (reply,) = page_python.run([("for i in range(20_000):\n    print(i)", [])])
    assert reply["printed"].startswith("0\n1\n2\n")
    assert reply["printed"].endswith("…\n")
    assert len(reply["printed"]) < 60_000


# --- every run begins anew --------------------------------------------------------------------


@pytest.fixture(scope="module")
def setup():
    """The cell that imports for all cells of a chapter."""
    return code_cells("copying")[0].source


@pytest.mark.parametrize(
    "change",
    ["key[0] = 7", "key.fill_(0)", "key *= 0", "from attention_lab import key as k\nk.fill_(0)",
     "torch.set_printoptions(precision=1)", "x = 3", "print = None", "check = None"],
)  # fmt: skip
def test_what_a_run_changes_the_next_does_not_see(page_python, setup, change):
    look = 'print(key, value)\nx = "x" in dir()\ncheck("1.2.1", 10 * key[:1])'
    first, _, again = page_python.run([(look, [setup]), (change, [setup]), (look, [setup])])
    assert 'data-passed="true"' in first["html"]
    assert again == first


def test_the_judge_has_its_own_keys(page_python, setup):
    source = 'key.fill_(0)\nvalue.fill_(0)\ncheck("1.2.1", torch.tensor([[4.7, 6.5, 6.0]]))'
    (reply,) = page_python.run([(source, [setup])])
    assert reply["passed"] == {"1.2.1": True}


# --- cells above ------------------------------------------------------------------------------


def test_a_cell_runs_though_one_above_failed_that_it_does_not_need(page_python):
    above = ["x = 1", "print('unseen')\nassert False\nx = 5", "y = x + 1"]
    (reply,) = page_python.run([("print(x)\ny", above)])
    assert (reply["printed"], reply["text"]) == ("1\n", "2")


def test_where_it_needs_what_failed_both_are_told(page_python):
    (reply,) = page_python.run([("\nx + y", ["x = 1", "assert x == 2, 'no'\ny = 1"])])
    own = PHRASES["error"].format(error="NameError: name 'y' is not defined", line=2)
    assert reply["error"] == f"{own} {PHRASES['error-above'].format(error='AssertionError: no')}"
    assert not reply["missing"]


def test_where_what_failed_asked_for_what_the_page_lacks_the_notebook_is_named(page_python):
    (reply,) = page_python.run([("np.ones(3)", ["import numpy as np"])])
    assert reply["error"].endswith(PHRASES["missing"].format(name="numpy"))
    assert reply["missing"]
