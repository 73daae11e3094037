"""How long it takes from saving a sentence of a chapter until the served page has it."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

PATIENCE = 300  # seconds
PAUSE = 0.02  # seconds between two looks at a page


def time_saving(serve, folder, chapters, environment):
    """Seconds from save to page, by chapter.

    Args:
        serve: the command that serves the book; ``PORT=…`` is added.
        folder: the book's, in which sentences are added to chapters.
        chapters: their names.
        environment: the command's.
    """
    with _serving(serve, folder, environment) as site:
        _wait_for("</html>", f"{site}/book/{chapters[0]}.html")
        return {
            name: _save(folder / f"book/{name}.md", f"{site}/book/{name}.html", name)
            for name in chapters
        }


def _save(source, page, name):
    """Add a sentence below the first heading; seconds until the page has it."""
    sentence = f"A sentence that was saved at {time.time()}."
    head, heading, rest = source.read_text("utf-8").partition("\n# ")
    title, _, body = rest.partition("\n")
    before = time.perf_counter()
    source.write_text(f"{head}{heading}{title}\n\n{sentence}\n{body}", "utf-8")
    _wait_for(sentence, page)
    return time.perf_counter() - before


def _wait_for(text, page):
    """Ask for a page until it has a text."""
    end = time.monotonic() + PATIENCE
    not_yet = OSError, http.client.IncompleteRead  # it is being written
    while time.monotonic() < end:
        with contextlib.suppress(*not_yet), urllib.request.urlopen(page) as answer:
            if text in answer.read().decode():
                return
        time.sleep(PAUSE)
    raise TimeoutError(f"{page} does not show {text!r} after {PATIENCE} s.")


@contextlib.contextmanager
def _serving(serve, folder, environment):
    """Serve the book; gives its address, which answers a little later."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            [*serve, f"PORT={port}"],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()
