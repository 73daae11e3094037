"""Many elements become one: sums, largest ones, lengths, softmax."""

import math

from .dtypes import bool_, float32, int64
from .elementwise import combine
from .numbers import INFINITY
from .shapes import permute
from .tensors import Tensor, axis, make, product


class Found:
    """Values and where they stand, as torch's functions return them together."""

    def __init__(self, name, values, indices):
        self._name = name
        self.values = values
        self.indices = indices

    def __iter__(self):
        return iter((self.values, self.indices))

    def __getitem__(self, n):
        return (self.values, self.indices)[n]

    def __len__(self):
        return 2

    def __repr__(self):
        return (
            f"torch.return_types.{self._name}(\nvalues={self.values!r},\nindices={self.indices!r})"
        )


def rows_along(tensor, dims):
    """The elements along some axes, a list for each place on the others."""
    kept = [i for i in range(tensor.ndim) if i not in dims]
    values = list(permute(tensor, kept + dims).values())
    length = product([tensor.sizes[i] for i in dims])
    count = product([tensor.sizes[i] for i in kept])
    return [values[i * length : (i + 1) * length] for i in range(count)]


def reduce(tensor, dim, keepdim, function, dtype):
    """A function of the elements along one axis, several, or all."""
    if dim is None:
        dims = list(range(tensor.ndim))
    else:
        dims = sorted(
            axis(d, tensor.ndim) for d in (dim if isinstance(dim, (tuple, list)) else [dim])
        )
    if not tensor.ndim:
        dims = []
    values = [function(row) for row in rows_along(tensor, dims)]
    sizes = [1 if i in dims else size for i, size in enumerate(tensor.sizes)]
    if not keepdim:
        sizes = [size for i, size in enumerate(sizes) if i not in dims]
    return make(values, sizes, dtype)


def _chosen(dim, axis):
    return dim if axis is None else axis


def _sum(row, dtype):
    """The sum, rounded as torch rounds it: it adds in eight lanes and these in four piles each."""
    lanes = 8 if len(row) >= 8 else 1
    count = len(row) // lanes
    piled = count // 4 * 4
    sums = []
    for lane in range(lanes):
        numbers = [row[i * lanes + lane] for i in range(count)]
        piles = [[numbers[i] for i in range(pile, piled, 4)] for pile in range(4)]
        piles[0] += numbers[piled:]
        sums.append(dtype.sum([dtype.sum(pile) for pile in piles]))
    return dtype.sum(row[lanes * count :] + sums)


def total(tensor, dim=None, keepdim=False, axis=None):
    """The sum."""
    dtype = tensor.dtype if tensor.dtype.is_floating_point else int64
    return reduce(tensor, _chosen(dim, axis), keepdim, lambda row: _sum(row, dtype), dtype)


def mean(tensor, dim=None, keepdim=False, axis=None):
    """The sum divided by the count."""
    if not tensor.dtype.is_floating_point:
        raise RuntimeError(
            "mean(): could not infer output dtype. Input dtype must be either a floating point or "
            f"complex dtype. Got: {tensor.dtype.spoken}"
        )
    dtype = tensor.dtype
    average = lambda row: _sum(row, dtype) / len(row) if row else math.nan  # noqa: E731
    return reduce(tensor, _chosen(dim, axis), keepdim, average, dtype)


def prod(tensor, dim=None, keepdim=False):
    """All multiplied."""
    dtype = tensor.dtype if tensor.dtype.is_floating_point else int64
    return reduce(tensor, dim, keepdim, product, dtype)


def every(tensor, dim=None, keepdim=False):
    """Whether all are true."""
    return reduce(tensor, dim, keepdim, all, bool_)


def some(tensor, dim=None, keepdim=False):
    """Whether any is true."""
    return reduce(tensor, dim, keepdim, any, bool_)


def _first(row, better):
    """Where the best element stands; not a number is better than any."""
    place = 0
    for i, x in enumerate(row):
        if x != x:
            return i
        if better(x, row[place]):
            place = i
    return place


def _extreme(name, better):
    """``max`` or ``min``, and its relatives, from what is better."""

    def place(row):
        if not row:
            raise RuntimeError(
                f"{name}(): Expected reduction dim to be specified for input.numel() == 0. "
                "Specify the reduction dim with the 'dim' argument."
            )
        return _first(row, better)

    def extreme(tensor, dim=None, keepdim=False, other=None):
        other = dim if isinstance(dim, Tensor) else other
        if other is not None:
            return combine(tensor, other, lambda a, b: a if a != a or better(a, b) else b)
        values = reduce(tensor, dim, keepdim, lambda row: row[place(row)], tensor.dtype)
        return values if dim is None else Found(name, values, where(tensor, dim, keepdim))

    def only(tensor, dim=None, keepdim=False):
        return reduce(tensor, dim, keepdim, lambda row: row[place(row)], tensor.dtype)

    def where(tensor, dim=None, keepdim=False):
        return reduce(tensor, dim, keepdim, place, int64)

    return extreme, only, where


largest, amax, argmax = _extreme("max", lambda a, b: a > b)
smallest, amin, argmin = _extreme("min", lambda a, b: a < b)


def norm(tensor, p=2, dim=None, keepdim=False):
    """The length: the root of the sum of squares, or of another power."""
    if not tensor.dtype.is_floating_point:
        raise RuntimeError(
            "linalg.vector_norm: Expected a floating point or complex tensor as input. Got "
            f"{tensor.dtype.spoken}"
        )
    if p == INFINITY:
        return amax(tensor.abs(), dim, keepdim)
    if p == 1:
        return total(tensor.abs(), dim, keepdim)
    length = lambda row: _length(row, tensor.dtype)  # noqa: E731
    if p != 2:
        length = lambda row: sum([abs(x) ** p for x in row]) ** (1 / p)  # noqa: E731
    return reduce(tensor, dim, keepdim, length, tensor.dtype)


def _length(row, dtype):
    """The root of the sum of squares, which may overflow; a single number is its own length."""
    if len(row) == 1:
        return abs(row[0])
    return math.sqrt(dtype.sum([x * x for x in row]))


def _log_sum_exp(row):
    top = max(row)
    if top in (INFINITY, -INFINITY):
        return top
    return top + math.log(sum([math.exp(x - top) for x in row]))


def logsumexp(tensor, dim, keepdim=False):
    """The logarithm of the sum of the exponentials."""
    dtype = tensor.dtype if tensor.dtype.is_floating_point else float32
    return reduce(tensor, dim, keepdim, _log_sum_exp, dtype)


def scan(tensor, dim, function):
    """A function from a row along an axis to a row of the same length."""
    along = axis(dim, tensor.ndim)
    if not tensor.ndim:
        return make(function(list(tensor.values())), (), tensor.dtype)
    rows = [function(row) for row in rows_along(tensor, [along])]
    order = [i for i in range(tensor.ndim) if i != along] + [along]
    sizes = [tensor.sizes[i] for i in order]
    back = [order.index(i) for i in range(tensor.ndim)]
    flat = [x for row in rows for x in row]
    return permute(make(flat, sizes, tensor.dtype), back).contiguous()


def _softmax(row, dtype):
    """Rounded at every step, as torch does it."""
    top = max(row)
    if top != top or top in (INFINITY, -INFINITY):
        return [math.nan] * len(row)
    powers = dtype.store([math.exp(x) for x in dtype.store([x - top for x in row])])
    share = dtype.rounded(1 / dtype.sum(powers))
    return [power * share for power in powers]


def softmax(tensor, dim=None):
    """Exponentials that add up to 1 along an axis."""
    if dim is None:
        raise TypeError('softmax() missing 1 required positional arguments: "dim"')
    if not tensor.dtype.is_floating_point:
        raise NotImplementedError(
            f"\"softmax_lastdim_kernel_impl\" not implemented for '{tensor.dtype.spoken}'"
        )
    return scan(tensor, dim, lambda row: _softmax(row, tensor.dtype))


def cumsum(tensor, dim):
    """The sums so far along an axis."""

    def sums(row):
        found, so_far = [], 0
        for x in row:
            so_far += x
            found.append(so_far)
        return found

    return scan(tensor, dim, sums)


def sort(tensor, dim=-1, descending=False):
    """In order along an axis, and where each element stood."""

    def order(row):
        return sorted(range(len(row)), key=lambda i: (-row[i] if descending else row[i], i))

    values = scan(tensor, dim, lambda row: [row[i] for i in order(row)])
    indices = scan(tensor.double(), dim, order)
    return Found("sort", values, indices.long())


METHODS = {
    "sum": total,
    "mean": mean,
    "prod": prod,
    "all": every,
    "any": some,
    "max": largest,
    "min": smallest,
    "amax": amax,
    "amin": amin,
    "argmax": argmax,
    "argmin": argmin,
    "norm": norm,
    "logsumexp": logsumexp,
    "softmax": softmax,
    "cumsum": cumsum,
    "sort": sort,
}
FUNCTIONS = METHODS
