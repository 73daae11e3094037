"""By which factor must a query be multiplied to be correct?

A factor multiplies every difference between scores. Louder, the wanted keys drown the others out;
softer, they tie. Both bound the factors that can do (``reach``); between the bounds the search
walks in small steps, and looks closer where it nearly succeeds.
"""

import math

from attention_lab.arithmetic import INFINITY
from attention_lab.attempt import FARTHEST
from attention_lab.wording import shortest

STEP = 1.1  # from one factor to the next
EVEN, WON = 0.01, 40  # differences of scores at which two keys share evenly, and not at all


def helpful_factor(attempt, louder):
    """A factor that would make the query correct, as text with few digits, or None.

    Args:
        attempt: an ``Attempt`` that is not correct.
        louder: look among the factors above 1, else among those below.

    >>> from attention_lab.arithmetic import scores_of
    >>> from attention_lab.attempt import Attempt
    >>> from attention_lab.exercises import exercise
    >>> from attention_lab.fixtures import SEED
    >>> attempt = Attempt(exercise("1.2.1"), scores_of([SEED.key[0]], SEED.key), SEED.value)
    >>> helpful_factor(attempt, louder=True)
    '5'
    """
    low, high = reach(attempt)
    start, end = (max(1.0, low), high) if louder else (min(1.0, high), low)
    window = window_along(attempt, steps_between(start, end, louder))
    if window is None:
        return None
    near, far = window
    far = min(far, 10 * near) if louder else max(far, near / 10)
    margin = (far / near) ** 0.1  # stay clear of both ends
    factor = shortest(*sorted((near * margin, far / margin)), upwards=louder)
    return factor if attempt.scaled(float(factor)).correct else None


def reach(attempt):
    """The factors among which all must be that make the query correct: from, to.

    No row can be correct outside its bounds. And nothing happens where every row's weights are
    even already, or where every winner has won. The first is above the second where no factor
    will do.
    """
    rows = [_bounds(attempt, row) for row in range(len(attempt.wanted))]
    lows, highs, evens, wins = zip(*rows)
    return max(max(lows), min(evens)), min(min(highs), max(wins))


def _bounds(attempt, row):
    """The factors within which a row may be correct, and those within which it changes.

    Within FARTHEST of those asked for, no wanted key is far from its share, and the others
    together have at most FARTHEST. The log of a ratio of weights is a difference of scores.
    """
    scores, group = attempt.scores[row], attempt.task.wanted[row]
    share = 1 / len(group)
    wanted = [scores[k] for k in group]
    top, bottom = max(wanted), min(wanted)
    low, high, gaps = 0.0, INFINITY, [top - bottom]
    if top > bottom and share > FARTHEST:
        high = math.log((share + FARTHEST) / (share - FARTHEST)) / (top - bottom)
    if len(group) < len(scores):
        rival = scores[attempt.thief(row)]
        gaps.append(abs(bottom - rival))
        if bottom > rival:
            ratio = (share - FARTHEST) / FARTHEST  # of the least wanted weight to the rival's
            low = math.log(max(ratio, 1)) / (bottom - rival)
        elif top <= rival or share - FARTHEST > FARTHEST:
            return INFINITY, 0.0, INFINITY, 0.0  # no factor will do
    noise = 1e-12 * max(abs(score) for score in scores)  # what rounding leaves of a tie
    gaps = [gap for gap in gaps if gap > noise]
    if not gaps:
        return low, high, INFINITY, 0.0  # no factor changes anything
    return low, high, _even(attempt) / (max(scores) - min(scores)), WON / min(gaps)


def _even(attempt):
    """A difference of scores so small that an even share passes."""
    widest = max(max(column) - min(column) for column in zip(*attempt.value))
    return min(EVEN, attempt.task.tolerance / (2 * widest)) if widest else EVEN


def steps_between(start, end, louder):
    """Factors from ``start`` to ``end``, both included, evenly apart in their logarithm.

    >>> [round(step, 4) for step in steps_between(1.0, 1.21, louder=True)]
    [1.0, 1.1, 1.21]
    """
    if (start > end if louder else start < end) or end in (0, INFINITY):
        return []
    size = max(1, math.ceil(abs(math.log(end / start)) / math.log(STEP)))
    return [start * (end / start) ** (n / size) for n in range(size + 1)]


def window_along(attempt, steps):
    """The first stretch of factors with a correct query, from the near to the far end, or None."""
    faults = []  # no farther than is looked at, for each costs an attempt
    for n, inside in enumerate(steps):
        before, after = max(n - 1, 0), min(n + 1, len(steps) - 1)
        faults += [badness(attempt, step) for step in steps[len(faults) : after + 1]]
        fault = faults[n]
        if fault > 1 and fault <= min(faults[before], faults[after]):
            inside = _best(attempt, *sorted((steps[before], steps[after])))
            fault = badness(attempt, inside)
        if fault <= 1:
            return edge(attempt, inside, steps[before]), _far_edge(attempt, inside, steps[n:])
    return None


def badness(attempt, factor):
    """At most 1 where the scaled query is correct; smaller is better."""
    scaled = attempt.scaled(factor)
    return max(scaled.error / scaled.task.tolerance, scaled.distance / FARTHEST)


def _far_edge(attempt, inside, steps):
    """Where a stretch of correct factors ends, which begins before the first of the steps."""
    for step in steps[1:]:
        if badness(attempt, step) > 1:
            return edge(attempt, inside, step)
        inside = step
    return inside


def edge(attempt, inside, outside):
    """The last correct factor between one that is and one that need not be, found by halving."""
    if badness(attempt, outside) <= 1:
        return outside
    for _ in range(30):
        middle = inside * math.sqrt(outside / inside)
        if badness(attempt, middle) <= 1:
            inside = middle
        else:
            outside = middle
    return inside


def _best(attempt, low, high):
    """Where badness is lowest between two factors, found by thirds."""
    for _ in range(40):
        third = (high / low) ** (1 / 3)
        if badness(attempt, low * third) <= badness(attempt, high / third):
            high = high / third
        else:
            low = low * third
    return low
