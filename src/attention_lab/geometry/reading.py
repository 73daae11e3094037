"""Arguments in float64, and which of their numbers count as zero.

Scores tell keys apart by their differences only. So key 0 is taken off all keys, and sizes are
relative to the *spread*, the largest entry that is left. Less than 1e-9 of it (float64) is zero.
"""

import operator

import numpy as np

ROUNDING = 1e-9  # far above what float64 rounds, far below a margin that a query could use
STEPS = 8  # a key that was computed in float32 may be off by some of float32's steps
TINY = np.finfo(float).tiny


def read(name, given, axes):
    """The numbers in float64, and what counts as zero at the precision that they came in.

    >>> read("weights", [1, 3], "k")
    (array([1., 3.]), 1e-09)
    """
    try:
        array = np.asarray(given.detach().cpu() if hasattr(given, "detach") else given)
    except (TypeError, ValueError):  # ragged lists; bfloat16
        array = np.asarray(None)
    wanted = f"Expected finite numbers, axes ({', '.join(axes)}), as {name}"
    if array.dtype.kind not in "iuf":
        raise ValueError(f"{wanted}; got {given!r}.")
    if array.ndim != len(axes) or not array.size:
        raise ValueError(f"{wanted}; got the shape {array.shape}.")
    if not np.isfinite(array).all():
        raise ValueError(f"{wanted}; got {array}.")
    step = np.finfo(array.dtype).eps if array.dtype.kind == "f" else 0
    return array.astype(float), max(ROUNDING, STEPS * step)


def split(subset, k):
    """The indices of a set of keys, and those of the others, as two ascending arrays.

    >>> split([3, 0], 4)
    (array([0, 3]), array([1, 2]))
    """
    try:
        listed = list(subset)
        indices = {operator.index(j) for j in listed if not isinstance(j, bool)}
    except TypeError:  # no list, or not of integers
        indices = set()
    if not indices or len(indices) < len(listed) or not indices <= set(range(k)):
        raise ValueError(f"Expected different indices from 0 to {k - 1}, not none; got {subset}.")
    inside = np.isin(np.arange(k), list(indices))
    return np.flatnonzero(inside), np.flatnonzero(~inside)


def centred(keys):
    """The keys minus their mean, at spread 1; and the spread. Equal keys become exactly zero.

    >>> centred(np.array([[1.0], [5.0]]))
    (array([[-0.5],
           [ 0.5]]), np.float64(4.0))
    """
    offset = keys - keys[0]
    spread = np.abs(offset).max() or 1.0
    return (offset - offset.mean(axis=0)) / spread, spread


def unit(vector):
    """The vector at length 1; zeros stay zeros.

    >>> unit(np.array([3.0, 4.0]))
    array([0.6, 0.8])
    """
    return vector / max(np.linalg.norm(vector), TINY)
