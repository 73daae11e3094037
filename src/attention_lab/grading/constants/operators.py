"""Arithmetic between numbers and tensors, refused before it grows."""

import ast
import operator

from attention_lab.grading.constants.limits import Refused
from attention_lab.grading.constants.values import (
    Tensor,
    bounded,
    refuse_to_overlap,
    refuse_to_stretch,
)
from attention_lab.page.torch.dtypes import int64

# What an operator does, and what it does in place; for @ torch has no place of its own.
OPERATORS = {
    ast.Add: (operator.add, operator.iadd),
    ast.Sub: (operator.sub, operator.isub),
    ast.Mult: (operator.mul, operator.imul),
    ast.Div: (operator.truediv, operator.itruediv),
    ast.Pow: (operator.pow, operator.ipow),
    ast.MatMult: (operator.matmul, operator.matmul),
}
WRITTEN = {  # how the others are written
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.Not: "not",
    ast.Invert: "~",
}
SIGNS = {ast.UAdd: operator.pos, ast.USub: operator.neg}


def signed(sign, value):
    """A number or a tensor with a sign, an ``ast.UnaryOp``'s ``op``."""
    if type(sign) not in SIGNS:
        raise Refused(f"the operator {WRITTEN[type(sign)]} is not read")
    _refuse_unless_numbers(value)
    return SIGNS[type(sign)](value)


def operate(sign, one, other, in_place=False):
    """An operator, an ``ast.BinOp``'s ``op``, between two numbers or tensors.

    Args:
        sign: which one.
        one: on its left; a tensor is changed itself if ``in_place``.
        other: on its right.
        in_place: whether ``+=`` is written, not ``+``.

    Raises:
        Refused: it is not known, or what comes out would be too large.

    >>> operate(ast.Pow(), 10, 2)
    100
    """
    if type(sign) not in OPERATORS:
        raise Refused(f"the operator {WRITTEN[type(sign)]} is not read")
    _refuse_unless_numbers(one, other)
    if type(sign) is ast.Pow:
        _refuse_large_powers(one, other)
    if type(sign) is ast.MatMult:
        _refuse_large_products(one, other)
    else:
        refuse_to_stretch(one, other)
    in_place = in_place and isinstance(one, Tensor)
    if in_place:
        refuse_to_overlap(one, other)
    return OPERATORS[type(sign)][in_place](one, other)


def _refuse_unless_numbers(*things):
    """Lists would be joined and repeated."""
    for thing in things:
        if not isinstance(thing, (Tensor, int, float)):
            kind = "a list" if isinstance(thing, list) else type(thing).__name__
            raise Refused(f"arithmetic is read between numbers and tensors, not with {kind}")


def _refuse_large_powers(one, other):
    """Whole numbers grow without end, and torch's overflow."""
    if any(isinstance(x, Tensor) and x.dtype is int64 for x in (one, other)):
        raise Refused("powers are read of real numbers; write 2.0 for 2")
    if isinstance(one, int) and isinstance(other, int) and (one.bit_length() - 1) * other > 53:
        raise Refused("a whole number is larger than 2**53")


def _refuse_large_products(one, other):
    """A matrix product of two vectors is small, of two columns it is not."""
    if isinstance(one, Tensor) and isinstance(other, Tensor) and one.ndim > 1 < other.ndim:
        if one.ndim > 2 or other.ndim > 2:
            raise Refused("@ is read of vectors and matrices")
        bounded(one.sizes[0] * other.sizes[1])
