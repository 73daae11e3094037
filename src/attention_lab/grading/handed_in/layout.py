"""How what was handed in is laid out: which files in a tree are one submission, and whose.

A learning platform's names count before those of folders, and an outer name before an inner one:
what is inside of a submission was named by its student, who may call it after somebody else.
"""

import re
from typing import NamedTuple

from attention_lab.grading.handed_in.names import METADATA, student_in, submitters
from attention_lab.grading.handed_in.tree import NOTEBOOK, File
from attention_lab.grading.report import Student

GRADESCOPE = re.compile(r"assignment_\d+_export$")  # what Gradescope calls the folder of an export
NBGRADER = "submitted"  # what nbgrader calls the folder with a folder for each student
BESIDE = {"source", "release", "autograded", "feedback"}  # nbgrader's folders with other notebooks
# What the course calls its own files tells nothing of who hands them in: "… answers (1).ipynb".
OURS = re.compile(r"understanding.attention|untitled|\(closed\)", re.IGNORECASE)


class Submission(NamedTuple):
    """What belongs together.

    Attributes:
        label: where it is.
        students: who handed it in: one, or a group.
        contents: its Files and Folders.
    """

    label: str
    students: list
    contents: list


def submissions_in(folder, read):
    """The submissions in a folder, or in a zip.

    Args:
        folder: a Folder.
        read: returns the text of a File, of Gradescope's metadata; "" if it cannot be read.

    Returns:
        Iterator over Submissions.
    """
    children = folder.children()
    if folder.name != NBGRADER and _is_wrapper(children):
        yield from submissions_in(children[0], read)
    else:
        yield from _sorted(children, read)


def _sorted(children, read):
    """What is in a folder, as Submissions, and those in what is an export itself."""
    told = [child for child in children if child.name == METADATA and not _is_folder(child)]
    known = submitters(read(told[0])) if told else {}
    folders = [child for child in children if _is_folder(child)]
    by_nbgrader = NBGRADER in [folder.name for folder in folders]
    # A single export among folders of students may be a trick of one.
    exports = folders if all(map(_is_export, folders)) else []
    together = {}
    for child in children:
        if child in exports or (child in folders and child.name == NBGRADER):
            yield from submissions_in(child, read)
        elif not (by_nbgrader and child.name in BESIDE):
            _sort_in(together, child, known)
    yield from together.values()


def student_of_file(name):
    """Whom a file's own name tells, if it is called after its student; nobody if after the course.

    >>> student_of_file("Ada Lovelace.ipynb").name, student_of_file("Untitled1.ipynb").name
    ('Ada Lovelace', '')
    """
    plain = NOTEBOOK.sub("", name)
    plain = plain[:-4] if plain.lower().endswith(".zip") else plain
    return student_in(name) or Student("" if OURS.match(plain) else plain)


def _is_folder(child):
    return not isinstance(child, File)


def _is_wrapper(children):
    """Whether there is but one folder, and that is not a submission but holds several."""
    if len(children) != 1 or not _is_folder(children[0]) or student_in(children[0].name):
        return False
    inside = children[0].children()
    folders = sum(map(_is_folder, inside))
    files = sum(not _is_folder(child) and child.may_hold_answers for child in inside)
    told = any(child.name == METADATA or student_in(child.name) for child in inside)
    return folders > 1 or files > 1 or told or _is_wrapper(inside)


def _is_export(folder):
    """Whether a folder beside others comes from a platform, and is not a submission."""
    if student_in(folder.name):
        return False
    students = [student_in(child.name) for child in folder.children()]
    several = None not in students and len({student.id for student in students}) > 1
    return several or GRADESCOPE.match(folder.name) is not None


def _sort_in(together, child, known):
    """Put a file or a folder to the submission that it belongs to."""
    student, label = student_in(child.name), child.label
    if student:
        key = student.id
    elif not _is_folder(child) and not child.may_hold_answers:
        return  # beside submissions: a table of the class, a note
    else:
        key = child.label
    students = known.get(child.name) or [student or _named(child)]
    together.setdefault(key, Submission(label, students, [])).contents.append(child)


def _named(child):
    return Student(child.name) if _is_folder(child) else student_of_file(child.name)
