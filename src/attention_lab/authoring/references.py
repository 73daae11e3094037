"""A link leads somewhere, and a label stands once."""

import re
from collections import defaultdict
from pathlib import PurePosixPath

from attention_lab.authoring.fault import Fault
from attention_lab.meant import meant

ROLES = ("ref", "numref", "eq")
NAMED = re.compile(r"(?:.*<(.+)>|(.+))", re.DOTALL)


def faults(book):
    """Links to nowhere, and labels that lead to two places."""
    places = labels(book)
    for name, found in places.items():
        for file, line in found[1:]:
            what = f"The label {name!r} is that of {found[0][0]}:{found[0][1]}, too."
            yield Fault(file, line, what, "Rename one of them.")
    for page, text in book.texts:
        for target, line in _targets(text):
            if target not in places:
                yield Fault(
                    page.file, line, f"There is no label {target!r}.", meant(target, places)
                )
        for path, line in _files(text):
            if not (book.project / PurePosixPath(page.file).parent / path).exists():
                yield Fault(page.file, line, f"There is no file {path!r}.", "Mend the link.")


def labels(book):
    """Where each label stands: pairs of file and line."""
    places = defaultdict(list)
    for page in book.pages:
        for label in page.labels:
            places[label.name].append((page.file, label.line))
        for directive in page.directives():
            options = ("label",) if directive.name == "guess" else ("label", "name")
            for option in options:
                if directive.option(option):
                    place = page.file, directive.line_of(option)
                    places[directive.option(option)].append(place)
        for line, name in _of_formulas(page):
            places[name].append((page.file, line))
    return places


def _of_formulas(page):
    """Labels behind ``$$``: ``$$ (name)``."""
    for number, line in enumerate(page.text.splitlines(), 1):
        found = re.fullmatch(r"\$\$\s*\(([\w-]+)\)", line.strip())
        if found:
            yield number, found[1]


def _targets(text):
    for token, line in text.placed:
        href = token.attrs.get("href", "") if token.type == "link_open" else ""
        if href.startswith("#"):
            yield href[1:], line
    for said, line in text.roles(*ROLES):
        yield next(filter(None, NAMED.fullmatch(said).groups())), line


def _files(text):
    for token, line in text.placed:
        href = token.attrs.get("href") or token.attrs.get("src") or ""
        path = href.partition("#")[0]
        if path and not re.match(r"\w+:", href):
            yield path, line
