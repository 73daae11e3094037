"""A submission becomes a Report: its answers are found, read, and judged, and earn points."""

from dataclasses import dataclass, field

from attention_lab.arithmetic import scores_of
from attention_lab.attempt import Attempt
from attention_lab.exercises import ALL, EXERCISES
from attention_lab.faults import find_fault
from attention_lab.fixtures import SEED
from attention_lab.grading.constants.finding import find
from attention_lab.grading.handed_in.notebooks import ASKED, OWN, THE_ONE, read
from attention_lab.grading.report import FAILED, MISSING, PASSED, REFUSED, Broken, Mark, Report
from attention_lab.grading.shown import short
from attention_lab.judge import judge
from attention_lab.variants import variant_for
from attention_lab.writeups import WRITEUPS

NOTHING = "No code cell defines {function}()."
UNREAD = "Not read: {reason}. A person will look at it."
ROWS = "{passed} of {rows} rows pass, for which there are {points:g} points."
EMPTY = (
    "Expected answers; this notebook has none of the course's functions, and no text. Is it the "
    f"right file? What counts is {THE_ONE}."
)
NOBODY = "it is not known whose this is, so neither are the keys and values it should be judged on"
OTHER = "The notebook is made for {says}; it is judged on {theirs}."
WORKED_ON = "The notebook says that it was worked on {says}; it is judged on {theirs}. {advice}"
NAMES = (
    "That is the variant of {name!r}. If students gave another name to get theirs, say which: with "
    "--roster and --known-by (see attention-lab grade --help), on Gradescope with --known-by "
    "(attention-lab gradescope --help)."
)
COURSE = "If variants were handed out, name their course with --variants."


@dataclass(frozen=True)
class Rules:
    """How a class is marked.

    Attributes:
        course: the name that, with a student's, chooses a variant; "" where all work on the
            course's own keys and values.
        points: of exercises by number, where they differ from what ``exercises.py`` says.
    """

    course: str = ""
    points: dict[str, float] = field(default_factory=dict)

    def tasks(self):
        """What is marked: the assignment, and what else is worth any points."""
        return [task for task in ALL if task in EXERCISES or self.points_of(task)]

    def points_of(self, task):
        """What an exercise is worth."""
        return self.points.get(task.number, task.points)


def mark(file, student, data, rules=Rules(), known_as=None):
    """The Report on a submission. Nothing of it is executed.

    Args:
        file: what it is called.
        student: a ``Student``.
        data: the notebook, as bytes.
        rules: the class's ``Rules``.
        known_as: by which name the student's variant is chosen, "" where that is not known; the
            student's id, or what else is known, if left out.

    Returns:
        A Report; of a file that cannot be read one with an error.
    """
    report = Report(file, student)
    try:
        notebook = read(data)
    except Broken as broken:
        report.error = str(broken)
        return report
    report.writeups = {name: notebook.writeups.get(name, "") for name in _writeup_names()}
    name = student.id or student.label if known_as is None else known_as
    fixture = _fixture(report, notebook, rules, name)
    answers = find(notebook.code, rules.tasks())
    if not any(answers.values()) and not any(report.writeups.values()):
        report.notes.append(EMPTY)
    for task in rules.tasks():
        most = rules.points_of(task)
        report.marks[task.number] = _mark(task, answers, fixture, most)
    return report


def _writeup_names():
    return [writeup.name for writeup in WRITEUPS]


def _fixture(report, notebook, rules, name):
    """The keys and values to judge on; None where they are not known."""
    theirs = variant_for(name, rules.course) if rules.course and name else None
    report.variant = theirs and theirs.number
    if theirs or not rules.course:
        doubt = _doubt(notebook, rules.course, name, theirs)
        report.notes += [doubt] if doubt else []
    return theirs if rules.course else SEED


def _doubt(notebook, course, name, theirs):
    """What to say where a notebook says that it is about others than it is judged on, or ""."""
    on = _named(theirs.number if theirs else OWN)
    made_for = notebook.works_on
    said = notebook.claims.variants(course)
    if isinstance(made_for, int) and made_for not in said:
        said = [made_for, *said]
    others = [number for number in said if not theirs or number != theirs.number]
    if others:
        says = " and ".join(map(_named, others))
        advice = NAMES.format(name=short(name)) if theirs else COURSE
        return WORKED_ON.format(says=says, theirs=on, advice=advice)
    same = (course, ASKED) if theirs else (OWN,)
    if isinstance(made_for, str) and made_for not in same:
        return OTHER.format(says=_named(made_for), theirs=on)
    return ""


def _named(keys_and_values):
    """Keys and values in words, as a notebook says which they are."""
    if isinstance(keys_and_values, int):
        return short(f"variant {keys_and_values}")
    if keys_and_values in (OWN, ASKED):
        return f"{keys_and_values} keys and values"
    return f"the variants of {short(keys_and_values)!r}"


def _mark(task, answers, fixture, most):
    """The Mark of one exercise."""
    answer = answers.get(task.number)
    if answer is None:
        message = NOTHING.format(function=task.function)
        return Mark(task.number, MISSING, message, 0, most)
    where = {"cell": answer.cell, "line": answer.line, "source": answer.source}
    refusal = answer.refusal or (NOBODY if task.on(fixture) == (None,) else "")
    if refusal:
        message = UNREAD.format(reason=refusal)
        return Mark(task.number, REFUSED, message, 0, most, **where)
    return _judged(task, answer.value, _own_query(task, answers), fixture, most, where)


def _own_query(task, answers):
    """The student's own answer to the exercise that a key is edited for, if it was read."""
    own = answers.get(task.query_of)
    return None if own is None else own.value


def _judged(task, value, own_query, fixture, most, where):
    """The Mark of an answer that was read."""
    verdict = _verdict(task, value, own_query, fixture)
    where |= {"diagnosis": verdict.diagnosis}
    if verdict.passed:
        return Mark(task.number, PASSED, verdict.message, most, most, verdict=verdict, **where)
    if is_placeholder(task, value, fixture):
        return Mark(task.number, MISSING, verdict.message, 0, most, **where)
    passed = _rows_passed(task, value, fixture) if verdict.error is not None else 0
    points = most * passed / len(task.wanted)
    message = verdict.message
    if passed:
        message += " " + ROWS.format(passed=passed, rows=len(task.wanted), points=points)
    return Mark(task.number, FAILED, message, points, most, verdict=verdict, **where)


def _verdict(task, value, own_query, fixture):
    """The judge's verdict; a key may go with the student's own query or with the course's."""
    verdict = judge(task, value, fixture, own_query)
    if not verdict.passed and own_query is not None:
        with_ours = judge(task, value, fixture)
        return with_ours if with_ours.passed else verdict
    return verdict


def is_placeholder(task, value, fixture):
    """Whether an answer is still what a chapter has in its place.

    >>> from attention_lab.exercises import exercise
    >>> is_placeholder(exercise("1.2.1"), [[float("nan")] * 3], SEED)
    True
    """
    fault = find_fault(value, task.shape(len(task.on(fixture)[0].key[0])))
    return fault is not None and fault[0] == "not-finite/placeholder"


def _rows_passed(task, value, fixture):
    """How many rows of a query would pass by themselves."""
    if task.kind not in ("query", "matrix") or len(task.wanted) == 1:
        return 0
    fixture = task.on(fixture)[0]
    attempt = Attempt(task, scores_of(task.queries(value), fixture.key), fixture.value)
    return sum(error < task.tolerance for error in attempt.errors)
