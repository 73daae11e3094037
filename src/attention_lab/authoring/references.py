"""A link leads somewhere, and a label stands once."""

import re
from collections import defaultdict

from attention_lab.authoring.fault import PACKAGE, Fault, found_in
from attention_lab.authoring.parts import Label, Text
from attention_lab.meant import meant
from attention_lab.questions.misconceptions import MISCONCEPTIONS
from attention_lab.site.questions import section

HOME = f"{PACKAGE}/questions/misconceptions.py"
ROLES = ("ref", "numref", "eq")
SHOWN = ("figure", "image", "include", "literalinclude")  # directives, each of a file
ADDRESS = re.compile(r"\w+:")
NAMED = re.compile(r"(?:.*<(.+)>|(.+))", re.DOTALL)


def faults(book):
    """Links to nowhere, and labels that lead to two places."""
    places, untitled = labels(book), set(_untitled(book))
    for name, found in places.items():
        for file, line in found[1:]:
            what = f"The label {name!r} is that of {found[0][0]}:{found[0][1]}, too."
            yield Fault(file, line, what, "Rename one of them.")
    for page, text in book.texts:
        for target, line in _targets(text):
            if target not in places:
                what = f"There is no label {target!r}."
                yield Fault(page.file, line, what, meant(target, places))
        for target, line in _without_words(text):
            if target in untitled:
                what = f"The label {target!r} has no title that could be shown here."
                yield Fault(page.file, line, what, f"Write [words](#{target}).")
    for page in book.pages:
        for path, line in _files(page):
            folder = book.project if path[0] == "/" else (book.project / page.file).parent
            if not (folder / path.lstrip("/")).exists():
                yield Fault(page.file, line, f"There is no file {path!r}.", "Mend the link.")
    if book.directives("results"):
        yield from _misconceptions(book, places)


def _misconceptions(book, places):
    """Those that ``{results}`` lists, of which it must link to a section."""
    pages = {page.file.removesuffix(".md") for page in book.pages}
    for misconception in MISCONCEPTIONS.values():
        place = found_in(book.project, HOME, misconception.sentence)
        try:
            label = section(misconception, pages)
        except ValueError:
            what = f"No page is there for any of {', '.join(misconception.sections)}."
            yield Fault(*place, what, "Name the label of one that says otherwise.")
            continue
        if label not in places:
            yield Fault(*place, f"There is no label {label!r}.", meant(label, places))


def labels(book):
    """Where each label stands: pairs of file and line."""
    places = defaultdict(list)
    for page in book.pages:
        for label in page.labels:
            places[label.name].append((page.file, label.line))
        for directive in page.directives():
            if directive.name == "figure-md" and directive.argument:
                places[directive.argument].append((page.file, directive.line))
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


def _without_words(text):
    """What a text leads to by its title alone: ``[](#label)`` and ``{ref}`label```."""
    for (token, line), (after, _) in zip(text.placed, text.placed[1:]):
        href = token.attrs.get("href", "") if token.type == "link_open" else ""
        if href.startswith("#") and after.type == "link_close":
            yield href[1:], line
    yield from ((said, line) for said, line in text.roles("ref") if "<" not in said)


def _untitled(book):
    """Labels of mere paragraphs, or of nothing."""
    for page in book.pages:
        waiting = []
        for part in page.parts:
            if isinstance(part, Label):
                waiting.append(part.name)
                continue
            if isinstance(part, Text) and not part.heading:
                yield from waiting
            waiting = []
        yield from waiting


def _files(page):
    """The files that a page leads to or shows, as it names them."""
    for text in page.texts:
        for token, line in text.placed:
            href = token.attrs.get("href") or token.attrs.get("src") or ""
            path = href.partition("#")[0]
            if path and not ADDRESS.match(href):
                yield path, line
        for role, ending in (("download", ""), ("doc", ".md")):
            for said, line in text.roles(role):
                yield next(filter(None, NAMED.fullmatch(said).groups())) + ending, line
    for directive in page.directives(*SHOWN):
        wordless = directive.name in SHOWN[:2] and not directive.option("alt")  # is told already
        path = directive.argument
        if path and not wordless and not ADDRESS.match(path):
            yield path, directive.line
