"""What prose quotes from a cell has been glued there: ``{glue:text}`name:.2f```."""

import ast

from attention_lab.authoring.cells import calls
from attention_lab.authoring.fault import Fault
from attention_lab.meant import meant

ROLES = ("glue", "glue:text", "glue:md", "glue:any")


def faults(book):
    """Names that no cell of the page has glued."""
    for page in book.pages:
        names, some_unknown = _glued(page)
        for text in page.texts:
            for said, line in text.roles(*ROLES):
                name, _, form = said.partition(":")
                if not _is_form(form):
                    what = f"No number can be written in the form {form!r}."
                    yield Fault(page.file, line, what, "Write one such as :.2f, or :.0f.")
                if name not in names and not some_unknown(name):
                    what = f"No cell of this page glues {name!r}."
                    yield Fault(page.file, line, what, meant(name, names))


def _is_form(form):
    """Whether a number can be written so.

    >>> _is_form(".2f"), _is_form("d"), _is_form(""), _is_form(".2ff")
    (True, True, True, False)
    """
    for number in (1.0, 1):
        try:
            format(number, form)
        except ValueError:
            continue
        return True
    return False


def _glued(page):
    """The names that cells glue, and whether another may be one that a loop puts together."""
    names, parts = set(), []
    for cell in page.cells:
        for call, _ in calls(cell, "glue"):
            names |= {keyword.arg for keyword in call.keywords if keyword.arg}
            parts += [
                node.values
                for keyword in call.keywords
                if not keyword.arg
                for node in ast.walk(keyword.value)
                if isinstance(node, ast.JoinedStr)
            ]
    written = [[part.value for part in one if isinstance(part, ast.Constant)] for one in parts]
    return names, lambda name: any(all(bit in name for bit in bits) for bits in written)
