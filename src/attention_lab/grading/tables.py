"""Reports as tables: for a spreadsheet, and for the gradebook of Canvas."""

import re

from attention_lab.exercises import ALL, EXERCISES
from attention_lab.grading.handed_in.names import is_late
from attention_lab.grading.report import REFUSED
from attention_lab.grading.roster import POINTS, Roster, Row
from attention_lab.grading.shown import points
from attention_lab.grading.spreadsheets import table
from attention_lab.writeups import WRITEUPS

MARK = "\ufeff"  # without it Excel takes UTF-8 for Windows' own encoding
ASSIGNMENT = "Understanding Attention"
CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]  # as its importer wants them
NUMBER = re.compile(r"\s*\(\d+\)$")  # behind the title of an assignment that Canvas has


def as_csv(reports):
    """The reports as CSV for a spreadsheet, one line a file.

    Where a file could not be read, its score is empty: nothing is known of it.

    Args:
        reports: ``Report``s, in the order in which they are to be listed.
    """
    marked = {number for report in reports for number in report.marks}
    numbers = [task.number for task in ALL if task in EXERCISES or task.number in marked]
    header = ["file", "student", "id", "email", "late", "score", "max_score"]
    header += ["needs a person", "why"]
    header += [
        f"{number} {what}" for number in numbers for what in ("status", "diagnosis", "points")
    ]
    header += [f"{writeup.name} points" for writeup in WRITEUPS]
    return MARK + table([header, *(_line(report, numbers) for report in reports)])


def _line(report, numbers):
    known = not report.error
    student = report.student
    late = "yes" if is_late(report.file) else "no"
    line = [report.file, student.label, student.id, student.email, late]
    line += [points(report.score), points(report.max_score)] if known else ["", ""]
    line += ["yes" if report.reasons else "no", " ".join(report.reasons)]
    for number in numbers:
        mark = report.marks.get(number)
        line += [mark.status, mark.diagnosis, points(mark.points)] if mark else ["", "", ""]
    given = [report.writeup_points.get(writeup.name) for writeup in WRITEUPS]
    return line + ["" if number is None else points(number) for number in given]


def as_canvas(reports, roster=None, assignment=ASSIGNMENT):
    """The scores as CSV in the form that Canvas' gradebook imports.

    It has the gradebook's own lines, and of its assignments one column. Whoever is not graded here
    keeps what stands there: Canvas would take an empty cell for a grade to delete.

    Args:
        reports: ``Report``s.
        roster: the gradebook, a ``Roster`` from Canvas; without one, students are those whose
            number Canvas gave in the names of their files.
        assignment: the title of the column, with or without Canvas' number behind it.

    Returns:
        The text, and a list of pairs ``(report, why)`` of those that are in no line.

    Raises:
        ValueError: the roster is not from Canvas, or has several such assignments.
    """
    known, roster = roster is not None, roster or _roster_of(reports)
    width = _width(roster.header)
    place, title = _column(roster.header, width, assignment)
    scores, left_out = _scores(reports, roster)
    worth = roster.points[place] if roster.points and place else _worth(scores.values())
    lines = [
        [*roster.header[:width], title],
        [f"    {POINTS.title()}", *[""] * (width - 1), worth],
    ]
    for row in roster.rows:
        if id(row) in scores:
            lines.append([*row.cells[:width], points(scores[id(row)].score)])
        elif known:
            lines.append([*row.cells[:width], row.cells[place] if place else ""])
    return table(lines), left_out


def other_worth(reports, roster, assignment=ASSIGNMENT):
    """What to say where the gradebook has the assignment at other points than there are to earn.

    Canvas takes the scores as they are: 6 of 6 would be 6 of 10.

    Args:
        reports: ``Report``s.
        roster: the gradebook, a ``Roster`` from Canvas, or None.
        assignment: as for ``as_canvas``.

    Returns:
        A sentence; "" where they agree, or where the gradebook does not say.
    """
    place, title = _column(roster.header, _width(roster.header), assignment) if roster else ("", "")
    there = roster.points[place].strip() if place and roster.points else ""
    here = _worth([report for report in reports if not report.error])
    if not here or not _is_number(there) or float(there) == float(here):
        return ""
    return (
        f"{title} is worth {there} points in the gradebook, and {here} here, where write-ups count "
        "once they are marked. Change it in Canvas, or the points here with --points."
    )


def _is_number(text):
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None


def _roster_of(reports):
    """The students whose number Canvas tells by their files, as a roster, each once."""
    people = {r.student.id: r.student for r in reports if r.student.id.isdecimal()}
    cells = [[person.name, number, "", "", ""] for number, person in people.items()]
    return Roster(CANVAS, [Row(line[0], frozenset([line[1]]), line) for line in cells])


def _width(header):
    """How many columns tell who a student is: Canvas wants them up to the section, and in order."""
    names = [name.strip() for name in header]
    if "ID" not in names or "Section" not in names[names.index("ID") :]:
        raise ValueError(
            f"Expected a gradebook from Canvas, with the columns {', '.join(CANVAS)}; got "
            f"{', '.join(names)[:200]!a}. In Canvas choose Grades, Export."
        )
    return names.index("Section") + 1


def _column(header, width, assignment):
    """Where the assignment stands in a gradebook, None if it is new, and how it is called there."""
    wanted = assignment.strip().casefold()
    titles = {n: header[n].strip().casefold() for n in range(width, len(header))}
    places = [n for n, title in titles.items() if title == wanted]
    places = places or [n for n, title in titles.items() if NUMBER.sub("", title) == wanted]
    if len(places) > 1:
        found = ", ".join(header[n] for n in places)
        raise ValueError(
            f"Expected one assignment called {assignment!r}; there are {found}. Give it with its "
            "number, as the gradebook has it."
        )
    return (places[0], header[places[0]]) if places else (None, assignment)


def _scores(reports, roster):
    """The report of each row that has one, by the row's id, and the others with why."""
    found, left_out = {}, []
    for report in reports:
        row, unknown = roster.find(report.student)
        reason = _ungraded(report) or unknown
        if reason:
            left_out.append((report, reason))
        else:
            found.setdefault(id(row), []).append(report)
    several = [report for files in found.values() if len(files) > 1 for report in files]
    why = "Its student has handed in several files: leave but one there."
    left_out += [(report, why) for report in several]
    return {row: files[0] for row, files in found.items() if len(files) == 1}, left_out


def _ungraded(report):
    """Why a report has no score that counts; "" if it has."""
    refused = [mark.number for mark in report.marks.values() if mark.status == REFUSED]
    looked = f"A person must look at {', '.join(refused)} first." if refused else ""
    return report.error or looked


def _worth(reports):
    """What there is to earn, as the reports have it; "" where there are none."""
    return points(max(report.max_score for report in reports)) if reports else ""
