"""CSV files as spreadsheets write them, and as they may be opened in one without doing harm."""

import csv
import io
import re

from attention_lab.grading.shown import short

LONGEST = 2_000  # characters of a cell
# How a cell begins that a spreadsheet may run: also with the wide signs that a Japanese one takes.
FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
GUARD = re.compile(rf"\A'(?={FORMULA.pattern})")  # stands before it and makes it a text


def rows(data):
    r"""The lines that say something: the number of each, from 1 on, and its cells.

    Whatever spreadsheets make of a file is read: semicolons or tabs for commas, UTF-8, UTF-16 or
    Windows' own encoding.

    Args:
        data: the file, as bytes or as text.

    Raises:
        ValueError: a line cannot be read; the message names it.

    >>> list(rows("name;points\n\n'=x;1,5"))
    [(1, ['name', 'points']), (3, ['=x', '1,5'])]
    """
    text = _text(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield line, [GUARD.sub("", cell) for cell in cells]
    except csv.Error as error:
        raise ValueError(f"Line {before + 1}: expected a CSV file; {error}.") from error


def table(lines):
    r"""Lines of cells as CSV. What a spreadsheet would run is a text in it, behind an apostrophe.

    >>> table([["name", "points"], ["=1+1\n", 2]])
    "name,points\n'=1+1␊,2\n"
    >>> ascii(table([["\uff1d1"]]))
    '"\'\\uff1d1\\n"'
    """
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerows([_plain(cell) for cell in line] for line in lines)
    return made.getvalue()


def _plain(cell):
    """A cell that is only looked at: on one line, no longer than spreadsheets bear, no formula."""
    line = short(str(cell), LONGEST)
    return f"'{line}" if FORMULA.match(line) else line


def _text(data):
    """The file as text: UTF-8 as we write it, or as spreadsheets save on their own."""
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _delimiter(text):
    """What stands most often between the names of the columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)
