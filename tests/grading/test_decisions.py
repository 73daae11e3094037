"""A person's decision goes before what was read of an answer."""

import pytest

from attention_lab.grading.decisions import DECIDED, apply_decisions, read_decisions
from attention_lab.grading.marking import mark
from attention_lab.grading.report import FAILED, PASSED, Student
from tests.grading.handed_in import answers


def refused(file="a.ipynb"):
    return mark(file, Student("Ada"), answers(get_query121="10 * key[:1]"))


def test_a_refused_answer_gets_the_points_that_a_person_gives():
    report = refused()
    assert report.score == 5
    assert apply_decisions([report], {("a.ipynb", "1.2.1"): (1, "")}) == []
    found = report.marks["1.2.1"]
    assert (found.status, found.points, found.message) == (PASSED, 1, DECIDED)
    assert (report.score, report.reasons) == (6, [])


def test_part_of_the_points_is_not_passed_and_the_comment_is_for_the_student():
    report = refused()
    apply_decisions([report], {("a.ipynb", "1.2.1"): (0.5, "Write the numbers out.")})
    found = report.marks["1.2.1"]
    assert (found.status, found.points) == (FAILED, 0.5)
    assert found.message == "Write the numbers out."


@pytest.mark.parametrize(
    ("file", "number", "points", "why"),
    [
        ("b.ipynb", "1.2.1", 1, "none was read that the column file"),
        ("a.ipynb", "9.9", 1, "9.9, which is no exercise that was marked"),
        ("a.ipynb", "1.2.1", 2, "gives 2 points for 1.2.1, which is worth 1"),
    ],
    ids=["another file", "another exercise", "more than there is"],
)
def test_what_fits_nowhere_is_returned_with_the_reason_and_changes_nothing(
    file, number, points, why
):
    report = refused()
    ((where, told),) = apply_decisions([report], {(file, number): (points, "")})
    assert where == file
    assert why in told
    assert report.score == 5


def test_a_table_as_spreadsheets_save_it():
    text = "\ufefffile;exercise;points;comment\na.ipynb;1.2.1;0,5;'=x\n"
    assert read_decisions(text.encode()) == {("a.ipynb", "1.2.1"): (0.5, "=x")}
    assert read_decisions("file,exercise,points\n") == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Expected the columns"),
        ("file,points\n", "got 'file, points'"),
        ("file,exercise,points\na,1.2.1,many\n", "Line 2: expected points"),
        ("file,exercise,points\na,1.2.1,-1\n", "Line 2"),
        ("file,exercise,points\na,1.2.1,nan\n", "Line 2"),
        ("file,exercise,points\na,1.2.1,1\na,1.2.1,0\n", "Line 3: expected 1.2.1 of a once"),
    ],
)
def test_what_is_no_such_table_is_told(text, words):
    with pytest.raises(ValueError, match=words.replace(".", r"\.")):
        read_decisions(text)
