"""A notebook's cell as a syntax tree: what IPython adds to Python is taken out, line by line."""

import ast
import re
import unicodedata
import warnings

from attention_lab.grading.constants.limits import CELL, MARKS, Refused

# What Python's parser raises, of texts that are too deep or hold half a character, too.
FAULTS = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
# Whose body runs as if it stood alone; that of other cell magics is another language, or a file.
AS_PYTHON = {"time", "capture", "prun", "debug"}
MAGIC = re.compile(r"^([ \t]*)([%!?].*|[\w.]+\?{1,2}[ \t]*)$", re.MULTILINE)
ASSIGNED = re.compile(r"^([\w., \t]+=[ \t]*)[%!].*$", re.MULTILINE)


def tree_of(source):
    r"""The syntax tree of a cell; line numbers are those of the cell.

    Raises:
        Refused: it is no Python that could run, or too long; names the line where that is known.

    >>> ast.unparse(tree_of("%matplotlib inline\nx = !ls\ny = 1"))
    'pass\nx = None\ny = 1'
    """
    if len(source) > CELL:
        raise Refused(f"the cell is longer than {CELL} characters")
    if not source.isascii() and _marks(source) > MARKS:
        raise Refused(f"the cell has more than {MARKS} accents that stand alone")
    try:
        return _parsed(source)
    except FAULTS as fault:
        plain = without_magics(source)
        if plain == source:
            raise _told(fault) from None
    try:
        return _parsed(plain)
    except FAULTS as fault:
        raise _told(fault) from None


def _marks(source):
    """How many characters are accents and the like, which belong to the one before."""
    others = (character for character in source if character > "\x7f")
    return sum(unicodedata.category(character)[0] == "M" for character in others)


def without_magics(source):
    r"""A cell without IPython's magics, with as many lines.

    >>> without_magics("%matplotlib inline\nx = !ls")
    'pass\nx = None'
    """
    first = source.lstrip()
    if first.startswith("%%") and re.match(r"%%(\w*)", first)[1] not in AS_PYTHON:
        return ""
    return MAGIC.sub(r"\1pass", ASSIGNED.sub(r"\1None", source))


def _parsed(source):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a text's backslashes Python warns its author
        return ast.parse(source)


def _told(fault):
    """A parser's complaint as a refusal."""
    if isinstance(fault, SyntaxError):
        return Refused(f"the cell is no Python: {fault.msg}", fault.lineno)
    return Refused("the cell is no Python that can be read: too deep, or half characters")
