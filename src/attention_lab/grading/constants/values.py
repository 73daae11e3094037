"""The values that an answer is made of: numbers, lists and tensors, none of them large.

Tensors are those of the page's stand-in for torch, which counts in float32 as torch does.
"""

import math

from attention_lab.faults import LARGEST_FLOAT32
from attention_lab.grading.constants.limits import AXES, ELEMENTS, LARGEST, Refused
from attention_lab.page import torch
from attention_lab.page.torch.dtypes import DType, float32, int64
from attention_lab.page.torch.shapes import broadcast
from attention_lab.page.torch.tensors import product

Tensor = torch.Tensor


def measured(value):
    """How many numbers a value holds, if it is one that may be.

    Raises:
        Refused: it is of another kind, or too large.
    """
    if isinstance(value, Tensor):
        if value.dtype is int64:
            _refuse_large(max(map(abs, value.values()), default=0))
        return bounded(value.numel(), value.ndim)
    if isinstance(value, list):
        return size_of(value)
    if type(value) is int:
        _refuse_large(abs(value))
    elif not isinstance(value, (float, DType, type(...))):
        raise Refused(f"{type(value).__name__} is no kind of number")
    return 1


def bounded(count, axes=0):
    """So many numbers, unless there are too many of them, or of their axes."""
    if count > ELEMENTS:
        raise Refused(f"it makes more than {ELEMENTS} numbers")
    if axes > AXES:
        raise Refused(f"it makes more than {AXES} axes")
    return count


def size_of(thing, depth=0):
    """How many numbers and lists something holds; counting stops where there are too many.

    >>> size_of([[1.0, 2.0], [3.0, 4.0]])
    7
    """
    if isinstance(thing, Tensor):
        return thing.numel()
    if not isinstance(thing, list):
        return 1
    bounded(len(thing), depth + 1)
    return bounded(1 + sum(size_of(item, depth + 1) for item in thing))


def refuse_beyond(number, dtype):
    """Raise where a number does not fit into a kind of tensor, as torch does where it fills one.

    Where it computes, torch takes the number for infinite instead.
    """
    if dtype is float32 and math.isfinite(number) and abs(number) > LARGEST_FLOAT32:
        raise Refused("a number is too large for float32")


def refuse_to_stretch(*things):
    """Raise where tensors, stretched to one shape, would be too large."""
    shape = ()
    for thing in things:
        shape = broadcast(shape, thing.sizes if isinstance(thing, Tensor) else ())
    bounded(product(shape), len(shape))


def refuse_to_overlap(written, read):
    """Raise where a tensor is written while other places of it are read, as torch does."""
    if isinstance(read, Tensor) and read.row is written.row and _view(read) != _view(written):
        raise Refused("a tensor is changed by a part of itself; torch asks for .clone()")


def _view(tensor):
    return tensor.sizes, tensor.strides, tensor.offset


def as_lists(value):
    """Tensors, also those inside lists, as nested lists of numbers.

    >>> as_lists([torch.tensor([1.0, 2.0]), 3])
    [[1.0, 2.0], 3]
    """
    if isinstance(value, list):
        return [as_lists(item) for item in value]
    return value.tolist() if isinstance(value, Tensor) else value


def _refuse_large(number):
    if number > LARGEST:
        raise Refused("a whole number is larger than 2**53")
