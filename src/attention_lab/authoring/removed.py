"""Notebooks do without the cells that only lend prose its numbers: no other cell may need them."""

import ast

from attention_lab.authoring.cells import tree
from attention_lab.authoring.fault import Fault


def faults(book):
    """Cells that use a name which only a removed cell has made."""
    for page in book.pages:
        removed = set()
        for cell in page.cells:
            made, used = names_in(tree(cell) or ast.Module([]))
            if "remove-cell" in cell.tags:
                removed |= made
                continue
            for name in sorted((used & removed) - made):
                what = f"This cell needs {name!r}, which is made in a cell that notebooks lack."
                yield Fault(page.file, cell.first, what, "Make it in one that is shown.")
            removed -= made


def names_in(tree):
    """The names that a cell makes, and those that it uses.

    >>> made, used = names_in(ast.parse("import math as m; a = b"))
    >>> sorted(made), sorted(used)
    (['a', 'm'], ['b'])
    """
    nodes = [*ast.walk(tree)]
    names = [node for node in nodes if isinstance(node, ast.Name)]
    aliases = [alias for node in nodes for alias in getattr(node, "names", []) if alias != "*"]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    made |= {alias.asname or alias.name for alias in aliases if isinstance(alias, ast.alias)}
    made |= {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    return made, {node.id for node in names if isinstance(node.ctx, ast.Load)}
