"""A small stand-in for torch, in plain Python, for the cells that run inside the page.

It covers what the book's cells call, counts in float32 as torch does, and prints and complains in
torch's words. What it has not got it names. The notebook has the real one.
"""

from math import inf, nan, pi

from attention_lab.page.missing import not_found

from . import elementwise, indexing, linalg, making, nn, printing, products, reductions, shapes
from .comparing import allclose, equal
from .dtypes import bool_, float32, float64, int64
from .tensors import Size, Tensor, strided

PARTS = (shapes, making, indexing, elementwise, reductions, products, printing)
for part in PARTS:
    for name, function in getattr(part, "METHODS", {}).items():
        setattr(Tensor, name, function)
    for name, function in getattr(part, "FUNCTIONS", {}).items():
        globals()[name] = function
Tensor.allclose = allclose
Tensor.equal = equal

float = float32
double = float64
long = int64
bool = bool_


def is_tensor(thing):
    """Whether something is a tensor."""
    return isinstance(thing, Tensor)


def __getattr__(name):
    """Name what the stand-in has not got."""
    raise not_found("torch", name)
