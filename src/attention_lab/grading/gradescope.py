"""The zip that Gradescope takes as an autograder: this package, as far as marking needs it.

``setup.sh`` has nothing to install. ``run_autograder`` is copied elsewhere by Gradescope, so it
names the folder in which the rest of the zip is.
"""

import json
import zipfile
from pathlib import Path

from attention_lab.imported import PACKAGE, module_file, modules

CALLED = ("grading.autograder",)
DATA = ("variants.json",)
KNOWN_BY = ("sid", "email", "name")  # fields of Gradescope's metadata that tell who hands in
SETTINGS = "attention_lab/grading/gradescope.json"  # which ``autograder.py`` reads
TIME = (1980, 1, 1, 0, 0, 0)  # the same sources give the same bytes
SETUP = """#!/usr/bin/env bash
# Nothing to install: the autograder needs Python's standard library only.
python3 --version
"""
RUN = """#!/usr/bin/env bash
# Gradescope unpacks the zip here; a test may have it elsewhere.
root="${AUTOGRADER:-/autograder}"
PYTHONPATH="$root/source" exec python3 -m attention_lab.grading.autograder "$root"
"""


def write_autograder(file, course="", points=None, known_by=KNOWN_BY[0]):
    """Write the zip.

    Args:
        file: where to; an autograder that is there is replaced, a folder that is not there made.
        course: the name under which variants were handed out; "" where there are none.
        points: of exercises by number, where they are not the course's own.
        known_by: which of ``KNOWN_BY`` students gave as their name to get their variant.

    Raises:
        FileExistsError: something else is there.
        ValueError: Gradescope knows nobody by that.
    """
    if known_by not in KNOWN_BY:
        raise ValueError(f"Expected one of {', '.join(KNOWN_BY)}; got {known_by!r}.")
    file = Path(file)
    if file.exists() and not _is_ours(file):
        raise FileExistsError(f"Expected room for a zip at {file}; something else is there.")
    settings = {"course": course, "points": points or {}, "known_by": known_by}
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        _add(zipped, "setup.sh", SETUP.encode(), executable=True)
        _add(zipped, "run_autograder", RUN.encode(), executable=True)
        for path in files():
            _add(zipped, f"attention_lab/{path}", (PACKAGE / path).read_bytes())
        text = json.dumps(settings, indent=1)
        _add(zipped, SETTINGS, text.encode())


def _is_ours(file):
    """Whether a file is an autograder of an earlier run."""
    if not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as zipped:
        return SETTINGS in zipped.namelist()


def files():
    """The files of the package that marking needs, by their paths in it."""
    # The stand-in for torch imports its own parts by relative names, which are not followed.
    parts = [_module(path) for path in (PACKAGE / "page/torch").rglob("*.py")]
    needed = modules([*CALLED, *parts])
    found = {module_file(name).relative_to(PACKAGE).as_posix() for name in needed} | set(DATA)
    folders = {folder for path in found for folder in Path(path).parents}
    return sorted(found | {(folder / "__init__.py").as_posix() for folder in folders})


def _module(path):
    return path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")


def _add(zipped, name, data, executable=False):
    entry = zipfile.ZipInfo(name, TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o100755 if executable else 0o100644) << 16
    zipped.writestr(entry, data)
