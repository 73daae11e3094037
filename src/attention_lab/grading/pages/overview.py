"""The class at a glance: which exercise, which diagnosis, how many, and who needs a person."""

import os
import statistics
from pathlib import Path
from urllib.parse import quote

from attention_lab.grading.pages.counting import group_of, outcome_of, spread, tallies
from attention_lab.grading.pages.drawing import draw
from attention_lab.grading.pages.feedback import TITLES
from attention_lab.grading.report import REFUSED
from attention_lab.grading.shown import in_line
from attention_lab.grading.shown import points as as_points

# In the order in which a bar shows them: its sign, and how it is called.
GROUPS = {
    "passed": ("✓", "passed"),
    "remark": ("✓", "passed, with a remark"),
    "failed": ("✗", "failed"),
    "refused": ("?", "refused: needs a person"),
    "missing": ("○", "missing"),
}


def overview_page(reports, feedback=(), beside="."):
    """A class as a page for the instructor.

    Args:
        reports: ``Report``s.
        feedback: the paths that ``write_feedback`` returned for these reports; without them no
            name is a link.
        beside: the folder that the page will be in, from which the links lead.

    Returns:
        HTML that loads nothing and runs nothing.
    """
    reports = list(reports)
    people = _people(reports, [_link(path, beside) for path in feedback])
    read = [report for report in reports if not report.error]
    counted = tallies(read)
    return draw(
        "overview.html",
        people=sorted(people.values(), key=lambda person: person["sorted_by"]),
        look_at=[person for person in people.values() if person["reasons"]],
        exercises=[_exercise(tally, people) for tally in counted],
        matrix=_matrix(counted),
        numbers=[tally.number for tally in counted],
        groups=GROUPS,
        scores=_scores(read),
        hardest=_hardest(counted),
        files=len(reports),
        read=len(read),
    )


def _people(reports, links):
    """What the page shows of each report, by the report's identity: files may share a name."""
    links = links or [""] * len(reports)
    return {id(report): _person(report, link) for report, link in zip(reports, links)}


def _person(report, link):
    name = report.student.label
    return {
        "report": report,
        "name": name or report.file,
        "link": link,
        "reasons": _reasons(report),
        "sorted_by": (not name, in_line(name or report.file).casefold(), report.file),
        "cells": {
            number: (GROUPS[group_of(mark)][0], outcome_of(mark))
            for number, mark in report.marks.items()
        },
    }


def _reasons(report):
    """Why a person must look: what to say, where, and the code it is about."""
    plain = [{"text": text, "mark": None} for text in [report.error, *report.notes] if text]
    marks = [mark for mark in report.marks.values() if mark.status == REFUSED]
    return plain + [{"text": mark.message, "mark": mark} for mark in marks]


def _exercise(tally, people):
    """One bar: its segments in order, each with what it says when there is room."""
    groups = tally.groups()
    causes = [
        {
            "name": name,
            "count": len(pairs),
            "message": pairs[0][1].message,
            "people": [people[id(report)] for report, _ in pairs],
        }
        for name, pairs in tally.causes
    ]
    return {
        "number": tally.number,
        "title": TITLES.get(tally.number, ""),
        "groups": groups,
        "total": tally.total,
        "causes": causes,
        "segments": _segments(groups, causes),
    }


def _segments(groups, causes):
    """(group, label, count): what failed is divided by diagnosis."""
    segments = []
    for group, (_, label) in GROUPS.items():
        if group == "failed":
            segments += [(group, cause["name"], cause["count"]) for cause in causes]
        elif groups[group]:
            segments.append((group, label.partition(":")[0], groups[group]))
    return segments


def _matrix(counted):
    """A row for each outcome that occurs: its counts by exercise, and how deep a tint each gets."""
    seen = {}
    for tally in counted:
        for outcome, pairs in tally.outcomes.items():
            seen.setdefault(outcome, group_of(pairs[0][1]))
    order = list(GROUPS)
    rows = [
        {
            "name": outcome,
            "group": group,
            "counts": [tally.count(outcome) for tally in counted],
        }
        for outcome, group in seen.items()
    ]
    for row in rows:  # a pass is the rule: beside it the most frequent cause would look rare
        usual = row["group"] == "passed"
        alike = [other["counts"] for other in rows if (other["group"] == "passed") == usual]
        row["shares"] = [count / max(map(max, alike)) for count in row["counts"]]
    return sorted(rows, key=lambda row: (order.index(row["group"]), -sum(row["counts"])))


def _scores(read):
    """Mean, median and spread of the scores; None where no file was read."""
    if not read:
        return None
    scores = [report.score for report in read]
    most = max(report.max_score for report in read)
    bins = spread(scores, most)
    whole = all(float(score).is_integer() for score in scores)
    return {
        "mean": statistics.fmean(scores),
        "median": statistics.median(scores),
        "most": most,
        "alike": len({report.max_score for report in read}) == 1,
        "whole": whole,
        "highest": max(count for *_, count in bins),
        "bins": [(_bin_name(low, high, whole), count) for low, high, count in bins],
    }


def _bin_name(low, high, whole):
    """The scores in a step: ``10 to 14`` where all are whole; else where it begins.

    >>> _bin_name(3, 4, True), _bin_name(10, 15, True), _bin_name(3, 4, False)
    ('3', '10 to 14', '3')
    """
    return f"{low} to {high - 1}" if whole and high - 1 > low else as_points(low)


def _hardest(counted):
    """The exercise that fewest passed, and its most frequent cause; None if all passed all."""
    behind = [(tally.groups()["passed"] + tally.groups()["remark"], tally) for tally in counted]
    behind = [(passed, tally) for passed, tally in behind if passed < tally.total]
    if not behind:
        return None
    passed, tally = min(behind, key=lambda pair: pair[0] / pair[1].total)
    cause = tally.causes[0] if tally.causes else None
    return {
        "number": tally.number,
        "passed": passed,
        "total": tally.total,
        "cause": cause and (cause[0], len(cause[1])),
    }


def _link(path, beside):
    """The way from one file to another, as an address."""
    path = Path(path)
    try:
        way = os.path.relpath(path, beside)
    except ValueError:  # another drive
        return path.absolute().as_uri()
    return quote(Path(way).as_posix())
