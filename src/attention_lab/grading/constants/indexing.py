"""Places in lists and tensors, with whole numbers, slices and short lists as indices."""

from attention_lab.grading.constants.limits import Refused
from attention_lab.grading.constants.values import (
    Tensor,
    refuse_beyond,
    refuse_to_overlap,
)
from attention_lab.page.torch.dtypes import int64


def read(whole, index):
    """What stands at an index; of a tensor a view, as in torch.

    >>> read([5, 7], -1)
    7
    """
    if isinstance(whole, list):
        if not isinstance(index, (int, slice)):
            raise Refused("a list is indexed with a whole number")
        return whole[index]
    return _tensor(whole)[_parts(index)]


def write(whole, index, value):
    """Put a value there, in the tensor itself."""
    index = _parts(index)
    if _lists(index):
        raise Refused("a tensor is assigned to at whole numbers and slices")
    if not isinstance(value, (Tensor, int, float)):
        raise Refused("only numbers and tensors are assigned to a place of a tensor")
    if _tensor(whole).dtype is int64 and not _is_whole(value):
        raise Refused("a tensor of whole numbers would cut the number off; write 1.0 for 1 in it")
    if not isinstance(value, Tensor):
        refuse_beyond(value, whole.dtype)
    place = whole[index]
    refuse_to_overlap(place, value)
    whole[index] = value


def _is_whole(value):
    return value.dtype is int64 if isinstance(value, Tensor) else isinstance(value, int)


def _tensor(whole):
    if not isinstance(whole, Tensor):
        raise Refused("only lists and tensors have places")
    return whole


def _parts(index):
    """An index as it may be handed to a tensor; ``a[(0, 1),]`` picks as ``a[[0, 1]]`` does."""
    parts = index if isinstance(index, tuple) else (index,)
    for part in parts:
        if not (part is None or part is ... or type(part) in (int, slice, list)):
            raise Refused("a tensor is indexed with whole numbers, slices and lists of those")
        if type(part) is list and not all(type(n) is int for n in part):
            raise Refused("a list that picks from a tensor holds whole numbers")
    if len(_lists(parts)) > 1 or parts.count(...) > 1:
        raise Refused("of lists and of ..., one at a time is read")
    return parts


def _lists(parts):
    return [part for part in parts if type(part) is list]
