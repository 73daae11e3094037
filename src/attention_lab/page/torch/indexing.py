"""Reading and writing parts of a tensor.

Whole numbers, slices, None and ... give a view, which shares its numbers with the whole. A list, a
tensor of whole numbers or a mask picks elements, which are copied.
"""

from .dtypes import bool_, int64
from .making import tensor as new_tensor
from .shapes import expand
from .tensors import Tensor, make, product


class _Index:
    def __getitem__(self, index):
        return index


WHOLE = _Index()[:]  # MicroPython cannot call slice()


def getitem(tensor, index):
    """What stands there: a view, or a copy of what a list or a mask picks."""
    view, picked = _basic(tensor, index)
    if picked is None:
        return view
    places, sizes = _pick(view, *picked)
    row = tensor.row
    return make([row[place] for place in places], sizes, tensor.dtype)


def setitem(tensor, index, value):
    """Write a number or a tensor there; it is stretched to the shape."""
    view, picked = _basic(tensor, index)
    places, sizes = (view.places(), view.sizes) if picked is None else _pick(view, *picked)
    if not isinstance(value, (Tensor, int, float, bool)):
        kinds = f"a {type(value).__name__} to a torch.{tensor.dtype.spoken}Tensor"
        raise TypeError(f"can't assign {kinds}")
    if not isinstance(value, Tensor):
        value = new_tensor(value)
    tensor.write(places, list(expand(value, sizes).values()))


def _basic(tensor, index):
    """The view that the plain parts of an index give, and the axis and list that pick from it."""
    parts = _parts(tensor, index)
    sizes, strides, offset = [], [], tensor.offset
    picked, old = None, 0
    for part in parts:
        if part is None:
            sizes.append(1)
            strides.append(0)
            continue
        size, stride = tensor.sizes[old], tensor.strides[old]
        if isinstance(part, int):
            offset += _place(part, size, old) * stride
        elif isinstance(part, slice):
            if part.step is not None and part.step <= 0:
                raise ValueError("step must be greater than zero")
            start, stop, step = part.indices(size)
            sizes.append(max(0, (stop - start + step - 1) // step))
            strides.append(stride * step)
            offset += start * stride
        else:
            picked = (len(sizes), part)
            axes = part.ndim if part.dtype is bool_ else 1
            sizes.extend(tensor.sizes[old : old + axes])
            strides.extend(tensor.strides[old : old + axes])
            old += axes - 1
        old += 1
    return tensor.view_of(sizes, strides, offset), picked


def _parts(tensor, index):
    """One part an axis: ... is written out as slices, lists become tensors."""
    parts = [_part(part) for part in (index if isinstance(index, tuple) else (index,))]
    used = sum(
        (part.ndim if part.dtype is bool_ else 1) if isinstance(part, Tensor) else 1
        for part in parts
        if part is not None and part is not Ellipsis
    )
    if not tensor.sizes and isinstance(parts[0], int) and len(parts) == 1:
        if parts[0]:
            _place(parts[0], 0, 0)
        raise IndexError(
            "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` "
            "in C++ to convert a 0-dim tensor to a number"
        )
    if used > tensor.ndim:
        raise IndexError(f"too many indices for tensor of dimension {tensor.ndim}")
    missing = [WHOLE] * (tensor.ndim - used)
    for i, part in enumerate(parts):
        if part is Ellipsis:
            return parts[:i] + missing + parts[i + 1 :]
    return parts + missing


def _part(part):
    if isinstance(part, (int, slice)) and not isinstance(part, bool):
        return part
    if part is None or part is Ellipsis:
        return part
    if isinstance(part, (list, range)):
        return new_tensor(list(part))
    if isinstance(part, Tensor):
        if not part.sizes and part.dtype is int64:
            return part.item()
        if part.dtype.category < 2:
            return part
        raise IndexError("tensors used as indices must be long, int, byte or bool tensors")
    if isinstance(part, str):
        raise TypeError("new(): invalid data type 'str'")
    raise IndexError(
        "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid "
        f"indices (got {type(part).__name__})"
    )


def _place(index, size, axis):
    if not -size <= index < size:
        raise IndexError(f"index {index} is out of bounds for dimension {axis} with size {size}")
    return index % size


def _pick(view, axis, chosen):
    """The places of what a list or a mask picks along an axis of a view, and the shape of it."""
    if chosen.dtype is bool_:
        _refuse_unless_alike(view, axis, chosen)
        width = chosen.ndim
        numbers = [i for i, yes in enumerate(chosen.values()) if yes]
        found = (len(numbers),)
    else:
        width = 1
        numbers = [_place(i, view.sizes[axis], axis) for i in chosen.values()]
        found = chosen.sizes
    places = view.places()
    length = product(view.sizes[axis : axis + width])
    piece = product(view.sizes[axis + width :])
    picked = []
    for block in range(product(view.sizes[:axis])):
        for number in numbers:
            start = (block * length + number) * piece
            picked.extend(places[start : start + piece])
    return picked, view.sizes[:axis] + found + view.sizes[axis + width :]


def _refuse_unless_alike(view, axis, mask):
    for i, size in enumerate(mask.sizes):
        if view.sizes[axis + i] != size:
            raise IndexError(
                f"The shape of the mask {list(mask.sizes)} at index {i} does not match the shape "
                f"of the indexed tensor {list(view.sizes)} at index {axis + i}"
            )


METHODS = {"__getitem__": getitem, "__setitem__": setitem}
