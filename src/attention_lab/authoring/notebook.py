"""A page with cells can be taken apart into them, as MyST-NB does it before it runs them.

Where it cannot, cells do not run, or the build ends with a traceback that names no page.
"""

import json
import re

import yaml

from attention_lab.authoring.fault import Fault

KERNEL = "python3"
COPY = "Copy another chapter's front matter."
BOX = "task-list-item-checkbox"  # the class that a list's box [ ] has


def faults(book):
    """Pages of which MyST-NB makes no notebook, or cannot."""
    pages = [(page, _front_matter(page)) for page in book.pages if page.cells]
    some = any(_is_notebook(given) for _, given in pages)
    for page, given in pages:
        if some and not _is_notebook(given):
            what = "This page's cells do not run: jupytext's format_name: myst is lacking."
            yield Fault(page.file, 1, what, COPY)
        kernel = (given.get("kernelspec") or {}).get("name")
        if kernel != KERNEL:
            line = next(
                (n for n, text in enumerate(page.lines, 1) if re.match(r"\s+name:", text)), 1
            )
            yield Fault(page.file, line, f"There is no kernel {kernel!r}.", COPY)
        yield from _parts(page)


def _parts(page):
    """What of a page keeps its cells from running."""
    for cell in page.cells:
        if cell.around or cell.nested:
            what = "This cell does not run: it stands within something else."
            yield Fault(page.file, cell.line, what, "Let it begin a line, outside of all boxes.")
    for mark in page.breaks:
        if mark.said and not mark.around and not _is_object(mark.said):
            what = f"Behind +++ stands {mark.said!r}, which is no JSON."
            yield Fault(page.file, mark.line, what, "Delete the line, or what stands behind +++.")
    for text in page.texts:
        if not text.around and text.inline and BOX in text.inline[0].content:
            what = "A list with boxes ends the build of a page with cells."
            yield Fault(page.file, text.line, what, "Write it without the brackets.")


def _front_matter(page):
    """The YAML above a page."""
    head = re.match(r"---\n(.*?)\n---\n", page.text, re.DOTALL)
    given = yaml.safe_load(head[1]) if head else None
    return given if isinstance(given, dict) else {}


def _is_notebook(given):
    """Whether a front matter says that the page has cells to be run."""
    representation = (given.get("jupytext") or {}).get("text_representation") or {}
    return representation.get("format_name") == "myst" or given.get("file_format") == "mystnb"


def _is_object(text):
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
