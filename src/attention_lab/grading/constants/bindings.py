"""Where a cell gives names a meaning: the functions it defines, and all that could undo them."""

import ast
from typing import NamedTuple

from attention_lab.grading.constants.nodes import below, nodes


class Definition(NamedTuple):
    """``def name():`` on the outermost level of a cell.

    Attributes:
        name: of the function.
        line: where it begins, from 1 on.
        function: its ``ast.FunctionDef``.
    """

    name: str
    line: int
    function: ast.FunctionDef


class Binding(NamedTuple):
    """Anything else that gives a name a meaning, takes it away, or changes what it stands for.

    Attributes:
        name: that it is about; ``"*"`` for any name.
        line: where, from 1 on.
        meaning: in full what the name stands for, ``"torch.nn.functional"``, where that is plain.
        always: whether it counts wherever it stands: in a function, which may be called any time.
    """

    name: str
    line: int
    meaning: str = ""
    always: bool = False


def bindings(tree):
    """Definitions and Bindings of a cell, in the order of its lines.

    >>> bindings(ast.parse("import torch.nn.functional as F"))
    [Binding(name='F', line=1, meaning='torch.nn.functional', always=False)]
    """
    found = []
    for statement in tree.body:
        parts = [statement]
        if isinstance(statement, ast.FunctionDef):
            found.append(Definition(statement.name, statement.lineno, statement))
            found += _declared(statement)
            parts = _around(statement)
        for part in parts:
            found += _in(part)
    return sorted(found, key=lambda binding: binding.line)


WAYS = ("exec", "eval", "globals", "locals", "vars", "setattr", "delattr")  # to change any name
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def _in(part):
    """The bindings in a statement, but for those in a scope of their own."""
    waiting = [part]
    while waiting:
        node = waiting.pop()
        if isinstance(node, SCOPES):
            yield from _declared(node)
            waiting += _around(node)
        elif _is_plain(node):
            waiting.append(node.value)
        else:
            waiting += below(node)
        for name, meaning in _found(NAMES, node):
            if name:
                yield Binding(name, node.lineno, meaning)


def _around(scope):
    """What of a function or a class belongs to the scope around it."""
    parts = [*getattr(scope, "decorator_list", ()), *getattr(scope, "bases", ())]
    parts += [keyword.value for keyword in getattr(scope, "keywords", ())]
    if not isinstance(scope, ast.ClassDef):
        parts.append(scope.args)
    return parts + [part for part in [getattr(scope, "returns", None)] if part]


def _declared(scope):
    """The names that a function or a class binds outside of itself, or whose parts it changes."""
    for node in nodes(scope):
        if isinstance(node, ast.Global):
            for name in node.names:
                yield Binding(name, node.lineno, always=True)
        for name, meaning in _found(CHANGES, node):
            yield Binding(name, node.lineno, meaning, always=True)


def _found(table, node):
    """The names that a node itself binds or changes, each with what it stands for from then on."""
    find = table.get(type(node))
    return find(node) if find else ()


def _plain(node):
    if _is_plain(node):
        yield node.targets[0].id, _dotted(node.value)


def _imported(node):
    for alias in node.names:
        first = alias.name.partition(".")[0]
        yield alias.asname or first, alias.name if alias.asname else first


def _imported_from(node):
    for alias in node.names:
        home = "." * node.level + (node.module or "")
        yield alias.asname or alias.name, f"{home}.{alias.name}"


def _written(node):
    if not isinstance(node.ctx, ast.Load):
        yield node.id, ""


def _named(node):
    yield node.name, ""


def _rest(node):
    yield node.rest, ""


def _part(node):
    if not isinstance(node.ctx, ast.Load):
        yield _root(node), ""


def _called(node):
    if isinstance(node.func, ast.Name) and node.func.id in WAYS:
        yield "*", node.func.id


# What changes a part of a name's value: wherever that stands, all others see it.
CHANGES = {ast.Attribute: _part, ast.Subscript: _part, ast.Call: _called}
NAMES = {
    **CHANGES,
    ast.Assign: _plain,
    ast.Import: _imported,
    ast.ImportFrom: _imported_from,
    ast.Name: _written,
    ast.FunctionDef: _named,
    ast.AsyncFunctionDef: _named,
    ast.ClassDef: _named,
    ast.ExceptHandler: _named,
    ast.MatchAs: _named,
    ast.MatchStar: _named,
    ast.MatchMapping: _rest,
}


def _is_plain(node):
    """Whether it is ``name = …``."""
    return (
        isinstance(node, ast.Assign)
        and len(node.targets) == 1
        and isinstance(node.targets[0], ast.Name)
    )


def _dotted(node, depth=4):
    """``"torch.nan"`` for that, ``"float('nan')"`` for a call with one such argument."""
    if isinstance(node, ast.Attribute) and depth:
        return f"{_dotted(node.value, depth - 1)}.{node.attr}"
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords and depth:
        return f"{_dotted(node.func, depth - 1)}({_dotted(node.args[0], depth - 1)})"
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return repr(node.value)
    return node.id if isinstance(node, ast.Name) else "?"


def _root(node):
    """Whose attribute or place it is: ``a`` of ``a.b[0].c``; None where that has no name."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
