"""Where the answers stand in a notebook, and what they are worth: its cells become Answers.

As in a notebook that is run from top to bottom, the last definition of a function counts. If
anything else gives its name another meaning after that, a person must look.
"""

import re
from typing import NamedTuple

from attention_lab.grading.constants.bindings import Definition
from attention_lab.grading.constants.cells import Unread, read_all
from attention_lab.grading.constants.expressions import MODULES
from attention_lab.grading.constants.limits import Refused
from attention_lab.grading.constants.literal import KNOWN, value_of
from attention_lab.grading.constants.normalising import normalised

# What the names that an answer may use should stand for; under any other meaning it is refused.
MEANINGS = {
    **{name: (path,) for name, path in MODULES.items()},
    "nan": ("torch.nan", "math.nan", "float('nan')"),
    "inf": ("torch.inf", "math.inf", "float('inf')"),
}
HARMLESS = ("attention_lab.*", "torch.*", "math.*")  # to import all of it changes none of them


class Answer(NamedTuple):
    """What a submission answers to one exercise.

    Attributes:
        value: nested lists of numbers, as the submission's own check would see them.
        refusal: why it is not read, a sentence; "" if it is.
        cell: where it stands, among all cells from 1 on.
        line: of that cell, from 1 on.
        source: the text of its function.
        normalised: whether the submission's cell brings it to length 1 before it checks.
    """

    value: object
    refusal: str
    cell: int
    line: int
    source: str
    normalised: bool = False


class Found(NamedTuple):
    """A Definition, a Binding or an Unread; its cell, and what that brings to length 1."""

    binding: object
    cell: object
    normalised: frozenset


def find(cells, tasks):
    r"""The answers in a notebook.

    Args:
        cells: its code cells, with ``place`` and ``source``.
        tasks: the ``Exercise``s to look for.

    Returns:
        Dict ``{number: Answer}``; an exercise whose function is nowhere is not in it.

    >>> from attention_lab.exercises import EXERCISES
    >>> from types import SimpleNamespace as Cell
    >>> cell = Cell(place=3, source="def get_query131():\n    return torch.zeros(1, 3)")
    >>> find([cell], EXERCISES)["1.3.1"].value
    [[0.0, 0.0, 0.0]]
    """
    names = tuple(task.function for task in tasks)
    events = [
        Found(binding, cell, read.normalised)
        for cell, read in read_all(cells, names)
        for binding in read.bindings
    ]
    outside = tuple(name for name in KNOWN if not any(_changes(event, name) for event in events))
    answers = {}
    for task in tasks:
        definitions = [event for event in events if _defines(event, task.function)]
        if definitions:
            last = definitions[-1]
            answers[task.number] = _answer(last, outside, _undone(events, last))
    return answers


def _defines(event, name):
    return isinstance(event.binding, (Definition, Unread)) and event.binding.name == name


def _changes(event, name):
    """Whether the notebook lets one of the names that answers use stand for something else."""
    binding = event.binding
    if isinstance(binding, (Definition, Unread)):
        return binding.name == name
    return _rebinds(binding, name) and binding.meaning not in MEANINGS[name]


def _undone(events, definition):
    """What undoes a definition behind it, or at any time; None if nothing does."""
    name, behind = definition.binding.name, False
    for event in events:
        binding = event.binding
        if event is definition:
            behind = True
        elif isinstance(binding, (Definition, Unread)):
            continue
        elif _rebinds(binding, name) and (behind or binding.always):
            return event
    return None


def _rebinds(binding, name):
    if binding.name == "*":
        return binding.meaning not in HARMLESS
    return binding.name == name


def _answer(definition, outside, undone):
    """The Answer that a definition gives."""
    binding, cell, brought_to_length_1 = definition
    if isinstance(binding, Unread):
        return _refused(cell, binding.refused.line or binding.line, binding.refused.reason, "")
    source = _source(cell.source, binding.function)
    if undone:
        return _refused(undone.cell, undone.binding.line, _told(undone, binding.name), source)
    try:
        value = value_of(binding.function, outside)
    except Refused as refused:
        return _refused(cell, refused.line or binding.line, refused.reason, source)
    brought = binding.name in brought_to_length_1
    value = normalised(value) if brought else value
    return Answer(value, "", cell.place, binding.line, source, brought)


def _told(undone, name):
    if undone.binding.name == "*":
        return f"{undone.binding.meaning} may give {name} another meaning"
    return f"{name} gets another meaning after it is defined"


def _refused(cell, line, reason, source):
    return Answer(None, reason, cell.place, line, source)


def _source(text, function):
    """The lines of a function."""
    lines = re.split(r"\r\n|\r|\n", text)  # as the parser counts them
    return "\n".join(lines[function.lineno - 1 : function.end_lineno])
