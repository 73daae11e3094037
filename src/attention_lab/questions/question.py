"""A question in two parallel forms, and the choice that the mathematics makes right.

A form's fixture goes through the question's ``see``, which works out what attention does with it.
From these facts come the numbers in all texts, and whether what a choice claims holds.
"""

from collections.abc import Callable
from typing import NamedTuple

from attention_lab.questions.misconceptions import MISCONCEPTIONS

FORMS = ("before", "after")


class Choice(NamedTuple):
    """What somebody may think. The texts have fields for facts: ``"It stays {soft:.2f}."``."""

    text: str
    holds: Callable  # facts -> whether this is what happens
    reason: str
    misconception: str | None = None  # the name of what is wrong with it; the right one has none


class Form(NamedTuple):
    """One way to ask a question."""

    stem: str
    fixture: dict  # what ``see`` works on
    order: tuple  # of the choices, so that the place of the right one cannot be remembered


class Shown(NamedTuple):
    """A choice as a reader sees it."""

    text: str
    reason: str
    misconception: str | None


class Asked(NamedTuple):
    """A question as a reader sees it; ``right`` is the place of the right choice."""

    text: str
    choices: tuple
    right: int


class Question(NamedTuple):
    """An idea to ask about."""

    name: str
    idea: str  # a few words, for the list of results
    see: Callable  # fixture's entries -> dict of facts
    choices: tuple
    before: Form
    after: Form

    def asked(self, form):
        """The question in one of its forms.

        Raises:
            ValueError: not exactly one choice is right, or another one than the author meant, or
                two choices read alike.
        """
        stem, fixture, order = getattr(self, form)
        facts = self.see(**fixture)
        choices = [self.choices[place] for place in order]
        where = f"question {self.name!r}, {form}"
        right = _only(where, [bool(choice.holds(facts)) for choice in choices])
        _refuse_unless_meant(where, choices, right)
        shown = tuple(
            Shown(choice.text.format(**facts), choice.reason.format(**facts), choice.misconception)
            for choice in choices
        )
        if len({choice.text for choice in shown}) < len(shown):
            raise ValueError(f"Expected choices that differ in {where}; got {shown}.")
        return Asked(stem.format(**facts), shown, right)


def _only(where, holds):
    """The place of the only choice that holds."""
    if holds.count(True) != 1:
        raise ValueError(f"Expected exactly one right choice in {where}; got {holds}.")
    return holds.index(True)


def _refuse_unless_meant(where, choices, right):
    """Each wrong choice has a misconception with a name, the right one has none."""
    names = [choice.misconception for choice in choices]
    if names[right] is not None:
        raise ValueError(f"Expected {names[right]!r} to be wrong in {where}; it is right.")
    wrong = names[:right] + names[right + 1 :]
    if not set(wrong) <= set(MISCONCEPTIONS) or len(set(wrong)) < len(wrong):
        raise ValueError(f"Expected different misconceptions of the table in {where}; got {wrong}.")
