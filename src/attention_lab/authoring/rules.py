"""All rules, and the report of what they find.

``parts.py``, ``pages.py`` and ``book.py`` read the chapters; each module in RULES and ACROSS knows
one kind of fault.
"""

from pathlib import Path

from attention_lab.authoring import (
    answers,
    cells,
    claims,
    complete,
    contents,
    data,
    exercises,
    glued,
    guesses,
    heads,
    imports,
    leaks,
    listings,
    notebook,
    numbers,
    pictures,
    placeholders,
    prose,
    references,
    removed,
    settings,
    solutions,
    solved,
    sources,
    typed,
)
from attention_lab.authoring.book import read

RULES = (
    contents,
    notebook,
    cells,
    exercises,
    data,
    answers,
    placeholders,
    solutions,
    solved,
    guesses,
    heads,
    glued,
    removed,
    imports,
    claims,
    numbers,
    pictures,
    prose,
    listings,
    typed,
)
# These look from one page to others: while one of them cannot be followed, they would blame all.
ACROSS = (complete, references, sources, leaks)


def faults(book):
    """Everything that is wrong with a book, in the order of its files and lines."""
    twice = list(exercises.twice(book))
    if twice:
        return twice
    rules = RULES if book.broken else RULES + ACROSS
    found = {fault for rule in rules for fault in rule.faults(book)}
    return sorted(found | set(book.broken))


def report(project):
    """Print what is wrong with the book of a project, a line each, and how much it is.

    Returns:
        The exit status: 1 if something is wrong.

    Raises:
        ValueError: the folder is no clone of the project.
    """
    unreadable = list(settings.faults(Path(project)))
    if unreadable:
        print(*unreadable, "Nothing else was looked at.", sep="\n")
        return 1
    book = read(project)
    found = faults(book)
    for fault in found:
        print(fault)
    if book.broken:
        print("Links, sources, and what exercises lack are looked at once every page can be read.")
    pages = len(book.pages) + len(book.broken)
    count = f"{len(found) or 'no'} fault{'s' * (len(found) != 1)}"
    print(f"{pages} pages, {len(book.tasks)} exercises: {count}.")
    return int(bool(found))
