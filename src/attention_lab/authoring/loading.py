"""A file of the package that does not load is told in one line, with file and line.

It imports nothing that might be that file.
"""

import re
import traceback
from pathlib import Path

from attention_lab.meant import meant

PACKAGE = Path(__file__).resolve().parents[1]
ANSWERS = "answers.py"  # in which what is called is an author's, too
ELSEWHERE = re.compile(r" \([^()]*\.py\)$")  # the path behind Python's own words


def fault_of(error):
    """Where a file of the package does not load, and why; None for any other error."""
    if isinstance(error, SyntaxError) and error.filename:
        return _told(error.filename, error.lineno, error.msg)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.name == "<module>" or Path(frame.filename) == PACKAGE / ANSWERS:
            return _told(frame.filename, frame.lineno, _said(error))
    return None


def _said(error):
    """What Python says of a mistake, and what might have been meant."""
    message = ELSEWHERE.sub("", str(error))
    if isinstance(error, KeyError):
        return f"There is no {message}."
    if "is not callable" in message:
        return f"{message}; perhaps a comma is missing."
    unknown = re.fullmatch(r"Exercise\.__init__\(\) got an unexpected .* '(\w+)'", message)
    if not unknown:
        return message
    from attention_lab.exercises.task import Exercise

    known = Exercise.__init__.__code__.co_varnames[1 : Exercise.__init__.__code__.co_argcount]
    return f"Exercise has no {unknown[1]!r}. {meant(unknown[1], known)}"


def _told(file, line, what):
    """A line as ``Fault`` has it; None for a file that is not the package's."""
    file = Path(file).resolve()
    inside = file.is_relative_to(PACKAGE)
    return f"{file.relative_to(PACKAGE.parents[1]).as_posix()}:{line}: {what}" if inside else None
