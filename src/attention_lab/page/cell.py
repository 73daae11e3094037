"""A cell as the page runs it, in MicroPython: in fresh names, behind the cells that it needs.

What it prints goes to the page by itself. This is about the rest: its last expression, which is
shown as in a notebook, and the error that may end it.
"""

import io
import re
import sys

import attention_lab.core
import attention_lab.notebook
import attention_lab.variants
from attention_lab.fixtures import SEED
from attention_lab.messages import PHRASES
from attention_lab.page.builtins import names as helpers
from attention_lab.page.literals import Unreadable
from attention_lab.page.missing import Lacking, Missing, exists
from attention_lab.page.source import rewritten

CELL = "<cell>"  # what stands for the file's name in a traceback
ARGUMENTS = ("axis", "device", "dtype", "generator", "keepdims", "out")  # torch takes them
WORDINGS = (  # as Python words them, or what helps
    ("isn't", "is not"),
    ("divide by zero", "division by zero"),
    ("', 'Tensor'", "', 'Tensor': here a tensor must stand on the left"),
    ("can't convert Tensor to float", "can't convert Tensor to float: write .item() behind it"),
    ("object of type 'Tensor'", "object of type 'Tensor': write .item() behind it"),
)


def run(source, before=(), fixture=SEED):
    """Run a cell.

    Args:
        source: its text.
        before: the texts of the cells to run first; nothing that they print is shown.
        fixture: the keys and values that ``key``, ``value`` and ``check`` stand for.

    Returns:
        Dict. ``html`` or ``text`` shows the last expression, if it has a value. ``error`` says what
        ended the cell, and ``missing`` whether only the notebook has what it asked for.
        ``passed`` tells of each exercise that the cell checked whether it passed.
    """
    passed = {}
    furnish(fixture, passed)
    names = {"__name__": "__main__", "input": Lacking("input"), "help": Lacking("help")}
    names.update(helpers())
    above = _run_silently(before, names)
    passed.clear()
    try:
        result = _shown(execute(source, names))
    except BaseException as error:  # sys.exit() too ends only the cell
        result = _failed(error, PHRASES["error"])
        if above and isinstance(error, NameError):
            result = {"error": f"{result['error']} {above['error']}", "missing": above["missing"]}
    result["passed"] = passed
    return result


PAGE = {}  # the fixture that the page is on, and which exercises have passed


def check(number, answer, fixture=None, own_query=None):
    """The notebook's, on the page's own fixture if none is given, and noted there."""
    mine = PAGE["fixture"]
    fixture = mine if fixture is None else fixture
    verdict = attention_lab.notebook.check(number, answer, fixture, own_query)
    if fixture is mine:
        PAGE["passed"][number] = verdict.passed
    return verdict


def given_query(number, fixture=None):
    """The notebook's, on the page's own fixture if none is given."""
    return attention_lab.notebook.given_query(
        number, PAGE["fixture"] if fixture is None else fixture
    )


def furnish(fixture, passed):
    """Give the package the names that a notebook fetches when they are used, on this fixture.

    MicroPython's ``from attention_lab import …`` does not ask the package's ``__getattr__``.
    """
    import torch

    PAGE["fixture"], PAGE["passed"] = fixture, passed
    for name, home in attention_lab._HOME.items():
        module = sys.modules.get(f"attention_lab.{home}")
        setattr(attention_lab, name, getattr(module, name) if module else Lacking(name))
    for name in ("figures", "geometry"):
        setattr(attention_lab, name, Lacking(name))
    attention_lab.check, attention_lab.given_query = check, given_query
    attention_lab.key, attention_lab.value = torch.tensor(fixture.key), torch.tensor(fixture.value)
    torch.set_printoptions(profile="default")  # the last cell may have changed them


def execute(source, names):
    """Run a text and return the value of its last expression; None where it ends in a statement.

    MicroPython has no syntax tree to ask. An expression is what compiles as one when what is in
    front of it compiles too. It may begin at each line that is not indented, or behind a semicolon.
    """
    source = rewritten(source)
    for start in _starts(source):
        last = source[start:].strip(" \t\n")
        if last and last[0] != "#":
            # Brackets, so that it keeps its line number: compile() takes no blank lines in front.
            gap = "\n" * source[:start].count("\n")
            last = _compiled(f"({gap}{last}\n)", "eval")
            first = last and _compiled(source[:start] + "\n", "exec")
            if first:
                exec(first, names)
                return eval(last, names)
    exec(compile(source, CELL, "exec"), names)


def _starts(source):
    """Where the last expression may begin, from the end of the source to its begin."""
    end = len(source)
    while end > 0:
        line = source.rfind("\n", 0, end - 1) + 1
        if source[line] not in " \t#\n":
            yield line
            for at in range(end - 1, line, -1):
                # Behind a simple statement only: of a compound one the rest would be a part.
                simple = source[at] == ";" and "#" not in source[line:at]
                if simple and _compiled("0;" + source[line:at], "exec"):
                    yield at + 1
        end = line


def _compiled(text, mode):
    try:
        return compile(text, CELL, mode)
    except SyntaxError:
        return None


def _run_silently(sources, names):
    """Run cells without a word; returns what the first error was, if there was one.

    As in a notebook, the others run all the same: they may not need what failed.
    """
    first = None
    names["print"] = lambda *args, **kwargs: None
    for source in sources:
        try:
            execute(source, names)
        except BaseException as error:
            first = first or _failed(error, PHRASES["error-above"])
    del names["print"]
    return first


def _shown(value):
    """A value as a notebook shows it."""
    if hasattr(value, "_repr_html_"):
        return {"html": value._repr_html_()}
    return {} if value is None else {"text": _unescaped(repr(value))}


def _unescaped(text):
    r"""MicroPython writes β in a repr as \\u03b2."""
    letter = lambda found: chr(int(found.group(1)[1:], 16))  # noqa: E731
    parts = text.split("\\\\")  # two of them stand for one, which escapes nothing
    return "\\\\".join([re.sub(r"\\(x[89a-f].|u....)", letter, part) for part in parts])


def _failed(error, phrase):
    """An error in words: what it is, and in which line."""
    said = str(error)
    kind = "SyntaxError" if isinstance(error, Unreadable) else type(error).__name__
    if isinstance(error, ImportError) and "no module named" in said:
        kind, said = "ModuleNotFoundError", said[0].upper() + said[1:]
        home, _, name = said.split("'")[1].rpartition(".")
        if exists(home, name):
            error = Missing(said.split("'")[1])
    if "unexpected keyword argument" in said and said.split("'")[1] in ARGUMENTS:
        error = Missing(said.split("'")[1] + "=")
    if isinstance(error, Missing):
        return {"error": str(error), "missing": True}
    for ours, pythons in WORDINGS:
        said = said.replace(ours, pythons)
    words = f"{kind}: {said}" if said else kind
    return {"error": phrase.format(error=words, line=_line(error)), "missing": False}


def _line(error):
    """The line of the cell that an error is about."""
    if isinstance(error, Unreadable):
        return error.line
    trace = io.StringIO()
    sys.print_exception(error, trace)
    lines = [line for line in trace.getvalue().split("\n") if f'"{CELL}"' in line]
    return lines[-1].split("line ")[1].split(",")[0] if lines else "?"
