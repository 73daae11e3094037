"""What was handed in, as learning platforms and people lay it out: which files, and whose."""

import os
import time
import zipfile

import pytest

from attention_lab.grading.handed_in.files import submissions
from attention_lab.grading.handed_in.names import is_late, submitters
from attention_lab.grading.report import Student
from tests.conftest import ROOT

ADA, BOB = Student("Ada"), Student("Bob")
NOTEBOOK = b'{"cells": []}'
METADATA = """\
---
submission_4:
  :submitters:
  - :name: Ada Lovelace
    :sid: '0017'
    :email: ada@example.org
  :created_at: 2024-01-01 10:00:00.000000000 Z
  :score: 1.0
  :results:
    :tests:
    - :name: not a student
submission_5:
  :submitters:
  - :name: "Grace \\"Amazing\\" Hopper"
    :sid:
    :email: grace@example.org
  - :name: 'Pat O''Neil: x'
    :sid: ~
    :email: pat@example.org
  :history:
  - :id: 7
    :submitters:
submission_6:
  :submitters: []
"""


def lay_out(folder, *files, text=NOTEBOOK):
    """Files below a folder; a name that ends in / is a folder."""
    for name in files:
        path = folder / name
        if name.endswith("/"):
            path.mkdir(parents=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
    return folder


def zipped(path, folder):
    """The same, in a zip, folders included."""
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder))
    return path


@pytest.fixture(params=["folder", "zip"])
def found_in(request, tmp_path):
    """What is found in files that are laid out in a folder, and the same in a zip."""

    def find(*files, metadata=()):
        folder = lay_out(tmp_path / "class", *files)
        for name in metadata:
            (folder / name).write_text(METADATA)
        if request.param == "folder":
            return list(submissions([folder]))
        return list(submissions([zipped(tmp_path / "class.zip", folder)]))

    return find


def whose(found):
    """Each file without what it lies in, and its student; none has an error."""
    assert [entry.error for entry in found] == [""] * len(found)
    assert all(entry.data == NOTEBOOK for entry in found)
    return {entry.file.partition("/")[2]: entry.student for entry in found}


def students(found):
    return [entry.student for entry in found]


# Learning platforms


def test_canvas(found_in):
    found = found_in(
        "lovelaceada_12345_678901_answers.ipynb",
        "turingalan_LATE_12346_678902_My answers_1_2.ipynb",
        "hopper_gracé_late_12347_678903_answers-1.ipynb",
        "anon_x7Kq2_678904_answers.ipynb",
        "LATE_anon_Zz9aa_678905_answers.ipynb",
    )
    assert whose(found) == {
        "lovelaceada_12345_678901_answers.ipynb": Student("lovelaceada", "12345"),
        "turingalan_LATE_12346_678902_My answers_1_2.ipynb": Student("turingalan", "12346"),
        "hopper_gracé_late_12347_678903_answers-1.ipynb": Student("hopper_gracé", "12347"),
        "anon_x7Kq2_678904_answers.ipynb": Student(id="anon_x7Kq2"),
        "LATE_anon_Zz9aa_678905_answers.ipynb": Student(id="anon_Zz9aa"),
    }
    assert [is_late(entry.file) for entry in found] == [
        "late_" in entry.file.lower() for entry in found
    ]


def test_what_begins_as_no_platform_writes_a_name_is_a_student_s_own(found_in):
    assert students(found_in("Bob.ipynb", "_12_34_x.ipynb")) == [BOB, Student("_12_34_x")]


@pytest.mark.parametrize(
    "file",
    [
        "late_1/late.ipynb",
        "lovelaceada_12_34_late_56_78_x.ipynb",
        "class.zip/lovelaceada_12_34_work.zip/z_LATE_56_78_x.ipynb",
        "Ada Lovelace_12_assignsubmission_file_/z_LATE_56_78_x.ipynb",
    ],
)
def test_late_is_what_the_platform_says_not_what_a_student_writes(file):
    assert not is_late(file)


def test_who_handed_in_something_else_in_canvas_is_told(found_in):
    found = found_in(
        "lovelaceada_12345_6_answers.pdf",
        "lovelaceada_12345_7_figure.png",
        "turingalan_12346_text.html",
        "hoppergrace_LATE_12347_link.html",
        "easleyannie_12348_8_a.ipynb",
        "easleyannie_12348_9_picture.png",
    )
    assert {entry.student.name: entry.error for entry in found} == {
        "lovelaceada": "Expected a notebook (.ipynb); there is lovelaceada_12345_6_answers.pdf, "
        "lovelaceada_12345_7_figure.png.",
        "turingalan": "Expected a notebook (.ipynb); there is turingalan_12346_text.html.",
        "hoppergrace": "Expected a notebook (.ipynb); there is hoppergrace_LATE_12347_link.html.",
        "easleyannie": "",
    }
    assert [entry.data for entry in found if entry.error] == [None] * 3


@pytest.mark.parametrize("ending", ["file_", "file"], ids=["older", "newer"])
def test_moodle(found_in, ending):
    found = found_in(
        f"Ada Lovelace_77_assignsubmission_{ending}/answers.ipynb",
        "Ada Lovelace_77_assignsubmission_onlinetext_/onlinetext.html",
        f"Participant_78_assignsubmission_{ending}/deep/er/x.ipynb",
        "Zoë O'Neil_79_assignsubmission_file_answers.ipynb",
    )
    assert whose(found) == {
        f"Ada Lovelace_77_assignsubmission_{ending}/answers.ipynb": Student(
            "Ada Lovelace", "Participant 77"
        ),
        f"Participant_78_assignsubmission_{ending}/deep/er/x.ipynb": Student(id="Participant 78"),
        "Zoë O'Neil_79_assignsubmission_file_answers.ipynb": Student(
            "Zoë O'Neil", "Participant 79"
        ),
    }


def test_the_only_submission_is_no_folder_around_all(found_in):
    folder = "Ada_77_assignsubmission_file_"
    found = found_in(f"{folder}/a.ipynb", f"{folder}/b.ipynb")
    assert students(found) == [Student("Ada", "Participant 77")] * 2


def test_an_empty_submission_is_told(found_in):
    found = found_in("Ada_77_assignsubmission_file_/", "Bob_78_assignsubmission_file_/b.ipynb")
    assert [entry.error for entry in found] == [
        "Expected a notebook (.ipynb); there is no file at all.",
        "",
    ]
    assert found[0].file.endswith("/Ada_77_assignsubmission_file_")


@pytest.mark.parametrize("export", ["", "assignment_9_export/"])
def test_gradescope_and_a_group_counts_for_each(found_in, export):
    files = ("submission_4/answers.ipynb", "submission_5/a.ipynb", "submission_6/b.ipynb")
    metadata = f"{export}submission_metadata.yml"
    found = found_in(*(f"{export}{file}" for file in files), metadata=[metadata])
    grace, pat = Student('Grace "Amazing" Hopper', "", "grace@example.org"), "Pat O'Neil: x"
    assert whose(found) == {
        f"{export}submission_4/answers.ipynb": Student("Ada Lovelace", "0017", "ada@example.org"),
        f"{export}submission_5/a.ipynb ({grace.name})": grace,
        f"{export}submission_5/a.ipynb ({pat})": Student(pat, "", "pat@example.org"),
        f"{export}submission_6/b.ipynb": Student("submission_6"),
    }


@pytest.mark.parametrize("text", ["", "\0", "- :name: x", ":submitters:\n- :name: x", "a:\n b:\n"])
def test_metadata_of_another_form_names_nobody(text):
    assert submitters(text) == {}


@pytest.mark.parametrize("line", [" {} x", "- :name: a{}b", "{}:name: Ada", "a:{}x"])
def test_metadata_full_of_blanks_is_read_in_no_time(line):
    """A student may hand in a file of this name, too."""
    text = METADATA.replace("'0017'", "'0017'\n    " + line.format(" " * 60_000))
    began = time.process_time()
    assert submitters(text)["submission_5"][1].name == "Pat O'Neil: x"
    assert time.process_time() - began < 1


@pytest.mark.parametrize("beside", [(), ("release/ps1/x.ipynb", "source/ps1/x.ipynb")])
@pytest.mark.parametrize("more", [(), ("submitted/Bob/ps1/x.ipynb",)])
def test_nbgrader(found_in, beside, more):
    found = found_in("submitted/Ada/ps1/x.ipynb", *more, *beside)
    assert students(found) == [ADA, BOB][: 1 + len(more)]


def test_nbgrader_s_only_student_is_no_folder_around_all(found_in):
    assert students(found_in("submitted/Ada/ps1/x.ipynb", "submitted/Ada/ps2/x.ipynb")) == [ADA] * 2


def test_beside_nbgrader_s_folders_nothing_is_lost(found_in):
    found = found_in("submitted/Ada/ps1/x.ipynb", "Bob.ipynb", "Cy/x.ipynb", "release/x.ipynb")
    assert [student.name for student in students(found)] == ["Ada", "Bob", "Cy"]


def test_a_link_in_place_of_the_metadata_is_not_followed(tmp_path):
    (tmp_path / "secret.yml").write_text(METADATA)
    lay_out(tmp_path / "class", "submission_4/x.ipynb", "submission_5/x.ipynb")
    (tmp_path / "class/submission_metadata.yml").symlink_to("../secret.yml")
    names = [entry.student.name for entry in submissions([tmp_path / "class"])]
    assert names == ["submission_4", "submission_5"]


# As people lay it out


def test_a_folder_for_each_student(found_in):
    found = found_in(
        "Ada/x.ipynb", "Ada/data.csv", "Bob/deep/x.ipynb", "Cy/report.pdf", "grades.csv"
    )
    assert [(entry.student.name, entry.error) for entry in found] == [
        ("Ada", ""),
        ("Bob", ""),
        ("Cy", "Expected a notebook (.ipynb); there is report.pdf."),
    ]


def test_a_file_for_each_student_but_not_under_the_course_s_own_name(found_in):
    found = found_in("Ada.ipynb", "Bob.ipynb", "understanding-attention-answers (1).ipynb")
    assert students(found) == [ADA, BOB, Student()]


def test_the_page_s_download_tells_no_student():
    script = (ROOT / "src/attention_lab/page/runner/download.js").read_text("utf-8")
    assert 'NAME = "understanding-attention-answers.ipynb"' in script


def test_a_folder_around_all_is_nobody(found_in):
    assert students(found_in("week 1/all/Ada.ipynb", "week 1/all/Bob.ipynb")) == [ADA, BOB]


def test_a_folder_around_a_single_one_is_nobody_where_its_name_tells_whose_it_is(found_in):
    assert students(found_in("week 1/adaking_12_34_x.ipynb")) == [Student("adaking", "12")]


def test_exports_side_by_side_are_no_students(found_in):
    found = found_in(
        "one/a_1_1_x.ipynb",
        "one/b_2_1_x.ipynb",
        "two/c_3_1_x.ipynb",
        "two/d_4_1_x.ipynb",
        "assignment_7_export/submission_1/x.ipynb",
    )
    assert [student.id for student in students(found)] == ["", "1", "2", "3", "4"]


def test_what_is_hidden_is_not_there(found_in):
    found = found_in(
        "Ada/x.ipynb",
        "Ada/.ipynb_checkpoints/x-checkpoint.ipynb",
        "Ada/.x.ipynb",
        "__MACOSX/Ada/._x.ipynb",
        ".git/x.ipynb",
        "Bob/x.ipynb",
    )
    assert students(found) == [ADA, BOB]


@pytest.mark.parametrize("name", ["x.IPYNB", "x.ipynb.json", "x.ipynb.txt"])
def test_what_browsers_make_of_the_name_is_a_notebook(found_in, name):
    assert students(found_in(f"Ada/{name}", "Bob/b.ipynb")) == [ADA, BOB]


def test_a_student_s_zip_is_read_too_and_inner_names_do_not_count(tmp_path):
    inner = lay_out(tmp_path / "inner", "turingalan_999_1_x.ipynb", "submission_9/y.ipynb")
    (inner / "submission_metadata.yml").write_text(METADATA.replace("submission_4", "submission_9"))
    outer = lay_out(tmp_path / "class", "Bob/b.ipynb")
    zipped(outer / "Ada.zip", inner)
    zipped(outer / "lovelaceada_12_34_work.zip", inner)
    found = list(submissions([zipped(tmp_path / "class.zip", outer)]))
    assert [(entry.file, entry.student) for entry in found] == [
        ("class.zip/Ada.zip/submission_9/y.ipynb", ADA),
        ("class.zip/Ada.zip/turingalan_999_1_x.ipynb", ADA),
        ("class.zip/Bob/b.ipynb", BOB),
        ("class.zip/lovelaceada_12_34_work.zip/submission_9/y.ipynb", Student("lovelaceada", "12")),
        (
            "class.zip/lovelaceada_12_34_work.zip/turingalan_999_1_x.ipynb",
            Student("lovelaceada", "12"),
        ),
    ]


def test_inside_of_a_student_s_folder_names_do_not_count_either(found_in):
    found = found_in(
        "Ada/turingalan_9_1_x.ipynb", "Ada/Alan_9_assignsubmission_file_/x.ipynb", "Bob/b.ipynb"
    )
    assert students(found) == [ADA, ADA, BOB]


def test_nor_where_all_have_only_such_names(found_in):
    found = found_in("Ada/turingalan_9_1_x.ipynb", "Bob/turingalan_9_2_x.ipynb")
    assert students(found) == [ADA, BOB]


def test_a_student_s_own_metadata_does_not_count(found_in):
    """It would give what is in there to the one that it names."""
    spoof = ["Ada/submission_metadata.yml"]
    found = found_in("Ada/submission_4/x.ipynb", "Bob/b.ipynb", metadata=spoof)
    assert students(found) == [ADA, BOB]


# As the program is called


def test_files_are_read_whatever_they_are_called(tmp_path):
    lay_out(tmp_path, "Ada.ipynb", "Bob.py", "cy_1_2_x.ipynb")
    found = list(
        submissions([tmp_path / name for name in ("Bob.py", "Ada.ipynb", "cy_1_2_x.ipynb")])
    )
    assert [(entry.file, entry.student, entry.data) for entry in found] == [
        ("Bob.py", Student("Bob.py"), NOTEBOOK),
        ("Ada.ipynb", ADA, NOTEBOOK),
        ("cy_1_2_x.ipynb", Student("cy", "1"), NOTEBOOK),
    ]


def test_where_all_are_called_the_same_their_folders_tell(tmp_path, monkeypatch):
    monkeypatch.chdir(lay_out(tmp_path, "in/Ada/x.ipynb", "in/Bob/x.ipynb"))
    found = list(submissions(["in/Ada/x.ipynb", "in/Bob/x.ipynb", "in/Bob/x.ipynb"]))
    assert [(entry.file, entry.student) for entry in found] == [
        ("in/Ada/x.ipynb", ADA),
        ("in/Bob/x.ipynb", BOB),
        ("in/Bob/x.ipynb (2)", BOB),
    ]


def test_the_working_folder_has_its_own_name(tmp_path, monkeypatch):
    monkeypatch.chdir(lay_out(tmp_path / "class", "Ada.ipynb", "Bob.ipynb"))
    assert [entry.file for entry in submissions(["."])] == ["class/Ada.ipynb", "class/Bob.ipynb"]


@pytest.mark.parametrize("path", ["nothing.ipynb", "no/where.zip", "nul\0.ipynb", "x" * 300])
def test_a_path_at_which_nothing_is_is_an_entry(path):
    (found,) = submissions([path])
    assert found.error.startswith("Expected a notebook, a folder or a zip; ")
    assert found.error.endswith("Check the name.")
    assert found.data is None


def test_an_empty_folder_has_no_submissions(tmp_path):
    assert list(submissions([tmp_path])) == []


def test_a_file_is_read_when_its_turn_comes(tmp_path):
    lay_out(tmp_path, "Ada.ipynb", "Bob.ipynb")
    found = submissions([tmp_path])
    assert next(found).student == ADA
    (tmp_path / "Bob.ipynb").write_bytes(b"later")
    assert next(found).data == b"later"


# What is no file


def test_links_are_told_and_not_followed(tmp_path):
    lay_out(tmp_path, "secret/s.ipynb", "class/Ada/a.ipynb", "class/Bob/b.ipynb")
    for name, target in (("l.ipynb", "../../secret/s.ipynb"), ("loop", "."), ("plain.txt", "x")):
        (tmp_path / "class/Ada" / name).symlink_to(target)
    (tmp_path / "class/Zed").symlink_to("../secret")
    found = {entry.file: entry for entry in submissions([tmp_path / "class"])}
    assert {file for file in found if found[file].error} == {
        "class/Ada/l.ipynb",
        "class/Ada/loop",
        "class/Zed",
    }
    assert all("link, which is not followed" in e.error for e in found.values() if e.error)
    assert all(entry.data is None for entry in found.values() if entry.error)


def test_too_many_folders_within_each_other_are_told(tmp_path):
    lay_out(tmp_path, f"class/Ada/{'a/' * 45}x.ipynb", "class/Bob/b.ipynb")
    ada, bob = submissions([tmp_path / "class"])
    assert ada.error == "Expected at most 40 folders within each other; there are more."
    assert (ada.student, bob.data) == (ADA, NOTEBOOK)


def test_a_link_that_is_named_itself_is_what_it_leads_to(tmp_path):
    lay_out(tmp_path, "real.ipynb")
    (tmp_path / "Ada.ipynb").symlink_to("real.ipynb")
    (found,) = submissions([tmp_path / "Ada.ipynb"])
    assert (found.student, found.data) == (ADA, NOTEBOOK)


@pytest.mark.parametrize("name", ["pipe.ipynb", "pipe.zip"])
def test_pipes_and_devices_are_not_opened(tmp_path, name):
    (tmp_path / "class/Ada").mkdir(parents=True)
    os.mkfifo(tmp_path / "class/Ada" / name)  # to open it would wait for ever
    for path in (tmp_path / "class", tmp_path / "class/Ada" / name, "/dev/zero"):
        (found,) = submissions([path])
        assert found.error.startswith("It is no file, but a pipe or a device")


def test_what_nobody_may_read_is_told(tmp_path, monkeypatch):
    """Root may read anything, so the refusals are made here."""

    def refuse(*args):
        raise PermissionError(13, "Permission denied")

    archive = zipped(
        tmp_path / "class.zip", lay_out(tmp_path / "class", "Ada/a.ipynb", "Bob/b.ipynb")
    )
    with monkeypatch.context() as patched:
        patched.setattr("builtins.open", refuse)
        ada, bob = submissions([tmp_path / "class"])
        (closed,) = submissions([archive])
    assert ada.error == closed.error == "The file cannot be read: Permission denied."
    listdir = os.listdir
    monkeypatch.setattr(os, "listdir", lambda p: refuse() if str(p).endswith("Bob") else listdir(p))
    ada, bob = submissions([tmp_path / "class"])
    assert (ada.error, bob.error) == ("", "The folder cannot be read: Permission denied.")
    assert bob.student == BOB
