"""Which definition counts, and what undoes it: as in a notebook that is run from top to bottom."""

import pytest

from attention_lab.exercises import EXERCISES
from attention_lab.grading.constants.cells import SHORT
from attention_lab.grading.constants.finding import find
from attention_lab.grading.constants.limits import CELL, MARKS, NOTEBOOK
from attention_lab.grading.handed_in.notebooks import Cell, read
from tests.grading.handed_in import SEED_NOTEBOOK

ONES = "def get_query131():\n    return torch.ones(1, 3)\n"
ZEROS = "def get_query131():\n    return torch.zeros(1, 3)\n"
KEY = "def get_key142():\n    return torch.tensor([3.0, 4.0])\n"


def found(*sources, number="1.3.1"):
    """The answer to an exercise in a notebook of these cells, or None."""
    cells = [Cell(place, source) for place, source in enumerate(sources, 1)]
    return find(cells, EXERCISES).get(number)


def value(*sources):
    """What it is worth, which must be read."""
    answer = found(*sources)
    assert answer.refusal == ""
    return answer.value


def refusal(*sources):
    """Why it is not read: the cell, its line, the reason."""
    answer = found(*sources)
    assert answer.value is None
    return answer.cell, answer.line, answer.refusal


# Which definition counts


def test_the_last_definition_counts():
    assert value(ONES, ZEROS) == [[0, 0, 0]]
    assert value(ZEROS, ONES) == [[1, 1, 1]]
    assert value(ZEROS + ONES) == [[1, 1, 1]]


def test_a_function_that_is_nowhere_has_no_answer():
    assert (
        found("x = 1", "# get_query131", "print('get_query131')", ONES.replace("131", "1310"))
        is None
    )


def test_a_method_or_an_inner_function_is_none_of_them():
    indented = ZEROS.replace("\n", "\n    ")
    assert found(f"class A:\n    {indented}\n") is None
    assert found(f"def outer():\n    {indented}\n") is None
    assert value(ONES, f"class A:\n    {indented}\n") == [[1, 1, 1]]


def test_places_lines_and_text_are_those_of_the_definition():
    cells = [Cell(2, "import torch"), Cell(7, f"# TODO\r\n\r\n{ONES}x = 1")]
    answer = find(cells, EXERCISES)["1.3.1"]
    assert (answer.cell, answer.line) == (7, 3)
    assert answer.source == ONES.rstrip()
    refused = find([Cell(9, f"\n\n{ONES}".replace("ones", "rand"))], EXERCISES)["1.3.1"]
    assert (refused.cell, refused.line) == (9, 4)
    assert "torch.rand" in refused.refusal


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_end(end):
    answer = found(f"# a\n\n{ONES}".replace("\n", end))
    assert (answer.line, answer.source) == (3, ONES.rstrip())


def test_the_seed_notebook_as_it_stands():
    answers = find(read(SEED_NOTEBOOK).code, EXERCISES)
    assert [answer.refusal for answer in answers.values()] == [""] * 6
    assert answers["1.3.1"].value == [[0, 0, 0]]
    assert {n: answer.normalised for n, answer in answers.items() if answer.normalised} == {
        "1.4.2": True
    }


# What undoes a definition behind it

REBINDINGS = {
    "assignment": "get_query131 = f",
    "one of several": "a = [b, get_query131] = f()",
    "change": "get_query131 += 1",
    "annotated": "get_query131: int = 1",
    "del": "del get_query131",
    "import": "import get_query131",
    "import as": "import os as get_query131",
    "from import": "from x import get_query131",
    "from import as": "from x import y as get_query131",
    "for": "for get_query131 in f: pass",
    "with": "with f as get_query131: pass",
    "except": "try: pass\nexcept E as get_query131: pass",
    "walrus": "print((get_query131 := 1))",
    "walrus in a comprehension": "[(get_query131 := x) for x in y]",
    "match": "match x:\n  case get_query131: pass",
    "match a class": "match x:\n  case A(b=get_query131): pass",
    "match the rest": "match x:\n  case {**get_query131}: pass",
    "match a star": "match x:\n  case [*get_query131]: pass",
    "match as": "match x:\n  case [1] as get_query131: pass",
    "class": "class get_query131: pass",
    "async def": "async def get_query131(): pass",
    "conditional def": f"if x:\n  {ONES}".replace("\n    ", "\n      "),
    "def in a loop": f"for x in y:\n  {ONES}".replace("\n    ", "\n      "),
    "def in try": f"try:\n  {ONES}".replace("\n    ", "\n      ") + "finally: pass",
    "code": "get_query131.__code__ = f.__code__",
    "code, deep": "get_query131.a[0].b = 1",
    "code, deleted": "del get_query131.__code__",
    "code, in a loop": "for get_query131.__code__ in f: pass",
    "code, in a function": "def g():\n  get_query131.__code__ = 1",
    "code, in a class": "class A:\n  get_query131.__code__ = 1",
    "code, in a method": "class A:\n  def g(self):\n    get_query131.__code__ = 1",
    "global": "def g():\n  global get_query131\n  get_query131 = 1",
    "global in a method": "class A:\n  def g(self):\n    global get_query131",
    "global in a lambda's class": "class A:\n  global get_query131\n  get_query131 = 1",
    "a walrus as a default": "def g(x=(get_query131 := 1)): pass",
    "a walrus as an annotation": "def g() -> (get_query131 := 1): pass",
    "a walrus as a base": "class A((get_query131 := object)): pass",
    "a walrus as a decorator": "@(get_query131 := f)\ndef g(x): pass",
    "a walrus in a lambda's default": "g = lambda x=(get_query131 := 1): x",
    "everything": "from x import *",
    "globals": "globals()['get_query' + '131'] = f",
    "exec": "exec('get_' + 'query131 = 1')",
    "eval": "x = [eval(text)]",
    "setattr": "setattr(__main__, 'get_query131', f)",
    "exec in a function": "def g():\n  exec(text, globals())",
    "a star": "*get_query131, a = x",
    "other letters": "\uff47et_query131 = 1",
    "after a magic": "%time x\nget_query131 = 1",
    "under a magic": "%%time\nget_query131 = 1",
}


@pytest.mark.parametrize("undoing", REBINDINGS.values(), ids=REBINDINGS)
def test_what_gives_the_name_another_meaning_afterwards_is_refused(undoing):
    for cells in ([ZEROS, undoing], [ZEROS + undoing]):
        cell, line, reason = refusal(*cells)
        before = ZEROS.count("\n") if len(cells) == 1 else 0
        assert cell == len(cells)
        assert before < line <= before + undoing.count("\n") + 1
        assert "another meaning" in reason


@pytest.mark.parametrize("undoing", REBINDINGS.values(), ids=REBINDINGS)
def test_before_the_definition_it_does_nothing(undoing):
    """But for what stands in a function, which may be called later, and what may change torch."""
    later = any(word in undoing for word in ("global", "def g():", "class A:"))
    torch_too = any(word in undoing for word in ("import *", "eval", "exec", "setattr"))
    assert bool(found(undoing, ZEROS).refusal) == (later or torch_too)


@pytest.mark.parametrize(
    "harmless",
    [
        "get_query131()",
        "x = get_query131()",
        "print(get_query131.__code__)",
        "def g():\n  get_query131 = 1",
        "def g(get_query131): pass",
        "class A:\n  get_query131 = 1",
        "g = lambda get_query131: 1",
        "x.get_query131 = 1",
        "f(get_query131=1)",
        "x = 'get_query131 = 1'",
        "# get_query131 = 1",
        "from attention_lab import *",
        "model.eval()",
        "%%bash\nget_query131 = 1",
        "%%writefile x.py\nget_query131 = 1",
        "get_query131 = = 1",
        "a * b",
    ],
)
def test_what_only_looks_like_it_is_read(harmless):
    assert value(ZEROS, harmless) == [[0, 0, 0]]


@pytest.mark.parametrize(
    "spoilt",
    [
        "@lru_cache\n" + ZEROS,
        ZEROS.replace("()", "(x=1)", 1),
        ZEROS.replace("()", "(*x)", 1),
        ZEROS.replace("return", "yield"),
        ZEROS.replace("    return", "    x: (yield) = 1\n    return"),
    ],
)
def test_a_definition_that_is_more_than_constants_is_refused(spoilt):
    assert refusal(ONES, spoilt)[0] == 2


# What the names in an answer mean

IMPORTS = """import torch
import torch as torch
import torch.nn.functional as F
import torch.nn
from torch.nn import functional as F
import math
from math import nan, inf
from torch import nan
nan = torch.nan
nan = float('nan')
inf = math.inf
x: torch.Tensor = 1
torch.manual_seed(0)
def g(torch): pass
from torch import *
from math import *"""


@pytest.mark.parametrize("line", IMPORTS.split("\n"))
def test_usual_imports_are_no_change(line):
    body = "return torch.tensor([[nan, inf, math.pi]]) + F.normalize(torch.ones(1, 3))"
    assert found(line, f"def get_query131():\n    {body}").refusal == ""


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import numpy as torch", "torch"),
        ("import evil.torch as torch", "torch"),
        ("import torch.nn as torch", "torch"),
        ("from evil import torch", "torch"),
        ("from . import torch", "torch"),
        ("from evil import *", "torch"),
        ("torch = 1", "torch"),
        ("torch.tensor = f", "torch"),
        ("torch.Tensor.norm = f", "torch"),
        ("torch.Tensor.__mul__ = f", "torch"),
        ("del torch", "torch"),
        ("def torch(): pass", "torch"),
        ("class torch: pass", "torch"),
        ("def g():\n  global torch", "torch"),
        ("def g():\n  torch.zeros = 1", "torch"),
        ("class A:\n  torch.zeros = f", "torch"),
        ("setattr(torch, 'zeros', f)", "torch"),
        ("exec('torch = 1')", "torch"),
        ("globals().update(torch=1)", "torch"),
        ("\uff54orch = 1", "torch"),
        ("torch = __import__('evil')", "torch"),
        ("nan = 0", "nan"),
        ("nan = float('0')", "nan"),
        ("nan = float('n' + 'an')", "nan"),
        ("nan = float(0x" + "f" * 9000 + ")", "nan"),
        ("nan = torch" + ".nan" * 2000, "nan"),
        ("inf = nan = math.inf", "nan"),
        ("for nan in x: pass", "nan"),
        ("math.pi = 3", "math"),
        ("import torch as F", "F"),
        ("F.normalize = f", "F"),
        ("F: int = 1", "F"),
    ],
)
def test_a_name_that_is_changed_anywhere_is_refused_where_it_is_used(line, name):
    uses = {"torch": "torch.zeros(1)", "math": "math.pi", "F": "F.normalize([1])", "nan": "nan"}
    answer = f"def get_query131():\n    return {uses[name]}"
    told = f"{name} may mean something else in this notebook"
    assert refusal(line, answer) == (2, 2, told)
    assert refusal(answer, line)[2] in (told, f"{refusal_of_all(line)} another meaning")
    assert value(line, "def get_query131():\n    return 1") == 1


def refusal_of_all(line):
    """How the reason begins where a line may change any name."""
    ways = ("evil.*", "setattr", "exec", "globals")
    return next((f"{way} may give get_query131" for way in ways if way.strip(".*") in line), "")


# Cells that are not Python


@pytest.mark.parametrize(
    "start",
    [
        "%matplotlib inline",
        "!ls",
        "torch?",
        "?torch",
        "x = !ls",
        "x = %pwd",
        "%%time",
    ],
)
def test_magics_are_no_matter(start):
    answer = found(f"{start}\n{ZEROS}")
    assert (answer.value, answer.line) == ([[0, 0, 0]], 2)


def test_a_magic_between_the_lines_of_an_answer_does_nothing_to_it():
    assert value(ZEROS.replace("    return", "    %time x\n    !ls\n    return")) == [[0, 0, 0]]


def test_a_magic_in_the_answer_is_no_constant():
    cell, line, reason = refusal("def get_query131():\n    q = %time torch.ones(1)\n    return q")
    assert (cell, line) == (1, 2)
    assert "None" in reason


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%javascript", "%%timeit", "%%writefile a"])
def test_other_languages_define_nothing(magic):
    assert found(f"{magic}\n{ZEROS}") is None
    assert value(ONES, f"{magic}\n{ZEROS}") == [[1, 1, 1]]


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (ZEROS + "x = (", 3),
        (ZEROS.replace(":", ""), 1),
        ("x = 1\n" + ZEROS.replace("    return", "return"), 3),
        (ZEROS + "'", 3),
        (ZEROS + '"""', 3),
    ],
)
def test_a_definition_in_a_cell_that_cannot_be_read_goes_to_a_person(broken, line):
    cell, where, reason = refusal(ONES, broken)
    assert (cell, where) == (2, line)
    assert "the cell is no Python" in reason


@pytest.mark.parametrize("end", ["\0", "\ud800 = 1", "x = '\udfff'", "x = " + "(" * 300])
def test_half_characters_and_depth_too(end):
    assert "the cell is no Python" in refusal(ZEROS + end)[2]


# Limits


def test_a_cell_may_be_so_long():
    fits = ZEROS + "#" * (CELL - len(ZEROS))
    assert value(fits) == [[0, 0, 0]]
    assert refusal(fits + "#") == (1, 1, f"the cell is longer than {CELL} characters")


def test_what_is_done_in_a_longer_one_nobody_knows():
    long = "#" * CELL + "\n"
    assert refusal(ZEROS, long + "get_query131 = f")[:2] == (2, 2)
    assert "torch may mean" in refusal(ZEROS, long + "torch")[2]
    assert value(ZEROS, long) == [[0, 0, 0]]


def test_a_notebook_may_hold_so_much_code():
    filler = "# torch ".ljust(20_000, "#")
    last = ZEROS.ljust(20_000, "#")
    count = NOTEBOOK // 20_000
    assert value(*[filler] * (count - 1), last) == [[0, 0, 0]]
    assert refusal(*[filler] * count, last) == (
        count + 1,
        1,
        f"more than {NOTEBOOK} characters of code come first",
    )


def test_cells_that_say_nothing_of_it_cost_nothing():
    filler = "x = 1 ".ljust(30_000, "#")
    assert value(*[filler] * 10, ZEROS) == [[0, 0, 0]]


def test_so_many_accents_are_sorted():
    accents = "# a" + "\u0301" * MARKS
    assert value(ZEROS + accents) == [[0, 0, 0]]
    assert "accents" in refusal(ZEROS + accents + "\u0301")[2]


def test_a_cell_is_read_alike_whether_it_is_kept_or_not():
    for length in (SHORT, SHORT + 1):
        cell = ZEROS.ljust(length, "#")
        assert value(cell) == value(cell) == [[0, 0, 0]]


# The key of 1.4.2


@pytest.mark.parametrize(
    "lines",
    [
        "m_key[2] = get_key142()\nm_key[2] /= m_key[2].norm()",
        "m_key[2] = get_key142()\nm_key[2] = m_key[2] / m_key[2].norm()",
        "m_key[2] = get_key142()\nm_key[2] = m_key[2] / torch.norm(m_key[2])",
        "m_key[2] = get_key142()\nm_key[2] /= torch.linalg.norm(m_key[2])",
        "m_key[2, :] = get_key142()\nx = 1\nm_key[2, :] /= m_key[2, :].norm()",
    ],
)
def test_a_key_that_the_cell_brings_to_length_1(lines):
    answer = found(f"{KEY}m_key = key.clone()\n{lines}", number="1.4.2")
    assert answer.normalised
    assert answer.value == pytest.approx([0.6, 0.8])


@pytest.mark.parametrize(
    "lines",
    [
        "m_key[2] = get_key142()",
        "m_key[2] = get_key142()\nm_key[1] /= m_key[1].norm()",
        "m_key[2] = get_key142()\nm_key[2] *= m_key[2].norm()",
        "m_key[2] = get_key142()\nm_key[2] /= m_key[2].mean()",
        "m_key[2] = get_key141()\nm_key[2] /= m_key[2].norm()",
        "m_key[2] = get_key142(1)\nm_key[2] /= m_key[2].norm()",
        "m_key[2] /= m_key[2].norm()\nm_key[2] = get_key142()",
        "m_key[2] = get_key142()\nm_key[2] = 1\nm_key[2] /= m_key[2].norm()",
        "def g():\n  m_key[2] = get_key142()\n  m_key[2] /= m_key[2].norm()",
        f"m_key[{'-' * 900}2] = get_key142()\nm_key[2] /= m_key[2].norm()",
        f"m_key[0x{'f' * 9000}] = get_key142()\nm_key[2] /= m_key[2].norm()",
    ],
)
def test_others_stay_as_they_are(lines):
    answer = found(KEY + lines, number="1.4.2")
    assert not answer.normalised
    assert answer.value == [3, 4]


def test_only_the_cell_of_the_definition_counts():
    line = "m_key[2] = get_key142()\nm_key[2] /= m_key[2].norm()"
    assert found(KEY, line, number="1.4.2").value == [3, 4]
