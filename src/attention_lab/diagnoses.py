"""Why an attempt is right or wrong: the diagnoses, in the order in which they are tried.

Each is a function of an ``Attempt``. It returns what to fill into the message of its name, or None
where it does not apply. The rules hang on what an exercise asks for, never on its number.
"""

import math

from attention_lab.arithmetic import INFINITY
from attention_lab.messages import PHRASES
from attention_lab.scaling import helpful_factor
from attention_lab.slab import passing_scores
from attention_lab.wording import apart, beside, inside, listed, rounded, text_of

MOSTLY = 0.9  # of the weight on the wanted keys: then only their proportions can be wrong
NOTICED = 0.01  # a smaller shift of weight is not worth a mention
MANY = 1e6  # times as much: the number no longer says anything


def diagnose(attempt):
    """The first diagnosis that applies: the key of its message, and what to fill in there.

    >>> from attention_lab.attempt import Attempt
    >>> from attention_lab.exercises import exercise
    >>> diagnose(Attempt(exercise("1.2.1"), [[50, 0]], value=[[1.0], [0.0]]))
    ('correct', {'error': '0', 'slack': '0.05'})
    """
    for name, kind, rule in RULES:
        details = rule(attempt) if kind in (ANY, attempt.task.kind) else None
        if details is not None:
            return name + details.pop("variant", ""), details


# --- answers that pass ------------------------------------------------------------------------


def correct(attempt):
    """The output is near enough, and so are the weights."""
    if not attempt.correct:
        return None
    slack = attempt.task.tolerance - attempt.error
    return {"error": rounded(attempt.error, 3, upwards=True), "slack": rounded(slack, 3, False)}


def right_output_wrong_weights(attempt):
    """The output is near enough, by other weights than those asked for."""
    if not attempt.passes:
        return None
    row = _largest(attempt.distances)
    shifts = [got - asked for got, asked in zip(attempt.weights[row], attempt.wanted[row])]
    lost = [k for k, shift in enumerate(shifts) if -shift >= min(NOTICED, -min(shifts))]
    gained = [k for k, shift in enumerate(shifts) if shift >= min(NOTICED, max(shifts))]
    moved = [PHRASES["less"].format(key=_key(k), much=text_of(-shifts[k], 3)) for k in lost]
    moved += [PHRASES["more"].format(key=_key(k), much=text_of(shifts[k], 3)) for k in gained]
    return {
        "row": _row(attempt, row),
        "moved": listed(moved),
        "lost": listed(f"v{k}" for k in lost),
        "gained": listed(f"v{k}" for k in gained),
        "error": rounded(attempt.errors[row], 3, upwards=True),
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
    for row, scores in enumerate(attempt.scores):
        low, high = passing_scores(attempt, row)
        wrong = scores[edited] >= high if above else scores[edited] <= low
        if low < high and wrong:
            ends, interval = _interval(low, high)
            return {
                "row": _row(attempt, row),
                "key": _key(edited),
                "weight": _share_of(attempt.weights[row][edited]),
                "score": apart(scores[edited], float(ends[-1 if above else 0])),
                "interval": interval,
            }
    return None


def _interval(low, high):
    """An interval of scores: its finite ends as text, and the whole in words."""
    if high == INFINITY:
        low = rounded(low, 4, upwards=True)
        return [low], PHRASES["above"].format(low=low)
    if low == -INFINITY:
        high = rounded(high, 4, upwards=False)
        return [high], PHRASES["below"].format(high=high)
    low, high = inside(low, high)
    return [low, high], PHRASES["between"].format(low=low, high=high)


# --- a query ----------------------------------------------------------------------------------


def permuted(attempt):
    """Every row would be correct in the place of another."""
    if len(attempt.wanted) == 1:
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


def _assignment(fits):
    """A place of its own for each row where it fits, or None."""
    row_at = {}
    for row in range(len(fits)):
        if not _seat(row, fits, row_at, tried=set()):
            return None
    return [next(place for place in row_at if row_at[place] == row) for row in range(len(fits))]


def _seat(row, fits, row_at, tried):
    """Find a place for a row; whoever sits there already may have to move."""
    for place, fit in enumerate(fits[row]):
        if fit and place not in tried:
            tried.add(place)
            if place not in row_at or _seat(row_at[place], fits, row_at, tried):
                row_at[place] = row
                return True
    return False


def too_soft(attempt):
    """A longer query of the same direction would be correct."""
    factor = helpful_factor(attempt, louder=True)
    return factor and dict(_share(attempt, _neediest(attempt)), factor=factor)


def too_sharp(attempt):
    """A shorter query of the same direction would be correct: this one breaks a tie."""
    factor = helpful_factor(attempt, louder=False)
    if not factor:
        return None
    row = _least_even(attempt)
    everything = len(attempt.task.wanted[row]) == len(attempt.value)
    return dict(_tie(attempt, row), factor=factor, variant="/all" if everything else "")


def wrong_key(attempt):
    """Some row has under half of its weight on the keys that it wants."""
    row = _neediest(attempt)
    if attempt.share(row) >= 0.5:
        return None
    even = max(attempt.scores[row]) == min(attempt.scores[row])
    return dict(_share(attempt, row), variant="/even" if even else "", **_thief(attempt, row))


def uneven(attempt):
    """Nearly all weight is on the wanted keys, in the wrong proportions."""
    if attempt.share(_neediest(attempt)) <= MOSTLY:
        return None
    row = _least_even(attempt)
    at_fault = len(attempt.task.wanted[row]) > 1 and not attempt.row_fits(row, row)
    return _tie(attempt, row) if at_fault else None


def leak(attempt):
    """A key that should get nothing keeps some weight."""
    row = _neediest(attempt)
    return _thief(attempt, row) if attempt.share(row) <= MOSTLY else None


def _neediest(attempt):
    """The row with the least of its weight on the keys that it wants."""
    return _largest([-attempt.share(row) for row in range(len(attempt.wanted))])


def _least_even(attempt):
    """The row in which the scores of the wanted keys differ most, of those that do not fit."""
    spreads = []
    for row, group in enumerate(attempt.task.wanted):
        scores = [attempt.scores[row][k] for k in group]
        spreads.append((not attempt.row_fits(row, row), max(scores) - min(scores)))
    return _largest(spreads)


def _share(attempt, row):
    """How much weight is where a row wants it."""
    return {
        "row": _row(attempt, row),
        "names": listed(_key(k) for k in attempt.task.wanted[row]),
        "share": _share_of(attempt.share(row)),
    }


def _thief(attempt, row):
    """Which key takes most of the weight that a row wants elsewhere, and over whom it wins."""
    scores = attempt.scores[row]
    thief = attempt.thief(row)
    weakest = min(attempt.task.wanted[row], key=lambda k: scores[k])
    return {
        "row": _row(attempt, row),
        "thief": _key(thief),
        "weight": _share_of(attempt.weights[row][thief]),
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
        "ratio": text_of(math.exp(gap), 3) if gap < math.log(MANY) else PHRASES["many"],
    }


# --- none of these ----------------------------------------------------------------------------


def off_target(attempt):
    """The output misses the target."""
    tolerance = attempt.task.tolerance
    return {"error": beside(attempt.error, tolerance), "tolerance": text_of(tolerance)}


# --- words ------------------------------------------------------------------------------------


def _share_of(weight):
    """A weight in words, where the number would be a 1 or a row of zeros."""
    if weight > 0.9995:
        return PHRASES["all"]
    return PHRASES["none"] if weight < 0.0005 else text_of(weight, 3)


def _key(k):
    return f"k{k}"


def _row(attempt, row):
    """Which row is meant, where there are several."""
    return PHRASES["row"].format(row=row) if len(attempt.wanted) > 1 else ""


def _largest(numbers):
    """The place of the largest number."""
    return max(range(len(numbers)), key=lambda n: numbers[n])


# The diagnosis, what kind of exercise it is for, its rule.
ANY = None
RULES = (
    ("correct", ANY, correct),
    ("right-output-wrong-weights", ANY, right_output_wrong_weights),
    ("permuted", "query", permuted),
    ("too-loud", "key", too_loud),
    ("too-quiet", "key", too_quiet),
    ("too-soft", "query", too_soft),
    ("too-sharp", "query", too_sharp),
    ("wrong-key", "query", wrong_key),
    ("uneven", "query", uneven),
    ("leak", "query", leak),
    ("off-target", ANY, off_target),
)
