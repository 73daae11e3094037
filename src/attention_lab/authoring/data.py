"""An exercise's data make sense: its hints, the keys that it wants, the mistakes it foresees."""

import re

from attention_lab.authoring import typed
from attention_lab.authoring.book import Book
from attention_lab.authoring.exercises import DATA, data_of
from attention_lab.authoring.fault import Fault, all_in
from attention_lab.authoring.pages import Page
from attention_lab.exercises import ALL
from attention_lab.fixtures import SEED
from attention_lab.meant import meant

BEGINNING = 20  # letters of a text by which it is found
# The end of one sentence on the beginning of the next, but not k0.T or torch.Tensor(k0).
MERGED = re.compile(r"\w+[”)]?[.?!]“?(?:[A-Z][a-z]+|[AI])(?=[ ,])")


def faults(book):
    """What exercises lack, or could never come to."""
    for task in book.tasks:
        place = data_of(book, task)
        yield from _texts(book, task, place)
        yield from _small(task, place, {other.number for other in book.tasks})
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
    there = all(_are_groups(rows, _keys(task)) for rows in (task.wanted, *task.foreseen))
    return there and task.tolerance > 0 and task.query_of in {None, *(one.number for one in ALL)}


def _texts(book, task, place):
    """What hints, which are MyST, would show as it was typed."""
    for hint in task.hints:
        where = next(all_in(book.project, DATA, hint[:BEGINNING]), place)
        alone = Book(book.project, pages=[Page(where[0], hint)])
        for fault in typed.faults(alone):
            yield Fault(*where, f"A hint of {task.number}: {fault.what}", fault.todo)


def _small(task, place, numbers):
    """Fields of the right kind with a value that cannot be."""
    if task.points < 0:
        yield Fault(*place, f"{task.number} takes points away.", "Write 0 where it is not marked.")
    if task.tolerance <= 0:
        what = f"{task.number} has the tolerance {task.tolerance}, below which no error is."
        yield Fault(*place, what, "Write a number above 0, or leave it out.")
    if task.query_of not in {None, *numbers}:
        what = f"There is no exercise {task.query_of!r}, whose query {task.number} needs."
        yield Fault(*place, what, meant(task.query_of, numbers))


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
