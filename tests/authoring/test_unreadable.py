"""A file that cannot be read at all is one fault, with file and line, and no traceback."""

import os
import shutil
import subprocess
import sys

import pytest

from attention_lab.authoring import report
from attention_lab.exercises import Exercise
from tests.authoring.small import FILES, line_of, reports, write
from tests.conftest import ROOT

DATA, ANSWERS = "exercises/assignment.py", "answers.py"
FIRST = 'title="Select the first value"'

# The file, what is replaced in it, by what, the line that is at fault then, and what is said of it.
PLANTED = [
    (DATA, "EXERCISES = (", "EXERCISES = ((", "EXERCISES", "'(' was never closed"),
    (DATA, f"{FIRST},", FIRST, FIRST, "invalid syntax. Perhaps you forgot a comma"),
    (
        DATA,
        "        edits=2,\n",
        "        edit=2,\n",
        '    Exercise(\n        number="1.4.1"',
        "Exercise has no 'edit'. Did you mean edits?",
    ),
    (DATA, 'number="1.2.1"', "number=1.21", "    Exercise(", "Expected number to be a text such"),
    (DATA, FIRST, f'points="2", {FIRST}', "    Exercise(", "1.2.1: Expected points to be a number"),
    (
        DATA,
        "EXERCISES = (\n",
        "A = 1\nEXERCISES = (\nA\n(2,),\n",
        "A\n(2,)",
        "perhaps a comma is missing",
    ),
    (ANSWERS, '"1.2.1": 10,', '"1.2.1": 10', '"1.2.1": 10', "Perhaps you forgot a comma"),
    (ANSWERS, "HALFWAY = (", "HALFWAY = HALF + (", "HALFWAY", "name 'HALF' is not defined"),
    ("fixtures.py", "\nSEED = ", "\nSEED = = ", "SEED = = ", "invalid syntax"),
    (ANSWERS, "import math\n", "import maths\n", "import maths", "No module named 'maths'"),
    (
        ANSWERS,
        "import math\n",
        "from attention_lab import nosuch\n",
        "from attention_lab import nosuch",
        "cannot import name 'nosuch' from 'attention_lab'",
    ),
    (
        ANSWERS,
        "import shared_keys",
        "import shared",
        "import shared",
        "cannot import name 'shared'",
    ),
    (ANSWERS, '"1.2.1": 10,', '"1.2.1": float("ten"),', '"1.2.1"', "not convert string to float"),
    (
        ANSWERS,
        '"1.6.1": ((0.1, 2.4, 2.1),)',
        '"1.6.1": (0.1, 2.4)',
        "return [list(row)",
        "iterable",
    ),
    (
        "exercises/words.py",
        "from attention_lab.exercises.task import",
        "from attention_lab.exercises.tusk import",
        "from attention_lab.exercises.tusk",
        "No module named 'attention_lab.exercises.tusk'",
    ),
]
# How the program is begun: as a module, and as its installed script begins it.
BEGUN = {
    "module": ["-m", "attention_lab"],
    "script": ["-c", "import sys; from attention_lab.cli import main; sys.exit(main())"],
}


@pytest.mark.parametrize(("file", "old", "new", "at", "said"), PLANTED)
def test_a_file_that_does_not_load_is_told_in_one_line(tmp_path, file, old, new, at, said):
    at_fault = _project(tmp_path, file, old, new, at)
    done = _checked(tmp_path, "module")
    fault, last = done.stdout.splitlines()
    assert fault.startswith(f"src/attention_lab/{at_fault}: "), fault
    assert said in fault
    assert str(tmp_path) not in fault
    assert last == "Nothing else was looked at."


def test_the_installed_script_tells_it_as_well(tmp_path):
    _project(tmp_path, DATA, "EXERCISES = (", "EXERCISES = ((", "EXERCISES")
    assert _checked(tmp_path, "script").stdout == _checked(tmp_path, "module").stdout


def _project(tmp_path, file, old, new, at):
    """Write a clone with a mistake in one file of the package; returns that file and the line."""
    shutil.copytree(ROOT / "src/attention_lab", tmp_path / "src/attention_lab")
    for name in ("_toc.yml", "_config.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "book", tmp_path / "book")
    path = tmp_path / "src/attention_lab" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return f"{file}:{line_of(text.replace(old, new, 1), at)}"


def _checked(folder, begun):
    """What the check says in a folder, which it ends with status 1 and without a traceback."""
    done = subprocess.run(
        [sys.executable, *BEGUN[begun], "check"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (1, "")
    return done


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("hints", "Point the query along k3.", "a comma behind it; got 'Point"),
        ("hints", (3,), "a tuple of texts"),
        ("points", "2", "points to be a number; got '2'"),
        ("tolerance", "0.05", "tolerance to be a number"),
        ("number", 1.23, "number to be a text"),
        ("wanted", 1, "wanted to be a tuple of tuples"),
    ],
)
def test_a_field_of_another_kind_is_refused(field, wrong, said):
    data = {"number": "9.9.9", "title": "", "wanted": ((0,),), "hints": ("Try.",)}
    with pytest.raises(TypeError, match=said):
        Exercise(**data | {field: wrong})


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        ("Which one?Point along k0.", "'one?Point'"),
        ("It is “it”.“It” is a word.", None),
        ("Call torch.Tensor(k0), or k0.T, e.g. on k0. Then look.", None),
    ],
)
def test_two_hints_merged_by_a_missing_comma_are_told(tmp_path, hint, said):
    task = Exercise("1.2.1", "", ((0,),), (hint,))
    found = [report for report in reports(write(tmp_path), (task,)) if "a hint with" in report]
    assert len(found) == bool(said)
    assert all(said in report for report in found)


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        ("_toc.yml", FILES["_toc.yml"].replace("root:", "root"), "_toc.yml:3: This is no YAML"),
        ("_toc.yml", "format: jb-book\n", "_toc.yml:1: 'root' key not found"),
        ("_config.yml", "title: [Small\n", "_config.yml:2: This is no YAML"),
        ("_config.yml", "title\n", "_config.yml:1: Expected lines"),
    ],
)
def test_contents_and_settings_that_are_no_yaml_are_told(tmp_path, capsys, file, text, place):
    (write(tmp_path) / file).write_text(text, "utf-8")
    assert report(tmp_path) == 1
    fault, last = capsys.readouterr().out.splitlines()
    assert fault.startswith(place), fault
    assert last == "Nothing else was looked at."
