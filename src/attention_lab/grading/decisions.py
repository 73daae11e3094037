"""What a person decided about answers that were refused, or judged too harshly, from a CSV file.

A line names a file, an exercise and points, and may have a comment for the student. It goes before
what was read of that answer.
"""

from dataclasses import replace

from attention_lab.grading.report import FAILED, PASSED
from attention_lab.grading.shown import in_line
from attention_lab.grading.spreadsheets import rows

COLUMNS = ("file", "exercise", "points")
NO_FILE = "--decisions names this file; none was read that the column file of --csv calls so"
NOT_MARKED = "--decisions names {number}, which is no exercise that was marked in this file"
TOO_MUCH = "--decisions gives {points:g} points for {number}, which is worth {most:g}"
DECIDED = "A person looked at this answer."


def read_decisions(data):
    r"""The decisions in a CSV file with the columns file, exercise, points and, if any, comment.

    Args:
        data: the file, as bytes or as text.

    Returns:
        Dict ``{(file, exercise): (points, comment)}``.

    Raises:
        ValueError: it is no such table; the message names the line.

    >>> read_decisions("file,exercise,points,comment\na.ipynb,1.2.1,0.5,Half right.\n")
    {('a.ipynb', '1.2.1'): (0.5, 'Half right.')}
    """
    lines = list(rows(data))
    header = [name.strip().casefold() for name in lines[0][1]] if lines else []
    if not set(COLUMNS) <= set(header):
        shown = in_line(", ".join(header))[:200]
        raise ValueError(f"Expected the columns {', '.join(COLUMNS)}, comment; got {shown!r}.")
    found = {}
    for line, cells in lines[1:]:
        row = dict.fromkeys([*COLUMNS, "comment"], "") | dict(zip(header, cells))
        key = row["file"].strip(), row["exercise"].strip()
        if key in found:
            raise ValueError(f"Line {line}: expected {key[1]} of {key[0]} once; it is there twice.")
        found[key] = _points(line, row["points"]), row["comment"].strip()
    return found


def _points(line, text):
    try:
        points = float(text.strip().replace(",", "."))
    except ValueError:
        points = -1
    if not 0 <= points < 1e6:
        raise ValueError(f"Line {line}: expected points, a number from 0 on; got {text!r}.")
    return points


def apply_decisions(reports, decisions):
    """Put decisions into the reports that they belong to.

    Args:
        reports: ``Report``s; changed.
        decisions: as ``read_decisions`` returns them.

    Returns:
        List of pairs ``(file, why)`` of decisions for which there is no answer that could have the
        points.
    """
    by_file = {in_line(report.file): report for report in reports}
    unplaced = []
    for (file, number), (points, comment) in decisions.items():
        report = by_file.get(in_line(file))
        mark = report and report.marks.get(number)
        if why := _why_not(report, mark, number, points):
            unplaced.append((file, why))
            continue
        status = PASSED if points == mark.max_points else FAILED
        report.marks[number] = replace(
            mark, status=status, points=points, message=comment or DECIDED, verdict=None
        )
    return unplaced


def _why_not(report, mark, number, points):
    """Why a decision cannot be followed; "" if it can."""
    if report is None:
        return NO_FILE
    if mark is None:
        return NOT_MARKED.format(number=number)
    too_much = TOO_MUCH.format(points=points, number=number, most=mark.max_points)
    return too_much if points > mark.max_points else ""
