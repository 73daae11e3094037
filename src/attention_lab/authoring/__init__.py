"""What an author gets wrong, found in seconds: ``make check``. Nothing is built and nothing is run.

``pages.py`` and ``book.py`` read the chapters; each module in RULES knows one kind of fault.
"""

from attention_lab.authoring import (
    cells,
    claims,
    complete,
    exercises,
    glued,
    guesses,
    numbers,
    pictures,
    placeholders,
    references,
    removed,
    solutions,
    solved,
    sources,
)
from attention_lab.authoring.book import read

RULES = (
    cells,
    exercises,
    complete,
    placeholders,
    solutions,
    solved,
    guesses,
    glued,
    removed,
    references,
    sources,
    claims,
    numbers,
    pictures,
)


def check(book):
    """Everything that is wrong with a book, in the order of its files and lines."""
    found = {fault for rule in RULES for fault in rule.faults(book)}
    return sorted(found | set(book.broken))


def report(project):
    """Print what is wrong with the book of a project, a line each, and how much it is.

    Returns:
        The exit status: 1 if something is wrong.

    Raises:
        ValueError: the folder is no clone of the project.
    """
    book = read(project)
    found = check(book)
    for fault in found:
        print(fault)
    looked_at = f"{len(book.pages) + len(book.broken)} pages, {len(book.tasks)} exercises"
    print(f"{looked_at}: {len(found) or 'no'} fault{'s' * (len(found) != 1)}.")
    return int(bool(found))
