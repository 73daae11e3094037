"""The cells that run in the page, off the executed notebooks as `make book` has left them."""

from functools import cache

import nbformat

from tests.conftest import CHAPTERS, ROOT

EXECUTED = ROOT / "_build/jupyter_execute/book"
RUN_IN_THE_PAGE = {"exercise", "runnable"}  # the tags


def code_cells(chapter):
    """A chapter's cells of code, in order."""
    cells = nbformat.read(EXECUTED / f"{chapter}.ipynb", as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def page_cells(chapter):
    """The cells that run in the page, each with the sources of those that it needs.

    These are the chapter's first, which imports for all, and those above that are no exercise.
    """
    setup, *others = code_cells(chapter) or [None]
    if setup is None:  # a page that asks and does not compute
        return []
    above, found = [setup.source], []
    for cell in others:
        tags = set(cell.metadata.get("tags", []))
        if tags & RUN_IN_THE_PAGE:
            found.append((cell, list(above)))
            if "exercise" not in tags:
                above.append(cell.source)
    return found


@cache
def exercise_cells():
    """The cell of each exercise by its number, with the sources of those that it needs."""
    found = {}
    for chapter in CHAPTERS:
        for cell, before in page_cells(chapter):
            if "exercise" in cell.metadata.get("tags", []):
                number = cell.source.rsplit('check("')[-1].split('"')[0]
                found[number] = (cell.source, before)
    return found


def outputs(cell):
    """What an executed cell printed, and what it showed: HTML where there is some, else text."""
    found = {"printed": ""}
    for output in cell.outputs:
        if output.output_type == "stream":
            found["printed"] += output.text
        elif "text/html" in output.data:
            found["html"] = output.data["text/html"]
        else:
            found["text"] = output.data["text/plain"]
    return found
