"""The page's Python does what the notebook's does: with the book's cells, and with snippets.

In a real browser: the site's own worker, MicroPython and stand-in for torch.
"""

import contextlib
import io
import warnings

import pytest

from tests.conftest import CHAPTERS, ROOT
from tests.executed import RUN_IN_THE_PAGE, outputs, page_cells
from tests.snippets import program, snippets

WITHOUT = ("index", "before", "after", "worksheet", "reach")
WITH_CELLS = [chapter for chapter in CHAPTERS if chapter not in WITHOUT]


# --- the book's cells -------------------------------------------------------------------------


@pytest.mark.parametrize("chapter", WITH_CELLS)
def test_a_chapters_cells_print_and_show_in_the_page_what_they_did_in_the_notebook(
    page_python, chapter
):
    cells = page_cells(chapter)
    assert len(cells) == tagged_in_the_source(chapter) > 0
    replies = page_python.run([(cell.source, before) for cell, before in cells])
    for (cell, _), reply in zip(cells, replies):
        reply.pop("passed", None)
        assert reply == outputs(cell), cell.source


@pytest.mark.parametrize("chapter", sorted({*CHAPTERS} - {*WITH_CELLS}))
def test_the_other_chapters_have_no_cell_that_runs_in_the_page(chapter):
    assert tagged_in_the_source(chapter) == 0


def tagged_in_the_source(chapter):
    """How many cells of a chapter's text have a tag that makes them run in the page."""
    tags = [
        line.removeprefix(":tags: [").removesuffix("]").split(", ")
        for line in (ROOT / f"book/{chapter}.md").read_text("utf-8").splitlines()
        if line.startswith(":tags:")
    ]
    return sum(bool(RUN_IN_THE_PAGE & set(names)) for names in tags)


def test_nearly_all_of_these_cells_print_or_show_something():
    """Else the comparison would be of nothing with nothing. The others define something."""
    cells = [cell for chapter in WITH_CELLS for cell, _ in page_cells(chapter)]
    silent = [cell.source for cell in cells if outputs(cell) == {"printed": ""}]
    assert len(silent) <= 4
    assert all(source.startswith(("def ", "query = ", "words = ", "W_k = ")) for source in silent)


# --- snippets ---------------------------------------------------------------------------------


def test_what_readers_may_type_prints_the_same(page_python):
    texts = snippets()
    assert len({*texts}) >= 300
    replies = page_python.run([(program(text), []) for text in texts])
    assert len(replies) == len(texts)
    differing = [
        f"{text}\n--- torch:\n{printed}--- page:\n{reply}\n"
        for text, reply in zip(texts, replies)
        if reply != {"printed": (printed := printed_here(program(text))), "passed": {}}
    ]
    assert not differing, "\n".join([f"{len(differing)} of {len(texts)}", *differing[:5]])


def test_snippets_print_something_and_many_print_an_error():
    printed = [printed_here(program(text)) for text in snippets()]
    assert all(printed)
    assert sum("Error: " in text for text in printed) >= 100


def printed_here(source):
    """What a program prints with torch."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's, which are no part of what is printed
        exec(source, {})
    return printed.getvalue()
