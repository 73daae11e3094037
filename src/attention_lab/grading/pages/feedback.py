"""A student's feedback page, and a folder of them: the card of the notebook for each exercise."""

import re
import unicodedata
from hashlib import sha256
from pathlib import Path

from attention_lab.card import as_html, heading
from attention_lab.exercises import ALL
from attention_lab.grading.pages.drawing import draw, markup
from attention_lab.grading.report import FAILED, MISSING, REFUSED
from attention_lab.grading.shown import visible

OURS = '<meta name="generator" content="attention-lab grade: feedback">'
TITLES = {task.number: task.title for task in ALL}
# Where the judge had nothing to say.
STATUS = {REFUSED: "not read: a person must look", MISSING: "no answer found", FAILED: "not yet"}
LONGEST_NAME = 100  # bytes; file systems take 255, of a whole path some take 260 characters


def feedback_page(report, writeups=()):
    """One submission as a page for the student: no one else's data, and nobody's solution.

    The notes in a report are for the person who marks, so they are not shown.

    Args:
        report: a ``Report``.
        writeups: the ``Writeup``s of the course, for their titles.

    Returns:
        HTML that loads nothing and runs nothing.
    """
    return draw(
        "feedback.html",
        ours=markup(OURS),
        report=report,
        exercises=[_exercise(mark) for mark in report.marks.values()],
        questions=_questions(report, {writeup.name: writeup.title for writeup in writeups}),
        refused=sum(mark.status == REFUSED for mark in report.marks.values()),
        failed=any(mark.status == FAILED for mark in report.marks.values()),
    )


def _exercise(mark):
    """What the page needs to know of one exercise."""
    return {
        "mark": mark,
        "anchor": "exercise-" + re.sub(r"\W", "-", mark.number),
        "title": TITLES.get(mark.number, ""),
        "outcome": outcome(mark),
        "card": card(mark.verdict) if mark.verdict is not None else "",
    }


def outcome(mark):
    """What happened, in a few words, with the sign that the card has in front."""
    if mark.verdict is not None:  # one that failed is false
        sign, _, rest = heading(mark.verdict).partition(" ")
        return sign, rest.partition(": ")[2]
    signs = {REFUSED: "?", MISSING: "○"}
    return signs.get(mark.status, "✗"), STATUS.get(mark.status, mark.status)


def card(verdict):
    """The card as in the notebook, without its offer to call ``hint()``: a page cannot."""
    return markup(visible(as_html(verdict, helps=False)))


def _questions(report, titles):
    """The write-ups that were asked for, handed in or marked, in the course's order."""
    names = [*titles, *report.writeups, *report.writeup_points]
    return [
        {
            "title": titles.get(name, name),
            "text": report.writeups.get(name, ""),
            "points": report.writeup_points.get(name),
            "most": report.max_writeup_points.get(name),
            "comment": report.writeup_comments.get(name, ""),
        }
        for name in dict.fromkeys(names)
    ]


def write_feedback(reports, folder, writeups=()):
    """Write a page for each report into a folder, which is made if need be.

    Pages of an earlier run are replaced, and deleted where they are nobody's any more, so that the
    folder can be handed out as it is. Other files in it are left alone.

    Args:
        reports: a list of ``Report``s: all names are looked at before the first page is written.
        folder: where to.
        writeups: as for ``feedback_page``.

    Returns:
        The paths, in the order of the reports.

    Raises:
        FileExistsError: something that is no feedback page has one of the names. Nothing is
            written then.
    """
    folder = Path(folder)
    paths = [folder / name for name in page_names(reports)]
    for path in paths:
        _refuse_unless_ours(path)
    folder.mkdir(parents=True, exist_ok=True)
    for path in {path for path in folder.glob("*.html") if _is_ours(path)}.difference(paths):
        path.unlink()
    for report, path in zip(reports, paths):
        path.write_text(feedback_page(report, writeups), "utf-8", newline="\n")
    return paths


def page_names(reports):
    """Names for the pages: told by the student, alike in every run, and no two the same.

    The letters behind the name come from the file, since two students may have one name. Upper and
    lower case are one, as in many file systems.

    >>> from attention_lab.grading.report import Report, Student
    >>> ada, nobody = Report("a.ipynb", Student("Ada Lovelace")), Report("b.ipynb", Student("../"))
    >>> page_names([ada, nobody])
    ['ada-lovelace-63f87fba.html', 'student-33e3086f.html']
    """
    taken, names = set(), []
    for report in reports:
        stem, count = _stem(report), 1
        name = stem
        while name in taken:  # the same file was given twice
            count += 1
            name = f"{stem}-{count}"
        taken.add(name)
        names.append(f"{name}.html")
    return names


def _stem(report):
    """Letters and digits of any script; everything else in a name is a hyphen."""
    student = report.student
    known = "\0".join((report.file, student.name, student.id, student.email))
    digest = sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    letters = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", student.label)).lower()
    letters = letters.encode("utf-8", "ignore")[:LONGEST_NAME].decode("utf-8", "ignore")
    return f"{letters.strip('-') or 'student'}-{digest}"


def _is_ours(path):
    """Whether something is a feedback page."""
    ours = path.is_file() and not path.is_symlink()
    return ours and OURS.encode() in path.read_bytes()[:2000]


def _refuse_unless_ours(path):
    """Raise if writing there would destroy something that is not a page of ours."""
    if not path.exists() and not path.is_symlink():
        return
    if not _is_ours(path):
        raise FileExistsError(
            f"Expected room for a feedback page at {path}; something else is there. "
            "Move it away, or choose another folder."
        )
