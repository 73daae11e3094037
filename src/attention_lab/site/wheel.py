"""The package as a wheel, of the commit that the book is built from, which its version tells.

It is built from a copy: setuptools would leave a folder behind, and take from it what has long
been deleted.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from attention_lab.site.fresh import NOT_SOURCE, files_digest

PROJECT = Path(__file__).parents[3]
DATA = "book/data"  # what chapters read: in the wheel it is a folder of the package
NEEDED = ("pyproject.toml", "README.md", "LICENSE")
MADE_FROM = ("src", DATA, *NEEDED)
TIME = "315532800"  # 1980-01-01, the earliest in a zip: the same sources give the same bytes


def wheel(folder, project=PROJECT):
    """The wheel of this package, built when its sources have changed.

    Args:
        folder: where the wheel is kept, in a folder named by what it was built from.
        project: the folder of the sources, which may be a copy of ours.

    Returns:
        The wheel's Path; other sources give the package another version, ``0.1.0+5f3e9a1c``.

    Raises:
        RuntimeError: it cannot be built; says why.
    """
    sources = files_digest(project, MADE_FROM)[:8]
    kept = Path(folder, sources)
    if not list(kept.glob("*.whl")):
        shutil.rmtree(folder, ignore_errors=True)
        _build(kept, sources, project)
    return next(kept.glob("*.whl"))


def python_needed():
    """The oldest Python that the package runs in.

    >>> python_needed()
    '3.11'
    """
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    return re.match(r">=([\d.]+)", project["requires-python"])[1]


def _build(folder, sources, project):
    with tempfile.TemporaryDirectory() as copy:
        for name in NEEDED:
            shutil.copy(project / name, copy)
        skip = shutil.ignore_patterns(*NOT_SOURCE, "*.egg-info")
        shutil.copytree(project / "src", Path(copy, "src"), ignore=skip)
        if (project / DATA).exists():
            shutil.copytree(project / DATA, Path(copy, "src/attention_lab/data"), ignore=skip)
        Path(copy, "setup.cfg").write_text(f"[egg_info]\ntag_build = +{sources}\n")
        for path in Path(copy).rglob("*"):  # a zip tells who may read: here the same for everybody
            path.chmod(0o755 if path.is_dir() else 0o644)
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
        built = subprocess.run(
            [*pip, "--wheel-dir", folder, copy],
            env=os.environ | {"SOURCE_DATE_EPOCH": TIME},
            umask=0o022,
            capture_output=True,
            text=True,
        )
    if built.returncode:
        raise RuntimeError(f"The package's wheel cannot be built: {built.stderr.strip()}")
