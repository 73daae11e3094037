"""What each cell of a notebook does to the names that matter, read within limits.

Whoever marks a class meets the same cells again and again: what they do is kept.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from attention_lab.grading.constants.bindings import WAYS, bindings
from attention_lab.grading.constants.limits import CELL, NOTEBOOK, Refused
from attention_lab.grading.constants.literal import KNOWN
from attention_lab.grading.constants.normalising import normalised_in
from attention_lab.grading.constants.sources import tree_of

SHORT = 4_000  # characters of a cell whose tree is kept: 256 large ones would fill the memory


class Read(NamedTuple):
    """What a cell does.

    Attributes:
        bindings: its Definitions and Bindings of names that matter, or what is Unread of it.
        normalised: the functions whose results it brings to length 1.
    """

    bindings: tuple = ()
    normalised: frozenset = frozenset()


class Unread(NamedTuple):
    """A name that is defined, or may be, in a cell that is not read; and why it is not."""

    name: str
    line: int
    refused: Refused


def read_all(cells, names):
    """Each cell that matters, with its Read.

    Args:
        cells: a notebook's code cells.
        names: the functions that matter.
    """
    left = NOTEBOOK
    for cell in cells:
        source = cell.source
        if not _may_matter(source, names):
            continue
        if len(source) > CELL:
            yield cell, _unread(source, names, f"the cell is longer than {CELL} characters")
        elif len(source) > left:
            yield (
                cell,
                _unread(source, names, f"more than {NOTEBOOK} characters of code come first"),
            )
        else:
            left -= len(source)
            yield cell, (_kept if len(source) <= SHORT else _read)(source, names)


def _may_matter(source, names):
    """Whether it has any of the words that matter; in other letters Python may take them for it."""
    if not source.isascii():
        return True
    return "*" in source or any(word in source for word in (*names, *KNOWN, *WAYS))


def _read(source, names):
    """A cell, Read."""
    try:
        tree = tree_of(source)
    except Refused as refused:
        return Read(tuple(_defined(source, names, refused)))
    watched = {*names, *KNOWN, "*"}
    found = tuple(binding for binding in bindings(tree) if binding.name in watched)
    return Read(found, normalised_in(tree) if "norm" in source else frozenset())


_kept = lru_cache(maxsize=256)(_read)


def _unread(source, names, reason):
    """Of a cell that is too long, any name in it: nobody looks at what is done there."""
    places = {word: source.find(word) for word in (*names, *KNOWN)}
    return Read(
        tuple(
            Unread(word, source.count("\n", 0, place) + 1, Refused(reason))
            for word, place in places.items()
            if place >= 0
        )
    )


def _defined(source, names, refused):
    """Of a cell that Python could not run either, the functions that were to be defined there."""
    for match in re.finditer(r"\bdef[ \t]+(\w+)", source):
        if match[1] in names:
            yield Unread(match[1], source.count("\n", 0, match.start()) + 1, refused)
