"""Products of vectors and matrices."""

from .elementwise import combine
from .reductions import total
from .shapes import broadcast, expand, reshape, squeeze, transpose, unsqueeze
from .tensors import Tensor, make


def matmul(one, other):
    """The matrix product; a vector on the left counts as a row, on the right as a column."""
    if not isinstance(other, Tensor):
        raise TypeError(f"unsupported operand type(s) for @: 'Tensor' and '{type(other).__name__}'")
    if not one.ndim or not other.ndim:
        raise RuntimeError(
            "both arguments to matmul need to be at least 1D, but they are "
            f"{one.ndim}D and {other.ndim}D"
        )
    if one.ndim == other.ndim == 1:
        return dot(one, other)
    if other.ndim == 1:
        return _by_vector(one, other)
    if one.ndim == 1:
        return squeeze(matmul(unsqueeze(one, 0), other), -2)
    if one.ndim == other.ndim == 2:
        return _by_matrix(one, other)
    return _by_batch(one, other)


def dot(one, other):
    """The sum of the products of two vectors."""
    if one.ndim != 1 or other.ndim != 1:
        raise RuntimeError(f"1D tensors expected, but got {one.ndim}D and {other.ndim}D tensors")
    if one.dtype is not other.dtype:
        raise RuntimeError(
            "dot : expected both vectors to have same dtype, but found "
            f"{one.dtype.spoken} and {other.dtype.spoken}"
        )
    if one.sizes != other.sizes:
        a, b = one.sizes[0], other.sizes[0]
        raise RuntimeError(
            f"inconsistent tensor size, expected tensor [{a}] and src [{b}] to have the same "
            f"number of elements, but got {a} and {b} elements respectively"
        )
    return make([_sum_of_products(one.values(), other.values(), one.dtype)], (), one.dtype)


def _sum_of_products(row, column, dtype):
    return dtype.sum(dtype.store([a * b for a, b in zip(row, column)]))


def _by_vector(one, other):
    matrix = reshape(one, -1, one.sizes[-1]) if one.ndim != 2 else one
    if matrix.sizes[1] != other.sizes[0]:
        raise RuntimeError(
            f"size mismatch, got input ({matrix.sizes[0]}), "
            f"mat ({matrix.sizes[0]}x{matrix.sizes[1]}), vec ({other.sizes[0]})"
        )
    if one.dtype is not other.dtype:
        kinds = (other.dtype.spoken, one.dtype.spoken, other.dtype.spoken)
        raise RuntimeError(
            "addmv input tensors must have the same dtype, but got {}, {}, and {}".format(*kinds)
        )
    column = unsqueeze(other, 1)
    return reshape(_by_matrix(matrix, column), one.sizes[:-1])


def _by_matrix(one, other):
    (rows, inner), (matching, columns) = one.sizes, other.sizes
    if inner != matching:
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({rows}x{inner} and {matching}x{columns})"
        )
    if one.dtype is not other.dtype:
        names = {"float32": "float", "float64": "double", "int64": "long int", "bool": "bool"}
        raise RuntimeError(
            "expected m1 and m2 to have the same dtype, but got: "
            f"{names[one.dtype.name]} != {names[other.dtype.name]}"
        )
    left, right = list(one.values()), list(transpose(other, 0, 1).values())
    right_rows = [right[i * inner : (i + 1) * inner] for i in range(columns)]
    values = []
    for i in range(rows):
        row = left[i * inner : (i + 1) * inner]
        values.extend([_sum_of_products(row, column, one.dtype) for column in right_rows])
    return make(values, (rows, columns), one.dtype)


def _by_batch(one, other):
    batch = broadcast(one.sizes[:-2], other.sizes[:-2])
    (rows, inner), (matching, columns) = one.sizes[-2:], other.sizes[-2:]
    one = reshape(expand(one, batch + (rows, inner)), -1, rows, inner)
    other = reshape(expand(other, batch + (matching, columns)), -1, matching, columns)
    if inner != matching:
        raise RuntimeError(
            "Expected size for first two dimensions of batch2 tensor to be: "
            f"[{one.sizes[0]}, {inner}] but got: [{other.sizes[0]}, {matching}]."
        )
    values = []
    for i in range(one.sizes[0]):
        values.extend(_by_matrix(one[i], other[i]).values())
    return make(values, batch + (rows, columns), one.dtype)


def outer(one, other):
    """Every element of a vector times every element of another."""
    for name, vector in (("self", one), ("vec2", other)):
        if vector.ndim != 1:
            raise RuntimeError(f"outer: Expected 1-D argument {name}, but got {vector.ndim}-D")
    return combine(unsqueeze(one, 1), unsqueeze(other, 0), lambda a, b: a * b)


def cosine_similarity(one, other, dim=1):
    """The cosine of the angle between vectors along an axis."""
    lengths = one.norm(dim=dim) * other.norm(dim=dim)
    return total(one * other, dim) / lengths.clamp(min=1e-8)


def _reflected(one, other):
    raise TypeError(f"unsupported operand type(s) for @: '{type(other).__name__}' and 'Tensor'")


METHODS = {
    "__matmul__": matmul,
    "__rmatmul__": _reflected,
    "matmul": matmul,
    "mm": matmul,
    "mv": matmul,
    "dot": dot,
    "outer": outer,
}
FUNCTIONS = {name: METHODS[name] for name in ("matmul", "mm", "mv", "dot", "outer")}
