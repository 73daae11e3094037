"""Why an attempt is right or wrong: the diagnoses, in the order in which they are tried.

Each is a function of an ``Attempt``. It returns what to fill into the message of its name, or None
where it does not apply. The rules hang on what an exercise asks for, never on its number.
"""

import math

from attention_lab.messages import PHRASES
from attention_lab.scaling import helpful_factor
from attention_lab.slab import INFINITY, passing_scores
from attention_lab.wording import beside, inside, listed, rounded, text_of

MOSTLY = 0.9  # of the weight on the wanted keys: then only their proportions can be wrong
NOTICED = 0.01  # a smaller shift of weight is not worth a mention


def diagnose(attempt):
    """The first diagnosis that applies, and what to fill into its message.

    >>> from attention_lab.attempt import Attempt
    >>> from attention_lab.exercises import exercise
    >>> diagnose(Attempt(exercise("1.2.1"), [[50, 0]], value=[[1.0], [0.0]]))
    ('correct', {'error': '0', 'slack': '0.05'})
    """
    for name, rule in RULES:
        details = rule(attempt)
        if details is not None:
            return name, details


# --- answers that pass ------------------------------------------------------------------------


def correct(attempt):
    """The output is near enough, and so are the weights."""
    if not attempt.correct:
        return None
    return {
        "error": text_of(attempt.error, 3),
        "slack": text_of(attempt.task.tolerance - attempt.error, 3),
    }


def right_output_wrong_weights(attempt):
    """The output is near enough, by other weights than those asked for."""
    if not attempt.passes:
        return None
    row = _largest(attempt.distances)
    shifts = [got - asked for got, asked in zip(attempt.weights[row], attempt.wanted[row])]
    lost = [k for k, shift in enumerate(shifts) if shift < -NOTICED]
    gained = [k for k, shift in enumerate(shifts) if shift > NOTICED]
    moved = [PHRASES["less"].format(key=_key(k), much=text_of(-shifts[k], 3)) for k in lost]
    moved += [PHRASES["more"].format(key=_key(k), much=text_of(shifts[k], 3)) for k in gained]
    return {
        "row": _row(attempt, row),
        "moved": listed(moved),
        "lost": listed(f"v{k}" for k in lost),
        "gained": listed(f"v{k}" for k in gained),
        "error": text_of(attempt.errors[row], 3),
    }


# --- a key in the place of another ------------------------------------------------------------


def too_loud(attempt):
    """The new key's score is above those that would do."""
    return _misplaced_key(attempt, above=True)


def too_quiet(attempt):
    """The new key's score is below those that would do."""
    return _misplaced_key(attempt, above=False)


def _misplaced_key(attempt, above):
    """What to say of the first row in which the new key's score is above its interval, or below."""
    edited = attempt.task.edits
    if edited is None:
        return None
    for row, scores in enumerate(attempt.scores):
        low, high = passing_scores(attempt, row)
        wrong = scores[edited] >= high if above else scores[edited] <= low
        if low < high and wrong:
            return {
                "key": _key(edited),
                "weight": text_of(attempt.weights[row][edited], 3),
                "score": text_of(scores[edited]),
                "interval": _interval(low, high),
            }
    return None


def _interval(low, high):
    """An interval of scores in words."""
    if high == INFINITY:
        return PHRASES["above"].format(low=rounded(low, 4, upwards=True))
    if low == -INFINITY:
        return PHRASES["below"].format(high=rounded(high, 4, upwards=False))
    low, high = inside(low, high)
    return PHRASES["between"].format(low=low, high=high)


# --- a query ----------------------------------------------------------------------------------


def permuted(attempt):
    """Every row would be correct in the place of another."""
    if attempt.task.edits is not None or len(attempt.wanted) == 1:
        return None
    fits = [
        [attempt.row_fits(row, place) for place in range(len(attempt.wanted))]
        for row in range(len(attempt.wanted))
    ]
    places = _assignment(fits)
    if places is None:
        return None
    moves = [
        PHRASES["belongs"].format(here=row, there=place)
        for row, place in enumerate(places)
        if row != place
    ]
    return {"moves": listed(moves)}


def _assignment(fits, taken=()):
    """A place of its own for each row where it fits, as a tuple of places, or None."""
    if len(taken) == len(fits):
        return taken
    for place, fit in enumerate(fits[len(taken)]):
        if fit and place not in taken:
            found = _assignment(fits, taken + (place,))
            if found is not None:
                return found
    return None


def too_soft(attempt):
    """A longer query of the same direction would be correct."""
    factor = _factor(attempt, louder=True)
    return factor and dict(_share(attempt, _neediest(attempt)), factor=factor)


def too_sharp(attempt):
    """A shorter query of the same direction would be correct: this one breaks a tie."""
    factor = _factor(attempt, louder=False)
    return factor and dict(_tie(attempt, _least_even(attempt)), factor=factor)


def wrong_key(attempt):
    """Some row has under half of its weight on the keys that it wants."""
    row = _neediest(attempt)
    if attempt.task.edits is not None or attempt.share(row) >= 0.5:
        return None
    return dict(_share(attempt, row), **_theft(attempt, row))


def uneven(attempt):
    """Nearly all weight is on the wanted keys, in the wrong proportions."""
    row = _least_even(attempt)
    if attempt.task.edits is None and attempt.share(_neediest(attempt)) > MOSTLY:
        return _tie(attempt, row) if len(attempt.task.wanted[row]) > 1 else None
    return None


def leak(attempt):
    """A key that should get nothing keeps some weight."""
    row = _neediest(attempt)
    if attempt.task.edits is not None or attempt.share(row) > MOSTLY:
        return None
    return _theft(attempt, row)


def _factor(attempt, louder):
    return helpful_factor(attempt, louder) if attempt.task.edits is None else None


def _neediest(attempt):
    """The row with the least of its weight on the keys that it wants."""
    return _largest([-attempt.share(row) for row in range(len(attempt.wanted))])


def _least_even(attempt):
    """The row in which the scores of the wanted keys differ most."""
    spreads = []
    for row, group in enumerate(attempt.task.wanted):
        scores = [attempt.scores[row][k] for k in group]
        spreads.append(max(scores) - min(scores))
    return _largest(spreads)


def _share(attempt, row):
    """How much weight is where a row wants it."""
    return {
        "names": listed(_key(k) for k in attempt.task.wanted[row]),
        "share": text_of(attempt.share(row), 3),
    }


def _theft(attempt, row):
    """Which key takes most of the weight that a row wants elsewhere, and over whom it wins."""
    scores = attempt.scores[row]
    thief = attempt.thief(row)
    weakest = min(attempt.task.wanted[row], key=lambda k: scores[k])
    return {
        "row": _row(attempt, row),
        "thief": _key(thief),
        "weight": text_of(attempt.weights[row][thief], 3),
        "behind": _key(weakest),
        "gap": text_of(scores[thief] - scores[weakest]),
    }


def _tie(attempt, row):
    """Which of the wanted keys is ahead of which in a row, and by how much."""
    scores = attempt.scores[row]
    ahead = max(attempt.task.wanted[row], key=lambda k: scores[k])
    behind = min(attempt.task.wanted[row], key=lambda k: scores[k])
    gap = scores[ahead] - scores[behind]
    return {
        "row": _row(attempt, row),
        "ahead": _key(ahead),
        "behind": _key(behind),
        "gap": text_of(gap),
        "ratio": text_of(math.exp(gap), 3) if gap < 700 else PHRASES["endless"],
    }


# --- none of these ----------------------------------------------------------------------------


def off_target(attempt):
    """The output misses the target."""
    tolerance = attempt.task.tolerance
    return {"error": beside(attempt.error, tolerance), "tolerance": text_of(tolerance)}


# --- words ------------------------------------------------------------------------------------


def _key(k):
    return f"k{k}"


def _row(attempt, row):
    """Which row is meant, where there are several."""
    return PHRASES["row"].format(row=row) if len(attempt.wanted) > 1 else ""


def _largest(numbers):
    """The place of the largest number."""
    return max(range(len(numbers)), key=lambda n: numbers[n])


RULES = (
    ("correct", correct),
    ("right-output-wrong-weights", right_output_wrong_weights),
    ("permuted", permuted),
    ("too-loud", too_loud),
    ("too-quiet", too_quiet),
    ("too-soft", too_soft),
    ("too-sharp", too_sharp),
    ("wrong-key", wrong_key),
    ("uneven", uneven),
    ("leak", leak),
    ("off-target", off_target),
)
