"""A key in the place of another: its score is all that counts."""

from attention_lab.arithmetic import INFINITY
from attention_lab.diagnoses.naming import key_name, row_name, share_of
from attention_lab.messages import PHRASES
from attention_lab.slab import passing_scores
from attention_lab.wording import apart, inside, rounded


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
                "row": row_name(attempt, row),
                "key": key_name(edited),
                "weight": share_of(attempt.weights[row][edited]),
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
