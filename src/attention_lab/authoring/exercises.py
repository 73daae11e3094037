"""Exercises stand in the data and on a page, by the same numbers, with all that belongs to one."""

import re

from attention_lab.authoring.cells import calls
from attention_lab.authoring.fault import Fault, found_in
from attention_lab.authoring.wording import meant
from attention_lab.site.cells import exercise_in
from attention_lab.site.needs import extras
from attention_lab.writeups import WRITEUPS

NUMBER = re.compile(r"\d+(?:\.\d+)+(?=:)")
NUMBERED = ("check", "hint", "given_query", "exercise", "Playground")  # called with a number


def faults(book):
    """What is named and not there, and what is there and not on a page."""
    yield from _unknown(book)
    yield from _not_on_a_page(book)


def number_of(directive):
    """The number of an exercise's box; "" if it has none.

    >>> from attention_lab.authoring.pages import Directive
    >>> number_of(Directive(1, argument="1.2.1: copy v0"))
    '1.2.1'
    """
    found = NUMBER.match(directive.argument)
    return found[0] if found else ""


def by_label(book):
    """The number of each exercise that stands on a page, by the label of its box."""
    boxes = book.directives("exercise")
    return {box.option("label"): number_of(box) for _, box in boxes}


def asserted(cell, sense=True):
    """The numbers of the exercises that a cell asserts to pass."""
    return re.findall(r"^assert check\(\"([\d.]+)\", ", cell.source, re.MULTILINE)


def _unknown(book):
    """Names of exercises, write-ups and extras that there are not."""
    numbers = [task.number for task in book.tasks]
    names = [writeup.name for writeup in WRITEUPS]
    labels = by_label(book)
    known = {"hints": numbers, "criteria": names, "needs": [*extras()], "solution-start": labels}
    for page, found in book.directives(*known):
        if found.argument not in known[found.name]:
            what = f"There is no {found.argument!r} for {{{found.name}}}."
            yield Fault(page.file, found.line, what, meant(found.argument, known[found.name]))
    for page, box in book.directives("exercise"):
        kind = names if "writeup" in box.option("class") else numbers
        asked = box.option("label") if kind is names else number_of(box)
        if asked not in kind:
            what = f"There is no exercise {asked or box.argument!r}."
            yield Fault(page.file, box.line, what, meant(asked, kind))
    for page, cell in book.cells:
        for call, line in calls(cell, *NUMBERED):
            asked = call.args and getattr(call.args[0], "value", None)
            if isinstance(asked, str) and asked not in numbers:
                what = f"There is no exercise {asked!r}."
                yield Fault(page.file, line, what, meant(asked, numbers))


def _not_on_a_page(book):
    """Exercises that lack a part, and parts that are there twice."""
    boxes, hints, places, solved = _collected(book)
    for task in book.tasks:
        box = _first(boxes, task.number)
        for what, found, todo in (
            ("box on a page", boxes, "Write ```{{exercise}} {0}: … there."),
            ("hints on a page", hints, "Write ```{{hints}} {0} below its cell."),
            ("cell to fill in", places, 'Tag one exercise: nan, # TODO, check("{0}", {1}()).'),
            ("solution that is asserted", solved, 'Write assert check("{0}", answer) in one.'),
        ):
            if not found.get(task.number):
                said = todo.format(task.number, task.function)
                yield Fault(*_place(book, task, box), f"{task.number} has no {what}.", said)
        for found in (boxes, hints, places):
            for page, part in found.get(task.number, [])[1:]:
                what = f"{task.number} has this a second time."
                yield Fault(page.file, part.line, what, "Keep one of them.")
        if not task.hints:
            yield Fault(*_place(book, task), f"{task.number} has no hints.", "Write some.")
    for page, cell in book.cells:
        if "exercise" in cell.tags and not exercise_in(cell.source):
            what = "This cell defines the function of no exercise."
            yield Fault(page.file, cell.line, what, meant("", [t.function for t in book.tasks]))


def _collected(book):
    """Boxes, hints, cells to fill in and solutions: by number, where each stands."""
    boxes, hints, places, solved = {}, {}, {}, {}
    for page, box in book.directives("exercise"):
        boxes.setdefault(number_of(box), []).append((page, box))
    for page, found in book.directives("hints"):
        hints.setdefault(found.argument, []).append((page, found))
    functions = {task.function: task for task in book.tasks}
    for page, cell in book.cells:
        task = next((functions[name] for name in functions if f"def {name}():" in cell.source), None)
        if task and "exercise" in cell.tags and _asks(cell, task):
            places.setdefault(task.number, []).append((page, cell))
        for number in asserted(cell) if cell.solution and "solution" in cell.tags else ():
            solved.setdefault(number, []).append((page, cell))
    return boxes, hints, places, solved


def _asks(cell, task):
    """Whether a cell says what is to be done, and checks what was done."""
    return "# TODO" in cell.source and f'check("{task.number}", {task.function}()' in cell.source


def _first(found, number):
    """Where the box of an exercise stands, if it has one."""
    return next(iter(found.get(number, [])), None)


def _place(book, task, box=None):
    """File and line of an exercise: on its page, else in the data."""
    if box:
        return box[0].file, box[1].line
    return found_in(book.project, "exercises/*.py", f'number="{task.number}"')
