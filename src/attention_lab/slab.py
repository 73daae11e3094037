"""Which scores of an edited key pass: a slab of keys, seen along the query.

The other keys share what the edited key leaves, always in the same proportions. So the output lies
on the line from their average to the edited key's value, and the weight of the edited key says
where.
"""

import math

from attention_lab.arithmetic import INFINITY, mix, softmax


def passing_scores(attempt, row):
    """Between which scores the edited key must lie for a row of the output to pass.

    Args:
        attempt: an ``Attempt`` at an exercise that edits a key.
        row: of the output.

    Returns:
        Both ends, which may be infinite; the first is above the second where no score will do.

    >>> from attention_lab.attempt import Attempt
    >>> from attention_lab.exercises import Exercise
    >>> half = Exercise("9.9", "", wanted=((0, 1),), hints=(), edits=1, tolerance=0.25)
    >>> low, high = passing_scores(Attempt(half, [[0.0, 9.0]], value=[[0.0], [1.0]]), row=0)
    >>> round(math.exp(low), 6), round(math.exp(high), 6)  # a weight of 1/4, a weight of 3/4
    (0.333333, 3.0)
    """
    edited = attempt.task.edits
    rest = [k for k in range(len(attempt.value)) if k != edited]
    scores = [attempt.scores[row][k] for k in rest]
    (start,) = mix([softmax(scores)], [attempt.value[k] for k in rest])
    (target,) = mix([attempt.wanted[row]], attempt.value)
    low, high = 0.0, 1.0
    for v, end in enumerate(attempt.value[edited]):
        first, last = _stretch(start[v], end, target[v], attempt.task.tolerance)
        low, high = max(low, first), min(high, last)
    top = max(scores)
    pull = top + math.log(sum(math.exp(score - top) for score in scores))
    return (_logit(low) + pull, _logit(high) + pull) if low < high else (INFINITY, -INFINITY)


def _stretch(start, end, target, tolerance):
    """Between which weights w the number start + w·(end − start) is near the target."""
    if start == end:
        near = abs(start - target) < tolerance
        return (-INFINITY, INFINITY) if near else (INFINITY, -INFINITY)
    ends = [(target + error - start) / (end - start) for error in (-tolerance, tolerance)]
    return min(ends), max(ends)


def _logit(weight):
    """The score that gives this weight against a single other key with score 0."""
    if weight <= 0:
        return -INFINITY
    return INFINITY if weight >= 1 else math.log(weight / (1 - weight))
