"""``attention-lab`` as an instructor calls it, as a program."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
import termios
import zipfile
from pathlib import Path

import pytest

from attention_lab.answers import answer as answer_of_the_course
from attention_lab.cli import main
from attention_lab.exercises import EXERCISES
from attention_lab.variants import variant_for
from tests.grading.handed_in import IMPORTS, SEED_NOTEBOOK, answers, function, notebook

PROGRAM = Path(sys.executable).parent / "attention-lab"
GRADEBOOK = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Understanding Attention (99)\n"
    "    Points Possible,,,,,6\n"
    '"Lovelace, Ada",11,s1,ada,A,\n'
    '"Turing, Alan",12,s2,alan,A,\n'
    '"Hopper, Grace",13,s3,grace,A,5\n'
)


@pytest.fixture
def class_zip(tmp_path):
    """What Canvas hands out: one right, one that calls for a person, one cut off."""
    file = tmp_path / "submissions.zip"
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("lovelaceada_11_901_hw.ipynb", SEED_NOTEBOOK)
        zipped.writestr("turingalan_LATE_12_902_hw.ipynb", answers(get_query121="10 * key[:1]"))
        zipped.writestr("hoppergrace_13_903_hw.ipynb", SEED_NOTEBOOK[:4000])
    return file


def table(file):
    """A CSV file as dicts, by the first column."""
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    return {next(iter(row.values())): row for row in rows}


def test_a_class_from_zip_to_every_file(class_zip, tmp_path, capsys):
    (tmp_path / "gradebook.csv").write_text(GRADEBOOK)
    out = tmp_path / "out"
    options = ["--csv", out / "marks.csv", "--json", out / "marks.json", "--feedback", out / "back"]
    options += ["--canvas", out / "canvas.csv", "--roster", tmp_path / "gradebook.csv"]
    assert main(list(map(str, ["grade", class_zip, *options]))) == 1

    marks = table(out / "marks.csv")
    ada = marks["submissions.zip/lovelaceada_11_901_hw.ipynb"]
    assert (ada["student"], ada["score"], ada["needs a person"]) == ("Lovelace, Ada", "6", "no")
    alan = marks["submissions.zip/turingalan_LATE_12_902_hw.ipynb"]
    assert (alan["score"], alan["1.2.1 status"], alan["needs a person"]) == ("5", "refused", "yes")
    assert (ada["late"], alan["late"]) == ("no", "yes")
    assert marks["submissions.zip/hoppergrace_13_903_hw.ipynb"]["score"] == ""

    entries = json.loads((out / "marks.json").read_text())
    assert len(entries) == 3
    for entry in entries:
        assert {"file", "student", "score", "max_score", "exercises"} <= set(entry)
    by_file = {entry["file"].partition("/")[2]: entry for entry in entries}
    assert "middle" in by_file["hoppergrace_13_903_hw.ipynb"]["error"]
    refused = by_file["turingalan_LATE_12_902_hw.ipynb"]["exercises"]["1.2.1"]
    assert (refused["status"], refused["points"]) == ("refused", 0)
    assert [entry["late"] for entry in entries] == [False, False, True]

    canvas = table(out / "canvas.csv")
    column = "Understanding Attention (99)"
    assert canvas["Lovelace, Ada"][column] == "6"
    assert canvas["Hopper, Grace"][column] == "5"  # as it stood there

    assert len(list((out / "back").glob("*.html"))) == 3
    assert "Lovelace, Ada" in (out / "back-overview.html").read_text("utf-8")
    assert "attention mechanism can" in (out / "back-writeups.html").read_text("utf-8")

    told = capsys.readouterr()
    assert told.out.startswith("Marked 2 files, and could not read 1: ")
    assert "turingalan_LATE_12_902_hw.ipynb (Turing, Alan): 1.2.1: Not read" in told.err
    assert "[cell 2, line 2]" in told.err
    assert told.err.count("hoppergrace_13_903_hw.ipynb") == 1


def test_a_gradebook_with_other_points_needs_a_person(tmp_path, capsys):
    (tmp_path / "lovelaceada_11_901_hw.ipynb").write_bytes(SEED_NOTEBOOK)
    (tmp_path / "gradebook.csv").write_text(GRADEBOOK.replace(",6\n", ",10\n"))
    options = ["--canvas", "canvas.csv", "--roster", "gradebook.csv"]
    options[1::2] = [str(tmp_path / name) for name in options[1::2]]
    assert main(["grade", str(tmp_path / "lovelaceada_11_901_hw.ipynb"), *options]) == 1
    assert "worth 10 points in the gradebook, and 6 here" in capsys.readouterr().err


def test_without_anything_to_write_the_marks_are_printed(tmp_path, capsys):
    (tmp_path / "ada.ipynb").write_bytes(SEED_NOTEBOOK)
    assert main(["grade", str(tmp_path / "ada.ipynb")]) == 0
    told = capsys.readouterr()
    assert told.out == "    6/6  ada.ipynb\n"
    assert told.err == ""


def test_writeups_flow_back_into_the_table(tmp_path, capsys):
    (tmp_path / "ada.ipynb").write_bytes(SEED_NOTEBOOK)
    points = "file,question,points,comment\nada.ipynb,writeup-copying,4,Good.\n"
    (tmp_path / "points.csv").write_text(points)
    out = tmp_path / "m.csv"
    options = ["--csv", out, "--writeup-points", tmp_path / "points.csv"]
    assert main(list(map(str, ["grade", tmp_path / "ada.ipynb", *options]))) == 0
    row = table(out)["ada.ipynb"]
    assert (row["score"], row["max_score"], row["writeup-copying points"]) == ("10", "12", "4")


def test_a_persons_decision_settles_a_refused_answer(tmp_path, capsys):
    (tmp_path / "ada.ipynb").write_bytes(answers(get_query121="10 * key[:1]"))
    (tmp_path / "d.csv").write_text("file,exercise,points\nada.ipynb,1.2.1,1\n")
    command = ["grade", str(tmp_path / "ada.ipynb")]
    assert main(command) == 1
    assert main([*command, "--decisions", str(tmp_path / "d.csv")]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "    6/6  ada.ipynb"


def test_points_for_a_file_that_is_not_there_are_told(tmp_path, capsys):
    (tmp_path / "ada.ipynb").write_bytes(SEED_NOTEBOOK)
    (tmp_path / "p.csv").write_text("file,question,points\nbob.ipynb,writeup-copying,4\n")
    assert main(["grade", str(tmp_path / "ada.ipynb"), "--writeup-points", str(tmp_path / "p.csv")])
    assert "bob.ipynb" in capsys.readouterr().err


def test_variants_by_a_column_of_the_roster(tmp_path):
    (tmp_path / "gradebook.csv").write_text(GRADEBOOK)
    for number, login in (("11", "ada"), ("12", "alan")):
        fixture = variant_for(login, "nlp")
        texts = [
            function(task.function, f"torch.tensor({answer_of_the_course(task, fixture)})")
            for task in EXERCISES
        ]
        name = {"11": "lovelaceada", "12": "turingalan"}[number]
        (tmp_path / f"{name}_{number}_90{number}_hw.ipynb").write_bytes(notebook(IMPORTS, *texts))
    files = sorted(map(str, tmp_path.glob("*.ipynb")))
    options = ["--variants", "nlp", "--roster", str(tmp_path / "gradebook.csv")]
    options += ["--known-by", "SIS Login ID", "--json", str(tmp_path / "m.json")]
    assert main(["grade", *files, *options]) == 0
    entries = json.loads((tmp_path / "m.json").read_text())
    assert [entry["score"] for entry in entries] == [6, 6]
    assert [entry["variant"] for entry in entries] == [
        variant_for(login, "nlp").number for login in ("ada", "alan")
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--points", "1.2.1"], "Expected points as 1.2.1=2"),
        (["--points", "9.9=1"], "got '9.9=1'"),
        (["--points", "1.2.1=-1"], "got '1.2.1=-1'"),
        (["--points", "1.2.1=nan"], "got '1.2.1=nan'"),
        (["--known-by", "Login"], "Expected a --roster"),
        (["--roster", "{here}/no.csv"], "no.csv"),
        (["--roster", "{here}/ada.ipynb"], "Expected a"),
        (["--csv", "{here}/ada.ipynb"], "would replace"),
        (["--csv", "{here}"], "directory"),
        (["--csv", "{here}/other.ipynb"], "would replace"),
        (["--csv", "{here}/m", "--json", "{here}/m"], "another of the files"),
        (["--variants", "nlp", "--roster", "{here}/ada.ipynb"], "--known-by"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(tmp_path, capsys, options, words):
    (tmp_path / "ada.ipynb").write_bytes(SEED_NOTEBOOK)
    given = [option.format(here=tmp_path) for option in options]
    assert main(["grade", str(tmp_path / "ada.ipynb"), *given]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1
    assert (tmp_path / "ada.ipynb").read_bytes() == SEED_NOTEBOOK


def test_a_folder_without_notebooks_replaces_no_table(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    (tmp_path / "m.csv").write_text("last week's")
    assert main(["grade", str(tmp_path / "empty"), "--csv", str(tmp_path / "m.csv")]) == 2
    assert "there are none" in capsys.readouterr().err
    assert (tmp_path / "m.csv").read_text() == "last week's"


def test_an_interruption_is_told_in_a_line(monkeypatch, capsys):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("attention_lab.grading.grade.grade", interrupt)
    assert main(["grade", "x"]) == 130
    assert capsys.readouterr().err == "attention-lab: interrupted.\n"


def test_a_file_that_is_not_there_needs_a_person(tmp_path, capsys):
    assert main(["grade", str(tmp_path / "bob.ipynb")]) == 1
    assert "Expected a notebook" in capsys.readouterr().err
    assert main(["grade", str(tmp_path / "bob.ipynb"), "--csv", str(tmp_path / "m.csv")]) == 1
    assert capsys.readouterr().out.startswith("Marked 0 files, and could not read 1: ")


def test_the_program_itself_is_quiet_where_nobody_watches(tmp_path):
    (tmp_path / "ada.ipynb").write_bytes(SEED_NOTEBOOK)
    command = [PROGRAM, "grade", tmp_path, "--csv", tmp_path / "m.csv"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_who_hands_in_twice_is_told_of_both_files(tmp_path, capsys):
    for name in ("a_11_901_x", "a_11_902_x", "a_11_903_x", "b_12_904_x"):
        (tmp_path / f"{name}.ipynb").write_bytes(SEED_NOTEBOOK)
    assert main(["grade", str(tmp_path), "--json", str(tmp_path / "m.json")]) == 1
    entries = json.loads((tmp_path / "m.json").read_text())
    files = [entry["file"] for entry in entries]
    others = [files[1], files[0], files[0]]
    *notes, none = [entry["notes"] for entry in entries]
    assert none == []
    for (note,), other in zip(notes, others, strict=True):
        assert note.startswith(f"a has handed in {other}, too. ")
        assert "what counts is the one notebook of all chapters" in note


def test_a_progress_bar_is_drawn_on_a_terminal(tmp_path):
    (tmp_path / "ada.ipynb").write_bytes(SEED_NOTEBOOK)
    here, there = pty.openpty()
    termios.tcsetwinsize(there, (24, 80))
    command = [PROGRAM, "grade", tmp_path, "--csv", tmp_path / "m.csv"]
    assert subprocess.run(command, stderr=there, stdout=subprocess.DEVNULL).returncode == 0
    os.set_blocking(here, False)
    assert b"Marking: 0 files" in os.read(here, 10_000)
    os.close(there)
    os.close(here)


def test_names_cannot_steer_the_terminal(tmp_path, capsys):
    (tmp_path / "a\x1b[2Jb.ipynb").write_bytes(b"{")
    main(["grade", str(tmp_path)])
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err


def test_marking_loads_neither_torch_nor_jinja(tmp_path):
    (tmp_path / "ada.ipynb").write_bytes(SEED_NOTEBOOK)
    command = f"""
import sys
from attention_lab.cli import main
main(["grade", {str(tmp_path)!r}, "--csv", {str(tmp_path / "m.csv")!r}])
print(sorted({{"torch", "scipy", "numpy", "matplotlib", "jinja2"}} & set(sys.modules)))
"""
    done = subprocess.check_output([sys.executable, "-c", command], text=True)
    assert done.splitlines()[-1] == "[]"


def test_gradescopes_zip_is_written(tmp_path):
    file = tmp_path / "autograder.zip"
    assert main(["gradescope", "--out", str(file), "--points", "1.2.1=2"]) == 0
    with zipfile.ZipFile(file) as zipped:
        assert {"setup.sh", "run_autograder"} <= set(zipped.namelist())
        settings = json.loads(zipped.read("attention_lab/grading/gradescope.json"))
    assert settings["points"] == {"1.2.1": 2}
