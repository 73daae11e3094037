"""A cell as the page runs it, in MicroPython: in fresh names, behind the cells that it needs.

What it prints goes to the page by itself. This is about the rest: its last expression, which is
shown as in a notebook, and the error that may end it.
"""

import io
import sys

import attention_lab.core
import attention_lab.notebook
import attention_lab.variants
from attention_lab.fixtures import SEED
from attention_lab.messages import PHRASES
from attention_lab.page.missing import Lacking, Missing
from attention_lab.page.source import names as helpers
from attention_lab.page.source import rewritten

CELL = "<cell>"  # what stands for the file's name in a traceback


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
    names = {"__name__": "__main__"}
    names.update(helpers())
    try:
        _run_silently(before, names)
    except Exception as error:
        return _failed(error, PHRASES["error-above"])
    passed.clear()
    try:
        result = _shown(execute(source, names))
    except Exception as error:
        result = _failed(error, PHRASES["error"])
    result["passed"] = passed
    return result


def furnish(fixture, passed):
    """Give the package the names that a notebook fetches when they are used, on this fixture.

    MicroPython's ``from attention_lab import …`` does not ask the package's ``__getattr__``.
    """
    import torch

    def check(number, answer, fixture=fixture, own_query=None):
        verdict = attention_lab.notebook.check(number, answer, fixture, own_query)
        if fixture is mine:
            passed[number] = verdict.passed
        return verdict

    def given_query(number, fixture=fixture):
        return attention_lab.notebook.given_query(number, fixture)

    mine = fixture
    for name, home in attention_lab._HOME.items():
        module = sys.modules.get(f"attention_lab.{home}")
        setattr(attention_lab, name, getattr(module, name) if module else Lacking(name))
    attention_lab.figures = Lacking("figures")
    attention_lab.check, attention_lab.given_query = check, given_query
    attention_lab.key, attention_lab.value = torch.tensor(mine.key), torch.tensor(mine.value)
    torch.set_printoptions(profile="default")  # the last cell may have changed them


def execute(source, names):
    """Run a text and return the value of its last expression; None where it ends in a statement.

    MicroPython has no syntax tree to ask. An expression is what compiles as one when what is above
    it compiles too. It may begin at each line that is not indented.
    """
    source = rewritten(source)
    lines = source.split("\n")
    for start in range(len(lines) - 1, -1, -1):
        if lines[start] and lines[start][0] not in " \t#":
            # Brackets, so that it keeps its line number: compile() takes no blank lines in front.
            last = _compiled("(" + "\n" * start + "\n".join(lines[start:]) + "\n)", "eval")
            above = last and _compiled("\n".join(lines[:start]) + "\n", "exec")
            if above:
                exec(above, names)
                return eval(last, names)
    exec(compile(source, CELL, "exec"), names)


def _compiled(text, mode):
    try:
        return compile(text, CELL, mode)
    except SyntaxError:
        return None


def _run_silently(sources, names):
    names["print"] = lambda *args, **kwargs: None
    for source in sources:
        execute(source, names)
    del names["print"]


def _shown(value):
    """A value as a notebook shows it."""
    if hasattr(value, "_repr_html_"):
        return {"html": value._repr_html_()}
    return {} if value is None else {"text": repr(value)}


def _failed(error, phrase):
    """An error in words: what it is, and in which line."""
    trace = io.StringIO()
    sys.print_exception(error, trace)
    lines = [line for line in trace.getvalue().split("\n") if f'"{CELL}"' in line]
    words = f"{type(error).__name__}: {error}".rstrip(": ")
    number = lines[-1].split("line ")[1].split(",")[0] if lines else "?"
    if isinstance(error, ImportError) and "no module named" in words:
        error = Missing(str(error).split("'")[1])
    if isinstance(error, Missing):
        return {"error": str(error), "missing": True}
    return {"error": phrase.format(error=words, line=number), "missing": False}
