"""What a query can reach: which weights, which keys to copy or to average, and how short it can be.

Axes: k keys, d features of queries and keys, v features of values: ``keys[k][d]``,
``values[k][v]``. Nested lists, arrays and torch tensors are accepted; NumPy arrays come back. What
is claimed comes with a certificate, to be checked by multiplication, without trusting the search.

Scores tell keys apart by their differences only. So key 0 is taken off all keys, and sizes are
relative to the *spread*, the largest entry that is left. Less than 1e-9 of it (float64) is zero.
"""

import math
import operator
from typing import NamedTuple

import numpy as np
from scipy.optimize import NonlinearConstraint, linprog, minimize, nnls
from scipy.special import softmax

ROUNDING = 1e-9  # far above what float64 rounds, far below a margin that a query could use
STEPS = 8  # a key that was computed in float32 may be off by some of float32's steps
TIED = 2  # times that: keys whose differences are zero up to that may tie up to √2 times that
REFINED = 3  # times: where a set is nearly flat, the first mixture is off by 1e-7
SUM_ROUNDING = 1e-6  # weights from float32 sum to 1 about as exactly as this
INSIDE = 1 - 1e-6  # of the tolerance is aimed at: rounding must not lead out of it
NEAREST, DRAWS = 4, 4  # first guesses that point at keys, and that point anywhere
DICE = 447  # their seed
LENGTHS = (1, 5, 20)  # of the first guesses, in 1/spread
EVENNESS = (0.5, 0.1, 0.01)  # the part of plausible weights that is shared out among all keys
TINY = np.finfo(float).tiny
SOLVER = {"method": "SLSQP", "options": {"maxiter": 100, "ftol": 1e-12}}


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
        keys, fine = _read("keys", keys, "kd")
        inside, outside = _split(subset, len(keys))
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


class Reached(NamedTuple):
    """A query, or the reason why there is none. True when there is one.

    Attributes:
        query: ``(d,)``, or None.
        reason: a sentence; empty when there is a query.
        certificate: an array that proves the reason in the way that the function describes; None
            when there is no proof, or no need of one.
    """

    query: np.ndarray | None
    reason: str
    certificate: np.ndarray | None

    def __bool__(self):
        return self.query is not None


def query_for(weights, keys):
    """The shortest query that gives the keys exactly these weights, in closed form.

    The scores must be the log weights plus a constant: with both centred, a linear system.

    Args:
        weights: ``(k,)``, not negative, of sum 1.
        keys: ``(k, d)``.

    Returns:
        Reached. The certificate r is what least squares leaves of the centred log weights. It sums
        to 0 and is orthogonal to ``keys @ query`` for every query, but not to the log weights.

    Raises:
        ValueError: these are no weights, or not one for each key.

    >>> query_for([0.2, 0.8], [[0.0, 1.0], [0.0, 2.0]]).query.round(4)
    array([0.    , 1.3863])
    >>> query_for([0.2, 0.2, 0.6], [[0.0], [1.0], [2.0]]).reason
    'No query: the scores that fit best, by least squares, miss a log weight by 0.366.'
    """
    weights, fine = _read("weights", weights, "k")
    keys, fine_keys = _read("keys", keys, "kd")
    if len(weights) != len(keys):
        raise ValueError(f"Expected one weight for each of {len(keys)} keys; got {len(weights)}.")
    if weights.min() < 0 or not math.isclose(weights.sum(), 1, abs_tol=SUM_ROUNDING):
        raise ValueError(f"Expected weights of sum 1, none of them negative; got {weights}.")
    if not weights.all():
        return Reached(None, f"No query: it would leave key {weights.argmin()} a weight.", None)
    keys, spread = _centred(keys)
    query, log = _fit(weights, keys)
    rest = log - keys @ query
    miss = np.abs(rest).max()
    if miss <= max(fine, fine_keys) * max(1, np.abs(log).max()):
        return Reached(query / spread, "", None)
    reason = f"the scores that fit best, by least squares, miss a log weight by {miss:.3g}."
    return Reached(None, f"No query: {reason}", rest)


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
    keys, fine = _read("keys", keys, "kd")
    inside, outside = _split(subset, len(keys))
    if not outside.size:
        return Certificate(True, np.zeros(keys.shape[1]), np.inf, None, None)
    keys, spread = _centred(keys)
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


def least_norm_query(keys, values, target, tolerance):
    """A short query whose output misses the target by less than the tolerance in every entry.

    The shortest that a local method (SLSQP) finds from some dozens of first guesses, the same each
    time. That it is within the tolerance is checked; that none is shorter is not proved.

    Args:
        keys: ``(k, d)``.
        values: ``(k, v)``.
        target: ``(v,)``.
        tolerance: a positive number.

    Returns:
        Reached. When the target is too far from the hull of the values for any weights, the
        certificate is a ``y`` ``(v,)`` whose absolute entries sum to 1, with ``y @ target`` above
        ``values @ y`` by the tolerance or more. When only the search fails, there is none.

    Raises:
        ValueError: shapes that do not fit, or a tolerance that is not positive.

    >>> least_norm_query([[0.0], [1.0]], [[0.0], [1.0]], [0.9], 0.1).query.round(4)
    array([1.3863])
    >>> least_norm_query([[0.0], [1.0]], [[0.0], [1.0]], [2.0], 0.1).reason
    'No query: every output is an average of the values, at least 1 from the target.'
    """
    keys, _ = _read("keys", keys, "kd")
    values, _ = _read("values", values, "kv")
    target, _ = _read("target", target, "v")
    tolerance, _ = _read("tolerance", tolerance, "")
    if len(values) != len(keys) or len(target) != values.shape[1]:
        raise ValueError(
            f"Expected values ({len(keys)}, v), one for each key, and a target (v,); got values "
            f"{values.shape} and a target {target.shape}."
        )
    if not tolerance > 0:
        raise ValueError(f"Expected a positive tolerance; got {tolerance}.")
    offset = values - target
    plausible, outward = _hull_distance(offset)
    far = -(offset @ outward).max()
    if far >= tolerance:
        reason = f"every output is an average of the values, at least {far:.3g} from the target."
        return Reached(None, f"No query: {reason}", outward)
    centred, spread = _centred(keys)
    guesses = _first_guesses(centred, offset, plausible)
    found = [_shorten(guess, centred, offset / tolerance) / spread for guess in guesses]

    def miss(query):
        return np.abs(softmax(keys @ query) @ offset).max()

    within = [query for query in found if miss(query) < tolerance]
    if not within:
        nearest = min(map(miss, found))
        reason = f"the nearest of {len(found)} attempts misses the target by {nearest:.3g}."
        return Reached(None, f"No query was found: {reason}", None)
    return Reached(min(within, key=np.linalg.norm), "", None)


# --- the searches ------------------------------------------------------------------------------


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
    direction = _unit(share @ flat)
    return share, _unit(direction - direction @ level.T @ level)


def _unit(vector):
    """The vector at length 1; zeros stay zeros."""
    return vector / max(np.linalg.norm(vector), TINY)


def _span(rows, fine):
    """The singular value decomposition, without what is zero up to rounding."""
    left, size, right = np.linalg.svd(rows, full_matrices=False)
    kept = size > fine
    return left[:, kept], size[kept], right[kept]


def _fit(weights, keys):
    """The query whose scores fit the centred log weights best, by least squares; and those."""
    log = np.log(weights)
    log -= log.mean()
    return np.linalg.lstsq(keys, log, rcond=ROUNDING)[0], log


def _hull_distance(offset):
    """Weights for which the largest entry of ``weights @ offset`` is least, and the proof.

    The proof ``y``, from the dual program, has absolute entries of sum 1, and no entry of
    ``offset @ y`` is above minus that least (unless it is 0).
    """
    k, v = offset.shape
    side = offset.T / max(np.abs(offset).max(), TINY)
    cost = np.eye(k + 1)[-1]  # the last unknown is the largest entry
    sides = np.block([[side, -np.ones((v, 1))], [-side, -np.ones((v, 1))]])
    found = linprog(cost, sides, np.zeros(2 * v), [1 - cost], [1])
    upper, lower = found.ineqlin.marginals.reshape(2, v)
    return found.x[:k], upper - lower


def _first_guesses(keys, offset, plausible):
    """Where to start from, in 1/spread: at 0, towards keys, anywhere, near plausible weights."""
    order = np.abs(offset).max(axis=1).argsort()[:NEAREST]
    draws = np.random.default_rng(DICE).normal(size=(DRAWS, keys.shape[1]))
    pulls = [_unit(pull) for pull in (*keys[order], plausible @ keys, *draws)]
    mixed = [plausible * (1 - even) + even / len(keys) for even in EVENNESS]
    fits = [_fit(weights, keys)[0] for weights in mixed]
    return [np.zeros(keys.shape[1]), *(x * pull for pull in pulls for x in LENGTHS), *fits]


def _shorten(start, keys, offset):
    """A local minimum of the length of a query whose output on ``offset`` stays in ±INSIDE."""

    def output(query):
        return softmax(keys @ query) @ offset

    def slope(query):
        weights = softmax(keys @ query)
        return (offset - weights @ offset).T @ (weights[:, None] * keys)

    near = NonlinearConstraint(output, -INSIDE, INSIDE, jac=slope)
    return minimize(lambda q: (q @ q / 2, q), start, jac=True, constraints=near, **SOLVER).x


# --- the reading of arguments ------------------------------------------------------------------


def _read(name, given, axes):
    """The numbers in float64, and what counts as zero at the precision that they came in."""
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


def _split(subset, k):
    """The indices of a set of keys, and those of the others, as two ascending arrays."""
    try:
        listed = list(subset)
        indices = {operator.index(j) for j in listed if not isinstance(j, bool)}
    except TypeError:  # no list, or not of integers
        indices = set()
    if not indices or len(indices) < len(listed) or not indices <= set(range(k)):
        raise ValueError(f"Expected different indices from 0 to {k - 1}, not none; got {subset}.")
    inside = np.isin(np.arange(k), list(indices))
    return np.flatnonzero(inside), np.flatnonzero(~inside)


def _centred(keys):
    """The keys minus their mean, at spread 1; and the spread. Equal keys become exactly zero."""
    offset = keys - keys[0]
    spread = np.abs(offset).max() or 1.0
    return (offset - offset.mean(axis=0)) / spread, spread
