"""`make reproducible`: two builds of one commit give the same bytes, wherever and whenever.

The commit is checked out into two folders and built in each. The second build differs in all that
should not matter: its folder's name and depth, the day, the time zone, the language, the order that
Python's sets have, the rights of files, and how many cores there are. What is published must be the
same, byte for byte; every file that is not is named, with the first place where it differs.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from itertools import takewhile
from pathlib import Path

from attention_lab.building.another_day import another_day

ROOT = Path(__file__).parents[3]
SHOWN = 40  # bytes before and behind the first that differs
USUAL = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
UNUSUAL = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "C"}


def main(where=None):
    """Build twice and compare; the exit status says whether all is the same.

    Args:
        where: a new folder to build in, which then stays to be looked at.
    """
    with contextlib.ExitStack() as leaving:
        folder = where or leaving.enter_context(tempfile.TemporaryDirectory())
        later = another_day(folder)
        one, other = Path(folder, "a"), Path(folder, "another folder/and/deeper/b")
        _build(one, USUAL)
        _build(other, UNUSUAL | later, cores=1, umask=0o077)
        found = differences(one / "_build/html", other / "_build/html")
        count = len(_files(one / "_build/html"))
    print(*found, sep="\n")
    print(f"{len(found)} of {count} files differ.")
    if not later:
        print("Both were built on one day: to change it for a build, a C compiler is needed.")
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


def _build(folder, environment, cores=None, umask=0o022):
    """Build the commit that is checked out, in a folder of its own and on so many cores."""
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True, umask=umask)
    for installed in (".venv", "node_modules"):
        (folder / installed).symlink_to(ROOT / installed)
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:cores])
    built = subprocess.run(
        [folder / ".venv/bin/python", ".venv/bin/jupyter-book", "build", "."],
        cwd=folder,
        env=os.environ | environment | {"PYTHONPATH": str(folder / "src")},
        umask=umask,
        capture_output=True,
        text=True,
    )
    os.sched_setaffinity(0, before)
    if built.returncode:
        sys.exit(f"The build in {folder} failed:\n{built.stdout}\n{built.stderr}")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
