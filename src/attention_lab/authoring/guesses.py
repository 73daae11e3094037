"""A guess has a question, choices with reasons, and what is right; its answer waits, unseen.

The questions before and after the book are data, in which exactly one choice must hold.
"""

from attention_lab.authoring.cells import mistyped
from attention_lab.authoring.fault import PACKAGE, Fault, found_in
from attention_lab.authoring.parts import Directive
from attention_lab.questions import FORMS, QUESTIONS
from attention_lab.site.guess import parts, refuse_unless_complete

UNSEEN = {"hide-output", "exercise", "remove-cell"}  # outputs that give nothing away


def faults(book, questions=QUESTIONS):
    """What is wrong with guesses and questions."""
    for page, guess in book.directives("guess"):
        try:
            number, within = _option(guess, "number"), _option(guess, "within")
        except ValueError:  # is told of the head
            continue
        try:
            refuse_unless_complete(*parts(guess.body.split("\n")), number, within)
        except ValueError as error:
            yield Fault(page.file, guess.line, str(error), "attention_lab.site.guess says how.")
    for page in book.pages:
        yield from _seen(page)
    for question in questions:
        for form in FORMS:
            yield from _asked(book, question, form)


def _option(guess, name):
    return float(guess.option(name)) if name in guess.options else None


def _seen(page):
    """Cells behind a guess that show what was asked."""
    guess = None
    for part in page.parts:
        if not isinstance(part, Directive):
            continue
        if part.name == "guess":
            guess = part
        elif part.name == "dropdown" and part.argument == "Answer":
            guess = None
        elif part.name == "code-cell" and guess:
            if not UNSEEN & set(part.tags) and not mistyped(part):
                what = f"This cell shows the answer to the guess in line {guess.line}."
                yield Fault(page.file, part.line, what, "Tag it hide-output.")
            guess = None


def _asked(book, question, form):
    """What a question says of itself when it is asked."""
    try:
        question.asked(form)
    except ValueError as error:
        place = found_in(book.project, f"{PACKAGE}/questions/*.py", f'name="{question.name}"')
        yield Fault(*place, str(error), "Mend its fixture or its choices.")
