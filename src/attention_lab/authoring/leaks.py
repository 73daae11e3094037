"""No chapter gives an answer away outside of what a release cuts: the release itself says so.

It reads every byte of a site that is built first, which takes minutes. Here it reads the texts that
the site is made from. What only a cell prints waits for it; and so do numbers that pass and are not
the course's answer, for with keys of an instructor's own some pass by chance.
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from attention_lab.authoring.answers import HOME
from attention_lab.authoring.data import possible
from attention_lab.authoring.fault import Fault
from attention_lab.exercises import ALL
from attention_lab.release.cutting import removed

# In the release's words: numbers that pass, and what placeholders.py says in the judge's words.
OTHERWISE = re.compile(r", which passes |^an answer in \w+\(\) of ")
TODO = "Students would read it: put it into the solution, or tag its cell spoiler."


def faults(book):
    """Lines that students get and that tell an answer."""
    if not (book.project / HOME).is_file():
        return  # as in a copy for students, whose chapters have been cut already
    if not all(map(possible, ALL)):
        return  # whose answers cannot be made, as data.py tells
    from attention_lab.release.scan import leaks, secrets

    known = secrets(book.project)
    for page in book.pages:
        if page.file not in book.left_out:
            shown = _shown(page.text)
            for told in _told(shown, known, leaks):
                line = _line(shown, told, known, leaks)
                what = f"This gives an answer away: {' '.join(told.split())}."
                yield Fault(page.file, line, what, TODO)


def _shown(text):
    """A page as students get it, with an empty line for each that they do not get."""
    kept, rest = "", text
    for part in removed(text):
        before, _, rest = rest.partition(part)
        kept += before + "\n" * part.count("\n")
    return kept + rest


def _told(text, known, leaks):
    """What a release finds in a text."""
    with TemporaryDirectory() as folder:
        Path(folder, "page.md").write_text(text, "utf-8")
        found = [told for _, told in leaks(Path(folder), known)]
    return [told for told in found if not OTHERWISE.search(told)]


def _line(text, told, known, leaks):
    """The line with which a text begins to tell something."""
    lines = text.splitlines(keepends=True)
    first, last = 1, len(lines)
    while first < last:
        middle = (first + last) // 2
        if told in _told("".join(lines[:middle]), known, leaks):
            last = middle
        else:
            first = middle + 1
    return first
