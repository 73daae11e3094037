"""The autograder's zip, unpacked where Gradescope would, and run by a Python without packages."""

import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from attention_lab.answers import answer as answer_of_the_course
from attention_lab.exercises import EXERCISES
from attention_lab.grading.gradescope import KNOWN_BY, write_autograder
from attention_lab.variants import variant_for
from tests.grading.handed_in import IMPORTS, SEED_NOTEBOOK, answers, function, notebook
from tests.grading.pythons import PYTHONS
from tests.grading.test_marking import worked_on

USER = {"name": "Ada Lovelace", "sid": "s1", "email": "ada@example.org", "id": 7}


@pytest.fixture
def autograder(tmp_path):
    """``/autograder`` somewhere else, with the zip unpacked as Gradescope does."""

    def unpack(**settings):
        root = tmp_path / "autograder"
        shutil.rmtree(root, ignore_errors=True)
        for folder in ("source", "submission", "results"):
            (root / folder).mkdir(parents=True)
        write_autograder(tmp_path / "autograder.zip", **settings)
        with zipfile.ZipFile(tmp_path / "autograder.zip") as zipped:
            zipped.extractall(root / "source")
            for entry in zipped.infolist():
                (root / "source" / entry.filename).chmod(entry.external_attr >> 16)
        # Gradescope runs a copy of the script, in another folder.
        shutil.copy(root / "source/run_autograder", root / "run_autograder")
        return root

    return unpack


def run(root, *files, user=USER, python=sys.executable):
    """Hand files in and run the autograder; returns ``results.json``."""
    for name, data in files:
        (root / "submission" / name).write_bytes(data)
    metadata = {"users": [user], "assignment": {"title": "Attention"}}
    (root / "submission_metadata.json").write_text(json.dumps(metadata))
    bin_folder = root / "bin"
    bin_folder.mkdir(exist_ok=True)
    python3 = bin_folder / "python3"
    # -S: without site-packages, so that nothing but the standard library is there.
    python3.write_text(f'#!/bin/sh\nexec "{python}" -S "$@"\n')
    python3.chmod(0o755)
    environment = {"AUTOGRADER": str(root), "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [root / "run_autograder"], env=environment, cwd="/", capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout + done.stderr == ""
    return json.loads((root / "results/results.json").read_text())


@pytest.mark.parametrize("version", PYTHONS)
def test_the_seed_notebook_gets_six_of_six_in_every_python(autograder, version):
    results = run(autograder(), ("hw.ipynb", SEED_NOTEBOOK), python=PYTHONS[version])
    assert results["score"] == 6
    assert [test["status"] for test in results["tests"]] == ["passed"] * 6


def test_what_is_written_is_as_gradescope_documents_it(autograder):
    results = run(autograder(), ("hw.ipynb", answers(get_query131="torch.ones(1, 3)")))
    assert set(results) == {
        "score",
        "execution_time",
        "output",
        "output_format",
        "test_output_format",
        "test_name_format",
        "visibility",
        "stdout_visibility",
        "extra_data",
        "tests",
    }
    assert results["score"] == sum(test["score"] for test in results["tests"]) == 5
    assert 0 <= results["execution_time"] < 10
    failed = next(test for test in results["tests"] if test["status"] == "failed")
    assert (failed["number"], failed["score"], failed["max_score"]) == ("1.3.1", 0, 1)
    assert failed["output_format"] == "html"
    assert "not yet" in failed["output"]
    assert failed["tags"][0] == "failed"


def test_a_refused_answer_is_told_to_the_marker_and_not_called_wrong(autograder):
    results = run(autograder(), ("hw.ipynb", answers(get_query121="10 * key[:1]")))
    refused = results["tests"][0]
    assert "A person will look at it" in refused["output"]
    assert refused["tags"] == ["refused"]
    assert results["extra_data"]["needs_a_person"][0].startswith("1.2.1: Not read: key is not")
    assert results["score"] == 5


@pytest.mark.parametrize(
    ("files", "word"),
    [
        ([], "there is no file at all. Hand in the one notebook of all chapters"),
        ([("hw.ipynb", SEED_NOTEBOOK[:-100])], "ends in the middle"),
        (
            [("a.ipynb", SEED_NOTEBOOK), ("b.ipynb", SEED_NOTEBOOK)],
            "b.ipynb. Hand in the one notebook of all chapters",
        ),
        ([("hw.pdf", b"%PDF")], "notebook"),
    ],
    ids=["nothing", "cut off", "two", "another file"],
)
def test_what_is_no_notebook_scores_nothing_and_says_why(autograder, files, word):
    results = run(autograder(), *files)
    assert results["score"] == 0
    assert word.lower() in results["output"].lower()
    assert results["tests"] == []


@pytest.mark.parametrize("known_by", KNOWN_BY)
def test_variants_follow_the_student_that_gradescope_names(autograder, known_by):
    fixture = variant_for(USER[known_by], "nlp")
    texts = [
        function(task.function, f"torch.tensor({answer_of_the_course(task, fixture)})")
        for task in EXERCISES
    ]
    root = autograder(course="nlp", known_by=known_by)
    results = run(root, ("hw.ipynb", notebook(IMPORTS, *texts)))
    assert results["score"] == 6
    assert results["extra_data"]["variant"] == fixture.number


def test_without_the_name_that_tells_the_variant_a_person_must_look(autograder):
    root = autograder(course="nlp")
    results = run(root, ("hw.ipynb", answers()), user={"name": "Ada", "email": "a@example.org"})
    assert results["score"] == 0
    assert len(results["extra_data"]["needs_a_person"]) == 6


def test_a_variant_that_the_notebook_was_not_worked_on_calls_a_person(autograder):
    """Students gave their number, the autograder was made for their address."""
    data = worked_on(variant_for("s1", "nlp"))
    results = run(autograder(course="nlp", known_by="email"), ("hw.ipynb", data))
    (why,) = results["extra_data"]["needs_a_person"]
    assert why in results["output"]
    for who in ("s1", "ada@example.org"):
        assert f"variant {variant_for(who, 'nlp').number}" in why
    assert "on Gradescope with --known-by" in why


def test_points_are_those_that_were_asked_for(autograder):
    results = run(autograder(points={"1.2.1": 5}), ("hw.ipynb", SEED_NOTEBOOK))
    assert (results["score"], results["tests"][0]["max_score"]) == (10, 5)


def test_the_zip_is_the_same_in_every_run(tmp_path):
    for name in ("a.zip", "b.zip"):
        write_autograder(tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_folder_that_is_not_there_is_made(tmp_path):
    write_autograder(tmp_path / "new/folder/a.zip")
    assert zipfile.is_zipfile(tmp_path / "new/folder/a.zip")


def test_something_else_is_not_replaced(tmp_path):
    file = tmp_path / "thesis.zip"
    file.write_text("three years of work")
    with pytest.raises(FileExistsError, match="something else"):
        write_autograder(file)
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("submissions/ada.ipynb", "a class's work")
    with pytest.raises(FileExistsError, match="something else"):
        write_autograder(file)
    write_autograder(tmp_path / "a.zip")
    write_autograder(tmp_path / "a.zip")  # an autograder of an earlier run is


def test_a_field_that_gradescope_has_not_is_refused(tmp_path):
    with pytest.raises(ValueError, match="sid, email, name"):
        write_autograder(tmp_path / "a.zip", known_by="matricule")
