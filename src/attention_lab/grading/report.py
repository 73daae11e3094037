"""What marking a submission comes to: a Mark for each exercise, together a Report."""

from dataclasses import dataclass, field

from attention_lab.judge import Verdict

PASSED, FAILED, REFUSED, MISSING = "passed", "failed", "refused", "missing"


class Broken(Exception):
    """A file that cannot be read at all; its text says what to do."""


@dataclass(frozen=True)
class Student:
    """Who handed in, as the name of a file or the roster tells; "" where it does not.

    Attributes:
        name: as it is shown, such as ``"Ada Lovelace"``.
        id: by which a learning platform knows the student.
        email: likewise.
    """

    name: str = ""
    id: str = ""
    email: str = ""

    @property
    def label(self):
        """What to call the student by, the best that is known; "" where nothing is.

        >>> Student("Ada Lovelace", "17").label, Student(id="17").label
        ('Ada Lovelace', '17')
        """
        return self.name or self.id or self.email

    @property
    def key(self):
        """What tells the student from others, the surest that is known; "" where nothing is.

        >>> Student("Ada Lovelace", "17").key, Student("Ada Lovelace").key
        ('17', 'Ada Lovelace')
        """
        return self.id or self.email or self.name


@dataclass(frozen=True)
class Mark:
    """One exercise of one submission.

    Attributes:
        number: of the exercise, ``"1.2.1"``.
        status: passed; failed; refused, which a person must look at; or missing.
        message: why, in the words of the judge, or why the answer was not read.
        points: earned.
        max_points: what there is to earn.
        diagnosis: the judge's code; "" where it had nothing to judge.
        verdict: the judge's, where there was something to judge.
        cell: where the answer stands, among all cells of the notebook from 1 on; None if nowhere.
        line: of that cell, from 1 on; None if nowhere.
        source: the text of the answer's function; "" if there is none.
    """

    number: str
    status: str
    message: str
    points: float
    max_points: float
    diagnosis: str = ""
    verdict: Verdict | None = None
    cell: int | None = None
    line: int | None = None
    source: str = ""


@dataclass
class Report:
    """One submission, marked.

    Attributes:
        file: where it came from, ``"class.zip/lovelace_12_34_answers.ipynb"``.
        student: who handed it in.
        marks: by exercise, in the course's order; empty where the file cannot be read.
        writeups: texts by the name of their question, ``"writeup-copying"``.
        error: why the file cannot be read; "" if it can.
        notes: what a person should know, such as a variant that is not the student's.
        variant: the number of the variant it was judged on; None for the course's numbers.
        writeup_points: by question, as a person gave them; a question not yet marked is not there.
        max_writeup_points: by question, as the rubrics have them.
        writeup_comments: by question, what the marker wrote to the student.
    """

    file: str
    student: Student
    marks: dict[str, Mark] = field(default_factory=dict)
    writeups: dict[str, str] = field(default_factory=dict)
    error: str = ""
    notes: list[str] = field(default_factory=list)
    variant: int | None = None
    writeup_points: dict[str, float] = field(default_factory=dict)
    max_writeup_points: dict[str, float] = field(default_factory=dict)
    writeup_comments: dict[str, str] = field(default_factory=dict)

    @property
    def score(self):
        """The points of the exercises, and those that a person gave for write-ups."""
        return sum(mark.points for mark in self.marks.values()) + sum(self.writeup_points.values())

    @property
    def max_score(self):
        """The points that there are, write-ups included once they are marked."""
        most = sum(mark.max_points for mark in self.marks.values())
        return most + sum(self.max_writeup_points[name] for name in self.writeup_points)

    @property
    def reasons(self):
        """Why a person must look at it, a sentence each; empty if nobody need."""
        refused = [
            f"{mark.number}: {mark.message}"
            for mark in self.marks.values()
            if mark.status == REFUSED
        ]
        return [reason for reason in [self.error, *self.notes, *refused] if reason]
