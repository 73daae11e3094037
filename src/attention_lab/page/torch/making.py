"""New tensors, from numbers or by a rule."""

import math

from attention_lab.page.missing import Missing

from .dtypes import OF_PYTHON, RANKS, float32, int64, of_number
from .shapes import sizes_of
from .tensors import Tensor, make, product


def tensor(data, *, dtype=None, requires_grad=False):
    """A tensor of a number or of nested lists of numbers."""
    dtype = OF_PYTHON.get(dtype, dtype)
    if requires_grad:
        raise Missing("requires_grad=True")
    if isinstance(data, Tensor):
        return make(data.values(), data.sizes, dtype or data.dtype)
    if isinstance(data, str):
        raise TypeError("new(): invalid data type 'str'")
    sizes = _sizes(data)
    values, kinds = [], []
    _collect(data, sizes, 0, values, kinds)
    return make(values, sizes, dtype or max(kinds, key=RANKS.index, default=float32))


def _sizes(data):
    """The shape, as the first elements have it."""
    sizes = []
    while _is_sequence(data):
        sizes.append(len(data))
        if not len(data):
            break
        data = data[0]
    return tuple(sizes)


def _is_sequence(data):
    return isinstance(data, (list, tuple, range)) or (isinstance(data, Tensor) and data.ndim > 0)


def _collect(data, sizes, depth, values, kinds):
    """Add the numbers in reading order; what is not shaped like the first elements is refused."""
    if depth == len(sizes):
        values.append(_number(data, depth))
        kinds.append(data.dtype if isinstance(data, Tensor) else of_number(data))
        return
    if not _is_sequence(data):
        raise TypeError("not a sequence")
    if isinstance(data, Tensor):
        raise ValueError("only one element tensors can be converted to Python scalars")
    if len(data) != sizes[depth]:
        raise ValueError(
            f"expected sequence of length {sizes[depth]} at dim {depth} (got {len(data)})"
        )
    for item in data:
        _collect(item, sizes, depth + 1, values, kinds)


def _number(data, depth):
    if isinstance(data, Tensor):
        return data.item()
    if isinstance(data, (bool, int, float)):
        return data
    if data is None:
        raise RuntimeError("Could not infer dtype of NoneType")
    kind = type(data).__name__
    if isinstance(data, str):
        raise ValueError(f"too many dimensions '{kind}'")
    if isinstance(data, (list, tuple)):
        raise TypeError(f"'{kind}' object cannot be interpreted as an integer")
    raise RuntimeError(f"Could not infer dtype of {kind}")


def full(sizes, number, dtype=None):
    """One number everywhere."""
    sizes = sizes_of((sizes,))
    return make([number] * product(sizes), sizes, dtype or of_number(number))


def zeros(*sizes, dtype=float32):
    """0 everywhere."""
    return full(_sized("zeros", sizes), 0, dtype)


def ones(*sizes, dtype=float32):
    """1 everywhere."""
    return full(_sized("ones", sizes), 1, dtype)


def _sized(name, sizes):
    sizes = sizes_of(sizes)
    if any(size < 0 for size in sizes):
        raise RuntimeError(f"{name}: Dimension size must be non-negative.")
    return sizes


def zeros_like(other):
    """0 in the shape of another tensor."""
    return full(other.sizes, 0, other.dtype)


def ones_like(other):
    """1 in the shape of another tensor."""
    return full(other.sizes, 1, other.dtype)


def full_like(other, number):
    """One number in the shape of another tensor."""
    return full(other.sizes, number, other.dtype)


def eye(n, m=None):
    """1 on the diagonal, 0 elsewhere."""
    m = n if m is None else m
    return make([1.0 if i == j else 0.0 for i in range(n) for j in range(m)], (n, m), float32)


def arange(start, end=None, step=1, dtype=None):
    """From a start to before an end, in steps."""
    if end is None:
        start, end = 0, start
    whole = all(isinstance(x, int) for x in (start, end, step))
    count = max(0, math.ceil((end - start) / step))
    values = [start + i * step for i in range(count)]
    return make(values, (count,), dtype or (int64 if whole else float32))


def linspace(start, end, steps):
    """So many numbers from a start to an end, evenly spaced."""
    step = (end - start) / (steps - 1) if steps > 1 else 0.0
    half = steps // 2
    values = [start + i * step if i < half else end - (steps - 1 - i) * step for i in range(steps)]
    return make(values if steps > 1 else [start] * steps, (steps,), float32)


def logspace(start, end, steps, base=10.0):
    """The powers of a base with evenly spaced exponents."""
    return make([base**x for x in linspace(start, end, steps).values()], (steps,), float32)


FUNCTIONS = {
    function.__name__: function
    for function in (
        tensor,
        full,
        zeros,
        ones,
        zeros_like,
        ones_like,
        full_like,
        eye,
        arange,
        linspace,
        logspace,
    )
}
