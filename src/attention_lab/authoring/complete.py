"""An exercise has a box, a cell to fill in, hints and an asserted solution: each of them once."""

import re
from collections import defaultdict

from attention_lab.authoring.exercises import number_of
from attention_lab.authoring.fault import Fault, found_in
from attention_lab.authoring.wording import meant

# What each exercise must have, and what to do where it has not.
PARTS = {
    "box on a page": "Write ```{{exercise}} {number}: … there.",
    "cell to fill in": 'Tag one exercise, with # TODO, nan and check("{number}", {function}()).',
    "hints on a page": "Write ```{{hints}} {number} below its cell.",
    "solution": 'Write assert check("{number}", answer) in a cell tagged solution, in its fold.',
}
ASSERTED = re.compile(r'^assert check\("([\d.]+)", ', re.MULTILINE)


def faults(book):
    """Exercises that lack a part or have it twice, and cells to fill in for none."""
    found = _collected(book)
    for task in book.tasks:
        place = _place(book, task, found["box on a page"][task.number])
        for part, todo in PARTS.items():
            places = found[part][task.number]
            if not places:
                said = todo.format(number=task.number, function=task.function)
                yield Fault(*place, f"{task.number} has no {part}.", said)
            for file, line in places[1:]:
                if part != "solution":
                    first = f"{places[0][0]}:{places[0][1]}"
                    what = f"{task.number} has a {part} at {first} already."
                    yield Fault(file, line, what, "Keep one of them.")
        yield from _data(task, place)
    for page, cell in book.cells:
        if "exercise" in cell.tags and not _task(book, cell):
            found = re.search(r"^def (\w+)", cell.source, re.MULTILINE)
            what = "This cell defines the function of no exercise."
            functions = [task.function for task in book.tasks]
            yield Fault(page.file, cell.line, what, meant(found[1] if found else "", functions))


def _collected(book):
    """Where each part stands, by the number of its exercise: pairs of file and line."""
    found = {part: defaultdict(list) for part in PARTS}
    for page, box in book.directives("exercise"):
        found["box on a page"][number_of(box)].append((page.file, box.line))
    for page, hints in book.directives("hints"):
        found["hints on a page"][hints.argument].append((page.file, hints.line))
    for page, cell in book.cells:
        task = _task(book, cell)
        if task and "exercise" in cell.tags and _asks(cell, task):
            found["cell to fill in"][task.number].append((page.file, cell.line))
        if cell.solution and "solution" in cell.tags:
            for number in ASSERTED.findall(cell.source):
                found["solution"][number].append((page.file, cell.line))
    return found


def _task(book, cell):
    """The exercise whose function a cell defines, if it is one's."""
    defined = (task for task in book.tasks if f"def {task.function}():" in cell.source)
    return next(defined, None)


def _asks(cell, task):
    """Whether a cell says what is to be done, and checks what was done."""
    return "# TODO" in cell.source and f'check("{task.number}", {task.function}()' in cell.source


def _place(book, task, boxes):
    """File and line of an exercise: on its page, else in the data."""
    data = found_in(book.project, "exercises/*.py", f'number="{task.number}"')
    return boxes[0] if boxes else data


def _data(task, place):
    """What an exercise's own data lack."""
    if not task.hints:
        yield Fault(*place, f"{task.number} has no hints.", "Write some into its data.")
