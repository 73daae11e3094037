"""Where the answers stand in a notebook, and what they are worth: its cells become Answers.

As in a notebook that is run from top to bottom, the last definition of a function counts. If
anything else gives its name another meaning after that, a person must look.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from attention_lab.grading.bindings import Definition, bindings
from attention_lab.grading.expressions import MODULES
from attention_lab.grading.limits import CELL, Refused
from attention_lab.grading.literal import KNOWN, value_of
from attention_lab.grading.normalising import normalised, normalised_in
from attention_lab.grading.sources import tree_of

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
    """A Definition or a Binding, and the cell that it stands in."""

    binding: object
    cell: object


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
    read = [(cell, _read(cell.source, names)) for cell in cells]
    events = [Found(binding, cell) for cell, (found, _) in read for binding in found]
    outside = tuple(name for name in KNOWN if not any(_changes(event, name) for event in events))
    answers = {}
    for task in tasks:
        definitions = [event for event in events if _defines(event, task.function)]
        if definitions:
            last = definitions[-1]
            brought = _read(last.cell.source, names).normalised
            answers[task.number] = _answer(last, outside, _undone(events, last), brought)
    return answers


class Read(NamedTuple):
    """What a cell does to the names that matter, and which results it brings to length 1."""

    bindings: tuple
    normalised: frozenset


class Unread(NamedTuple):
    """A function that is defined in a cell that cannot be read."""

    name: str
    line: int
    refused: Refused


@lru_cache(maxsize=256)  # a class shares most cells
def _read(source, names):
    """A cell, Read."""
    plain = source if source.isascii() else unicodedata.normalize("NFKC", source)  # as Python does
    mentioned = set(re.findall(r"\w+", plain[: 2 * CELL]))
    if not mentioned & {*names, *KNOWN} and "*" not in plain:
        return Read((), frozenset())
    try:
        tree = tree_of(source)
    except Refused as refused:
        unread = (Unread(name, line, refused) for name, line in _defined_in(plain, names))
        return Read(tuple(unread), frozenset())
    watched = {*names, *KNOWN, "*"}
    found = tuple(binding for binding in bindings(tree) if binding.name in watched)
    return Read(found, normalised_in(tree) if "norm" in plain else frozenset())


def _defined_in(text, names):
    """The functions that seem to be defined in a text, and their lines."""
    for match in re.finditer(r"\bdef[ \t]+(\w+)", text):
        if match[1] in names:
            yield match[1], text.count("\n", 0, match.start()) + 1


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


def _answer(definition, outside, undone, brought_to_length_1):
    """The Answer that a definition gives."""
    binding, cell = definition
    if isinstance(binding, Unread):
        return _refused(cell, binding.refused.line or binding.line, binding.refused.reason, "")
    source = _source(cell.source, binding.function)
    if undone:
        reason = f"{binding.name} gets another meaning after it is defined"
        return _refused(undone.cell, undone.binding.line, reason, source)
    try:
        value = value_of(binding.function, outside)
    except Refused as refused:
        return _refused(cell, refused.line or binding.line, refused.reason, source)
    brought = binding.name in brought_to_length_1
    value = normalised(value) if brought else value
    return Answer(value, "", cell.place, binding.line, source, brought)


def _refused(cell, line, reason, source):
    return Answer(None, reason, cell.place, line, source)


def _source(text, function):
    """The lines of a function."""
    lines = re.split(r"\r\n|\r|\n", text)  # as the parser counts them
    return "\n".join(lines[function.lineno - 1 : function.end_lineno])
