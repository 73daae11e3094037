"""Which keys a query can copy or average: those of a face of the keys' hull, and the proof.

Axes: k keys, d features.
"""

import math
from typing import NamedTuple

import numpy as np
from scipy.optimize import nnls

from attention_lab.geometry.reading import ROUNDING, centred, read, split, unit

TIED = 2  # times what counts as zero: keys whose differences do may tie up to √2 times that
REFINED = 3  # times: where a set is nearly flat, the first mixture is off by 1e-7


class Certificate(NamedTuple):
    """Whether a query can average a set of keys in the limit, and the proof. True when it can.

    Attributes:
        possible: the answer.
        direction: if possible, a query ``(d,)`` of length 1 for which the keys of the set tie and
            all others score lower. Zeros when there are no others.
        margin: by how much lower, at best: how far the flat through the set is from the hull of
            the others. Infinite when there are no others; 0.0 if impossible.
        combination: if impossible, weights ``(k,)`` on the other keys.
        mixture: if impossible, factors ``(k,)`` on the set's keys, of sum 1, negative ones too,
            with ``mixture @ keys == combination @ keys``. Where the set's keys tie, both sides
            have their score; so one of the other keys has it too, or a higher one.
    """

    possible: bool
    direction: np.ndarray | None
    margin: float
    combination: np.ndarray | None
    mixture: np.ndarray | None

    def __bool__(self):
        return self.possible

    def verify(self, keys, subset):
        """Whether multiplication confirms the certificate, up to rounding.

        Shares nothing with the search but the reading of arguments, which are the same.

        >>> averageable([[0.0], [1.0], [2.0]], [0, 1]).verify([[0.0], [1.0], [2.0]], [0, 1])
        True
        """
        keys, fine = read("keys", keys, "kd")
        inside, outside = split(subset, len(keys))
        offset = keys - keys[0]
        slack = fine * np.abs(offset).max()
        if self.possible:
            score = offset @ self.direction
            gap = score[inside].min() - score[outside].max(initial=-np.inf)
            unit = not outside.size or math.isclose(np.linalg.norm(self.direction), 1)
            ties = np.ptp(score[inside]) <= TIED * slack
            return bool(unit and ties and gap > 0 and gap >= self.margin - slack)
        balance = self.combination - self.mixture
        size = np.abs(balance).sum()
        convex = self.combination.min() >= 0 and math.isclose(self.combination.sum(), 1)
        apart = not (self.combination[inside].any() or self.mixture[outside].any())
        level = math.isclose(self.mixture.sum(), 1, abs_tol=ROUNDING * size)
        return bool(convex and apart and level and np.abs(balance @ offset).max() <= slack * size)


def margin(keys, j):
    """The largest Δ for which some query of length 1 scores key j higher than all others by Δ.

    It is the distance of key j from the hull of the other keys.

    Args:
        keys: ``(k, d)``.
        j: which key.

    Returns:
        A number, 0.0 when key j lies in that hull, infinity when there are no other keys.

    Raises:
        ValueError: there is no such key.

    >>> margin([[0.0, 0.0], [3.0, 4.0]], 1)
    5.0
    """
    return copyable(keys, j).margin


def copyable(keys, j):
    """Whether some query copies key j: gives it all of the weight, in the limit of a large scale.

    Some query does so exactly when key j is a corner of the keys' hull. When it is the
    ``combination`` of others, whose largest weight is m, it never gets more than m/(1+m).

    Args:
        keys: ``(k, d)``.
        j: which key.

    Returns:
        Certificate.

    Raises:
        ValueError: there is no such key.

    >>> copyable([[0.0], [1.0], [4.0]], 1).combination
    array([0.75, 0.  , 0.25])
    """
    return averageable(keys, [j])


def averageable(keys, subset):
    """Whether some query averages a set of keys: equal weights for them, in the limit all weight.

    Some query does so exactly when the set is all the keys of a face of the keys' hull, or all.

    Args:
        keys: ``(k, d)``.
        subset: the indices of the keys to average.

    Returns:
        Certificate.

    Raises:
        ValueError: the set is empty, or names a key twice or one that there is not.

    >>> bool(averageable([[0.0], [1.0], [2.0]], [0, 2])), bool(averageable([[0.0], [1.0]], [0, 1]))
    (False, True)
    """
    keys, fine = read("keys", keys, "kd")
    inside, outside = split(subset, len(keys))
    if not outside.size:
        return Certificate(True, np.zeros(keys.shape[1]), np.inf, None, None)
    keys, spread = centred(keys)
    middle = keys[inside].mean(axis=0)
    left, size, ties = _span(keys[inside] - middle, fine)
    share, direction = _nearest(middle - keys[outside], ties, fine)
    score = keys @ direction
    gap = score[inside].min() - score[outside].max()
    if gap > fine and np.ptp(score[inside]) <= TIED * fine:  # no tie: all of it is noise
        return Certificate(True, direction, float(gap * spread), None, None)
    combination, mixture = np.zeros((2, len(keys)))
    combination[outside] = share
    mixture[inside] = 1 / len(inside)
    for _ in range(REFINED):
        step = left @ (ties @ ((combination - mixture) @ keys) / size)
        mixture[inside] += step - step.mean()
    return Certificate(False, None, 0.0, combination, mixture)


def _nearest(gap, ties, fine):
    """The shortest convex combination of the rows of ``gap``, and the unit vector along it.

    Counted at right angles to the rows of ``ties``. Lawson and Hanson 1974, chapter 23: minimise
    |gapᵀz|² + (Σz − 1)² over z ≥ 0. There, with w = gapᵀz and s = Σz, gap·w ≥ 1 − s, and equal
    where z > 0. Hence |w|² = s(1 − s), and gap·w/|w| ≥ |w|/s, the length of gapᵀ(z/s): no unit
    vector does better on all rows, for it would on their combination.
    """
    flat = gap - gap @ ties.T @ ties
    share, _ = nnls(np.vstack([flat.T, np.ones(len(gap))]), np.eye(len(gap[0]) + 1)[-1])
    share /= share.sum()
    touched = flat[share > 0]
    # What the rows that are touched, and the ties, still see of the direction is rounding. A short
    # w would magnify it by its spread/|w|: taken off after scaling, it is gone.
    level = np.vstack([ties, _span(touched - touched[0], fine)[2]])
    direction = unit(share @ flat)
    return share, unit(direction - direction @ level.T @ level)


def _span(rows, fine):
    """The singular value decomposition, without what is zero up to rounding."""
    left, size, right = np.linalg.svd(rows, full_matrices=False)
    kept = size > fine
    return left[:, kept], size[kept], right[kept]
