"""All that is looked at: the pages in their order, the sources, the exercises."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import yaml

from attention_lab.authoring import fences, toc
from attention_lab.authoring.fault import Fault
from attention_lab.authoring.known import Known
from attention_lab.authoring.pages import Page
from attention_lab.exercises import ALL
from attention_lab.release.book import INSTRUCTORS, SPOILERS, left_out
from attention_lab.release.cutting import cut, removed
from attention_lab.writeups import WRITEUPS

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
PLACED = re.compile(r"(?P<file>[^:]*):(?P<line>\d+): (?P<what>.*)", re.DOTALL)


@dataclass
class Book:
    """A project's book.

    Attributes:
        project: the folder of the clone.
        tasks: its exercises.
        writeups: its questions that are answered by a text.
        pages: those whose fences and front matter can be followed.
        broken: a Fault for each of the others.
    """

    project: Path
    tasks: tuple = ALL
    writeups: tuple = WRITEUPS
    pages: list = field(default_factory=list)
    broken: list = field(default_factory=list)

    @cached_property
    def known(self):
        """What its build knows."""
        return Known(self.project)

    @cached_property
    def left_out(self):
        """The files that students do not get, in which nothing need be marked."""
        names = [left_out(self.project, key) for key in (SPOILERS, INSTRUCTORS)]
        return {f"{name}.md" for listed in names for name in listed}

    @cached_property
    def cells(self):
        """Each cell, with its page."""
        return [(page, cell) for page in self.pages for cell in page.cells]

    def directives(self, *names):
        """Each directive of these names, with its page."""
        return [(page, found) for page in self.pages for found in page.directives(*names)]

    @cached_property
    def texts(self):
        """Each text, with its page."""
        return [(page, text) for page in self.pages for text in page.texts]


def read(project, tasks=ALL, writeups=WRITEUPS):
    """Read a book.

    Raises:
        ValueError: the folder is no clone of the project.
    """
    book = Book(Path(project), tasks, writeups)
    if not (book.project / toc.FILE).is_file():
        raise ValueError(f"Expected a folder with a _toc.yml, such as a clone; got {project}.")
    for file in toc.files(book.project):
        if not (book.project / file).is_file():
            book.broken.append(toc.absent(book.project, file))
            continue
        page, fault = _page(book.project, file)
        fault = (
            fault
            or _front_matter(page)
            or fences.fault(page, book.known)
            or _marks(page, file in book.left_out)
        )
        book.broken += [fault] if fault else []
        book.pages += [] if fault else [page]
    return book


def _page(project, file):
    """A page, and what is wrong with its letters."""
    try:
        text = (project / file).read_text("utf-8")
        if text.startswith(MARK):
            what = "Before the first letter stands a byte-order mark, which hides the front matter."
            return None, Fault(file, 1, what, "Save the file in UTF-8 without one.")
        return Page(file, text), None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, Fault(file, line, "A letter here is not in UTF-8.", "Save the file in UTF-8.")


def _front_matter(page):
    """What is wrong with the YAML above a page."""
    head = re.match(r"---\n(.*?)\n---\n", page.text, re.DOTALL)
    if not head and page.text.startswith("---\n"):
        what = "The front matter that begins here is not closed."
        return Fault(page.file, 1, what, "Write --- below it.")
    if not head and page.cells:
        what = "A page with cells has front matter, which says what runs them."
        return Fault(page.file, 1, what, "Copy another chapter's.")
    try:
        yaml.safe_load(head[1]) if head else None
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 2 if getattr(error, "problem_mark", None) else 1
        return Fault(page.file, line, "The front matter is no YAML.", "Copy another chapter's.")


def _marks(page, whole):
    """What is wrong with a page's fences and solutions, as whoever cuts them finds it."""
    try:
        removed(page.text) if whole else cut(page.text, page.file)
    except ValueError as error:
        found = PLACED.fullmatch(str(error))
        todo = "The rest of the page was not looked at."
        return Fault(page.file, int(found["line"]), found["what"], todo)
