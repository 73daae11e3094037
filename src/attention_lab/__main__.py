"""``python -m attention_lab`` is the program ``attention-lab``.

With ``check``, a file of the package that cannot be read is told as any other fault: the check is
part of the package, so it cannot begin where an exercise lacks a comma.
"""

import re
import sys
import traceback
from pathlib import Path

from attention_lab.meant import meant

PACKAGE = Path(__file__).resolve().parent


def main():
    """Carry out the command; see ``attention_lab.cli.main``."""
    try:
        from attention_lab.cli import main as command

        return command()
    except Exception as error:
        fault = _fault(error) if sys.argv[1:2] == ["check"] else None
        if not fault:
            raise
        print(fault)
        print("Nothing else was looked at.")
        return 1


def _fault(error):
    """Where a file of the package does not load, and why; None for any other error."""
    if isinstance(error, SyntaxError) and error.filename:
        return _told(error.filename, error.lineno, error.msg)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.name == "<module>" and not Path(frame.filename).samefile(__file__):
            return _told(frame.filename, frame.lineno, _said(str(error)))
    return None


def _said(message):
    """What Python says of a mistake, and what might have been meant."""
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


if __name__ == "__main__":
    sys.exit(main())
