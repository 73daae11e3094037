"""``attention-lab grade``: files in, tables and pages out, and a list of what needs a person."""

import sys
from dataclasses import replace
from pathlib import Path

from attention_lab.grading.batch import Submission, mark_all
from attention_lab.grading.decisions import apply_decisions, read_decisions
from attention_lab.grading.handed_in.files import submissions
from attention_lab.grading.handed_in.notebooks import THE_ONE
from attention_lab.grading.marking import Rules
from attention_lab.grading.pages.points import apply_points, read_points
from attention_lab.grading.roster import read_roster
from attention_lab.grading.shown import in_line
from attention_lab.grading.shown import points as as_points
from attention_lab.grading.writing import named, outputs, write
from attention_lab.writeups import WRITEUPS

SEVERAL = "{name} has handed in {other}, too. Each is marked by itself; what counts is {one}."


def grade(options):
    """Mark what was handed in, and write what is asked for.

    Args:
        options: what ``cli.py`` reads from the command line.

    Returns:
        The exit status: 0 when every file was read, 1 when some need a person, who finds them
        listed on standard error.

    Raises:
        ValueError: the roster, or the points of the write-ups, cannot be read.
        OSError: something cannot be read or written.
    """
    outputs(options)  # to complain before the work, not after it
    roster = _roster(options)
    found = (_known(one, roster, options) for one in submissions(options.paths))
    rules = Rules(options.variants or "", options.points)
    reports = list(_with_progress(mark_all(found, rules)))
    if not reports:
        raise ValueError(f"Expected notebooks in {', '.join(options.paths)}; there are none.")
    _note_on_several(reports)
    complaints = _add_writeup_points(options.writeup_points, reports)
    complaints += _add_decisions(options.decisions, reports)
    complaints += write(options, reports, roster)
    _tell_what_was_done(options, reports)
    _tell_what_is_open(reports, roster)
    return _tell_what_needs_a_person(reports, complaints)


def _roster(options):
    """The roster, if there is one, with the column that tells which variant is whose."""
    column = options.known_by
    if not options.roster:
        if column:
            raise ValueError(f"Expected a --roster, in which {column!r} is a column; got none.")
        return None
    if options.variants and not column:
        raise ValueError(
            "Expected --known-by, the column of the roster that students gave as their name."
        )
    roster = read_roster(Path(options.roster).read_bytes())
    if column and column not in roster.header:
        columns = in_line(", ".join(roster.header))
        raise ValueError(f"Expected a column of the roster, {columns}; got {column!r}.")
    return roster


def _known(found, roster, options):
    """What was handed in, with what the roster knows of the student."""
    student, unknown = found.student, ""
    known_as = "" if options.known_by else None
    if roster:
        row, unknown = roster.find(student)
        if row:
            student = replace(student, name=row.name or student.name)
            known_as = roster.value(row, options.known_by) if options.known_by else None
    return Submission(found.file, student, found.data, found.error, known_as, unknown)


def _with_progress(reports):
    """The reports as they come, with a bar where somebody sees it."""
    if not sys.stderr.isatty():
        return reports
    try:
        from tqdm import tqdm
    except ImportError:  # extra ``grade``
        return reports
    return tqdm(reports, "Marking", unit=" files", leave=False)


def _note_on_several(reports):
    """Where a student has handed in several files, note on each of them which other there is."""
    by_student = {}
    for report in reports:
        if report.student.key:
            by_student.setdefault(report.student.key, []).append(report)
    for several in by_student.values():
        for n, report in enumerate(several if len(several) > 1 else ()):
            other = several[0 if n else 1]
            name = report.student.label
            report.notes.append(SEVERAL.format(name=name, other=other.file, one=THE_ONE))


def _add_writeup_points(file, reports):
    """Give the points that a person gave; returns a sentence for each that fits nowhere."""
    if not file:
        return []
    unplaced = apply_points(reports, read_points(Path(file).read_bytes(), WRITEUPS), WRITEUPS)
    return [f"{in_line(name)}: has points for {what}, but was not read" for name, what in unplaced]


def _add_decisions(file, reports):
    """Give the points that a person decided on; returns a sentence for each that fits nowhere."""
    if not file:
        return []
    unplaced = apply_decisions(reports, read_decisions(Path(file).read_bytes()))
    return [f"{in_line(name)}: {in_line(why)}" for name, why in unplaced]


def _tell_what_was_done(options, reports):
    """The marks themselves where nothing is written; else where they are."""
    written = named(options)
    if not written:
        for report in reports:
            score = "—" if report.error else f"{as_points(report.score)}/{report.max_score:g}"
            print(f"{score:>7}  {in_line(report.file)}")
    else:
        unread = sum(bool(report.error) for report in reports)
        read = len(reports) - unread
        files = "1 file" if read == 1 else f"{read} files"
        but = f", and could not read {unread}" if unread else ""
        print(f"Marked {files}{but}: {', '.join(map(str, written))}.")


def _tell_what_is_open(reports, roster):
    """Which write-ups are not marked yet, once some are; and who has handed in nothing."""
    read = [report for report in reports if not report.error]
    marked = sum(len(report.writeup_points) for report in read)
    if marked and marked < len(read) * len(WRITEUPS):
        print(f"Of {len(read) * len(WRITEUPS)} write-ups {marked} are marked.")
    if roster:
        there = {id(roster.find(report.student).row) for report in reports}
        absent = [in_line(row.name) for row in roster.rows if id(row) not in there]
        if absent:
            print(f"Nothing from {len(absent)} on the roster: {'; '.join(absent)}.")


def _tell_what_needs_a_person(reports, complaints):
    """List it on standard error; returns the exit status."""
    for report in reports:
        whose = f" ({in_line(report.student.label)})" if report.student.label else ""
        where = {mark.number: _place(mark) for mark in report.marks.values()}
        for reason in report.reasons:
            place = where.get(reason.partition(":")[0], "")
            complaints.append(f"{in_line(report.file)}{whose}: {in_line(reason)}{place}")
    if complaints:
        print("These need a person:", *complaints, sep="\n  ", file=sys.stderr)
    return 1 if complaints else 0


def _place(mark):
    return f" [cell {mark.cell}, line {mark.line}]" if mark.cell else ""
