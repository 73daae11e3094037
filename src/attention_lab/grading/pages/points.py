"""The points that a marker gave for write-ups: read back from a CSV, and put into reports.

``writeups.html`` saves the file, a spreadsheet may have changed it: semicolons or tabs for commas,
decimal commas, another encoding, or a sum typed in where the rubric's rows are empty. Standard
library only.
"""

import re

from attention_lab.grading.shown import in_line
from attention_lab.grading.spreadsheets import rows

ROW = "row "  # what the columns of a rubric's rows are called, with their number from 1 on


def columns(writeups):
    """What the file's columns are called.

    >>> columns([type("Q", (), {"rubric": ((2, "a"), (1, "b"))})])
    ['file', 'student', 'question', 'row 1', 'row 2', 'points', 'comment']
    """
    most = max((len(writeup.rubric) for writeup in writeups), default=0)
    rows = [f"{ROW}{n}" for n in range(1, most + 1)]
    return ["file", "student", "question", *rows, "points", "comment"]


def read_points(data, writeups):
    """What a marker gave.

    A write-up counts as marked when each row of its rubric has a number, or when there is a sum.
    Others are left out: they are not worth 0, they are not marked.

    Args:
        data: the file, as bytes or as text.
        writeups: the ``Writeup``s of the course, whose rubrics bound the points.

    Returns:
        Dict ``{(file, question): (points, comment)}``.

    Raises:
        ValueError: the file is no such table, or a line in it cannot be: it names a question that
            there is none of, gives too many points, or marks a write-up a second time. The message
            names the line, what was expected, and what came.
    """
    rubrics = {writeup.name: writeup.rubric for writeup in writeups}
    found, lines = {}, {}
    for line, row in _rows(data):
        file, question = row["file"], row["question"]
        if question not in rubrics:
            known = ", ".join(rubrics)
            raise ValueError(f"Line {line}: expected a question, one of {known}; got {question!r}.")
        if (file, question) in lines:
            raise ValueError(
                f"Line {line}: expected {question} of {file} once; "
                f"line {lines[file, question]} has it, too. Delete one of them."
            )
        lines[file, question] = line
        points = _points(line, row, rubrics[question])
        if points is not None:
            found[file, question] = points, row.get("comment", "")
    return found


def apply_points(reports, read, writeups):
    """Put points into the reports that they belong to, which count them from then on.

    Args:
        reports: ``Report``s; changed.
        read: as ``read_points`` returns it.
        writeups: the ``Writeup``s of the course.

    Returns:
        List of those (file, question) in ``read`` for which there is no submission that was read.
    """
    most = {writeup.name: writeup.points for writeup in writeups}
    by_file = {in_line(report.file): report for report in reports if not report.error}
    for (file, question), (points, comment) in read.items():
        if file in by_file:
            report = by_file[file]
            report.writeup_points[question] = points
            report.max_writeup_points[question] = most[question]
            report.writeup_comments[question] = comment
    return [key for key in read if key[0] not in by_file]


def _rows(data):
    """The lines below the header: where each begins, and its cells by the name of the column."""
    header = None
    for line, cells in rows(data):
        if header is None:
            header = _header(line, cells)
        else:
            yield line, dict.fromkeys(header, "") | dict(zip(header, cells))
    if header is None:
        raise ValueError(
            "Expected a CSV file with the columns file, question, points; it is empty."
        )


def _header(line, cells):
    names = [cell.strip().lower() for cell in cells]
    missing = [name for name in ("file", "question", "points") if name not in names]
    if missing:
        raise ValueError(
            f"Line {line}: expected columns called file, question and points, as the page saves "
            f"them; {' and '.join(missing)} is not among {', '.join(names)[:200]}."
        )
    return names


def _points(line, row, rubric):
    """The points in one row of the file; None where the write-up is not marked."""
    given = [
        _number(line, row.get(f"{ROW}{n}", ""), most, f"row {n} of the rubric")
        for n, (most, _) in enumerate(rubric, 1)
    ]
    extra = [name for name in row if name.startswith(ROW) and name not in _row_names(rubric)]
    for name in extra:
        if row[name].strip():
            raise ValueError(
                f"Line {line}: expected nothing for {name}, since the rubric has {len(rubric)} "
                f"rows; got {row[name]!r}."
            )
    total = _number(line, row["points"], sum(most for most, _ in rubric), "all points")
    counted = [points for points in given if points is not None]
    if total is None:
        return sum(counted) if len(counted) == len(rubric) else None
    if counted and abs(sum(counted) - total) > 0.005:
        raise ValueError(
            f"Line {line}: expected the points to be the sum of the rows, {sum(counted):g}; "
            f"got {total:g}. Change one of them, or leave the rows empty."
        )
    return total


def _row_names(rubric):
    return {f"{ROW}{n}" for n in range(1, len(rubric) + 1)}


def _number(line, text, most, what):
    """A number from 0 to the most there is, with a decimal point or comma; None if left empty."""
    if not text.strip():
        return None
    written = re.fullmatch(r"[0-9]{1,9}([.,][0-9]{0,9})?", text.strip())
    number = float(text.replace(",", ".")) if written else None
    if number is None or number > most:
        raise ValueError(
            f"Line {line}: expected a number from 0 to {most:g} for {what}; got {text!r}."
        )
    return number
