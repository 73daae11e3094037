"""Which cells hold the write-ups, and what of their text the student typed."""

import re
from typing import NamedTuple

from attention_lab.writeups import WRITE_HERE, WRITEUPS

TITLES = {writeup.name: writeup.title for writeup in WRITEUPS}
RULE = "\n---\n"  # between question and answer, in what the course's pages hand in
# What the book's own cells are called; Jupyter and Colab call a new one by letters drawn at random.
OF_THE_BOOK = re.compile(r"(?:.+-)?(?:cell-\d+|title)|welcome|own-numbers-said")
BY_HEADING = re.compile(r"#+[ \t]*write-up part\b:?", re.IGNORECASE)  # as the first course had it


class Part(NamedTuple):
    """A cell of any kind.

    Attributes:
        kind: ``"code"``, ``"markdown"``, or whatever the file says.
        text: its source.
        ours: what its metadata says under the course's name.
        name: its id, if it has one; Colab keeps it in the metadata.
    """

    kind: object
    text: str
    ours: dict
    name: object = None


def texts_in(parts):
    r"""The write-ups among a notebook's cells, by the name of their question.

    They are known by the cell's metadata, or by its id where a program has dropped that; a text
    goes on in new cells below. In a notebook with neither, headings say where they are, in the
    course's order.

    Args:
        parts: the notebook's cells, ``Part``s.

    >>> texts_in([Part("markdown", "Because.", {"writeup": "writeup-copying"})])
    {'writeup-copying': 'Because.'}
    """
    found, last = {}, None
    for part in parts:
        name = _question(part)
        if name:
            last = found.setdefault(name, [])
            last.append(_typed(part, name))
        elif last is not None and _is_new(part):
            last.append(part.text.strip())
        else:
            last = None
    found = found or dict(zip(TITLES, _below_headings(parts)))
    # A cell that was copied counts once; of two texts none is lost.
    return {name: "\n\n".join(filter(None, dict.fromkeys(texts))) for name, texts in found.items()}


def _question(part):
    """The name of the question that a cell answers, or None."""
    if part.kind == "code":
        return None
    named = (part.ours.get("writeup"), part.name)
    return next((name for name in named if isinstance(name, str) and name in TITLES), None)


def _is_new(part):
    """Whether a student has put this text there, in a cell that the course did not make."""
    named = isinstance(part.name, str) and not OF_THE_BOOK.fullmatch(part.name)
    return part.kind == "markdown" and named and not part.ours


def _typed(part, name):
    """What the student typed into a cell.

    A page hands the text in twice: as it was typed, and below its question, where it can be edited
    in Jupyter afterwards. So what stands there counts; the other tells where it begins.
    """
    text, typed = part.text.replace("\r\n", "\n"), part.ours.get("text")
    if isinstance(typed, str) and text.rstrip().endswith(f"{RULE}\n{typed.strip()}".rstrip()):
        return typed.strip()
    if isinstance(typed, str) or text.startswith(f"## {TITLES[name]}\n"):
        text = text.partition(RULE)[2] if RULE in text + "\n" else text
    return text.replace(WRITE_HERE, "").strip()


def _below_headings(parts):
    """The texts below headings, lists of the cells that a text goes on through."""
    found, last = [], None
    for part in parts:
        heading = BY_HEADING.match(part.text)
        if part.kind != "markdown" or (part.text.startswith("#") and not heading):
            last = None
        elif heading:
            last = [part.text[heading.end() :].strip()]
            found.append(last)
        elif last is not None:
            last.append(part.text.strip())
    return found
