"""A class that never was: forty submissions with every diagnosis, judged by the real judge."""

import random

from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES, Exercise, exercise
from attention_lab.fixtures import SEED, Fixture
from attention_lab.grading.report import FAILED, MISSING, PASSED, REFUSED, Mark, Report, Student
from attention_lab.judge import judge
from tests.wrong_answers import AXES, ON_THE_AXES, ON_THE_SEED, OTHERS, UNUSABLE, WRONG_ANSWERS

# What may be said of the assignment; the rest is for kinds of exercises beyond it.
KINDS = UNUSABLE + ON_THE_SEED + ON_THE_AXES + OTHERS
DIAGNOSES = {row[2] for row in KINDS} | {"correct"}


class Question:
    """A write-up as ``attention_lab.writeups`` has it: its name, its title and its rubric."""

    def __init__(self, name, title, rubric):
        self.name, self.title, self.rubric = name, title, rubric

    @property
    def points(self):
        """What there is to earn."""
        return sum(points for points, _ in self.rubric)


# Sums that differ, so that one rubric cannot pass for the other.
QUESTIONS = (
    Question(
        "writeup-copying",
        "Why copy?",
        ((2, "Names what needs copying."), (1, "Says what an average does."), (3, "Says how.")),
    ),
    Question(
        "writeup-averaging",
        "Why average?",
        ((2, "Names a job for several tokens."), (2, "Says what is lost.")),
    ),
)

NAMES = """Ada Lovelace, Alan Turing, Grace Hopper, Annie Easley, Katherine Johnson, Mary Jackson,
Dorothy Vaughan, Emmy Noether, Sofja Kowalewskaja, Srinivasa Ramanujan, Évariste Galois, Paul Erdős,
李善蘭, 関孝和, محمد الخوارزمي, Ὑπατία, Leonhard Euler, Carl Friedrich Gauß, Maryam Mirzakhani,
Hedy Lamarr, Radia Perlman, Barbara Liskov, Frances Allen, Edsger Dijkstra, Tony Hoare,
Donald Knuth, John McCarthy, Karen Spärck Jones, Shafi Goldwasser, Lenore Blum, Manuel Blum,
Judea Pearl, Fei-Fei Li, Geoffrey Hinton, Yann LeCun, Yoshua Bengio, Claude Shannon,
Wilhelmina Theodora van der Meulen-Brouwershaven, Norbert Wiener, George Boole"""
# Of ten answers to an exercise, how many pass in this class.
EASE = {"1.2.1": 9, "1.2.2": 8, "1.3.1": 9, "1.3.2": 4, "1.4.1": 5, "1.4.2": 6}
# No real exercise has a wrong answer off target; the message is the same.
OFF_TARGET = Exercise("1.4.2", "", wanted=((3,),), hints=(), edits=2, query_of="1.2.1")
ESSAY = (
    "Some words can only be right if they are repeated exactly.\n\n"
    "A name in a story must come back letter for letter; halfway between two names is no name. "
    "So one key's score must exceed all others by a gap, and its value must hold the token."
)


def verdict_of(diagnosis):
    """A verdict with this diagnosis, from the table of wrong answers."""
    if diagnosis == "off-target":
        return judge(OFF_TARGET, [9.0, 0.0, 0.0, 0.0], Fixture(key=AXES, value=AXES))
    if diagnosis == "correct":
        return right("1.2.1")
    row = next(row for row in WRONG_ANSWERS if row[2] == diagnosis)
    return judge(row[0], row[1], row[4])


def right(number):
    """The verdict on the course's own answer."""
    return judge(number, course_answer(exercise(number), SEED))


def marked(verdict, cell=5, answer="[[4.7, 6.5, 6.0]]"):
    """The Mark that a verdict comes to, for one point."""
    name = "answer" + verdict.exercise.replace(".", "")
    source = f"def {name}():\n    # TODO\n    return torch.tensor({answer})\n"
    return Mark(
        verdict.exercise,
        PASSED if verdict else FAILED,
        verdict.message,
        1.0 * bool(verdict),
        1.0,
        diagnosis=verdict.diagnosis,
        verdict=verdict,
        cell=cell,
        line=1,
        source=source,
    )


def refused(number="1.3.2", message="`key` is not written out here."):
    """An answer that a person must look at, in cell 14, line 3."""
    source = "def get_query132():\n    # TODO\n    return 100 * (key[0] + key[1]) / 2\n"
    return Mark(number, REFUSED, message, 0.0, 1.0, cell=14, line=3, source=source)


def missing(number):
    """An answer that is not there."""
    return Mark(number, MISSING, f"No function for {number} was found.", 0.0, 1.0)


def report(*marks, file="ada.ipynb", name="Ada Lovelace", texts=(), **more):
    """A Report of these marks, with the rubrics' sums."""
    most = {question.name: question.points for question in QUESTIONS}
    return Report(
        file,
        Student(name),
        {mark.number: mark for mark in marks},
        dict(texts),
        max_writeup_points=most,
        **more,
    )


def broken(file="cut.ipynb", name=""):
    """A file that cannot be read."""
    return Report(file, Student(name), error="The file is cut off: download it again.")


def whole_class():
    """Forty reports; the first fourteen have a diagnosis each, the last two cannot be read."""
    draw = random.Random(5)
    reports = []
    for n, name in enumerate(" ".join(NAMES.split()).split(", ")):
        marks = {task.number: _drawn(draw, task.number) for task in EXERCISES}
        if n < len(DIAGNOSES):
            verdict = verdict_of(sorted(DIAGNOSES)[n])
            marks[verdict.exercise] = marked(verdict)
        file = f"class.zip/{n:02}_{4000 + n}_answers.ipynb"
        texts = [(q.name, ESSAY if draw.random() < 0.8 else "") for q in QUESTIONS]
        reports.append(report(*marks.values(), file=file, name=name, texts=texts))
    reports[7].notes = ["The file is on variant 12; the student's is 137. Judged on 137."]
    reports[7].variant = 137
    for n in (38, 39):
        reports[n] = broken(reports[n].file, reports[n].student.name)
    return reports


def _drawn(draw, number):
    """An answer as it may come: right, wrong, beyond reading, or none."""
    if draw.randrange(10) < EASE[number]:
        return marked(right(number))
    chance = draw.random()
    if chance < 0.08:
        return missing(number)
    if chance < 0.2:
        return refused(number)
    wrong = [row for row in WRONG_ANSWERS if row[0] == number and row[4] is SEED]
    _, answer, *_ = draw.choice(wrong[-10:])
    return marked(judge(number, answer))


# Texts that a page must show and never obey. The names of attributes and elements are ones that no
# page of ours has, so that a test can look for them.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></pre></div></style></title><marquee onstart='alert(1)'>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% include 'page.css' %}",
    "\u202egnirts\u2066\u0000\u0007\u001b[31m\u009b\udfff\ud800\ufffe",
    "=HYPERLINK(0)+cmd|' /C calc'!A0",
    "line\r\nbreak\rand\ttab",
    "<!--<svg onload=alert(1)>]]>&lt;b&gt;",
    "x" * 100_000,
    "漢" * 300 + "../" * 60,
)


def hostile(n):
    """A report in which every text is the nth of those."""
    text = HOSTILE[n]
    bad = marked(judge("1.2.1", text))
    marks = {
        "1.2.1": Mark(**{**vars(bad), "source": text}),
        "1.3.2": Mark("1.3.2", REFUSED, text, 0.0, 1.0, cell=2, line=3, source=text),
        "1.4.1": Mark("1.4.1", MISSING, text, 0.0, 1.0),
    }
    most = {question.name: question.points for question in QUESTIONS}
    return Report(
        f"{text}.ipynb",
        Student(text, text, text),
        marks,
        {question.name: text for question in QUESTIONS},
        notes=[text],
        max_writeup_points=most,
    )


def all_hostile():
    """One for each text, and a file that cannot be read and says so in such a text."""
    reports = [hostile(n) for n in range(len(HOSTILE))]
    return [*reports, *(Report(text, Student(text), error=text) for text in HOSTILE)]
