"""Titles, roles and links of which the build makes nothing, or which it blames on others."""

import re

from attention_lab.authoring.fault import Fault
from attention_lab.meant import meant

SCHEMES = ("http", "https", "mailto")


def faults(book):
    """What is wrong with titles, roles and links."""
    for page in book.pages:
        yield from _headings(page)
    for page, text in book.texts:
        for token, line in text.placed:
            for what, todo in _of(token, book.known):
                yield Fault(page.file, line, what, todo)
            if token.type.startswith("substitution") and not _substitutes(book, page):
                what = f"Nothing is known to stand for {{{{{token.content}}}}}."
                yield Fault(page.file, line, what, "Write it out.")


def _substitutes(book, page):
    """Whether the settings or a page's front matter say what stands for what."""
    texts = page.text, (book.project / "_config.yml").read_text("utf-8")
    return any(re.search(r"^\s*(?:myst_)?substitutions:", text, re.MULTILINE) for text in texts)


def _headings(page):
    """What is wrong with the order of headings: a title, then no level left out."""
    headings = [text for text in page.texts if text.heading and not text.around]
    if not headings or headings[0].heading > 1:
        line = headings[0].line if headings else 1
        yield Fault(page.file, line, "This page has no title.", "Begin it by # and its title.")
    for empty in [text for text in headings if not text.inline]:
        yield Fault(
            page.file, empty.line, "This heading has no words.", "Write some, or delete it."
        )
    for above, text in zip(headings, headings[1:]):
        if text.heading == 1:
            what = "This page has a second title, and would be two in the contents."
            yield Fault(page.file, text.line, what, "Write ## in front of it.")
        elif text.heading > above.heading + 1:
            what = f"A level is left out: {'#' * text.heading} below {'#' * above.heading}."
            yield Fault(page.file, text.line, what, f"Write {'#' * (above.heading + 1)}.")


def _of(token, known):
    """What is wrong with a piece of a text: what, and what to do."""
    role = token.meta["name"] if token.type == "myst_role" else ""
    if role and known.lacks("role", role):
        yield f"Nothing knows the role {{{role}}}.", known.lacks("role", role)
    address = str(token.attrs.get("href", ""))
    scheme = re.match(r"(\w+):", address)
    if scheme and scheme[1] not in SCHEMES:
        yield f"No address begins by {scheme[1]!r}.", meant(scheme[1], SCHEMES)
    if re.match(r"https?:(?!//[^/])", address):
        yield f"The address {address!r} lacks a host.", f"Write {scheme[1]}://, and the host."
