"""The page's modules in MicroPython, the Python of the page: they load there, and judge alike."""

import contextlib
import io
import math
from itertools import chain

import pytest

from attention_lab.imported import imports, modules, siblings
from attention_lab.page.bundle import CALLED
from tests.conftest import ROOT
from tests.micropython import dotted, page_files, run_in_micropython

# --- the harness ------------------------------------------------------------------------------


def test_what_is_printed_comes_back_as_it_is():
    assert run_in_micropython("print('✓ é', end='')") == "✓ é"
    assert run_in_micropython("print('a'); print()") == "a\n\n"


def test_it_is_micropython():
    assert run_in_micropython("import sys; print(sys.implementation.name)") == "micropython\n"


def test_files_are_found():
    program = "import table; print(table.ROWS, open('/data/é.txt').read())"
    files = {"/lib/table.py": "ROWS = 3", "/data/é.txt": "✓"}
    assert run_in_micropython(program, files) == "3 ✓\n"


def test_an_error_is_the_traceback_and_nothing_else():
    with pytest.raises(RuntimeError) as raised:
        run_in_micropython("print(1)\ndef f():\n    raise ValueError('✓')\nf()")
    first, *_, last = str(raised.value).strip().splitlines()
    assert first == "Traceback (most recent call last):"
    assert last == "ValueError: ✓"
    assert len(str(raised.value)) < 200


def test_an_endless_recursion_is_an_error_too():
    with pytest.raises(RuntimeError, match="recursion depth"):
        run_in_micropython("def f(): f()\nf()")


# --- the page's modules -----------------------------------------------------------------------

# What MicroPython has of the standard library, and a module of the page may use.
ALLOWED = {
    "array": "float32",
    "collections": "namedtuple, for the fixture",
    "hashlib": "which variant is a student's",
    "html": "escape, for the card",
    "io": "an error's lines",
    "js": "the browser's, where MicroPython has none: letters in one spelling, a file on demand",
    "json": "the variants are data, and so is what the page asks",
    "math": "the arithmetic",
    "re": "letters in a repr",
    "sys": "which modules there are; an error's lines",
    "unicodedata": "where there is one",
}
# What a notebook's kernel has, imported inside functions that it alone calls.
ELSEWHERE = {"notebook": {"myst_nb"}}


@pytest.mark.parametrize("name", modules(CALLED))
def test_a_module_of_the_page_imports_its_siblings_and_little_else(name):
    for imported in imports(name):
        first, *rest = imported.split(".")
        known = {"torch", *ALLOWED} | ELSEWHERE.get(name, set())
        fits = ".".join(rest).startswith(tuple(siblings(name))) if rest else False
        assert fits if first == "attention_lab" else first in known, f"{name} imports {imported}"


def test_every_module_of_the_page_loads_by_itself():
    """Each in an empty interpreter, so that none needs another to be loaded first."""
    names = sorted(dotted(path) for path in page_files() if path.endswith(".py"))
    program = f"""
import sys
for name in {names}:
    for loaded in list(sys.modules):
        del sys.modules[loaded]
    __import__(name)
    print(name, name in sys.modules)
"""
    assert run_in_micropython(program).splitlines() == [f"{name} True" for name in names]
    assert len(names) > 30


def test_the_package_loads_and_knows_its_names():
    program = """
import attention_lab
print("check" in attention_lab.__all__)
try:
    attention_lab.atention
except AttributeError as error:
    print(error)
"""
    said = "module 'attention_lab' has no attribute 'atention'"
    assert run_in_micropython(program).splitlines() == ["True", said]


# --- the same judgements ----------------------------------------------------------------------

# The program that both run. It prints a line a case: what it was, and all that came of it.
JUDGE = """
from attention_lab.card import as_html, as_text
from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES, exercise
from attention_lab.fixtures import SEED
from attention_lab.judge import judge

def show(case, verdict):
    print(repr((case, verdict.__dict__, as_text(verdict), as_html(verdict))))

def times(factor, answer):
    return [times(factor, x) if isinstance(x, list) else factor * x for x in answer]
"""
COURSE_ANSWERS = """
for task in EXERCISES:
    answer = course_answer(task, SEED)
    for factor in (0.01, 0.3, 1, 2, 100):
        scaled = times(factor, answer)
        show(f"{task.number}, the course's answer times {factor}", judge(task.number, scaled))
        if task.kind == "key":
            query = times(factor, course_answer(exercise(task.query_of), SEED))
            verdict = judge(task.number, answer, own_query=query)
            show(f"{task.number}, an own query, the course's times {factor}", verdict)
"""
WRONG_ANSWERS = """
from tests.wrong_answers import WRONG_ANSWERS

for task, answer, diagnosis, why, fixture in WRONG_ANSWERS:
    number = getattr(task, "number", task)
    show(f"{number}, {diagnosis}: {why}", judge(task, answer, fixture))
"""
TABLES = {
    "/lib/tests/__init__.py": "",
    "/lib/tests/wrong_answers.py": (ROOT / "tests/wrong_answers.py").read_text("utf-8"),
}


@pytest.mark.parametrize(("cases", "fewest"), [(COURSE_ANSWERS, 40), (WRONG_ANSWERS, 50)])
def test_verdicts_and_cards_are_the_same(cases, fewest):
    ours = read(run_in_cpython(JUDGE + cases))
    theirs = read(run_in_micropython(JUDGE + cases, TABLES))
    assert len(ours) == len(theirs) >= fewest
    found = list(chain(*(differences(*pair, pair[0][0]) for pair in zip(ours, theirs))))
    assert not found, "\n".join(found)  # joined, since pytest would shorten the list


def run_in_cpython(program):
    """What a program prints here."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(program, {})
    return printed.getvalue()


def read(printed):
    """The values that were printed, one a line."""
    return [eval(line, {"nan": math.nan, "inf": math.inf}) for line in printed.splitlines()]


def differences(one, other, where=""):
    """Where two nested values differ, in words; floats may differ in their last digits.

    MicroPython reads and prints some of them one unit off.
    """
    if type(one) is not type(other):
        yield f"{where}: {one!r} here, {other!r} there"
    elif isinstance(one, dict):
        yield from differences(sorted(one), sorted(other), where)
        for key in one.keys() & other.keys():
            yield from differences(one[key], other[key], f"{where}.{key}")
    elif isinstance(one, (list, tuple)):
        if len(one) != len(other):
            yield f"{where}: {len(one)} here, {len(other)} there"
        for i, pair in enumerate(zip(one, other)):
            yield from differences(*pair, f"{where}[{i}]")
    elif one != other and not (isinstance(one, float) and alike(one, other)):
        yield f"{where}: {one!r} here, {other!r} there"


def alike(one, other):
    return math.isclose(one, other, rel_tol=1e-12) or (math.isnan(one) and math.isnan(other))


def test_a_difference_is_noticed():
    one = [(1.0, "a", {"x": [math.nan, math.inf, None]})]
    assert not list(differences(one, [(1.0 + 1e-15, "a", {"x": [math.nan, math.inf, None]})]))
    for other in (
        [(1.0 + 1e-9, "a", {"x": [math.nan, math.inf, None]})],
        [(1, "a", {"x": [math.nan, math.inf, None]})],
        [(1.0, "b", {"x": [math.nan, math.inf, None]})],
        [(1.0, "a", {"y": [math.nan, math.inf, None]})],
        [(1.0, "a", {"x": [0.0, math.inf, None]})],
        [(1.0, "a", {"x": [math.nan, -math.inf, None]})],
        [(1.0, "a", {"x": [math.nan, math.inf]})],
        [(1.0, "a")],
        [],
    ):
        assert list(differences(one, other)), other
