"""What was handed in, file by file, from notebooks, folders and zips as instructors have them.

A file is read when its turn comes, so that a class takes no more memory than its largest
submission. What cannot be read is listed with what to do.
"""

import io
import os
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from attention_lab.grading.archives import FAULTS, in_archive
from attention_lab.grading.layout import student_of_file, submissions_in
from attention_lab.grading.notebooks import LARGEST
from attention_lab.grading.reading import MANY, MEMORY, Budget, TooMuch
from attention_lab.grading.report import Broken, Student
from attention_lab.grading.tree import File, on_disk

FILES = 2_000  # of any kind in one submission
NESTED = 2  # zips within each other
LISTED = 3  # names of files that are not read


class Found(NamedTuple):
    """A file that was handed in.

    Attributes:
        file: where it is, a label of its own: ``"class.zip/ada/answers.ipynb"``.
        student: who handed it in, as far as names tell.
        data: its bytes, at most one more than a notebook may have; None where there is an error.
        error: why it is not read, and what to do; "" if it is.
        note: what a person should know; "" if nothing.
    """

    file: str
    student: Student
    data: bytes | None
    error: str = ""
    note: str = ""


def submissions(paths):
    """What is at paths: notebooks, folders with anything in them, zips.

    Args:
        paths: as they were named; one at which nothing is becomes an entry with an error.

    Returns:
        Iterator over Founds, folder by folder in the order of names. Each notebook is one, for each
        student of a group; a submission without any is one with an error.
    """
    labels, first = Counter(), {}
    for found in _all_found(list(map(Path, paths))):
        labels[found.file] += 1
        if labels[found.file] > 1:
            found = found._replace(file=f"{found.file} ({labels[found.file]})")
        yield found._replace(note=_note(found, first))


def _note(found, first):
    """Whether the student has handed in another file, as far as it is known."""
    student = found.student
    who = student.id or student.email or student.name
    if not who or first.setdefault(who, found.file) == found.file:
        return ""
    return f"{student.label} has handed in {first[who]}, too."


def _all_found(paths):
    names = Counter(map(_name, paths))
    for path in paths:
        alike = names[_name(path)] > 1
        label = path.as_posix() if alike else _name(path)
        try:
            there = on_disk(os.path.realpath(path), label)
        except (OSError, ValueError) as error:
            said = f"Expected a notebook, a folder or a zip; {_reason(error)}. Check the name."
            yield Found(label, Student(), None, said)
        else:
            yield from _at(there, path.parent.name if alike else "")


def _name(path):
    return os.path.basename(os.path.abspath(path))


def _at(there, parent):
    """What was named when the program was called: a file is read, whatever it is called."""
    if not isinstance(there, File):
        for submission in submissions_in(there, _text):
            yield from _of(submission)
    elif there.is_archive and not there.fault:
        yield from _class_in(there)
    else:  # where all are called the same, their folders tell
        student = Student(parent) if parent else student_of_file(there.name)
        yield from _read(there, [student], Budget())


def _class_in(archive):
    """The submissions in a zip on disk, which stays there."""
    try:
        with archive.open() as stream:
            for submission in submissions_in(in_archive(stream, archive.label), _text):
                yield from _of(submission)
    except (Broken, OSError) as error:
        yield Found(archive.label, student_of_file(archive.name), None, _reason(error))


def _of(submission):
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
            yield from _read(file, students, budget)


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
        tree = in_archive(io.BytesIO(budget.read(file, MEMORY)), file.label)
        inside = tree.children()
    except TooMuch:
        raise
    except (Broken, *FAULTS) as fault:
        budget.count()
        yield from _told(file.label, students, _reason(fault))
    else:
        yield from _each(inside, students, budget, others, depth + 1)


def _read(file, students, budget):
    """A notebook, once for each student."""
    budget.count()
    try:
        data = None if file.fault else budget.read(file, LARGEST + 1)
    except FAULTS as fault:
        yield from _told(file.label, students, f"The file cannot be read: {_reason(fault)}.")
    else:
        yield from _told(file.label, students, file.fault, data)


def _told(label, students, error, data=None):
    for student in students:
        shared = f"{label} ({student.label})" if len(students) > 1 else label
        yield Found(shared, student, data, error)


def _text(file):
    """The text of a file that a platform has added; "" if it cannot be read."""
    try:
        return Budget().read(file, MEMORY).decode("utf-8", "replace")
    except FAULTS:
        return ""


def _reason(fault):
    """What Python says of a fault, without the path, on one line."""
    return getattr(fault, "strerror", None) or " ".join(str(fault).split())


def _listing(names):
    """What there is, in a few words that any page and terminal can show."""
    shown = ["".join(c if c.isprintable() else "?" for c in name)[:60] for name in names[:LISTED]]
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"there is {', '.join(shown)}{more}" if names else "there is no file at all"
