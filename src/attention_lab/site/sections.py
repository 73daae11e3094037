"""The directive ``{sections} assignment``, or ``beyond``: what is done where, made from the pages.

A row of the table is a page whose title begins with a number: its title, what one will do there,
and the exercises that have its number. Nobody types them twice.
"""

import re
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from attention_lab.exercises import ALL
from attention_lab.site.argument import argument_of

# At the head of a page, below its front matter.
TITLE = re.compile(r"(?:---\n(?s:.*?)\n---\n)?\s*\((?P<label>[\w-]+)\)=\n# (?P<number>\d+\.\d+) ")
WILL = re.compile(r"^- \*\*You will\*\* (.*?)\.?$", re.MULTILINE)
PARTS = ("assignment", "beyond")


def setup(app):
    """Add the directive."""
    app.add_directive("sections", Sections)


class Sections(SphinxDirective):
    """A table of the book's sections: those up to the last that is marked, or the others."""

    required_arguments = 1

    def run(self):
        """Parse the table as if it stood in the chapter."""
        part = argument_of(self, PARTS)
        pages = [Path(self.env.doc2path(name)) for name in sorted(self.env.found_docs)]
        for page in pages:
            self.env.note_dependency(str(page))  # who changes one sees it here
        parsed = self.parse_text_to_nodes(tables(pages)[part])
        return [nodes.container("", *parsed, classes=["sections"])]


class Section(NamedTuple):
    """A page with a number."""

    label: str
    number: str
    will: str  # what one does there; empty if the page does not say so
    exercises: list

    @property
    def row(self):
        """Of the table, in MyST."""
        numbers = ", ".join(task.number for task in self.exercises)
        return f"| [](#{self.label}) | {self.will} | {numbers} |"


def tables(pages):
    """The tables by the names of their parts, in MyST.

    The assignment goes up to the last section that has something to mark.
    """
    found = sections(pages)
    marked = [any(task.points for task in section.exercises) for section in found]
    end = max((place for place, is_marked in enumerate(marked, 1) if is_marked), default=0)
    return dict(zip(PARTS, map(table, (found[:end], found[end:])), strict=True))


def sections(pages):
    """The sections among these files, in the order of their numbers."""
    texts = [page.read_text("utf-8") for page in pages]
    found = [section(text, title) for text in texts if (title := TITLE.match(text))]
    return sorted(found, key=lambda one: [int(part) for part in one.number.split(".")])


def section(text, title):
    """What a page says of itself."""
    will, number = WILL.search(text), title["number"]
    exercises = [task for task in ALL if task.number.startswith(f"{number}.")]
    return Section(title["label"], number, will[1] if will else "", exercises)


def table(found):
    """A row for each section, in MyST.

    >>> print(table([Section("sec-keys", "1.1", "point a query at keys", [])]))
    | section | you will | exercises |
    |---|---|---|
    | [](#sec-keys) | point a query at keys |  |
    """
    head = ["| section | you will | exercises |", "|---|---|---|"]
    return "\n".join(head + [section.row for section in found])
