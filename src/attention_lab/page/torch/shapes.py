"""Other shapes over the same numbers, and tensors put together."""

from .dtypes import common
from .tensors import Size, Tensor, axis, make, product


def sizes_of(sizes):
    """Sizes as a tuple, given one by one or as a sequence."""
    if len(sizes) == 1 and not isinstance(sizes[0], int):
        sizes = tuple(sizes[0])
    return tuple(int(size) for size in sizes)


def broadcast(one, other):
    """The shape that two shapes are stretched to."""
    ndim = max(len(one), len(other))
    a, b = (1,) * (ndim - len(one)) + tuple(one), (1,) * (ndim - len(other)) + tuple(other)
    for i in range(ndim - 1, -1, -1):
        if a[i] != b[i] and 1 not in (a[i], b[i]):
            raise RuntimeError(
                f"The size of tensor a ({a[i]}) must match the size of tensor b ({b[i]}) "
                f"at non-singleton dimension {i}"
            )
    return tuple(y if x == 1 else x for x, y in zip(a, b))


def broadcast_shapes(*shapes):
    """The shape that all these shapes are stretched to."""
    found = ()
    for shape in shapes:
        found = broadcast(found, shape)
    return Size(found)


def expand(tensor, *sizes):
    """A view in which axes of size 1 are repeated."""
    sizes = sizes_of(sizes)
    new = len(sizes) - tensor.ndim
    if new < 0:
        raise RuntimeError(
            f"expand(torch.FloatTensor{{{list(tensor.sizes)}}}, size={list(sizes)}): the number of "
            f"sizes provided ({len(sizes)}) must be greater or equal to the number of dimensions "
            f"in the tensor ({tensor.ndim})"
        )
    result, strides = list(sizes), [0] * new
    for i in range(tensor.ndim - 1, -1, -1):
        size, stride, asked = tensor.sizes[i], tensor.strides[i], sizes[new + i]
        if asked not in (-1, size) and size != 1:
            raise RuntimeError(
                f"The expanded size of the tensor ({asked}) must match the existing size ({size}) "
                f"at non-singleton dimension {new + i}.  Target sizes: {list(sizes)}.  "
                f"Tensor sizes: {list(tensor.sizes)}"
            )
        result[new + i] = size if asked == -1 else asked
        strides.insert(new, stride if result[new + i] == size else 0)
    return tensor.view_of(result, strides, tensor.offset)


def reshape(tensor, *sizes):
    """The same elements in reading order, in another shape; -1 stands for what is left."""
    asked = sizes_of(sizes)
    count, known = tensor.numel(), product(size for size in asked if size != -1)
    if asked.count(-1) > 1:
        raise RuntimeError("only one dimension can be inferred")
    if -1 in asked and known and count % known == 0:
        asked_now = tuple(count // known if size == -1 else size for size in asked)
    else:
        asked_now = asked
    if product(asked_now) != count or -1 in asked_now:
        raise RuntimeError(f"shape '{list(asked)}' is invalid for input of size {count}")
    if tensor.in_order:
        return Tensor(tensor.row, asked_now, tensor.dtype)
    return make(tensor.values(), asked_now, tensor.dtype)


def flatten(tensor):
    """The elements along one axis."""
    return reshape(tensor, -1)


def permute(tensor, *dims):
    """The axes in another order."""
    dims = sizes_of(dims)
    if len(dims) != tensor.ndim:
        raise RuntimeError(
            "permute(sparse_coo): number of dimensions in the tensor input does not match the "
            f"length of the desired ordering of dimensions i.e. input.dim() = {tensor.ndim} is not "
            f"equal to len(dims) = {len(dims)}"
        )
    order = [axis(dim, tensor.ndim) for dim in dims]
    sizes, strides = tensor.sizes, tensor.strides
    return tensor.view_of([sizes[i] for i in order], [strides[i] for i in order], tensor.offset)


def transpose(tensor, dim0, dim1):
    """Two axes exchanged."""
    order = list(range(tensor.ndim))
    one, other = axis(dim0, tensor.ndim), axis(dim1, tensor.ndim)
    if order:
        order[one], order[other] = other, one
    return permute(tensor, order)


def unsqueeze(tensor, dim):
    """A new axis of size 1."""
    i = axis(dim, tensor.ndim + 1)
    sizes, strides = list(tensor.sizes), list(tensor.strides)
    sizes.insert(i, 1)
    strides.insert(i, 0)
    return tensor.view_of(sizes, strides, tensor.offset)


def squeeze(tensor, dim=None):
    """Without the axes of size 1, or without one of them."""
    gone = range(tensor.ndim) if dim is None else [axis(dim, tensor.ndim)]
    kept = [i for i in range(tensor.ndim) if i not in gone or tensor.sizes[i] != 1]
    sizes, strides = tensor.sizes, tensor.strides
    return tensor.view_of([sizes[i] for i in kept], [strides[i] for i in kept], tensor.offset)


def repeat(tensor, *times):
    """The whole, so many times along each axis."""
    times = sizes_of(times)
    tensor = reshape(tensor, (1,) * (len(times) - tensor.ndim) + tensor.sizes)
    for i, n in enumerate(times):
        tensor = cat([tensor] * n, dim=i)
    return tensor


def cat(tensors, dim=0):
    """Tensors one behind the other along an axis."""
    tensors = list(tensors)
    first = tensors[0]
    along = axis(dim, first.ndim)
    for n, other in enumerate(tensors[1:], 1):
        _refuse_unless_joinable(first, other, n, along)
    pieces = [product(t.sizes[along:]) for t in tensors]
    values = [t.values() for t in tensors]
    joined = []
    for block in range(product(first.sizes[:along])):
        for piece, row in zip(pieces, values):
            joined.extend(row[block * piece : (block + 1) * piece])
    sizes = list(first.sizes)
    sizes[along] = sum(t.sizes[along] for t in tensors)
    return make(joined, sizes, common([(t.dtype, t.ndim) for t in tensors]))


def _refuse_unless_joinable(first, other, n, along):
    if other.ndim != first.ndim:
        raise RuntimeError(
            f"Tensors must have same number of dimensions: got {first.ndim} and {other.ndim}"
        )
    for i, (size, expected) in enumerate(zip(other.sizes, first.sizes)):
        if i != along and size != expected:
            raise RuntimeError(
                f"Sizes of tensors must match except in dimension {along}. Expected size "
                f"{expected} but got size {size} for tensor number {n} in the list."
            )


def stack(tensors, dim=0):
    """Tensors of one shape side by side along a new axis."""
    tensors = list(tensors)
    for n, other in enumerate(tensors):
        if other.sizes != tensors[0].sizes:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {list(tensors[0].sizes)} at "
                f"entry 0 and {list(other.sizes)} at entry {n}"
            )
    return cat([unsqueeze(tensor, dim) for tensor in tensors], dim)


def _reversed(tensor):
    return permute(tensor, list(range(tensor.ndim))[::-1])


METHODS = {
    "expand": expand,
    "reshape": reshape,
    "view": reshape,
    "flatten": flatten,
    "ravel": flatten,
    "permute": permute,
    "transpose": transpose,
    "unsqueeze": unsqueeze,
    "squeeze": squeeze,
    "repeat": repeat,
    "t": _reversed,
    "T": property(_reversed),
    "mT": property(lambda tensor: transpose(tensor, -2, -1)),
}
FUNCTIONS = {
    name: METHODS[name]
    for name in ("reshape", "flatten", "permute", "transpose", "unsqueeze", "squeeze")
}
FUNCTIONS.update(cat=cat, concat=cat, stack=stack, broadcast_shapes=broadcast_shapes)
