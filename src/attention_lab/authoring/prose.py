"""What the build shows as it was typed, or blames others for: titles, roles, formulas, links."""

import re

from attention_lab.authoring.fault import Fault
from attention_lab.meant import meant

SCHEMES = ("http", "https", "mailto")


def faults(book):
    """What is wrong with titles, roles, formulas and links."""
    for page in book.pages:
        headings = [text for text in page.texts if text.heading]
        if not headings or headings[0].heading > 1:
            line = headings[0].line if headings else 1
            yield Fault(page.file, line, "This page has no title.", "Begin it by # and its title.")
    for page, text in book.texts:
        for token, line in text.placed:
            for what, todo in _of(token, book.known):
                yield Fault(page.file, line, what, todo)


def _of(token, known):
    """What is wrong with a piece of a text: what, and what to do."""
    role = token.meta["name"] if token.type == "myst_role" else ""
    if role and known.lacks("role", role):
        yield f"Nothing knows the role {{{role}}}.", known.lacks("role", role)
    if token.type == "text" and "$$" in token.content:
        yield "A formula begins or ends here only: $$.", "Write $$ above it and below."
    scheme = re.match(r"(\w+):", str(token.attrs.get("href", "")))
    if scheme and scheme[1] not in SCHEMES:
        yield f"No address begins by {scheme[1]!r}.", meant(scheme[1], SCHEMES)
