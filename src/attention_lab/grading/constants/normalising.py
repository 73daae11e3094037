"""A key that the submission's own cell brings to length 1 before it checks, as the seed's does."""

import ast

from attention_lab.page import torch

LENGTHS = ("{0}.norm()", "torch.norm({0})", "torch.linalg.norm({0})")


def normalised_in(tree):
    r"""The functions whose result a cell brings to length 1 where it has put it.

    >>> sorted(normalised_in(ast.parse("m[2] = get_key142()\nm[2] /= m[2].norm()")))
    ['get_key142']
    """
    came_from, found = {}, set()  # which function's result stands at a place
    for statement in tree.body:
        place = _place(statement)
        if place is None:
            continue
        if place in came_from and _brings_to_length_1(statement, place):
            found.add(came_from[place])
        else:
            came_from[place] = _called(statement.value)
    return frozenset(found)


def _place(statement):
    """The place of a tensor that a statement writes to, as it is written; None for others."""
    if isinstance(statement, (ast.Assign, ast.AugAssign)):
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        return _written(target) if isinstance(target, ast.Subscript) else None
    return None


def _written(node):
    """An expression as text; None for one that is too deep or holds too long a number for that."""
    try:
        return ast.unparse(node)
    except (RecursionError, ValueError):
        return None


def _brings_to_length_1(statement, place):
    value = _written(statement.value)
    lengths = [length.format(place) for length in LENGTHS]
    if isinstance(statement, ast.AugAssign):
        return isinstance(statement.op, ast.Div) and value in lengths
    return value in [f"{place} / {length}" for length in lengths]


def _called(node):
    """The name of a function that is called without arguments, or None."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.args:
        return node.func.id
    return None


def normalised(value):
    """A row of numbers at length 1, in float32 as the submission counts; others as they are.

    >>> normalised([0.0, 4.0]), normalised(None)
    ([0.0, 1.0], None)
    """
    if not isinstance(value, list) or not all(isinstance(x, (int, float)) for x in value):
        return value
    row = torch.tensor(value, dtype=torch.float32)
    return (row / row.norm()).tolist()
