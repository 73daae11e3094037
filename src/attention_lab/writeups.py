"""The write-ups as data: the only place where a rubric is written.

The questions themselves stand in the chapters, as exercises of the class ``writeup`` whose label is
the name here. Standard library only, for the grader.
"""

from typing import NamedTuple

WRITE_HERE = "*Write your answer here: double-click, or press Enter.*"  # in a chapter's notebook


class Writeup(NamedTuple):
    """A question that is answered by a text, and marked by a person.

    Attributes:
        name: the label of its exercise in the chapter.
        title: as the chapter has it.
        rubric: what earns points, pairs ``(points, criterion)``.
    """

    name: str
    title: str
    rubric: tuple

    @property
    def points(self):
        """What there is to earn.

        >>> Writeup("writeup-x", "X", ((2, "Says why."), (1, "Gives an example."))).points
        3
        """
        return sum(points for points, _ in self.rubric)


WRITEUPS = (
    Writeup(
        name="writeup-copying",
        title="Write-up: what copying is good for",
        rubric=(
            (
                2,
                "Names what needs copying: tokens whose exact form matters and that could not be "
                "guessed (names, numbers, rare words, repeated phrases).",
            ),
            (
                1,
                "Says what goes wrong with an average instead: a blend of several tokens is none "
                "of them.",
            ),
            (1, "An example of your own in which the right next token stands in the context."),
            (
                2,
                "Says how it comes about: one key's score must exceed all others by a gap, so that "
                "nearly all of the weight falls on it, and the value must carry the token.",
            ),
        ),
    ),
    Writeup(
        name="writeup-averaging",
        title="Write-up: what averaging is good for",
        rubric=(
            (
                2,
                "Names a job that needs several tokens at once: a pronoun with several clues, a "
                "topic, a phrase whose meaning is spread over its words.",
            ),
            (1, "An example of your own, with the tokens that must share the weight."),
            (
                1,
                "Says what is lost: the order and the identity of the parts; many mixtures give "
                "the same output.",
            ),
            (
                2,
                "Says when the blend holds: the scores of the wanted keys must tie, and the louder "
                "the query, the smaller the difference that breaks the tie.",
            ),
        ),
    ),
)


def writeup(name):
    """The write-up of a name.

    Raises:
        ValueError: there is none.

    >>> writeup("writeup-copying").points
    6
    """
    for found in WRITEUPS:
        if found.name == name:
            return found
    known = ", ".join(found.name for found in WRITEUPS)
    raise ValueError(f"There is no write-up {name!r}: expected one of {known}.")
