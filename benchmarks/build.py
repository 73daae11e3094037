"""`make bench-build`: how long the book takes, cold and unchanged, and against its floor.

The floor is what no build can avoid when it does one thing after the other: the chapters' code, run
as plain scripts, and Sphinx without execution. All runs are on a copy; `_build` stays as it is.
Machines are noisy: the ratio, from one run, says more than the seconds.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "_build", "mutants", "__pycache__")
COLD_LIMIT, UNCHANGED_LIMIT = 45, 10  # seconds, on two cores


def main():
    """Time everything in a fresh copy and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "book"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        (copy / ".venv").symlink_to(ROOT / ".venv")
        cold = timed(["make", "book"], copy)
        unchanged = timed(["make", "book"], copy)
        scripts = sum(time_script(chapter, copy) for chapter in sorted(copy.glob("book/*.md")))
        sphinx = time_sphinx(copy)
    floor = scripts + sphinx
    print(f"make book, from an empty _build  {cold:6.1f} s   (at most {COLD_LIMIT})")
    print(f"make book, nothing changed       {unchanged:6.1f} s   (at most {UNCHANGED_LIMIT})")
    print(f"the chapters' code as scripts    {scripts:6.1f} s")
    print(f"Sphinx without execution         {sphinx:6.1f} s")
    print(f"cold build / floor               {cold / floor:6.2f}")
    return cold > COLD_LIMIT or unchanged > UNCHANGED_LIMIT


def timed(command, folder, may_fail=False):
    """Wall seconds of a command."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode and not may_fail:
        sys.exit(f"{command} failed:\n{done.stdout}\n{done.stderr}")
    return seconds


def time_script(chapter, folder):
    """Wall seconds of a chapter's cells as one script; a page without cells takes none."""
    cells = re.findall(r"```\{code-cell\}\n((?:.|\n)*?)```", chapter.read_text("utf-8"))
    if not cells:
        return 0
    script = folder / "chapter.py"
    script.write_text("\n".join(re.sub(r"^:tags:.*\n", "", cell) for cell in cells), "utf-8")
    return timed([sys.executable, script], folder)


def time_sphinx(folder):
    """Wall seconds of the build when no cell is run. It ends by saying so, and with status 1."""
    shutil.rmtree(folder / "_build")
    config = folder / "_config.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("execute_notebooks: cache", 'execute_notebooks: "off"'), "utf-8")
    return timed([folder / ".venv/bin/jupyter-book", "build", "."], folder, may_fail=True)


if __name__ == "__main__":
    sys.exit(main())
