"""The document as a PDF, by a Chromium without scripts and without network.

CSS cannot say on which page a thing is. So it is printed once to see, and once more with the
numbers; they have their place from the start, and nothing moves.
"""

import io
import os
import re
import shutil
from contextlib import contextmanager, nullcontext
from pathlib import Path

from playwright.sync_api import sync_playwright
from pypdf import PdfReader

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
ROUNDS = 4  # the third is needed where a number is wider than its place
# The moment of printing, as Chromium writes it; the same number of bytes, so nothing is displaced.
MOMENT = re.compile(rb"\(D:\d{14}(?=[+\-Z])")
NO_MOMENT = b"(D:19800101000000"
# What the cells of a table are called, after a count of all that the browser has ever shown.
NODE = re.compile(rb"\(node(\d{8})\)")


class Unsettled(RuntimeError):
    """The numbers of the pages move what they stand in, again and again."""


def print_book(document, folder, paper="A4", browser=None):
    """Print a joined book.

    Args:
        document: a BeautifulSoup, as ``join`` makes it; its ``on-page`` links are filled in.
        folder: where the printed document is kept as ``book.html``, to be looked at.
        paper: A4, Letter or another that Chromium knows.
        browser: Playwright's, where there is one already.

    Returns:
        The PDF's bytes.

    Raises:
        Unsettled: the numbers in it cannot be made right.
        FileNotFoundError: there is no browser; says what to do.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path, found = folder / "book.html", {}
    with nullcontext(browser) if browser else chromium() as browser:
        for _ in range(ROUNDS):
            _fill_in(document, found)
            path.write_text(str(document), "utf-8")
            pdf = _printed(browser, path, paper)
            before, found = found, places(pdf)
            if found == before:
                return repeatable(pdf)
    raise Unsettled(f"Expected page numbers that hold; after {ROUNDS} printings they still change.")


@contextmanager
def chromium():
    """A Chromium: the system's, else the one that Playwright has fetched."""
    with sync_playwright() as playwright:
        root = getattr(os, "geteuid", lambda: 1)() == 0  # for whom there is no sandbox
        browser = playwright.chromium.launch(
            executable_path=program(playwright.chromium.executable_path),
            args=["--no-sandbox"] if root else [],
        )
        try:
            yield browser
        finally:
            browser.close()


def program(fetched):
    """Where Chromium is; ``fetched`` is where Playwright would have put one."""
    found = next(filter(None, map(shutil.which, BROWSERS)), fetched)
    if not Path(found).exists():
        raise FileNotFoundError(
            "Expected a Chromium, which prints the book; there is none. On Debian: "
            "apt-get install chromium; elsewhere: .venv/bin/playwright install chromium"
        )
    return found


def _printed(browser, path, paper):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(path.resolve().as_uri())
    pdf = page.pdf(format=paper, outline=True, tagged=True, print_background=True)
    context.close()
    return pdf


def places(pdf):
    """Where each linked place of a PDF is.

    Args:
        pdf: its bytes.

    Returns:
        Dict: the id that links name to the number of its page, from 1.
    """
    reader = PdfReader(io.BytesIO(pdf))
    return {
        name.lstrip("/"): reader.get_destination_page_number(place) + 1
        for name, place in reader.named_destinations.items()
    }


def repeatable(pdf):
    """The PDF's bytes without what differs between two printings.

    >>> repeatable(b"/CreationDate (D:20261128142000+00'00') /ID (node00000734)")
    b"/CreationDate (D:19800101000000+00'00') /ID (node00000000)"
    """
    number = {node: place for place, node in enumerate(sorted(set(NODE.findall(pdf))))}
    named = NODE.sub(lambda found: b"(node%08d)" % number[found[1]], pdf)
    return MOMENT.sub(NO_MOMENT, named)


def _fill_in(document, found):
    """Write the numbers into the links of class ``on-page``."""
    for link in document.select("a.on-page"):
        link.string = str(found.get(link["href"][1:], "000"))
