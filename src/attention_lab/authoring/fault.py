"""A fault as an author is told of it: where it is, what is wrong, what to do."""

from typing import NamedTuple

PACKAGE = "src/attention_lab"


class Fault(NamedTuple):
    """One line of the report; they sort by file and line.

    >>> print(Fault("book/words.md", 41, "There is no exercise 1.5.9.", "Did you mean 1.5.1?"))
    book/words.md:41: There is no exercise 1.5.9. Did you mean 1.5.1?
    """

    file: str
    line: int
    what: str
    todo: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.what} {self.todo}"


def found_in(project, pattern, text):
    """Where a text stands in a project's files: the file and the line.

    Args:
        project: the folder of the clone.
        pattern: of the files.
        text: what the line has.

    Returns:
        A pair; the pattern and 1 where the text is in none of them.
    """
    return next(all_in(project, pattern, text), (pattern, 1))


def all_in(project, pattern, text):
    """Each place where a text stands in a project's files; see ``found_in``."""
    for path in sorted(project.glob(pattern)):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if text in line:
                yield path.relative_to(project).as_posix(), number
