"""What a kernel does while the book is built: a claim that fails is told, and the rest still runs.

A chapter asserts what its text says of the numbers. Whoever changes the numbers wants to know all
that no longer holds, not only the first, and what was found instead. So the build loads this into
each kernel; everywhere else an ``assert`` stops, as it does in Python.
"""

import ast
import sys
from textwrap import shorten

FAILED = "No longer holds, line "  # of the cell; what was asserted follows
LONGEST = 60  # characters of a value
OWN_NAMES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def load_ipython_extension(shell):
    """Have every cell's ``assert`` tell and go on."""
    shell.ast_transformers.append(Claims())


class Claims(ast.NodeTransformer):
    """Writes ``hold(…)`` in the place of each ``assert``, one for each part between ``and``."""

    def visit_Assert(self, node):
        """The same test, with its place, its text and what it compares."""
        told = ast.Expr(_told(node.test, node.lineno))
        return ast.fix_missing_locations(ast.copy_location(told, node))


def _told(test, line):
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return ast.BoolOp(ast.And(), [_told(part, line) for part in test.values])
    hold = ast.parse(f"__import__({__name__!r}, fromlist=['hold']).hold", mode="eval").body
    found = ast.parse("lambda: {}", mode="eval").body
    found.body.values = [side for side in _sides(test) if not _is_constant(side)]
    found.body.keys = [ast.Constant(ast.unparse(side)) for side in found.body.values]
    return ast.Call(hold, [test, ast.Constant(line), ast.Constant(ast.unparse(test)), found], [])


def _sides(test):
    """What a claim compares, from left to right, as far as it has a value outside of the claim.

    >>> [ast.unparse(side) for side in _sides(ast.parse("0 < (a >= b[1]).sum() < c").body[0])]
    ['0', '(a >= b[1]).sum()', 'c']
    """
    if isinstance(test, ast.Compare):
        return [test.left, *test.comparators]
    if isinstance(test, OWN_NAMES):
        return []
    return [side for part in ast.iter_child_nodes(test) for side in _sides(part)]


def _is_constant(side):
    return not any(isinstance(node, ast.Name) for node in ast.walk(side))


def hold(claim, line, source, found=dict):
    """Whether a claim holds; if not, say on standard error what was found instead.

    Args:
        claim: what was asserted; if it is a verdict, its message is said, too.
        line: of the cell.
        source: the claim's text.
        found: function without parameters: what was compared, by its text.

    >>> hold(2 > 1, 3, "2 > 1")
    True
    """
    if holds := bool(claim):
        return holds
    values = ", ".join(f"{text} is {_shown(value)}" for text, value in found().items())
    where = f", where {values}." if values else ""
    why = getattr(claim, "message", "")
    print(f"{FAILED}{line}: {source}{where}", *filter(None, [why]), sep="\n", file=sys.stderr)
    return holds


def _shown(value):
    """A value in a few characters: of numbers in an array, the least and the greatest.

    >>> _shown(2 / 3), _shown((0, "a"))
    ('0.6667', "(0, 'a')")
    """
    if 0 not in getattr(value, "shape", [0]):
        least, greatest = value.min().item(), value.max().item()
        return _shown(least) if least == greatest else f"{_shown(least)} to {_shown(greatest)}"
    text = f"{value:.4g}" if isinstance(value, float) else repr(value)
    return shorten(text, LONGEST, placeholder=" …")
