"""The query that gives wanted weights, and a short one that comes near a target.

Axes: k keys, d features of queries and keys, v features of values.
"""

import math
from typing import NamedTuple

import numpy as np
from scipy.optimize import NonlinearConstraint, linprog, minimize
from scipy.special import softmax

from attention_lab.geometry.reading import ROUNDING, TINY, centred, read, unit

SUM_ROUNDING = 1e-6  # weights from float32 sum to 1 about as exactly as this
INSIDE = 1 - 1e-6  # of the tolerance is aimed at: rounding must not lead out of it
NEAREST, DRAWS = 4, 4  # first guesses that point at keys, and that point anywhere
DICE = 447  # their seed
LENGTHS = (1, 5, 20)  # of the first guesses, in 1/spread
EVENNESS = (0.5, 0.1, 0.01)  # the part of plausible weights that is shared out among all keys
SOLVER = {"method": "SLSQP", "options": {"maxiter": 100, "ftol": 1e-12}}


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
    weights, fine = read("weights", weights, "k")
    keys, fine_keys = read("keys", keys, "kd")
    if len(weights) != len(keys):
        raise ValueError(f"Expected one weight for each of {len(keys)} keys; got {len(weights)}.")
    if weights.min() < 0 or not math.isclose(weights.sum(), 1, abs_tol=SUM_ROUNDING):
        raise ValueError(f"Expected weights of sum 1, none of them negative; got {weights}.")
    if not weights.all():
        return Reached(None, f"No query: it would leave key {weights.argmin()} a weight.", None)
    keys, spread = centred(keys)
    query, log = _fit(weights, keys)
    rest = log - keys @ query
    miss = np.abs(rest).max()
    if miss <= max(fine, fine_keys) * max(1, np.abs(log).max()):
        return Reached(query / spread, "", None)
    reason = f"the scores that fit best, by least squares, miss a log weight by {miss:.3g}."
    return Reached(None, f"No query: {reason}", rest)


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
    keys, offset, tolerance = _read_task(keys, values, target, tolerance)
    plausible, outward = _hull_distance(offset)
    far = -(offset @ outward).max()
    if far >= tolerance:
        reason = f"every output is an average of the values, at least {far:.3g} from the target."
        return Reached(None, f"No query: {reason}", outward)
    moved, spread = centred(keys)
    guesses = _first_guesses(moved, offset, plausible)
    found = [_shorten(guess, moved, offset / tolerance) / spread for guess in guesses]

    def miss(query):
        return np.abs(softmax(keys @ query) @ offset).max()

    within = [query for query in found if miss(query) < tolerance]
    if not within:
        nearest = min(map(miss, found))
        reason = f"the nearest of {len(found)} attempts misses the target by {nearest:.3g}."
        return Reached(None, f"No query was found: {reason}", None)
    return Reached(min(within, key=np.linalg.norm), "", None)


def _read_task(keys, values, target, tolerance):
    """The keys, how far each value is from the target, ``(k, v)``, and the tolerance."""
    keys, _ = read("keys", keys, "kd")
    values, _ = read("values", values, "kv")
    target, _ = read("target", target, "v")
    tolerance, _ = read("tolerance", tolerance, "")
    if len(values) != len(keys) or len(target) != values.shape[1]:
        raise ValueError(
            f"Expected values ({len(keys)}, v), one for each key, and a target (v,); got values "
            f"{values.shape} and a target {target.shape}."
        )
    if not tolerance > 0:
        raise ValueError(f"Expected a positive tolerance; got {tolerance}.")
    return keys, values - target, tolerance


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
    pulls = [unit(pull) for pull in (*keys[order], plausible @ keys, *draws)]
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
