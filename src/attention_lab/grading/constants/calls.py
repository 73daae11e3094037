"""What an answer may call: for each name a function that first counts what it would make.

A name that is not here is refused; so is an argument that a function here does not know. The first
ones have names of their own in torch, which nobody writes: they are read by their places.
"""

import math

from attention_lab.grading.constants.limits import Refused
from attention_lab.grading.constants.values import Tensor, bounded, refuse_beyond
from attention_lab.page import torch
from attention_lab.page.torch.nn import functional

REAL = (None, torch.float32, torch.float64)


def _tensor(data, *, dtype=None):
    return torch.tensor(_of(data, list, Tensor, int, float), dtype=_real(dtype))


def _full(size, fill_value, *, dtype=None):
    refuse_beyond(_of(fill_value, int, float), _real(dtype) or torch.float32)
    return torch.full(_sizes([_of(size, list)]), fill_value, dtype=dtype)


def _zeros(*size, dtype=None):
    return torch.zeros(_sizes(size), dtype=_real(dtype) or torch.float32)


def _ones(*size, dtype=None):
    return torch.ones(_sizes(size), dtype=_real(dtype) or torch.float32)


def _stack(tensors, dim=0):
    return torch.stack(_tensors(tensors), _of(dim, int))


def _cat(tensors, dim=0):
    return torch.cat(_tensors(tensors), _of(dim, int))


def _norm(tensor, /, p=2, dim=None, keepdim=False):
    if _of(p, int, float) != 2:
        raise Refused("of norms, the length (p = 2) is read")
    return _along("norm")(tensor, dim, keepdim)


def _vector_norm(tensor, /, ord=2, dim=None, keepdim=False):
    return _norm(tensor, ord, dim, keepdim)


def _linalg_norm(tensor, /, *, dim=None, keepdim=False):
    """Without an order: for a matrix, 2 is not its length but another norm."""
    return _norm(tensor, 2, dim, keepdim)


def _normalize(tensor, /, p=2.0, dim=1):
    if _of(p, int, float) != 2:
        raise Refused("of norms, the length (p = 2) is read")
    return functional.normalize(_with_axes(tensor), dim=_of(dim, int))


def _along(name):
    """A method that takes elements together, along one axis or all."""

    def reduce(tensor, /, dim=None, keepdim=False):
        if dim is None and keepdim and name != "norm":
            raise Refused("keepdim is read where dim says along which axis")
        if dim is not None:
            _with_axes(tensor), _of(dim, int)
        return getattr(_of(tensor, Tensor), name)(dim=dim, keepdim=_of(keepdim, bool))

    return reduce


def _with_axes(tensor):
    """A tensor that is more than a number, of which torch takes the length in another way."""
    if not _of(tensor, Tensor).ndim:
        raise Refused("a tensor without axes has none to go along")
    return tensor


def _unsqueeze(tensor, /, dim):
    return _of(tensor, Tensor).unsqueeze(_of(dim, int))


def _clone(tensor, /):
    return _of(tensor, Tensor).clone()


def _float(tensor, /):
    return _of(tensor, Tensor).float()


def _double(tensor, /):
    return _of(tensor, Tensor).double()


def _sqrt(number, /):
    return math.sqrt(_of(number, int, float))


def _of(thing, *kinds):
    """An argument, if it is of a kind that is read."""
    if type(thing) not in kinds:
        asked = " or ".join(KINDS[kind] for kind in kinds)
        raise Refused(f"an argument is {KINDS.get(type(thing), 'something else')}, not {asked}")
    return thing


KINDS = {
    list: "a list",
    Tensor: "a tensor",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    type(None): "None",
    type(...): "...",
}


def _real(dtype):
    """A kind of real number, or None where none is asked for."""
    if dtype not in REAL:
        raise Refused("of dtypes, float32 and float64 are read")
    return dtype


def _sizes(size):
    """The sizes of a tensor to make, given one by one or as a list."""
    if not size:
        raise Refused("it is not said how large the tensor is")
    sizes = size[0] if len(size) == 1 and type(size[0]) is list else size
    if not all(type(n) is int and n >= 0 for n in sizes):
        raise Refused("sizes are read as whole numbers from 0 on")
    count = 1
    for n in sizes:
        count = bounded(count * n, len(sizes))
    return tuple(sizes)


def _tensors(tensors):
    """A list of tensors that can be put together."""
    if not _of(tensors, list) or not all(type(tensor) is Tensor for tensor in tensors):
        raise Refused("a list of tensors was expected")
    return tensors


FUNCTIONS = {
    "torch.tensor": _tensor,
    "torch.full": _full,
    "torch.zeros": _zeros,
    "torch.ones": _ones,
    "torch.stack": _stack,
    "torch.cat": _cat,
    "torch.clone": _clone,
    "torch.unsqueeze": _unsqueeze,
    "torch.mean": _along("mean"),
    "torch.sum": _along("sum"),
    "torch.norm": _norm,
    "torch.linalg.norm": _linalg_norm,
    "torch.linalg.vector_norm": _vector_norm,
    "torch.nn.functional.normalize": _normalize,
    "math.sqrt": _sqrt,
}
METHODS = {
    "norm": _norm,
    "mean": _along("mean"),
    "sum": _along("sum"),
    "unsqueeze": _unsqueeze,
    "clone": _clone,
    "float": _float,
    "double": _double,
}
CONSTANTS = {
    "torch.nan": math.nan,
    "torch.inf": math.inf,
    "torch.pi": math.pi,
    "math.nan": math.nan,
    "math.inf": math.inf,
    "math.pi": math.pi,
    "torch.float": torch.float32,
    "torch.float32": torch.float32,
    "torch.double": torch.float64,
    "torch.float64": torch.float64,
}

for _path, _function in (METHODS | FUNCTIONS).items():
    _function.__qualname__ = _path  # which Python names when an argument is too many
