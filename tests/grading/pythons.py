"""The Pythons that are on this machine: marking must come to the same in all, from 3.10 on."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

OLDEST, NEWEST = 10, 16  # of Python 3: Gradescope has 3.10


def _other(minor):
    """The path of Python 3.minor, by its name or where pyenv keeps it; None if there is none."""
    kept = sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python3"))
    named = which(f"python3.{minor}")
    return next((path for path in [*map(os.fspath, kept), named] if path and _works(path)), None)


def _works(python):
    """Whether it starts: a name may stand for a version that is not installed."""
    return subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


PYTHONS = {f"3.{sys.version_info.minor}": sys.executable}
for minor in range(OLDEST, NEWEST):
    if f"3.{minor}" not in PYTHONS and (path := _other(minor)):
        PYTHONS[f"3.{minor}"] = path
