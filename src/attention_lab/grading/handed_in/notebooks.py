"""A notebook's file becomes its cells of code and its write-ups. Nothing in it is trusted.

It may be cut off, in another encoding, something else altogether, or made to be expensive to read.
Then it is ``Broken``, in words for the one who handed it in.
"""

import json
from typing import NamedTuple

from attention_lab.grading.handed_in.own_numbers import Claims, claims
from attention_lab.grading.handed_in.texts import Part, texts_in
from attention_lab.grading.report import Broken

LARGEST = 16 * 2**20  # bytes of a file
CELLS = 2_000
PARTS = 1_000_000  # commas in a file: each may cost fifty times its size in memory
LETTERS_SHOWN = 40  # of the beginning of a file that is something else
DOWNLOAD = (
    "In Jupyter or Colab choose File, Download, and hand in the file that ends in .ipynb; "
    "in the course's pages choose Download my answers."
)
# What to hand in, where chapters' notebooks or others came.
THE_ONE = "the one notebook of all chapters, or the one that 'Download my answers' makes"
OWN, ASKED = "the course's own", "a student's own"
# How other files begin that come under a notebook's name.
OTHERS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip file",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


class Cell(NamedTuple):
    """A cell of code: its place among all cells from 1 on, and its text."""

    place: int
    source: str


class Notebook(NamedTuple):
    """What was handed in.

    Attributes:
        code: its cells of code.
        writeups: texts by the name of their question; one that is nowhere is not in it.
        works_on: the keys and values that the file says it is about: a variant's number, the name
            of a course whose variants they are, ``OWN`` for the course's own, ``ASKED`` where it
            asks for the course, or None. Only for a note, since a student may edit it.
        claims: the ``Claims`` of the cells that set the numbers up; likewise.
    """

    code: list
    writeups: dict
    works_on: int | str | None = None
    claims: Claims = Claims()


def read(data):
    r"""A notebook, of format 3 or 4.

    Args:
        data: the bytes of its file.

    Raises:
        Broken: it is no notebook that can be read; the text says what to do.

    >>> read(b'{"cells": [{"cell_type": "code", "source": ["x = 1\\n", "y"]}]}').code
    [Cell(place=1, source='x = 1\ny')]
    """
    notebook = _parsed(_text(data))
    cells = _cells(notebook)
    parts = [_part(place, cell) for place, cell in enumerate(cells, 1)]
    code = [Cell(n, part.text) for n, part in enumerate(parts, 1) if part.kind == "code"]
    ran = [(source, cells[place - 1].get("outputs")) for place, source in code]
    return Notebook(code, texts_in(parts), _works_on(_ours(notebook)), claims(ran))


def _works_on(ours):
    """What the course's metadata says; the page and a release say it in their own ways."""
    variant, course = ours.get("variant"), ours.get("course")
    if type(variant) is int:
        return variant
    if ours.get("variants") is True:
        return course if isinstance(course, str) else ASKED
    return OWN if "variant" in ours or "variants" in ours else None


def _text(data):
    """The file as text, in the encoding that it says or shows."""
    if len(data) > LARGEST:
        raise Broken(
            f"Expected at most {LARGEST >> 20} MiB; the file has more. Clear the outputs of its "
            "cells, save it, and hand it in again."
        )
    for beginning, other in OTHERS.items():
        if data.startswith(beginning):
            raise Broken(f"Expected a notebook; this is {other}. {DOWNLOAD}")
    encoding = json.detect_encoding(data[:4])
    try:
        text = data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    return text.removeprefix("\ufeff").strip(" \t\r\n")


def _parsed(text):
    """What the JSON says, an object."""
    if not text:
        raise Broken(f"The file is empty. {DOWNLOAD}")
    if text.startswith("<"):
        raise Broken(
            "Expected a notebook; this is a web page, such as Canvas, Colab or GitHub show in its "
            f"place. {DOWNLOAD}"
        )
    if not text.startswith("{"):
        raise Broken(f"Expected a notebook; this begins {text[:LETTERS_SHOWN]!a}. {DOWNLOAD}")
    if text.count(",") > PARTS:
        raise Broken(
            f"Expected at most {PARTS} parts; the file has more. Clear the outputs of its cells, "
            "save it, and hand it in again."
        )
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise Broken(_told(fault, text)) from None


def _told(fault, text):
    """Why the JSON cannot be read."""
    if not isinstance(fault, json.JSONDecodeError):  # what Python itself does not bear
        return f"The file holds numbers that are too long, or is nested too deep. {DOWNLOAD}"
    # A string without an end, or a fault in the last word, which may be half of one.
    if fault.msg.startswith("Unterminated") or fault.pos > len(text) - len("-Infinity"):
        return f"The file ends in the middle: it did not arrive as a whole. {DOWNLOAD}"
    return f"The file is damaged from line {fault.lineno} on ({fault.msg}). {DOWNLOAD}"


def _cells(notebook):
    """Its cells; format 3 has them in worksheets."""
    sheets = notebook.get("worksheets")
    if isinstance(sheets, list) and "cells" not in notebook:
        lists = [sheet.get("cells") if isinstance(sheet, dict) else None for sheet in sheets]
    else:
        lists = [notebook.get("cells")]
    if not all(isinstance(cells, list) for cells in lists):
        raise Broken(f"Expected a notebook; this JSON has no list of cells. {DOWNLOAD}")
    cells = [cell for cells in lists for cell in cells]
    if len(cells) > CELLS:
        raise Broken(
            f"Expected at most {CELLS} cells; the file has {len(cells)}. Hand in the course's "
            "notebook with your answers."
        )
    return cells


def _part(place, cell):
    """A cell; format 3 calls the text of code its input."""
    if not isinstance(cell, dict):
        raise Broken(f"Cell {place} is damaged: expected an object. {DOWNLOAD}")
    source = cell.get("source", cell.get("input", ""))
    lines = source if isinstance(source, list) else [source]
    if not all(isinstance(line, str) for line in lines):
        raise Broken(f"The text of cell {place} is damaged: expected words. {DOWNLOAD}")
    metadata = cell.get("metadata")
    name = cell.get("id") or (metadata.get("id") if isinstance(metadata, dict) else None)
    return Part(cell.get("cell_type"), "".join(lines), _ours(cell), name)


def _ours(owner):
    """What the course's metadata says of a notebook or a cell."""
    metadata = owner.get("metadata")
    ours = metadata.get("attention_lab") if isinstance(metadata, dict) else None
    return ours if isinstance(ours, dict) else {}
