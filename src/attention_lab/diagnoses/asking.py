"""A query, or a matrix that makes queries: is it too soft, too sharp, or in the wrong direction?"""

import math

from attention_lab.diagnoses.naming import key_name, largest, row_name, share_of
from attention_lab.messages import PHRASES
from attention_lab.scaling import edge, helpful_factor
from attention_lab.wording import beside, listed, rounded, text_of

MOSTLY = 0.9  # of the weight on the wanted keys: then only their proportions can be wrong
MANY = 1e6  # times as much: the number no longer says anything


def too_long(attempt):
    """The output fits, by a longer query than is allowed."""
    if not (attempt.too_long and attempt.at_any_length().passes):
        return None
    longest = attempt.task.longest
    details = {"length": beside(attempt.length, longest), "longest": text_of(longest)}
    for digits in range(1, 4):
        factor = rounded(longest / attempt.length, digits, upwards=False)
        if attempt.scaled(float(factor)).passes:
            return dict(details, factor=factor)
    shorter = attempt.at_the_longest()
    row = _neediest(shorter)
    turn = shorter.share(row) <= MOSTLY
    told = dict(_thief(shorter, row), **_share(shorter, row)) if turn else {}
    return dict(details, variant="/turn" if turn else "/tie", **told)


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
    variant = _for_a_matrix(attempt)
    moves = [
        PHRASES["does" if variant else "belongs"].format(here=row, there=place)
        for row, place in enumerate(places)
        if row != place
    ]
    return {"moves": listed(moves), "variant": variant}


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
    free = attempt.at_any_length()
    factor = helpful_factor(free, louder=True)
    if not factor:
        return None
    row = _neediest(attempt)
    told = _share(attempt, row)
    least = rounded(edge(free, float(factor), 1.0), 3, upwards=True)
    if not free.scaled(float(least)).correct:  # the rounding was too much
        least = factor
    if attempt.scaled(float(least)).too_long:
        longest = text_of(attempt.task.longest)
        thief = _thief(attempt, row)["thief"]
        return dict(told, factor=least, thief=thief, longest=longest, variant="/limit")
    if attempt.scaled(float(factor)).too_long:
        factor = least
    return dict(told, factor=factor, variant=_for_a_matrix(attempt))


def too_sharp(attempt):
    """A shorter query of the same direction would be correct: this one breaks a tie."""
    factor = helpful_factor(attempt, louder=False)
    if not factor:
        return None
    row = _least_even(attempt)
    everything = len(attempt.task.wanted[row]) == len(attempt.value)
    variant = "/all" if everything else _for_a_matrix(attempt)
    return dict(_tie(attempt, row), factor=factor, variant=variant)


def _for_a_matrix(attempt):
    """Which words to choose: a matrix is multiplied, where else a query would be."""
    return "/matrix" if attempt.task.kind == "matrix" else ""


def wrong_key(attempt):
    """Some row has under half of its weight on the keys that it wants."""
    row = _neediest(attempt)
    if attempt.share(row) >= 0.5:
        return None
    even = max(attempt.scores[row]) == min(attempt.scores[row])
    variant = ("/null" if _wants_null(attempt, row) else "") + ("/even" if even else "")
    return dict(_share(attempt, row), variant=variant, **_thief(attempt, row))


def _wants_null(attempt, row):
    """Whether a row wants only keys of zeros: they have no direction to turn a query to."""
    wanted = [one.key[k] for one in attempt.task.fixtures for k in attempt.task.wanted[row]]
    return bool(wanted) and not any(any(key) for key in wanted)


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
    return largest([-attempt.share(row) for row in range(len(attempt.wanted))])


def _least_even(attempt):
    """The row in which the scores of the wanted keys differ most, of those that do not fit."""
    spreads = []
    for row, group in enumerate(attempt.task.wanted):
        scores = [attempt.scores[row][k] for k in group]
        spreads.append((not attempt.row_fits(row, row), max(scores) - min(scores)))
    return largest(spreads)


def _share(attempt, row):
    """How much weight is where a row wants it."""
    return {
        "row": row_name(attempt, row),
        "names": listed(key_name(k) for k in attempt.task.wanted[row]),
        "share": share_of(attempt.share(row)),
    }


def _thief(attempt, row):
    """Which key takes most of the weight that a row wants elsewhere, and over whom it wins."""
    scores = attempt.scores[row]
    thief = attempt.thief(row)
    weakest = min(attempt.task.wanted[row], key=lambda k: scores[k])
    return {
        "row": row_name(attempt, row),
        "thief": key_name(thief),
        "weight": share_of(attempt.weights[row][thief]),
        "behind": key_name(weakest),
        "gap": text_of(scores[thief] - scores[weakest]),
    }


def _tie(attempt, row):
    """Which of the wanted keys is ahead of which in a row, and by how much."""
    scores = attempt.scores[row]
    ahead = max(attempt.task.wanted[row], key=lambda k: scores[k])
    behind = min(attempt.task.wanted[row], key=lambda k: scores[k])
    gap = scores[ahead] - scores[behind]
    return {
        "row": row_name(attempt, row),
        "ahead": key_name(ahead),
        "behind": key_name(behind),
        "gap": text_of(gap),
        "ratio": text_of(math.exp(gap), 3) if gap < math.log(MANY) else PHRASES["many"],
    }
