"""Who is in the course: a gradebook as Canvas exports it, or another list of names and numbers.

A submission's student is looked up by number or address first, and by name where there is none. A
grade that goes to the wrong person is worse than one that a person must enter: whatever is not
certain is not matched, and says why.
"""

import re
import unicodedata
from typing import NamedTuple

from attention_lab.grading.spreadsheets import rows

# What columns are called, in lower case: by Canvas, Moodle and Gradescope.
NAME = ("student", "name", "full name")
FIRST, LAST = ("firstname", "first name"), ("lastname", "last name", "surname")
IDS = (
    ("id", "sis user id", "sis login id", "integration id")  # Canvas
    + ("identifier", "id number", "username")  # Moodle
    + ("sid", "student id")  # Gradescope
)
EMAIL = ("email", "email address")
POINTS = "points possible"  # the first cell of Canvas' second line
MUTED = re.compile(r"\s*(muted|manual posting.*)?\s*", re.IGNORECASE)  # every cell of its third


class Row(NamedTuple):
    """A student on the roster.

    Attributes:
        name: as the roster writes it.
        keys: numbers and addresses, in lower case.
        cells: the whole line.
    """

    name: str
    keys: frozenset
    cells: list


class Match(NamedTuple):
    """The Row that a student has, or None and why."""

    row: Row | None
    reason: str = ""


class Roster:
    """The students of a course.

    Args:
        header: the names of the columns.
        rows: a Row for each student.
        points: the line in which Canvas tells what an assignment is worth; None without one.
    """

    def __init__(self, header, rows, points=None):
        self.header, self.rows, self.points = header, rows, points
        self._by_key, self._by_name = {}, {}
        for row in rows:
            if _words(row.name):
                self._by_name.setdefault(_words(row.name), []).append(row)
            for key in row.keys:
                self._by_key.setdefault(key, []).append(row)

    def find(self, student):
        r"""The row of a student.

        Args:
            student: a report's Student.

        Returns:
            Match.

        >>> from attention_lab.grading.report import Student
        >>> roster = read_roster("Student,ID\n\"Lovelace, Ada\",17\n")
        >>> roster.find(Student(id="17")).row.name
        'Lovelace, Ada'
        >>> roster.find(Student("Alan Turing")).reason
        "On the roster nobody is called 'Alan Turing'."
        """
        found = self._with(student.id, student.email)
        if found:
            return _surest(found, student)
        found = self._with(student.name) or self._by_name.get(_words(student.name), [])
        if len(found) == 1:
            return Match(found[0])
        who = f"called {student.label!r}" if student.label else "known by the name of this file"
        return Match(None, f"On the roster {len(found) or 'nobody'} {_are(found)} {who}.")

    def value(self, row, column):
        """What a row has in a column of this name."""
        return row.cells[self.header.index(column)].strip()

    def _with(self, *keys):
        """The rows that have one of the numbers or addresses, each once."""
        found = [row for key in keys for row in self._by_key.get(_key(key), [])]
        return [row for n, row in enumerate(found) if row not in found[:n]]


def _surest(found, student):
    """Of rows with a student's number or address, the only one whose name agrees."""
    sure = [
        row for row in found if _key(student.email) in row.keys or agree(row.name, student.name)
    ]
    if len(sure) == 1:
        return Match(sure[0])
    names = " and ".join(repr(row.name) for row in found)
    key = student.id or student.email
    return Match(None, f"On the roster {key!r} is {names}; the file says {student.name!r}.")


def _are(found):
    return "are" if len(found) > 1 else "is"


def read_roster(data):
    r"""A roster from a CSV file.

    Args:
        data: the file, as bytes or as text.

    Raises:
        ValueError: it is no such table; the message says what was expected and what came.

    >>> roster = read_roster("Student,ID,Section\n    Points Possible,,\n\"Lovelace, Ada\",17,A\n")
    >>> roster.rows[0].name
    'Lovelace, Ada'
    """
    lines = [cells for _, cells in rows(data)]
    if not lines:
        raise ValueError("Expected a CSV file with a column for the students' names; it is empty.")
    header, *others = lines
    columns = [name.strip().casefold() for name in header]
    if not any(name in columns for name in (*NAME, *LAST)):
        shown = ", ".join(header)[:200]
        raise ValueError(
            "Expected a gradebook as Canvas exports it, or another list with a column called "
            f"{', '.join(NAME)}; the first line has {shown!a}."
        )
    full = [cells + [""] * (len(header) - len(cells)) for cells in others]
    points = next((cells for cells in full if _tells_points(cells)), None)
    people = [cells for cells in full if not _tells_points(cells) and not all(map(_muted, cells))]
    return Roster(header, [_row(columns, cells) for cells in people], points)


def agree(one, other):
    """Whether two names may be the same person's, as one platform and another write them.

    >>> agree("Lovelace, Ada", "Ada King"), agree("O'Neil, Zoë", "oneilzoe")
    (True, True)
    >>> agree("Lovelace, Ada", "Alan Turing")
    False
    """
    some, others = _in_order(one), _in_order(other)
    within = all(word in "".join(others) for word in some)
    around = all(word in "".join(some) for word in others)
    return bool({*some} & {*others}) or within or around


def _in_order(name):
    """The words of a name, without case and accents."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.findall(r"\w+", plain)


def _words(name):
    """The same in any order: some platforms write the last name first."""
    return frozenset(_in_order(name))


def _key(text):
    return text.strip().casefold()


def _tells_points(cells):
    return POINTS in cells[0].casefold()


def _muted(cell):
    return MUTED.fullmatch(cell) is not None


def _row(columns, cells):
    """A line as a Row."""
    named = dict(zip(columns, cells))
    name = next((named[column] for column in NAME if named.get(column)), "")
    parts = [named.get(column, "") for column in (*FIRST, *LAST)]
    keys = {_key(named.get(column, "")) for column in (*IDS, *EMAIL)} - {""}
    return Row(name.strip() or " ".join(filter(None, parts)), frozenset(keys), cells)
