"""`make reproducible`: two builds of one commit give the same bytes, wherever and whenever.

The commit is checked out into two folders and built in each. The second build differs in all that
should not matter: its folder's name and depth, the day, the time zone, the language, the order that
Python's sets have, the rights of files, and how many cores there are. What is published must be the
same, byte for byte; every file that is not is named, with the first place where it differs.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).parents[3]
SHOWN = 40  # bytes before and behind the first that differs
LATER = "+40d"  # than today, as faketime wants it
USUAL = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
UNUSUAL = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "C"}


def main(where=None):
    """Build twice and compare; the exit status says whether all is the same.

    Args:
        where: a new folder to build in, which then stays to be looked at.
    """
    later = _another_day()
    with contextlib.ExitStack() as leaving:
        folder = where or leaving.enter_context(tempfile.TemporaryDirectory())
        one, other = Path(folder, "a"), Path(folder, "another folder/and/deeper/b")
        _build(one, USUAL)
        _build(other, UNUSUAL, [*later, *_one_core()], umask=0o077)
        found = differences(one / "_build/html", other / "_build/html")
        count = sum(path.is_file() for path in (one / "_build/html").rglob("*"))
    print(*found, sep="\n")
    print(f"{len(found)} of {count} files differ.")
    if not later:
        print("Both were built on one day: `faketime` (on Debian, a package) is not here.")
    return bool(found)


def differences(one, other):
    """How two folders differ, a sentence for each file that does.

    Args:
        one: a folder.
        other: the folder that should have the same files with the same bytes.
    """
    found = []
    for name in sorted(_files(one) | _files(other)):
        present = [folder for folder in (one, other) if Path(folder, name).is_file()]
        if len(present) == 1:
            found.append(f"{name}: is only in {present[0]}")
        elif told := difference(*(Path(folder, name).read_bytes() for folder in present)):
            found.append(f"{name}: {told}")
    return found


def difference(one, other):
    """Where two texts of bytes first differ, and what stands there; None if they are the same.

    >>> print(difference(b"built on Monday", b"built on Friday"))
    differs from byte 9 on
      built on Monday
      built on Friday
    """
    if one == other:
        return None
    place = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other)))
    around = slice(max(0, place - SHOWN), place + SHOWN)
    shown = [repr(text[around])[2:-1] for text in (one, other)]
    return f"differs from byte {place} on\n  {shown[0]}\n  {shown[1]}"


def _files(folder):
    """The names of all files below a folder."""
    return {
        path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()
    }


def _another_day():
    """What to put before a command, so that it believes in another day; nothing if there is none.

    Clocks that only measure how long something takes go on as they are.
    """
    return ["faketime", "-f", LATER] if shutil.which("faketime") else []


def _one_core():
    return ["taskset", "--cpu-list", "0"] if shutil.which("taskset") else []


def _build(folder, environment, before=(), umask=0o022):
    """Build the commit that is checked out, in a folder of its own."""
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    ours = {"PYTHONPATH": str(folder / "src"), "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    built = subprocess.run(
        [*before, jupyter_book, "build", "."],
        cwd=folder,
        env=os.environ | environment | ours,
        umask=umask,
        capture_output=True,
        text=True,
    )
    if built.returncode:
        sys.exit(f"The build in {folder} failed:\n{built.stdout}\n{built.stderr}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
