"""`make bench-build`: how long the book takes, from empty, unchanged, checked, and saved.

The floor is what no build can avoid when it does one thing after the other: the chapters' code, run
as plain scripts, and Sphinx without execution. All runs are on a copy; `_build` stays as it is.
Machines are noisy: the ratio, from one run, says more than the seconds.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import jupytext
from saving import time_saving

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(".*", "node_modules", "_build", "mutants", "__pycache__")
INSTALLED = (".venv", "node_modules")
# What is installed stays, though a copy's files may look newer.
MAKE = ("make", "-o", ".venv/installed", "-o", "node_modules/.installed")
RATIO_LIMIT = 1.0  # of the build from empty to the floor
# Seconds, on two cores.
LIMITS = {"make book, nothing changed": 10, "make check": 10, "save to page": 4}
SAVED = ("copying", "learned")  # a chapter of the assignment; the one that takes longest


def main():
    """Time everything in a fresh copy, print the table, and say whether a limit was broken."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "book").resolve()
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        for installed in INSTALLED:
            (copy / installed).symlink_to(ROOT / installed)
        empty = timed([*MAKE, "book"], copy, copy)
        took = {"make book, nothing changed": timed([*MAKE, "book"], copy, copy)}
        took["make check"] = timed([*MAKE, "check"], copy, copy)
        for name, seconds in time_saving([*MAKE, "serve"], copy, SAVED, environment(copy)).items():
            took[f"save to page, {name}"] = seconds
        scripts = sum(time_script(chapter, copy) for chapter in sorted(copy.glob("book/*.md")))
        sphinx = time_sphinx(copy)
    ratio = empty / (scripts + sphinx)
    print(f"make book, from an empty _build  {empty:6.1f} s")
    print(f"the chapters' code as scripts    {scripts:6.1f} s")
    print(f"Sphinx without execution         {sphinx:6.1f} s")
    print(f"build from empty / floor         {ratio:6.2f}     (at most {RATIO_LIMIT})")
    slow = [told(what, seconds) for what, seconds in took.items()]
    print(f"The machine's load at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    return any(slow) or ratio > RATIO_LIMIT


def told(what, seconds):
    """Print how long something took, and say whether that was too long."""
    (limit,) = [limit for name, limit in LIMITS.items() if what.startswith(name)]
    print(f"{what:32} {seconds:6.1f} s   (at most {limit})")
    return seconds > limit


def environment(copy):
    """The environment's variables; with the copy's own package, whatever is installed."""
    return os.environ | {"PYTHONPATH": str(copy / "src")}


def timed(command, folder, copy, may_fail=False):
    """Wall seconds of a command in a folder."""
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env=environment(copy), capture_output=True, text=True
    )
    seconds = time.perf_counter() - start
    if done.returncode and not may_fail:
        sys.exit(f"{command} failed:\n{done.stdout}\n{done.stderr}")
    return seconds


def time_script(chapter, copy):
    """Wall seconds of a chapter's cells as one script, run where they run as cells: in its folder.

    A page without cells takes none.
    """
    notebook = jupytext.read(chapter, fmt="md:myst")  # a page that is only text does not say so
    if "kernelspec" not in notebook.metadata:  # what looks like code is to be read
        return 0
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    script = chapter.with_suffix(".py")
    script.write_text("\n".join(cells), "utf-8")
    return timed([sys.executable, script.name], chapter.parent, copy)


def time_sphinx(copy):
    """Wall seconds of the build when no cell is run. It ends by saying so, and with status 1."""
    shutil.rmtree(copy / "_build")
    config = copy / "_config.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("execute_notebooks: cache", 'execute_notebooks: "off"'), "utf-8")
    return timed([copy / ".venv/bin/jupyter-book", "build", "."], copy, copy, may_fail=True)


if __name__ == "__main__":
    sys.exit(main())
