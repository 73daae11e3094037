"""What is asked for by a number or a name is there: exercises, write-ups, extras."""

import re
from collections import Counter

from attention_lab.authoring.cells import calls
from attention_lab.authoring.fault import PACKAGE, Fault, all_in, found_in
from attention_lab.meant import meant
from attention_lab.questions import FORMS
from attention_lab.site import sections, worksheet
from attention_lab.site.needs import extras

DATA = f"{PACKAGE}/exercises/*.py"
NUMBER = re.compile(r"\d+(?:\.\d+)+(?=:)")
NAMED = re.compile(r"\b[Ee]xercises? (\d+\.\d+\.\d+)")
NUMBERED = ("check", "hint", "given_query", "exercise", "Playground")  # called with a number


def faults(book):
    """Names of exercises, write-ups, questions and extras that there are not."""
    numbers = [task.number for task in book.tasks]
    yield from _of_directives(book, numbers)
    yield from _of_boxes(book, numbers)
    for page, text in book.texts:
        for token, line in text.placed:
            for asked in NAMED.findall(token.content if token.type == "text" else ""):
                if asked not in numbers:
                    what = f"There is no exercise {asked!r}."
                    yield Fault(page.file, line, what, meant(asked, numbers))
    for page, cell in book.cells:
        for call, line in calls(cell, *NUMBERED):
            asked = call.args and getattr(call.args[0], "value", None)
            if isinstance(asked, str) and asked not in numbers:
                what = f"There is no exercise {asked!r}."
                yield Fault(page.file, line, what, meant(asked, numbers))


def twice(book):
    """Exercises with the number of another: whatever asks for one of them is then at fault."""
    for number, count in Counter(task.number for task in book.tasks).items():
        if count > 1:
            first, *others = all_in(book.project, DATA, f'number="{number}"')
            for place in others:
                what = f"The number {number} is that of {first[0]}:{first[1]}, too."
                yield Fault(*place, what, "Change one of them. Nothing else was looked at.")


def number_of(box):
    """The number of an exercise's box; "" if it has none.

    >>> from attention_lab.authoring.parts import Directive
    >>> number_of(Directive(1, argument="1.2.1: copy v0"))
    '1.2.1'
    """
    found = NUMBER.match(box.argument)
    return found[0] if found else ""


def labels_of_boxes(book):
    """The number of each exercise that stands on a page, by the label of its box."""
    return {box.option("label"): number_of(box) for _, box in book.directives("exercise")}


def place_of(book, task):
    """File and line of an exercise: of its box, else of its data."""
    for page, box in book.directives("exercise"):
        if number_of(box) == task.number:
            return page.file, box.line
    return data_of(book, task)


def data_of(book, task):
    """File and line of an exercise's data."""
    return found_in(book.project, DATA, f'number="{task.number}"')


def _of_directives(book, numbers):
    """Directives that name what there is not."""
    known = {
        "hints": numbers,
        "criteria": [writeup.name for writeup in book.writeups],
        "needs": [*extras()],
        "questions": FORMS,
        "sections": sections.PARTS,
        "worksheet": worksheet.PARTS,
        "solution-start": labels_of_boxes(book),
    }
    for page, found in book.directives(*known):
        if found.argument and found.argument not in known[found.name]:
            what = f"There is no {found.argument!r} for {{{found.name}}}."
            yield Fault(page.file, found.line, what, meant(found.argument, known[found.name]))


def _of_boxes(book, numbers):
    """Boxes of exercises and write-ups that there are not; others may ask for anything."""
    names = [writeup.name for writeup in book.writeups]
    for page, box in book.directives("exercise"):
        is_writeup = "writeup" in box.option("class")
        asked, known = (box.option("label"), names) if is_writeup else (number_of(box), numbers)
        if asked not in known and (asked or is_writeup):
            what = f"There is no {'write-up' if is_writeup else 'exercise'} {asked!r}."
            yield Fault(page.file, box.line, what, meant(asked, known))
