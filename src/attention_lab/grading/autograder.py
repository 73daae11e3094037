"""What runs on Gradescope: marks the submission there and writes ``results.json``.

Gradescope's layout is fixed: ``/autograder`` holds ``submission``, ``submission_metadata.json`` and
``results``. Standard library only; nothing is installed there, and nothing that was handed in runs.

Format: Gradescope, *Autograder Specifications*.
"""

import json
import sys
import time
from pathlib import Path

from attention_lab.card import as_html
from attention_lab.exercises import exercise
from attention_lab.grading.batch import Submission, mark_one
from attention_lab.grading.handed_in.files import submissions
from attention_lab.grading.handed_in.notebooks import THE_ONE
from attention_lab.grading.marking import Rules
from attention_lab.grading.report import PASSED, Report, Student

SETTINGS = Path(__file__).parent / "gradescope.json"  # which ``gradescope.py`` writes into the zip
NOTHING = f"Expected a notebook (.ipynb); there is no file at all. Hand in {THE_ONE}."
SEVERAL = "Expected one notebook; got {count}: {names}. Hand in {one}."
WRITEUPS = "Write-ups are read by a person and are not part of this score."


def main(root):
    """Mark what is in ``submission`` and write ``results/results.json``.

    Args:
        root: ``/autograder``, as a path.
    """
    begun = time.monotonic()
    settings = json.loads(SETTINGS.read_text("utf-8"))
    report = mark_folder(root, settings)
    results = as_results(report, round(time.monotonic() - begun, 3))
    folder = Path(root, "results")
    folder.mkdir(exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, indent=1), "utf-8")


def mark_folder(root, settings):
    """The Report on what Gradescope has put under ``root``.

    Args:
        root: as for ``main``.
        settings: dict of ``course``, ``points`` and ``known_by``, the field of the metadata that
            students gave as their name.
    """
    user = _user(Path(root, "submission_metadata.json"))
    student = Student(user.get("name", ""), user.get("sid", ""), user.get("email", ""))
    known_as = user.get(settings["known_by"], "")
    found = list(submissions([Path(root, "submission")]))
    if not found:
        return Report("", student, error=NOTHING)
    if len(found) > 1:
        names = ", ".join(one.file for one in found)[:300]
        said = SEVERAL.format(count=len(found), names=names, one=THE_ONE)
        return Report("", student, error=said)
    (one,) = found
    rules = Rules(settings["course"], settings["points"])
    return mark_one(rules, Submission(one.file, student, one.data, one.error, known_as))


def _user(metadata):
    """Who hands in, the first where several do together; texts only."""
    try:
        user = json.loads(metadata.read_text("utf-8"))["users"][0]
        return {name: str(value) for name, value in user.items() if value is not None}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def as_results(report, seconds):
    """A Report as Gradescope shows it.

    Args:
        report: a Report.
        seconds: that marking took.

    Returns:
        What belongs into ``results.json``.
    """
    return {
        "score": report.score,
        "execution_time": seconds,
        "output": "\n".join([*report.reasons, WRITEUPS]),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"needs_a_person": report.reasons, "variant": report.variant},
        "tests": [_test(mark) for mark in report.marks.values()],
    }


def _test(mark):
    card = mark.verdict is not None
    output = as_html(mark.verdict, helps=False) if card else mark.message
    return {
        "number": mark.number,
        "name": exercise(mark.number).title,
        "score": mark.points,
        "max_score": mark.max_points,
        "status": "passed" if mark.status == PASSED else "failed",
        "output": output,
        "output_format": "html" if card else "text",
        "tags": [tag for tag in (mark.status, mark.diagnosis) if tag],
        "visibility": "visible",
    }


if __name__ == "__main__":
    main(sys.argv[1])
