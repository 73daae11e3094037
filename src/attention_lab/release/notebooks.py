"""One notebook of all chapters: as students get it, and with the solutions filled in."""

import ast
import re
import sys
from pathlib import PurePosixPath

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from attention_lab.course import course_answer
from attention_lab.exercises import ALL, exercise
from attention_lab.fixtures import SEED
from attention_lab.release.cutting import checked, place_for
from attention_lab.site.cells import COLLAPSED
from attention_lab.site.first_cells import first_cells
from attention_lab.site.notebooks import notebook, notebook_file
from attention_lab.site.wheel import python_needed

OF_A_CHAPTER = {"welcome", "install", "check"}  # cells that the whole needs only once
WELCOME = """\
*This notebook is the whole course. Run its cells from top to bottom: select one and press \
Shift + Enter. Replace each `nan` below a `# TODO` by a number, write where it says "Write your \
answer here", save, and hand in this file.*

The same text as pages, in which the cells run too: [the site](site/index.html)."""
ASKS_FOR_COURSE = 'input("The course, as it was told to you: ")'
OWN_NUMBERS = """\
# Your own numbers. Type your student number as the course knows it, and press Enter.
from attention_lab import variant_for
from attention_lab.session import work_on

course = {course}
student = input("Your student number: ")
mine = variant_for(student, course)
print(f"{{student}}: variant {{mine.number}} of {{course}}. Your key and value:")
work_on(mine)"""
OWN_NUMBERS_SAID = """\
**Your own numbers.** The next cell asks for your student number. From it come the keys and values \
that the code below works on and that your answers are judged on; run it again in each new \
session. Where the *text* quotes a number, that is of the course's own keys and values."""

# The fold of ``site/hints.py`` below each exercise that would put another variant into ``mine``.
OTHER_NUMBERS = re.compile(
    r"\s*<details>\n(?:(?!</?details>).)*\bmine = variant\((?:(?!</?details>).)*</details>",
    re.DOTALL,
)


def joined(site, pages, wheel, variants=False):
    """The chapters' notebooks as one.

    Args:
        site: the folder of the built book, which is to lie beside the notebook as ``site``.
        pages: names of the book's pages, in order; those that are no notebooks are passed over.
        wheel: the file name of the package that the notebook installs, which lies beside it.
        variants: whether each student has numbers of their own; the course's name, or True where
            the notebook is to ask for it.
    """
    found = [_read(site, page) for page in pages if (site / notebook_file(page)).exists()]
    cells = [cell for name, chapter in found for cell in _cells(name, chapter)]
    if variants:
        for cell in cells:
            cell.source = _without_other_numbers(cell)
    install = first_cells(
        title="",
        page="",
        wheel=wheel,
        folder=None,
        python=python_needed(),
        others=sorted({name for _, chapter in found for name in _others(chapter)}),
    )[1:]
    cells[1:1] = [new_markdown_cell(WELCOME, id="welcome"), *install, *_own_numbers(variants)]
    made = notebook(cells)
    course = variants if isinstance(variants, str) else None
    made.metadata["attention_lab"] = {"variants": bool(variants), "course": course}
    nbformat.validate(made)
    return made


def _own_numbers(variants):
    """The cells that put the notebook on a student's own numbers."""
    if not variants:
        return []
    course = repr(variants) if isinstance(variants, str) else ASKS_FOR_COURSE
    code = OWN_NUMBERS.format(course=course)
    return [
        new_markdown_cell(OWN_NUMBERS_SAID, id="own-numbers-said"),
        new_code_cell(code, id="own-numbers"),
    ]


def _without_other_numbers(cell):
    """A cell's source that leaves a student on the numbers that are the student's own."""
    markdown = cell.cell_type == "markdown"
    return OTHER_NUMBERS.sub("", cell.source) if markdown else cell.source


def _read(site, page):
    """A chapter's name and its cells."""
    cells = nbformat.read(site / notebook_file(page), as_version=4).cells
    return PurePosixPath(page).name, cells


def _others(cells):
    """What a chapter installs beside the package."""
    (install,) = [cell for cell in cells if cell.id == "install"]
    return install.metadata["needs"]


def _cells(name, cells):
    """A chapter's cells, as cells of the whole."""
    for cell in cells:
        if cell.id in OF_A_CHAPTER:
            continue
        if "attention_lab" not in cell.metadata:  # by which an answer is found
            cell.id = f"{name}-{cell.id}"
        if COLLAPSED in cell.metadata:
            cell.metadata["id"] = cell.id
        cell.source = _from_here(cell)
        yield cell


def _from_here(cell):
    """A cell's source where the site is a folder beside it, and all answers stand above."""
    if cell.cell_type == "markdown":
        return cell.source.replace("](../", "](site/").replace('="../', '="site/')
    source = cell.source
    for task in ALL:
        if task.kind == "key":
            mine = f"{place_for(task)}\n{checked(task, 'my_query')}"
            source = source.replace(mine, _checked_with_own(task))
    return source


def _checked_with_own(task):
    """The call that judges an edited key under the query that the reader has found above."""
    return checked(task, exercise(task.query_of).function + "()")


def filled_in(made):
    """Put the course's answers in their places; returns the notebook.

    Where students have numbers of their own, the answer is counted from these. An exercise without
    an answer of the course keeps its ``# TODO``, and that is told on stderr.

    Raises:
        ValueError: the notebook lacks an exercise.
    """
    numbers = {cell.metadata.get("attention_lab", {}).get("exercise"): cell for cell in made.cells}
    for task in ALL:
        if task.number not in numbers:
            raise ValueError(
                f"Expected a cell for exercise {task.number} in the notebook; there is none. "
                "Does a chapter that students get have it, in a cell tagged `exercise`?"
            )
        if course_answer(task, SEED) is None:
            said = f"The key has no answer to {task.number}: attention_lab.answers knows none."
            print(said, file=sys.stderr)
        else:
            cell = numbers[task.number]
            cell.source = _with_body(cell.source, task.function, _answer(task, made.metadata))
    return made


def _answer(task, metadata):
    """The lines of a function that returns the course's answer."""
    if metadata["attention_lab"]["variants"]:
        return [
            "from attention_lab.course import course_answer",
            "from attention_lab.exercises import exercise",
            f'return torch.tensor(course_answer(exercise("{task.number}"), mine))',
        ]
    return [f"return torch.tensor({_rounded(course_answer(task, SEED))})"]


def _rounded(numbers):
    """Nested lists without what float64 adds behind the sixth decimal, and without a -0.0."""
    return [_rounded(x) for x in numbers] if isinstance(numbers, list) else round(numbers, 6) + 0.0


def _with_body(source, name, body):
    """A cell in which a function has another body."""
    (function,) = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and node.name == name
    ]
    lines = source.splitlines()
    lines[function.lineno : function.end_lineno] = [f"    {line}" for line in body]
    return "\n".join(lines)
