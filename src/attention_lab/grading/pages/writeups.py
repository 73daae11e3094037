"""The marker's page: each write-up beside its rubric, with fields for points, saved as a CSV."""

from base64 import b64encode
from hashlib import sha256

from attention_lab.grading.pages.drawing import TEMPLATES, draw, markup
from attention_lab.grading.pages.points import columns
from attention_lab.grading.shown import in_line


def writeups_page(reports, writeups):
    """The write-ups of a class as a page to mark them on.

    What the marker types stays in that browser, a key for each text, until it is saved as
    ``writeup-points.csv``, which ``read_points`` reads. The texts are shown as they were typed.

    Args:
        reports: ``Report``s; those that could not be read are only counted.
        writeups: the ``Writeup``s of the course.

    Returns:
        HTML that loads nothing; it runs one script, its own.
    """
    reports = list(reports)
    read = sorted((r for r in reports if not r.error), key=lambda r: r.student.label.casefold())
    script = (TEMPLATES / "writeups.js").read_text("utf-8")
    return draw(
        "writeups.html",
        items=_items(read, writeups),
        columns=columns(writeups),
        broken=len(reports) - len(read),
        script=markup(script),
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
    )


def _items(read, writeups):
    """What there is to mark, question by question."""
    return [
        {
            "writeup": writeup,
            "most": writeup.points,
            "file": in_line(report.file),
            "student": in_line(report.student.label),
            "text": report.writeups.get(writeup.name, ""),
            "key": _key(report, writeup.name),
            "question": q,
            "person": n,
        }
        for q, writeup in enumerate(writeups)
        for n, report in enumerate(read)
    ]


def _key(report, question):
    """Where the browser keeps the points: another class or another text has another place."""
    parts = (report.file, report.student.label, question, report.writeups.get(question, ""))
    known = "\0".join(parts).encode("utf-8", "surrogatepass")
    return f"attention-lab/points/{sha256(known).hexdigest()[:20]}"
