"""The exercises as data: the only place where a target, a tolerance or a hint is written.

An exercise asks for a query, for a replacement of one key, for a matrix that makes queries of
words, or for a query for each of several heads. What it wants is said in weights: ``wanted`` lists,
for each row of the output, the keys that this row must average. The target follows from that and
the fixture. Plain Python, for the judge.
"""

from attention_lab.exercises import heads, learned, loudness, real, words
from attention_lab.exercises.assignment import EXERCISES
from attention_lab.exercises.task import TOLERANCE, Exercise

# Those of the assignment, which is handed out and marked, are judged on the course's keys and
# values or on a variant. Those beyond it bring keys and values of their own.
BEYOND = words.EXERCISES + loudness.EXERCISES + heads.EXERCISES + learned.EXERCISES + real.EXERCISES
ALL = EXERCISES + BEYOND

__all__ = [
    "ALL",
    "BEYOND",
    "EXERCISES",
    "TOLERANCE",
    "Exercise",
    "even_shares",
    "exercise",
    "shared_keys",
    "wanted_weights",
]


def exercise(number):
    """The exercise with this number.

    Raises:
        ValueError: there is none; the message lists those that there are.

    >>> exercise("1.4.1").function
    'get_key141'
    """
    for candidate in ALL:
        if candidate.number == number:
            return candidate
    known = ", ".join(candidate.number for candidate in ALL)
    raise ValueError(f"There is no exercise {number!r}. Expected one of {known}.")


def shared_keys(task):
    """Where a key is edited, the keys between which the query that stays shares its weight.

    >>> shared_keys(exercise("1.4.1"))
    (0, 1)
    """
    return exercise(task.query_of).wanted[0]


def wanted_weights(task, keys):
    """The weights that the exercise asks for: one row an output, equal shares of the wanted keys.

    Args:
        task: an ``Exercise``.
        keys: how many keys there are.

    >>> wanted_weights(exercise("1.3.2"), keys=4)
    [[0.5, 0.5, 0.0, 0.0]]
    """
    return even_shares(task.wanted, keys)


def even_shares(groups, keys):
    """Weights, a row for each group of keys, which share them evenly.

    >>> even_shares(((0, 1), (2,)), keys=3)
    [[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]
    """
    return [[1 / len(group) if k in group else 0.0 for k in range(keys)] for group in groups]
