"""What reads submissions and writes tables needs Python 3.10 or newer, and nothing else."""

import ast
import json
import subprocess
import zipfile

import pytest

from tests.conftest import ROOT
from tests.grading.pythons import PYTHONS

PACKAGE = ROOT / "src/attention_lab"
FOLDERS = [PACKAGE / folder for folder in ("grading", "grading/constants", "grading/handed_in")]
FILES = [path for folder in FOLDERS for path in sorted(folder.glob("*.py"))]
FILES.append(PACKAGE / "writeups.py")
MODULES = [".".join(path.relative_to(ROOT / "src").with_suffix("").parts) for path in FILES]
WALK = """
import importlib, sys
sys.path.insert(0, {source!r})
for name in {modules}:
    importlib.import_module(name)
from attention_lab.grading import report, roster, tables
from attention_lab.grading.handed_in import files, notebooks
reports = []
for found in files.submissions([{path!r}]):
    notebook = notebooks.read(found.data)
    reports.append(report.Report(found.file, found.student, writeups=notebook.writeups))
    print(found.file, *(cell.source for cell in notebook.code))
known = roster.read_roster("Student,ID,Section,Understanding Attention (1)\\nAda,12,A,3\\n")
print(*tables.as_canvas(reports, known), tables.as_csv(reports)[:6].strip("\\ufeff"))
"""


@pytest.mark.parametrize("version", PYTHONS)
def test_it_runs_where_nothing_is_installed(version, tmp_path):
    notebook = {"cells": [{"cell_type": "code", "source": "x = 1"}]}
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("ada_12_34_x.ipynb", json.dumps(notebook))
    path, source = str(tmp_path / "class.zip"), str(ROOT / "src")
    walk = WALK.format(source=source, modules=MODULES, path=path)
    done = subprocess.run(
        [PYTHONS[version], "-S", "-I", "-X", "utf8", "-W", "error", "-c", walk],
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


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_it_is_written_in_the_python_of_3_10(path):
    ast.parse(path.read_text("utf-8"), feature_version=(3, 10))
