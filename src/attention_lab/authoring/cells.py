"""A cell is Python, short, and has tags that something knows."""

import ast
from functools import cache

from myst_parser.parsers.directives import parse_directive_text

from attention_lab.authoring.fault import Fault
from attention_lab.grading.constants.limits import Refused
from attention_lab.grading.constants.sources import tree_of
from attention_lab.meant import meant

LINES, CHARACTERS = 15, 72  # of a cell that somebody sees
OPTIONS = ("tags", "mystnb")
TAGS = (
    # Ours.
    *("exercise", "runnable", "solution", "spoiler"),
    # MyST-NB's.
    *("hide-cell", "hide-input", "hide-output", "remove-cell", "remove-input", "remove-output"),
    *("raises-exception", "skip-execution", "remove-stdout", "remove-stderr", "scroll-output"),
    # The theme's.
    *("full-width", "margin", "popout"),
)


class Head:
    """What a cell can have above its code, as MyST-NB has it."""

    option_spec, has_content = {"tags": None}, True
    required_arguments, optional_arguments = 0, 1


def faults(book):
    """What is wrong with single cells."""
    for page, cell in book.cells:
        yield from _options(page, cell)
        if "remove-cell" not in cell.tags:
            yield from _size(page, cell)
        if tree(cell) is None:
            yield _syntax(page, cell)


def mistyped(cell):
    """Whether it has an option or a tag that nothing knows."""
    return not (set(cell.options) <= set(OPTIONS) and set(cell.tags) <= set(TAGS))


def tree(cell):
    """The syntax tree of a cell; None if it is no Python."""
    return _tree(cell.source)


@cache
def _tree(source):
    try:
        return tree_of(source)
    except Refused:
        return None


def calls(cell, *names):
    """Each call of functions of these names in a cell, with its line on the page."""
    for node in ast.walk(tree(cell) or ast.Module([])):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) in names:
            yield node, cell.first + node.lineno - 1


def _options(page, cell):
    read = parse_directive_text(Head, "", cell.written, validate_options=False)
    said = [warning.msg for warning in read.warnings]
    tags = read.options.get("tags", [])
    if not isinstance(tags, list):
        said, tags = ["Expected brackets around tags"], []
    for what in said:
        todo = "Write a line such as :tags: [hide-input], and an empty one."
        yield Fault(page.file, cell.line_of("tags"), f"The options of this cell: {what}.", todo)
    for name, (_, line) in cell.options.items():
        if name not in OPTIONS:
            yield Fault(page.file, line, f"A cell has no option {name!r}.", meant(name, OPTIONS))
    for tag in [tag for tag in tags if tag not in TAGS]:
        what = f"Nothing knows the tag {tag!r}."
        todo = "Write a comma between two." if " " in str(tag) else meant(str(tag), TAGS)
        yield Fault(page.file, cell.line_of("tags"), what, todo)


def _size(page, cell):
    lines = cell.source.split("\n")
    if len(lines) > LINES:
        what = f"This cell has {len(lines)} lines; at most {LINES} can be taken in at once."
        yield Fault(page.file, cell.first, what, "Make two of it, with a sentence between them.")
    for number, line in enumerate(lines, cell.first):
        if len(line) > CHARACTERS:
            what = f"This line has {len(line)} characters; {CHARACTERS} fit beside a phone's edge."
            yield Fault(page.file, number, what, "Break it.")


def _syntax(page, cell):
    try:
        tree_of(cell.source)
    except Refused as refused:
        line = cell.first + (refused.line or 1) - 1
        what = f"{refused.reason[0].upper()}{refused.reason[1:]}."
        return Fault(page.file, line, what, "Mend it.")
