"""The judge: an answer to an exercise becomes a Verdict.

Plain Python on nested lists, so that the same file judges in a notebook, in the page and in the
grader. Rows are queries or keys, columns features: ``query[q][d]``, ``key[k][d]``, ``value[k][v]``,
``weights[q][k]``. It counts in float64; an answer that would not fit into float32, in which the
course counts, is refused.
"""

import math

from attention_lab.exercises import Exercise, course_answer, exercise, wanted_weights
from attention_lab.fixtures import SEED
from attention_lab.messages import MESSAGES

LARGEST_FLOAT32 = 3.4028234663852886e38


class Verdict:
    """What the judge says of one answer. True in a condition when the answer passed.

    Attributes:
        exercise: its number.
        passed: whether the error is below the tolerance.
        error: largest absolute difference between output and target; None when the answer
            could not be used at all.
        tolerance: what the error must stay below.
        weights: obtained, ``[q][k]``; None when the answer could not be used.
        wanted: the weights asked for, ``[q][k]``.
        diagnosis: a code, a key of ``messages.MESSAGES``.
        message: the diagnosis in words, with this answer's own numbers.
    """

    def __init__(self, exercise, passed, error, tolerance, weights, wanted, diagnosis, message):
        self.exercise = exercise
        self.passed = passed
        self.error = error
        self.tolerance = tolerance
        self.weights = weights
        self.wanted = wanted
        self.diagnosis = diagnosis
        self.message = message

    def __bool__(self):
        return self.passed


def judge(number, answer, fixture=SEED):
    """Judge an answer by the output that it leads to.

    Args:
        number: of the exercise, ``"1.2.1"``; or an ``Exercise``.
        answer: nested lists of numbers, in the shape that the exercise asks for.
        fixture: the keys and values to work on.

    Returns:
        A Verdict. An answer that cannot be used gets one that did not pass; nothing is raised.

    Raises:
        ValueError: there is no such exercise.

    >>> judge("1.2.1", [[4.7, 6.5, 6.0]]).passed
    True
    >>> judge("1.2.1", [4.7, 6.5, 6.0]).message
    'Expected the shape (1, 3); got (3,).'
    """
    task = number if isinstance(number, Exercise) else exercise(number)
    fault = find_fault(answer, task.shape(len(fixture.key[0])))
    wanted = wanted_weights(task, len(fixture.key))
    if fault:
        diagnosis, details = fault
        return _verdict(task, wanted, diagnosis, details)
    query, key = _place(task, answer, fixture)
    weights = attention_weights(query, key)
    error = largest_difference(mix(weights, fixture.value), mix(wanted, fixture.value))
    diagnosis = "correct" if error < task.tolerance else "off-target"
    details = {"error": f"{error:.4g}", "tolerance": f"{task.tolerance:.4g}"}
    return _verdict(task, wanted, diagnosis, details, error, weights)


def _verdict(task, wanted, diagnosis, details, error=None, weights=None):
    """A Verdict whose message is the diagnosis' template, filled in."""
    return Verdict(
        exercise=task.number,
        passed=diagnosis == "correct",
        error=error,
        tolerance=task.tolerance,
        weights=weights,
        wanted=wanted,
        diagnosis=diagnosis,
        message=MESSAGES[diagnosis].format(**details),
    )


def _place(task, answer, fixture):
    """The query and the keys to attend with, the answer put where it belongs."""
    if task.kind == "query":
        return answer, fixture.key
    key = list(fixture.key)
    key[task.edits] = answer
    return course_answer(exercise(task.query_of), fixture), key


# --- the arithmetic ---------------------------------------------------------------------------


def attention_weights(query, key):
    """Softmax of the scores; the largest score is taken off first, so that nothing overflows.

    >>> attention_weights([[1e38, 0]], [[1, 0], [0, 1]])
    [[1.0, 0.0]]
    """
    return [_softmax([_dot(q, k) for k in key]) for q in query]


def mix(weights, value):
    """The output: for each row of weights the weighted sum of the values.

    >>> mix([[0.25, 0.75]], [[0, 8], [4, 0]])
    [[3.0, 2.0]]
    """
    return [[_dot(row, column) for column in zip(*value)] for row in weights]


def largest_difference(one, other):
    """The largest absolute difference between the entries of two matrices.

    >>> largest_difference([[1, 2]], [[1, 5]])
    3
    """
    return max(abs(a - b) for row, line in zip(one, other) for a, b in zip(row, line))


def _dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def _softmax(scores):
    largest = max(scores)
    powers = [math.exp(score - largest) for score in scores]
    return [power / sum(powers) for power in powers]


# --- what is wrong with an answer before its meaning is looked at ------------------------------


def find_fault(answer, wanted):
    """The first reason why an answer cannot be used: ``(diagnosis, details)``, or None.

    Args:
        answer: anything.
        wanted: the shape asked for, a tuple.

    >>> find_fault([[1, "2", 3]], (1, 3))
    ('wrong-type', {'wanted': '(1, 3)', 'came': "'2'"})
    """
    asked = {"wanted": str(wanted)}
    leaves = list(_leaves(answer))
    for _, leaf in leaves:
        if not _is_number(leaf):
            return "wrong-type", dict(asked, came=_describe(leaf))
    shape = _shape(answer)
    if shape is None:
        return "ragged", asked
    if shape != wanted:
        return "wrong-shape", dict(asked, came=str(shape))
    if all(leaf != leaf for _, leaf in leaves):
        return "placeholder", asked
    for where, leaf in leaves:
        if not abs(leaf) <= LARGEST_FLOAT32:
            came = f"{leaf:.4g}" if isinstance(leaf, float) else "too large an integer"
            return "not-finite", {"where": str(list(where)), "came": came}
    return None


def _leaves(nested, where=()):
    """Every entry of a nested list with the indices that lead to it."""
    if not isinstance(nested, (list, tuple)):
        yield where, nested
        return
    for i, item in enumerate(nested):
        yield from _leaves(item, where + (i,))


def _is_number(leaf):
    """A truth value is no number here, though Python counts with it."""
    return isinstance(leaf, (int, float)) and not isinstance(leaf, bool)


def _describe(leaf):
    """What came instead of a number, in a few characters."""
    if callable(leaf):
        return "a function; call it, with () behind its name"
    text = repr(leaf)
    return text if len(text) <= 40 else text[:37] + "..."


def _shape(nested):
    """The shape of a nested list, or None when its rows differ."""
    if not isinstance(nested, (list, tuple)):
        return ()
    shapes = {_shape(item) for item in nested}
    if len(shapes) > 1 or None in shapes:
        return None
    return (len(nested),) + (shapes.pop() if shapes else ())
