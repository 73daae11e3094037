"""Every source can be looked up by a number, is cited, and what is cited is a source."""

import re
from typing import NamedTuple

from pybtex import errors
from pybtex.database.input.bibtex import Parser
from pybtex.scanner import PybtexSyntaxError

from attention_lab.authoring.fault import Fault
from attention_lab.meant import meant

FILE = "book/references.bib"
ENTRY = re.compile(r"^\s*@(?!comment|string|preamble)\w+\{\s*([^,\s]+)\s*,", re.MULTILINE | re.I)
VALUE = r"\{((?:[^{}]|\{[^{}]*\})*)\}|\"([^\"]*)\"|(\w+)"  # braces may hold braces
FIELD = re.compile(rf"(\w+)\s*=\s*(?:{VALUE})")
CITES = ("cite", "cite:p", "cite:t", "cite:ps", "cite:ts", "cite:alp")
DOI = re.compile(r"10\.\d{4,9}/\S+")
ARXIV = re.compile(r"\d{4}\.\d{4,5}")


class Source(NamedTuple):
    """An entry: its name, its line, and its fields by their names in small letters."""

    name: str
    line: int
    fields: dict

    @property
    def number(self):
        """By what it can be looked up: ``doi:…`` or ``arXiv:…``; "" if by nothing."""
        doi, eprint = self.fields.get("doi", ""), self.fields.get("eprint", "")
        if DOI.fullmatch(doi):
            return f"doi:{doi}"
        arxiv = self.fields.get("archiveprefix") == "arXiv" and ARXIV.fullmatch(eprint)
        return f"arXiv:{eprint}" if arxiv else ""


def faults(book):
    """Keys that are no source, sources nobody cites, and those that cannot be looked up."""
    unreadable = list(_syntax(book))
    if unreadable:
        yield from unreadable
        return
    found = sources(book)
    names = {source.name for source in found}
    used = set()
    for page, text in book.texts:
        for key, line in cited(text):
            used.add(key)
            if key not in names:
                what = f"There is no source {key!r} in {FILE}."
                yield Fault(page.file, line, what, meant(key, names))
    for source in found:
        yield from _entry(source, used)
    yield from _twice(found)


def _syntax(book):
    """What is no BibTeX, as the build's reader says."""
    with errors.capture() as said:
        Parser().parse_string(_text(book))
    for error in said:
        if isinstance(error, PybtexSyntaxError):  # others are told below
            what = re.sub(r" in line \d+", "", str(error))
            todo = "Look at the entry above, too."
            yield Fault(FILE, error.lineno, f"This is no BibTeX: {what}.", todo)


def _entry(source, used):
    """What is wrong with one source."""
    if source.name not in used:
        todo = "Cite it where it is made use of, or delete it."
        yield Fault(FILE, source.line, f"Nobody cites {source.name}.", todo)
    if not source.number:
        what = f"{source.name} has neither a DOI nor an arXiv number."
        todo = "Write doi = {10.…}, or eprint = {1706.03762} and archiveprefix = {arXiv}."
        yield Fault(FILE, source.line, what, todo)


def _twice(found):
    """Sources that are there twice, by their names or as the same work."""
    for n, source in enumerate(found):
        for other in found[:n]:
            if other.name == source.name or (source.number and other.number == source.number):
                what = f"{source.name} is the source of line {other.line} again."
                yield Fault(FILE, source.line, what, "Keep one of them.")
                break


def cited(text):
    """The keys that a text cites, each with its line."""
    for said, line in text.roles(*CITES):
        for key in said.split(","):
            yield key.strip(), line


def sources(book):
    """The entries of the book's file of sources."""
    text = _text(book)
    found = list(ENTRY.finditer(text))
    ends = [entry.start() for entry in found[1:]] + [len(text)]
    return [
        Source(
            entry[1],
            text.count("\n", 0, entry.end()) + 1,
            {
                name.lower(): next(filter(None, values), "")
                for name, *values in FIELD.findall(text[entry.end() : end])
            },
        )
        for entry, end in zip(found, ends)
    ]


def _text(book):
    path = book.project / FILE
    return path.read_text("utf-8") if path.is_file() else ""
