"""What reads submissions and writes tables needs Python 3.10 or newer, and nothing else."""

import ast
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src/attention_lab"
FILES = [*sorted((PACKAGE / "grading").glob("*.py")), PACKAGE / "writeups.py"]
MODULES = [".".join(path.relative_to(ROOT / "src").with_suffix("").parts) for path in FILES]
WALK = """
import importlib, sys
sys.path.insert(0, {source!r})
for name in {modules}:
    importlib.import_module(name)
from attention_lab.grading import files, notebooks, report, roster, tables
reports = []
for found in files.submissions([{path!r}]):
    notebook = notebooks.read(found.data)
    reports.append(report.Report(found.file, found.student, writeups=notebook.writeups))
    print(found.file, *(cell.source for cell in notebook.code))
known = roster.read_roster("Student,ID,Section,Understanding Attention (1)\\nAda,12,A,3\\n")
print(*tables.as_canvas(reports, known), tables.as_csv(reports)[:6].strip("\\ufeff"))
"""


def works(python):
    """Whether this Python starts: the name may stand for a version that is not installed."""
    done = subprocess.run([python, "-c", ""], capture_output=True, check=False)
    return done.returncode == 0


def pythons():
    """The Python of the tests, and those of other versions from 3.10 on that are here."""
    names = [f"python3.{minor}" for minor in range(10, 16)]
    return [sys.executable, *filter(works, filter(None, map(shutil.which, names)))]


@pytest.mark.parametrize("python", pythons(), ids=lambda path: Path(path).name)
def test_it_runs_where_nothing_is_installed(python, tmp_path):
    notebook = {"cells": [{"cell_type": "code", "source": "x = 1"}]}
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("ada_12_34_x.ipynb", json.dumps(notebook))
    path, source = str(tmp_path / "class.zip"), str(ROOT / "src")
    walk = WALK.format(source=source, modules=MODULES, path=path)
    done = subprocess.run(
        [python, "-S", "-I", "-X", "utf8", "-W", "error", "-c", walk],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout == (
        "class.zip/ada_12_34_x.ipynb x = 1\n"
        "Student,ID,Section,Understanding Attention (1)\n    Points Possible,,,0\nAda,12,A,0\n"
        " [] file,\n"
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_it_is_written_in_the_python_of_3_10(path):
    ast.parse(path.read_text("utf-8"), feature_version=(3, 10))
