"""States of the playground that show an answer. What students get is without this file."""

from attention_lab.arithmetic import scores_of
from attention_lab.attempt import Attempt
from attention_lab.course import course_answer
from attention_lab.exercises import exercise

# What their buttons say.
LABELS = {
    "copy": "copy v0",
    "window": "the window closes at β = {beta}",
    "win": "make k2, the third key, win",
}


def solved(fixture):
    """Ready-made states, each with a label."""
    copy = _answered("copy", "1.2.1", course_answer(exercise("1.2.1"), fixture))
    return [copy] + _window(fixture) + [_edited("win", exercise("1.4.2"), fixture)]


def _answered(label, number, query):
    space = {"exercise": number, "rows": query}
    return {"label": LABELS[label], "state": {"form": "space", "space": space}}


def _edited(label, task, fixture):
    key = [list(row) for row in fixture.key]
    key[task.edits] = course_answer(task, fixture)
    preset = _answered(label, task.number, course_answer(exercise(task.query_of), fixture))
    preset["state"]["space"]["key"] = key
    return preset


def _window(fixture):
    """The loudest query that still averages k0 and k1, in whole steps; nothing if all do."""
    task = exercise("1.3.2")
    middle = [(a + b) / 2 for a, b in zip(*fixture.key[:2])]
    beta = loudest(task, fixture, middle)
    if beta is None:
        return []
    preset = _answered("window", task.number, [[beta * x for x in middle]])
    preset["label"] = preset["label"].format(beta=beta)
    return [preset]


def loudest(task, fixture, direction, most=100_000):
    """The largest whole number that a direction can be multiplied by and still pass.

    Args:
        task: an exercise with one row.
        fixture: the keys and values.
        direction: a query.
        most: where the search ends.

    Returns:
        The number; None where no number passes, or all from some on do.

    >>> from attention_lab.fixtures import SEED
    >>> loudest(exercise("1.3.2"), SEED, [0.555, 0.575, 0.005])
    174
    """

    def passes(beta):
        query = [[beta * x for x in direction]]
        return Attempt(task, scores_of(query, fixture.key), fixture.value).passes

    low = 1
    while not passes(low):
        low *= 2
        if low > most:
            return None
    high = 2 * low
    while passes(high):
        low, high = high, 2 * high
        if high > most:
            return None
    while high - low > 1:
        half = (low + high) // 2
        low, high = (half, high) if passes(half) else (low, half)
    return low
