"""An exercise's data make sense: its hints, the keys that it wants, the mistakes it foresees."""

import re

from attention_lab.authoring.exercises import data_of
from attention_lab.authoring.fault import Fault
from attention_lab.fixtures import SEED

# The end of one sentence on the beginning of the next, but not k0.T or torch.Tensor(k0).
MERGED = re.compile(r"\w+[”)]?[.?!]“?(?:[A-Z][a-z]+|[AI])(?=[ ,])")


def faults(book):
    """What exercises lack, or could never come to."""
    for task in book.tasks:
        place = data_of(book, task)
        if not task.hints:
            yield Fault(*place, f"{task.number} has no hints.", "Write some, from a nudge on.")
        for merged in filter(None, map(MERGED.search, task.hints)):
            todo = "Write a comma between two hints, or a blank between two sentences."
            yield Fault(*place, f"{task.number} has a hint with {merged[0]!r}.", todo)
        if not _are_groups(task.wanted, _keys(task)):
            todo = (
                f"Write for each row the keys to average, from k0 to k{_keys(task) - 1}: ((0, 1),)."
            )
            yield Fault(*place, f"{task.number} wants {task.wanted}.", todo)
        else:
            yield from _foreseen(task, place)


def possible(task):
    """Whether the judge can use what an exercise wants and foresees: there are such keys.

    >>> from attention_lab.exercises import Exercise
    >>> possible(Exercise("9.9.9", "", ((3,),), ())), possible(Exercise("9.9.9", "", (4,), ()))
    (True, False)
    """
    return all(_are_groups(rows, _keys(task)) for rows in (task.wanted, *task.foreseen))


def _foreseen(task, place):
    """Mistakes that nobody can make."""
    rows = 1 if task.kind == "heads" else len(task.wanted)
    for instead in task.foreseen:
        right = [set(group) for group in task.wanted]
        fits = len(instead) == rows and _are_groups(instead, _keys(task))
        if not fits or [set(group) for group in instead] == right:
            what = f"{task.number} has foreseen {instead}, which is no mistake that can be made."
            todo = "Write it like wanted: for each row the keys that share its weight, ((1,),)."
            yield Fault(*place, what, todo)


def _keys(task):
    """How many keys there are."""
    return min(len(fixture.key) for fixture in task.on(SEED))


def _are_groups(rows, keys):
    """Whether each row is a group of keys that there are."""
    return bool(rows) and all(
        isinstance(group, tuple) and group and set(group) <= set(range(keys)) for group in rows
    )
