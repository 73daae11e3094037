"""What was handed in, file by file, from notebooks, folders and zips as instructors have them.

A file is read when its turn comes, so that a class takes no more memory than its largest
submission. What cannot be read is listed with what to do.
"""

import os
from collections import Counter
from pathlib import Path

from attention_lab.grading.handed_in.archives import FAULTS, in_archive, reason
from attention_lab.grading.handed_in.budget import MEMORY, Budget
from attention_lab.grading.handed_in.layout import student_of_file, submissions_in
from attention_lab.grading.handed_in.reading import CLOSED, Found, notebooks_of, one_file
from attention_lab.grading.handed_in.tree import File, on_disk
from attention_lab.grading.report import Broken, Student


def submissions(paths):
    """What is at paths: notebooks, folders with anything in them, zips.

    Args:
        paths: as they were named; one at which nothing is becomes an entry with an error.

    Returns:
        Iterator over Founds, folder by folder in the order of names. Each notebook is one, for each
        student of a group; a submission without any is one with an error.
    """
    labels = Counter()
    for found in _all_found(list(map(Path, paths))):
        labels[found.file] += 1
        if labels[found.file] > 1:
            found = found._replace(file=f"{found.file} ({labels[found.file]})")
        yield found


def _all_found(paths):
    names = Counter(map(_name, paths))
    for path in paths:
        alike = names[_name(path)] > 1
        label = path.as_posix() if alike else _name(path)
        try:
            there = on_disk(os.path.realpath(path), label)
        except (OSError, ValueError) as error:
            said = f"Expected a notebook, a folder or a zip; {reason(error)}. Check the name."
            yield Found(label, Student(), None, said)
        else:
            yield from _at(there, path.parent.name if alike else "")


def _name(path):
    return os.path.basename(os.path.abspath(path))


def _at(there, parent):
    """What was named when the program was called: a file is read, whatever it is called."""
    if not isinstance(there, File):
        for submission in submissions_in(there, _text):
            yield from notebooks_of(submission)
    elif there.is_archive and not there.fault:
        yield from _class_in(there)
    else:  # where all are called the same, their folders tell
        student = Student(parent) if parent else student_of_file(there.name)
        yield from one_file(there, [student], Budget())


def _class_in(archive):
    """The submissions in a zip on disk, which stays there."""
    try:
        with archive.open() as stream:
            for submission in submissions_in(in_archive(stream, archive.label), _text):
                yield from notebooks_of(submission)
    except (Broken, OSError) as error:
        said = str(error) if isinstance(error, Broken) else f"{CLOSED}{reason(error)}."
        yield Found(archive.label, student_of_file(archive.name), None, said)


def _text(file):
    """The text of a file that a platform has added; "" if it cannot be read."""
    try:
        return Budget().read(file, MEMORY).decode("utf-8", "replace")
    except FAULTS:
        return ""
