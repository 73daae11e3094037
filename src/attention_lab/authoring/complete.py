"""An exercise has a box, a cell to fill in, hints and an asserted solution: each of them once."""

import re
from collections import defaultdict

from attention_lab.authoring.exercises import labels_of_boxes, number_of, place_of
from attention_lab.authoring.fault import PACKAGE, Fault, found_in
from attention_lab.meant import meant

# What each exercise must have, and what to do where it has not.
PARTS = {
    "a box on a page": "Write ```{{exercise}} {number}: … there.",
    "a cell to fill in": 'Tag one exercise, with # TODO, nan and check("{number}", {function}()).',
    "hints on a page": "Write ```{{hints}} {number} below its cell.",
    "a solution": "Write ```{{solution-start}} with the label of its box.",
}


def faults(book):
    """Exercises and write-ups that lack a part or have it twice, and cells for none."""
    yield from _exercises(book)
    yield from _writeups(book)
    for page, cell in book.cells:
        if "exercise" in cell.tags and not _task(book, cell):
            defined = re.search(r"^def (\w+)", cell.source, re.MULTILINE)
            what = "This cell defines the function of no exercise."
            todo = meant(defined[1] if defined else "", [task.function for task in book.tasks])
            yield Fault(page.file, cell.line, what, todo)


def _exercises(book):
    """Exercises that lack a part or have it twice."""
    found = _collected(book)
    for part, places in found.items():
        mistyped = places.keys() - {task.number for task in book.tasks}  # is reported elsewhere
        for task in book.tasks:
            first, *others = places.get(task.number, [None])
            if not first and not mistyped:
                todo = PARTS[part].format(number=task.number, function=task.function)
                yield Fault(*place_of(book, task), f"{task.number} lacks {part}.", todo)
            for file, line in others:
                what = f"{task.number} has {part} at {first[0]}:{first[1]} already."
                yield Fault(file, line, what, "Keep one of them.")


def _writeups(book):
    """Write-ups that are on no page."""
    boxes = {box.option("label") for _, box in book.directives("exercise")}
    for writeup in book.writeups:
        if writeup.name not in boxes:
            place = found_in(book.project, f"{PACKAGE}/writeups.py", f'name="{writeup.name}"')
            todo = f"Write ```{{exercise}} with :class: writeup and :label: {writeup.name}."
            yield Fault(*place, f"{writeup.name} lacks a box on a page.", todo)


def _collected(book):
    """Where each part stands, by the number of its exercise, if it is one's: file and line."""
    found = {part: defaultdict(list) for part in PARTS}
    boxes, cells, hints, solutions = found.values()
    labels = labels_of_boxes(book)
    for page, box in book.directives("exercise"):
        if number_of(box):
            boxes[number_of(box)].append((page.file, box.line))
    for page, cell in book.cells:
        task = _task(book, cell)
        if "exercise" in cell.tags and (not task or _asks(cell, task)):
            cells[task and task.number].append((page.file, cell.line))
    for page, part in book.directives("hints"):
        hints[part.argument].append((page.file, part.line))
    for page, part in book.directives("solution-start"):
        solutions[labels.get(part.argument)].append((page.file, part.line))
    return found


def _task(book, cell):
    """The exercise whose function a cell defines, if it is one's."""
    defined = (task for task in book.tasks if f"def {task.function}():" in cell.source)
    return next(defined, None)


def _asks(cell, task):
    """Whether a cell says what is to be done, and checks what was done."""
    return "# TODO" in cell.source and f'check("{task.number}", {task.function}()' in cell.source
