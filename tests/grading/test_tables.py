"""Reports as tables: what a spreadsheet shows, and what Canvas takes in."""

import csv
import io

import pytest

from attention_lab.exercises import EXERCISES
from attention_lab.grading.report import Report, Student
from attention_lab.grading.roster import read_roster
from attention_lab.grading.tables import as_canvas, as_csv, other_worth
from attention_lab.writeups import WRITEUPS
from tests.grading.made_up import (
    HOSTILE,
    all_hostile,
    broken,
    marked,
    missing,
    refused,
    report,
    right,
    verdict_of,
    whole_class,
)
from tests.grading.test_roster import CANVAS


def read(text):
    """A CSV's lines as dicts, as a spreadsheet would have them."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def ada(*marks, file="lovelaceada_12345_1_x.ipynb", id="12345", **more):
    handed_in = report(*(marks or [marked(right("1.2.1"))]), file=file, **more)
    handed_in.student = Student("lovelaceada", id)
    return handed_in


# For a spreadsheet


def test_a_line_says_what_was_found():
    wrong = verdict_of("leak")
    handed_in = ada(marked(right("1.2.1")), marked(wrong), missing("1.4.1"))
    handed_in.writeup_points = {"writeup-copying": 4.5}
    (line,) = read(as_csv([handed_in]))
    assert line["file"] == "lovelaceada_12345_1_x.ipynb"
    assert (line["student"], line["id"], line["email"]) == ("lovelaceada", "12345", "")
    assert line["late"] == "no"
    # One of three exercises is right; the write-up that is marked is worth 6.
    assert (line["score"], line["max_score"]) == ("5.5", "9")
    assert (line["1.2.1 status"], line["1.2.1 diagnosis"]) == ("passed", "correct")
    assert line["1.2.1 points"] == "1"
    assert line[f"{wrong.exercise} status"] == "failed"
    assert line[f"{wrong.exercise} diagnosis"] == "leak"
    assert line[f"{wrong.exercise} points"] == "0"
    assert (line["1.4.1 status"], line["1.4.1 diagnosis"]) == ("missing", "")
    assert (line["1.4.2 status"], line["1.4.2 points"]) == ("", "")
    assert (line["writeup-copying points"], line["writeup-averaging points"]) == ("4.5", "")
    assert (line["needs a person"], line["why"]) == ("no", "")


def test_the_columns_are_those_of_the_course_whatever_was_handed_in():
    (header,) = csv.reader(io.StringIO(as_csv([])))
    assert header[0] == "\ufefffile"  # by which Excel knows UTF-8
    for task in EXERCISES:
        assert {f"{task.number} status", f"{task.number} diagnosis", f"{task.number} points"} < {
            *header
        }
    assert header[-2:] == [f"{writeup.name} points" for writeup in WRITEUPS]
    assert len(set(header)) == len(header)


def test_a_file_that_cannot_be_read_has_no_score_which_is_not_0():
    (line,) = read(as_csv([broken()]))
    assert (line["score"], line["max_score"], line["1.2.1 points"]) == ("", "", "")
    assert line["needs a person"] == "yes"
    assert line["why"] == "The file is cut off: download it again."


def test_what_a_person_must_look_at_is_told():
    handed_in = ada(refused("1.3.2"))
    handed_in.notes = ["The file is on variant 12."]
    (line,) = read(as_csv([handed_in]))
    assert line["needs a person"] == "yes"
    assert line["why"] == "The file is on variant 12. 1.3.2: `key` is not written out here."
    assert line["1.3.2 status"] == "refused"


def test_a_class_has_a_line_a_file_in_order():
    reports = whole_class()
    assert [line["file"] for line in read(as_csv(reports))] == [r.file for r in reports]


@pytest.mark.parametrize(
    "text", [*HOSTILE, "'=1", "\t=1", "\r@x", "-2+3", "+1", "@x", 'a"b', "a;b"]
)
def test_no_cell_is_run_by_a_spreadsheet_or_a_terminal(text):
    """However cells are split, at commas, semicolons or tabs, none begins like a formula."""
    handed_in = Report(text, Student(text, text, text), notes=[text])
    for written in (as_csv([handed_in]), as_canvas([], read_roster(gradebook(text)))[0]):
        assert all(c == "\n" or c.isprintable() or ord(c) > 127 for c in written)
        assert not any(0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in written)
        for line in csv.reader(io.StringIO(written)):
            for cell in line:
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell


def gradebook(name):
    made = io.StringIO()
    csv.writer(made).writerows([["Student", "ID", "Section"], [name, "1", name]])
    return made.getvalue()


def test_a_hostile_class_has_a_line_each_and_the_same_columns():
    reports = all_hostile()
    lines = list(csv.reader(io.StringIO(as_csv(reports))))
    assert len(lines) == 1 + len(reports)
    assert len({len(line) for line in lines}) == 1


# For Canvas


@pytest.fixture
def roster():
    return read_roster(CANVAS)


def test_canvas_gets_its_own_lines_back_with_one_column(roster):
    six = [marked(right(task.number)) for task in EXERCISES]
    text, left_out = as_canvas([ada(*six)], roster)
    assert left_out == []
    # The worth and Alan's grade are those that Canvas has; it would delete what is empty.
    assert text == (
        "Student,ID,SIS User ID,SIS Login ID,Section,Understanding Attention (99)\n"
        "    Points Possible,,,,,6.00\n"
        '"Lovelace, Ada",12345,731001,ada@example.org,NLP 1,6\n'
        '"Turing, Alan",12346,731002,turing,NLP 1,4.50\n'
        '"Young, Ada",12347,731003,young,NLP 2,\n'
        '"Young, Ada",12348,731004,young2,NLP 2,\n'
        '"Noether, Emmy",12349,12345,noether,NLP 2,\n'
        '"Student, Test",12350,,f00,NLP 1,\n'
    )


def test_a_new_assignment_is_worth_what_there_is_to_earn(roster):
    marks = [marked(right("1.2.1")), marked(verdict_of("leak"))]
    text, _ = as_canvas([ada(*marks)], roster, assignment="Attention, again")
    header, worth, first, *_ = csv.reader(io.StringIO(text))
    assert header[-1] == "Attention, again"
    assert (worth[0], worth[-1]) == ("    Points Possible", "2")
    assert (first[0], first[-1]) == ("Lovelace, Ada", "1")


def test_an_assignment_that_canvas_has_at_other_points_is_told(roster):
    six = [marked(right(task.number)) for task in EXERCISES]
    assert other_worth([ada(*six), broken()], roster) == ""
    said = other_worth([ada(*six[:4])], roster)
    assert said.startswith("Understanding Attention (99) is worth 6.00 points in the gradebook, ")
    assert "and 4 here" in said
    assert "--points" in said


@pytest.mark.parametrize(
    ("reports", "assignment"),
    [
        ([broken()], "Understanding Attention"),  # nobody knows what there was to earn
        ([ada()], "Quiz"),  # which is "(read only)"
        ([ada()], "Attention, again"),  # which Canvas has not yet
    ],
)
def test_where_one_side_does_not_say_what_it_is_worth_nothing_is_told(roster, reports, assignment):
    assert other_worth(reports, roster, assignment) == ""
    assert other_worth(reports, None) == ""


def test_an_assignment_may_be_given_with_its_number():
    twice = CANVAS.replace("Quiz (7)", "Understanding Attention (7)")
    roster = read_roster(twice)
    with pytest.raises(
        ValueError, match=r"there are Understanding Attention \(99\), Under.*\(7\)\. G"
    ):
        as_canvas([], roster)
    text, _ = as_canvas([ada()], roster, "Understanding Attention (7)")
    lines = list(csv.reader(io.StringIO(text)))
    assert [line[-1] for line in lines[:3]] == ["Understanding Attention (7)", "(read only)", "1"]


def test_columns_of_other_canvases_stay_in_front_of_the_section():
    who = "LastName,FirstName,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section"
    header = f"{who},A (1),B (2)"
    roster = read_roster(f"{header}\nLovelace,Ada,12345,,,,x.org,NLP,1,2\n")
    text, _ = as_canvas([ada()], roster, "B")
    assert text.splitlines()[0] == f"{who},B (2)"
    assert text.splitlines()[2] == "Lovelace,Ada,12345,,,,x.org,NLP,1"


@pytest.mark.parametrize(
    ("handed_in", "why"),
    [
        (broken(), "The file is cut off: download it again."),
        (ada(refused("1.3.2")), "A person must look at 1.3.2 first."),
        (ada(id="777"), "On the roster nobody is called 'lovelaceada'."),
    ],
)
def test_who_gets_no_grade_is_told(roster, handed_in, why):
    text, left_out = as_canvas([handed_in], roster)
    assert left_out == [(handed_in, why)]
    assert text == as_canvas([], roster)[0]


def test_of_several_files_of_a_student_none_is_chosen_but_a_broken_one_is_no_other(roster):
    first, second, cut = ada(file="a"), ada(file="b"), ada(file="c")
    cut.error = "Cut off."
    _, left_out = as_canvas([first, second], roster)
    assert [(r.file, "several files" in why) for r, why in left_out] == [("a", True), ("b", True)]
    text, left_out = as_canvas([first, cut], roster)
    assert [r.file for r, _ in left_out] == ["c"]
    assert '"Lovelace, Ada",12345,731001,ada@example.org,NLP 1,1\n' in text


def test_without_a_roster_the_numbers_of_canvas_file_names_are_enough():
    named = report(marked(right("1.2.1")), name="Ada")
    cut = broken()
    cut.student = Student("turingalan", "12346")  # whose grade nobody knows here
    text, left_out = as_canvas([ada(), named, cut])
    assert [r for r, _ in left_out] == [named, cut]
    assert text == (
        "Student,ID,SIS User ID,SIS Login ID,Section,Understanding Attention\n"
        "    Points Possible,,,,,1\n"
        "lovelaceada,12345,,,,1\n"
    )


def test_a_roster_that_is_not_from_canvas_is_told():
    with pytest.raises(ValueError, match="In Canvas choose Grades, Export"):
        as_canvas([], read_roster("Name,Email\nAda,a@x.org\n"))


def test_what_is_given_points_beyond_the_assignment_has_its_columns():
    handed_in = ada(marked(right("1.2.1")), marked(right("1.5.2")))
    (line,) = read(as_csv([handed_in]))
    assert line["1.5.2 status"] == "passed"
    assert "1.5.1 status" not in line
