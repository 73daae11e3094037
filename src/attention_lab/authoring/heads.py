"""The head of a directive, its argument and its options, is one that the build can read.

MyST-Parser reads it here as it does there, from the directive's own class.
"""

import re

from docutils.parsers.rst.states import MarkupError
from myst_parser.parsers.directives import parse_directive_text

from attention_lab.authoring.fault import Fault
from attention_lab.authoring.pages import CELL
from attention_lab.meant import meant

OPTION = re.compile(r"\s*:([\w-]+):(?:\s|$)")
UNKNOWN = "Unknown option keys"  # in MyST-Parser's words
# What docutils knows by nearly the same name as one of ours.
NEAR = {"hint": "hints", "rubric": "criteria"}


def faults(book):
    """Options that there are not, values that do not fit, and a name that was not meant."""
    asked = {task.number for task in book.tasks} | {writeup.name for writeup in book.writeups}
    for page, directive in book.directives():
        name = directive.name
        if name in NEAR and directive.argument in asked:
            what = f"The box {{{name}}} knows nothing of {directive.argument}."
            yield Fault(page.file, directive.line, what, f"Did you mean {NEAR[name]}?")
            continue
        found = book.known.directive(name) if name not in ("", CELL) else None
        for line, what, todo in _of(directive, found) if found else ():
            yield Fault(page.file, line, what, todo)


def _of(directive, found):
    """What is wrong with the head of a directive of this class: line, what, what to do."""
    known = found.option_spec or {}
    named = f"{{{directive.name}}}"
    for option in directive.options:
        if option not in known:
            todo = meant(option, known) if known else "Delete it."
            yield directive.line_of(option), f"{named} has no option {option!r}.", todo
    for what in _said(directive, found):
        yield directive.line, f"{named}: {what}.", "Mend its first lines."
    below = OPTION.match(directive.body)
    if below and below[1] in known:
        what = f"The option {below[1]!r} stands below an empty line, so it is text."
        yield directive.first, what, "Delete the empty line."


def _said(directive, found):
    """What else MyST-Parser says of it."""
    try:
        read = parse_directive_text(found, directive.argument, directive.written)
    except MarkupError as error:
        return [str(error)]
    said = [warning.msg.rstrip(".") for warning in read.warnings]
    without = [] if found.option_spec else [*directive.options]  # for MyST-Parser these are content
    return [what for what in said if not what.startswith(UNKNOWN) and not without]
