"""Reports as JSON: a list with one entry for every file, for other programs to read.

An entry is ``{file, student, score, max_score, exercises, ...}``. A file that could not be read has
``error``, and null for both scores: nothing is known of it, which is not the same as 0.
"""

import json

from attention_lab.grading.handed_in.names import is_late


def as_json(reports):
    r"""The reports as JSON in plain ASCII, so that any text survives, even half a character.

    Args:
        reports: ``Report``s, in the order in which they are to be listed.

    Raises:
        ValueError: points are not a finite number; JSON has none but those.

    >>> from attention_lab.grading.report import Report, Student
    >>> print(as_json([Report("\ud800.ipynb", Student("Zoë"))]))  # doctest: +ELLIPSIS
    [
     {
      "file": "\ud800.ipynb",
      "student": "Zo\u00eb",
    ...
    """
    return json.dumps([_entry(report) for report in reports], indent=1, allow_nan=False) + "\n"


def _entry(report):
    broken = bool(report.error)
    entry = {
        "file": report.file,
        "student": report.student.label,
        "id": report.student.id,
        "email": report.student.email,
        "late": is_late(report.file),
        "score": None if broken else report.score,
        "max_score": None if broken else report.max_score,
        "exercises": {number: _exercise(mark) for number, mark in report.marks.items()},
        "writeups": {name: _writeup(report, name) for name in _questions(report)},
        "variant": report.variant,
        "notes": report.notes,
    }
    return entry | ({"error": report.error} if broken else {})


def _exercise(mark):
    return {
        "status": mark.status,
        "diagnosis": mark.diagnosis,
        "message": mark.message,
        "points": mark.points,
        "max_points": mark.max_points,
        "cell": mark.cell,
        "line": mark.line,
    }


def _questions(report):
    """Those answered and those marked: a person may give points where nothing was handed in."""
    return [*report.writeups, *(set(report.writeup_points) - set(report.writeups))]


def _writeup(report, name):
    """One write-up; points are null until a person has given some."""
    return {
        "text": report.writeups.get(name, ""),
        "points": report.writeup_points.get(name),
        "max_points": report.max_writeup_points.get(name),
        "comment": report.writeup_comments.get(name, ""),
    }
