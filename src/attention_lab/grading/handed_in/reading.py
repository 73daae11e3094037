"""The notebooks of one submission, in folders and zips of its own, or what there is instead."""

import io
from itertools import islice
from typing import NamedTuple

from attention_lab.grading.handed_in.archives import FAULTS, in_archive, reason
from attention_lab.grading.handed_in.budget import MANY, MEMORY, Budget, TooMuch
from attention_lab.grading.handed_in.notebooks import LARGEST
from attention_lab.grading.handed_in.tree import File
from attention_lab.grading.report import Broken, Student

FILES = 2_000  # of any kind in one submission
NESTED = 2  # zips within each other
CLOSED = "The file cannot be read: "
LISTED = 3  # names of files that are not read


class Found(NamedTuple):
    """A file that was handed in.

    Attributes:
        file: where it is, a label of its own: ``"class.zip/ada/answers.ipynb"``.
        student: who handed it in, as far as names tell.
        data: its bytes, at most one more than a notebook may have; None where there is an error.
        error: why it is not read, and what to do; "" if it is.
    """

    file: str
    student: Student
    data: bytes | None
    error: str = ""


def notebooks_of(submission):
    """The notebooks of a submission, or one entry that says what there is instead."""
    label, students, contents = submission
    budget, others, none = Budget(), [], True
    try:
        for found in _each(contents, students, budget, others):
            none = False
            yield found
        if none:
            yield from _told(label, students, f"Expected a notebook (.ipynb); {_listing(others)}.")
    except TooMuch as much:
        yield from _told(label, students, str(much))


def _each(contents, students, budget, others, depth=0):
    """The notebooks in Files and Folders; the names of other files are put to a list."""
    files = list(islice(_files(contents), FILES + 1))
    if len(files) > FILES:
        raise TooMuch(f"Expected at most {FILES} files; there are more. {MANY}")
    for file in files:
        if not file.may_hold_answers:
            others.append(file.name)
        elif file.is_archive and not file.fault:
            yield from _in_zip(file, students, budget, others, depth)
        else:
            yield from one_file(file, students, budget)


def _files(contents):
    for child in contents:
        if isinstance(child, File):
            yield child
        else:
            yield from _files(child.children())


def _in_zip(file, students, budget, others, depth):
    """The notebooks in a zip that a student has handed in."""
    try:
        if depth == NESTED:
            raise Broken(f"Expected at most {NESTED} zips within each other; there are more.")
        inside = _unpacked(file, budget)
    except TooMuch:
        raise
    except Broken as fault:
        budget.count()
        yield from _told(file.label, students, str(fault))
    else:
        yield from _each(inside, students, budget, others, depth + 1)


def _unpacked(file, budget):
    """What is in a zip within a zip, of which the bytes stay in memory as long as they are used."""
    try:
        data = budget.read(file, MEMORY + 1)  # of a larger one half would be a damaged zip
    except FAULTS as fault:
        raise Broken(f"{CLOSED}{reason(fault)}.") from None
    return in_archive(io.BytesIO(data), file.label).children()


def one_file(file, students, budget):
    """A notebook, once for each student."""
    budget.count()
    try:
        data = None if file.fault else budget.read(file, LARGEST + 1)
    except FAULTS as fault:
        yield from _told(file.label, students, f"{CLOSED}{reason(fault)}.")
    else:
        yield from _told(file.label, students, file.fault, data)


def _told(label, students, error, data=None):
    for student in students:
        shared = f"{label} ({student.label})" if len(students) > 1 else label
        yield Found(shared, student, data, error)


def _listing(names):
    """What there is, in a few words that any page and terminal can show."""
    shown = ["".join(c if c.isprintable() else "?" for c in name)[:60] for name in names[:LISTED]]
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"there is {', '.join(shown)}{more}" if names else "there is no file at all"
