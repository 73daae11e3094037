"""What a kernel does while the book is built: a claim that fails is told, and the rest still runs.

A chapter asserts what its text says of the numbers. Whoever changes the numbers wants to know all
that no longer holds, not only the first. So the build loads this into each kernel; everywhere else
an ``assert`` stops, as it does in Python.
"""

import ast
import sys

FAILED = "No longer holds, line "  # of the cell; what was asserted follows


def load_ipython_extension(shell):
    """Have every cell's ``assert`` tell and go on."""
    shell.ast_transformers.append(Claims())


class Claims(ast.NodeTransformer):
    """Writes ``hold(…)`` in the place of each ``assert``."""

    def visit_Assert(self, node):
        """The same test, with its place and its text."""
        hold = ast.parse(f"__import__({__name__!r}, fromlist=['hold']).hold", mode="eval").body
        about = [ast.Constant(node.lineno), ast.Constant(ast.unparse(node.test))]
        call = ast.Expr(ast.Call(hold, [node.test, *about], keywords=[]))
        return ast.fix_missing_locations(ast.copy_location(call, node))


def hold(claim, line, source):
    """Say on standard error that a claim fails, and what a verdict has to say about it.

    >>> hold(2 > 1, 3, "2 > 1")
    """
    if not claim:
        why = getattr(claim, "message", "")
        print(f"{FAILED}{line}: {source}", *filter(None, [why]), sep="\n", file=sys.stderr)
