"""What a submission earns, and why."""

import json

import pytest

from attention_lab.answers import answer as answer_of_the_course
from attention_lab.exercises import EXERCISES, exercise
from attention_lab.grading.marking import Rules, mark
from attention_lab.grading.report import FAILED, MISSING, PASSED, REFUSED, Student
from attention_lab.judge import judge
from attention_lab.variants import variant_for
from tests.grading.handed_in import IMPORTS, RIGHT, SEED_NOTEBOOK, answers, function, notebook

ADA = Student("Ada", "s1")
RIGHT_131 = function("get_query131", RIGHT["get_query131"])


def statuses(report):
    return {number: found.status for number, found in report.marks.items()}


def test_the_seed_notebook_as_it_stands_gets_six_of_six():
    report = mark("seed.ipynb", ADA, SEED_NOTEBOOK)
    assert set(statuses(report).values()) == {PASSED}
    assert (report.score, report.max_score) == (6, 6)
    assert report.reasons == []
    assert report.writeups["writeup-copying"].startswith("A transformer")
    assert report.writeups["writeup-averaging"].endswith("informed predictions.")


def test_right_answers_in_our_own_format_get_six_of_six():
    report = mark("a.ipynb", ADA, answers())
    assert (report.score, report.max_score, report.reasons) == (6, 6, [])


def test_a_wrong_answer_gets_the_words_of_the_judge():
    soft = answers(get_query121="torch.tensor([[0.47, 0.65, 0.6]])")
    found = mark("a", ADA, soft).marks["1.2.1"]
    verdict = judge("1.2.1", [[0.47, 0.65, 0.60]])
    assert (found.status, found.diagnosis, found.points) == (FAILED, "too-soft", 0)
    assert found.message == verdict.message
    assert (found.cell, found.line) == (2, 1)
    assert found.source == "def get_query121():\n    return torch.tensor([[0.47, 0.65, 0.6]])"


def test_a_function_that_is_not_there_is_missing():
    found = mark("a", ADA, answers(get_query131=None)).marks["1.3.1"]
    assert (found.status, found.points, found.cell) == (MISSING, 0, None)
    assert "get_query131" in found.message


def test_a_placeholder_is_missing_and_not_wrong():
    found = mark("a", ADA, answers(get_query131="torch.tensor([[nan, nan, nan]])")).marks["1.3.1"]
    assert (found.status, found.points) == (MISSING, 0)


def test_one_placeholder_left_is_wrong():
    found = mark("a", ADA, answers(get_query131="torch.tensor([[0, nan, 0]])")).marks["1.3.1"]
    assert (found.status, found.diagnosis) == (FAILED, "not-finite")


def test_what_is_no_constant_goes_to_a_person_with_cell_and_line():
    report = mark("a", ADA, answers(get_query121="10 * key[:1]"))
    found = report.marks["1.2.1"]
    assert (found.status, found.points, found.cell, found.line) == (REFUSED, 0, 2, 2)
    assert "key is not written out" in found.message
    assert report.reasons == [f"1.2.1: {found.message}"]
    assert report.score == 5  # the others count


def test_two_of_four_rows_get_half_of_the_points():
    rows = "[[4.7, 6.5, 6.0], [6.4, 5.0, -5.9], [0, 0, 0], [0, 0, 0]]"
    report = mark(
        "a", ADA, answers(get_query122=f"torch.tensor({rows})"), Rules(points={"1.2.2": 3})
    )
    found = report.marks["1.2.2"]
    assert (found.status, found.points, found.max_points) == (FAILED, 1.5, 3)
    assert "2 of 4 rows pass" in found.message


def test_points_of_an_exercise_can_be_changed():
    report = mark("a", ADA, answers(get_query131="torch.ones(1, 3)"), Rules(points={"1.2.1": 5}))
    assert (report.score, report.max_score) == (9, 10)
    worth_nothing = mark("a", ADA, answers(), Rules(points={"1.2.1": 0}))
    assert worth_nothing.marks["1.2.1"].status == PASSED
    assert (worth_nothing.score, worth_nothing.max_score) == (5, 5)


@pytest.mark.parametrize(
    ("query", "key", "status"),
    [
        ("torch.tensor([[5.55, 5.75, 0.05]])", "torch.tensor([0.58, 0.60, 0.005])", PASSED),
        ("torch.tensor([[55.5, 57.5, 0.5]])", "torch.tensor([0.58, 0.60, 0.005])", FAILED),
        ("torch.tensor([[5.55, 5.75, 0.05]])", "torch.tensor([0.555, 0.575, 0.005])", PASSED),
        ("torch.tensor([[1.91, 0.64, -4.11]])", "torch.tensor([0.555, 0.575, 0.005])", PASSED),
        ("torch.zeros(1, 3)", "torch.tensor([0.555, 0.575, 0.005])", PASSED),
        ("torch.tensor([[nan, nan, nan]])", "torch.tensor([0.555, 0.575, 0.005])", PASSED),
        ("10 * key", "torch.tensor([0.555, 0.575, 0.005])", PASSED),
    ],
    ids=["own, gentle", "own, loud", "either", "the course's"]
    + ["own is wrong", "own is missing", "own is refused"],
)
def test_a_key_is_judged_with_the_students_own_query_or_with_the_courses(query, key, status):
    """A gentle query leaves a thick slab: the first key misses that of the loud one.

    Halfway between k0 and k1 lies in the course's slab, not in that of a query that hardly looks at
    k0.
    """
    report = mark("a", ADA, answers(get_query132=query, get_key141=key))
    assert report.marks["1.4.1"].status == status


def test_the_key_of_142_is_normalised_where_the_cell_does_so():
    """Twice the course's key passes either way; a hundredth only at length 1."""
    define = function("get_key142", "torch.tensor([0.006945, 0.007195, 0.000063])")
    put = "m_key = key.clone()\nm_key[2] = get_key142()"
    bring = "m_key[2] /= m_key[2].norm()"
    cells = [function(name, text) for name, text in RIGHT.items() if name != "get_key142"]
    as_it_is = mark("a", ADA, notebook(IMPORTS, *cells, f"{define}\n{put}"))
    normalised = mark("a", ADA, notebook(IMPORTS, *cells, f"{define}\n{put}\n{bring}"))
    assert as_it_is.marks["1.4.2"].status == FAILED
    assert normalised.marks["1.4.2"].status == PASSED


def test_only_a_row_is_normalised():
    define = function("get_key142", "[[1.0, 2.0], 3.0]")
    bring = "m_key[2] = get_key142()\nm_key[2] /= m_key[2].norm()"
    found = mark("a", ADA, notebook(IMPORTS, f"{define}\n{bring}")).marks["1.4.2"]
    assert (found.status, found.diagnosis) == (FAILED, "wrong-shape")


def test_the_last_definition_counts():
    late = notebook(
        IMPORTS,
        function("get_query131", "torch.ones(1, 3)"),
        function("get_query131", "torch.zeros(1, 3)"),
    )
    found = mark("a", ADA, late).marks["1.3.1"]
    assert (found.status, found.cell) == (PASSED, 3)


def on_variant(fixture, **ours):
    """The course's answers for a variant, written out."""
    texts = [
        function(task.function, f"torch.tensor({answer_of_the_course(task, fixture)})")
        for task in EXERCISES
    ]
    return notebook(IMPORTS, *texts, **ours)


def test_a_student_is_judged_on_the_students_own_variant():
    mine, other = variant_for("s1", "nlp"), variant_for("s2", "nlp")
    assert mine.number != other.number
    report = mark("a", ADA, on_variant(mine, variant=mine.number), Rules("nlp"))
    assert (report.score, report.variant, report.notes) == (6, mine.number, [])


def test_what_the_notebook_says_of_its_variant_is_told_and_not_followed():
    mine, other = variant_for("s1", "nlp"), variant_for("s2", "nlp")
    report = mark("a", ADA, on_variant(other, variant=other.number), Rules("nlp"))
    assert report.score < 6
    assert report.variant == mine.number
    (note,) = report.notes
    assert str(other.number) in note
    assert str(mine.number) in note


@pytest.mark.parametrize(
    ("says", "words", "course"),
    [
        ({"variant": 7}, "variant 7", ""),
        ({"variants": True, "course": "nlp"}, "the variants of 'nlp'", ""),
        ({"variants": True, "course": "nlp"}, "the variants of 'nlp'", "nlp-2026"),
        ({"variant": None}, "the course's own", "nlp"),
        ({"variants": False}, "the course's own", "nlp"),
    ],
)
def test_a_notebook_that_is_made_for_other_numbers_is_told(says, words, course):
    report = mark("a", ADA, notebook(IMPORTS, **says), Rules(course))
    assert words in report.notes[0]


@pytest.mark.parametrize(
    ("says", "course"),
    [
        ({}, ""),
        ({}, "nlp"),
        ({"variant": None}, ""),
        ({"variants": True, "course": "nlp"}, "nlp"),
        ({"variants": True, "course": None}, "nlp"),
        ({"variant": variant_for("s1", "nlp").number}, "nlp"),
    ],
)
def test_a_notebook_that_is_made_for_the_same_numbers_is_not(says, course):
    assert mark("a", ADA, notebook(RIGHT_131, **says), Rules(course)).notes == []


SET_UP = """\
course = "nlp"
student = {student}
mine = variant_for(student, course)
print(f"{{student}}: variant {{mine.number}} of {{course}}. Your key and value:")
work_on(mine)"""
ASKING = 'input("Your student number: ")'


def worked_on(fixture, student=ASKING, prints=True, **ours):
    """A student's answers as they are handed in, below the cell that sets the numbers up."""
    whole = json.loads(on_variant(fixture, **ours))
    text = [f"s1: variant {fixture.number} of nlp. ", "Your key and value:\n"]
    printed = [{"output_type": "stream", "name": "stdout", "text": text}] if prints else []
    source = SET_UP.format(student=student)
    asking = {"cell_type": "code", "metadata": {}, "outputs": printed, "source": source}
    return json.dumps({**whole, "cells": [asking, *whole["cells"]]}).encode()


@pytest.mark.parametrize(("student", "prints"), [(ASKING, True), ('"s1"', False), ("'s1'", True)])
def test_who_is_known_by_another_name_than_was_typed_is_told_and_not_followed(student, prints):
    """Canvas's file names tell how Canvas knows a student, not what the student typed."""
    typed, taken = variant_for("s1", "nlp"), variant_for("lovelaceada", "nlp")
    canvas = Student("lovelaceada")
    report = mark("a", canvas, worked_on(typed, student, prints), Rules("nlp"))
    assert report.variant == taken.number
    assert report.score < 6
    (note,) = report.reasons[:1]
    for part in (f"variant {typed.number};", f"variant {taken.number}.", "'lovelaceada'"):
        assert part in note
    assert "--roster and --known-by" in note


@pytest.mark.parametrize(("student", "prints"), [(ASKING, True), ('"s1"', False), ("'s1'", True)])
def test_who_is_known_by_what_was_typed_needs_nobody(student, prints):
    mine = worked_on(variant_for("s1", "nlp"), student, prints, variants=True, course="nlp")
    report = mark("a", Student("Ada", "12"), mine, Rules("nlp"), known_as="s1")
    assert (report.score, report.reasons) == (6, [])


def test_variants_that_were_handed_out_and_are_not_marked_are_told():
    mine = variant_for("s1", "nlp")
    (note,) = mark("a", ADA, worked_on(mine)).notes
    assert f"variant {mine.number};" in note
    assert "--variants" in note


@pytest.mark.parametrize(
    "cell",
    [
        {"source": '# student = "s2"\nwork_on(mine)'},
        {"source": 'student = " "\nwork_on(mine)'},
        {"source": 'student = "\ud800"\nwork_on(mine)'},
        {"source": "student = None\nwork_on(mine)", "outputs": [3, {"text": [None]}, {"text": {}}]},
        {"source": "work_on(mine)", "outputs": {"text": "s2: variant 7 of nlp."}},
        {"source": "print(1)", "outputs": [{"text": "s2: variant 7 of nlp."}]},
    ],
)
def test_what_does_not_say_whose_it_was_worked_on_says_nothing(cell):
    whole = json.loads(on_variant(variant_for("s1", "nlp")))
    whole["cells"].append({"cell_type": "code", "metadata": {}, **cell})
    report = mark("a", ADA, json.dumps(whole).encode(), Rules("nlp"))
    assert (report.score, report.notes) == (6, [])


def test_without_a_student_there_is_no_variant_and_a_person_must_look():
    report = mark("a", Student(), answers(), Rules("nlp"))
    assert set(statuses(report).values()) == {REFUSED}
    assert mark("a", Student(), notebook(RIGHT_131, variant=7), Rules("nlp")).notes == []
    assert report.score == 0
    assert "whose" in report.reasons[0]


@pytest.mark.parametrize("cells", [(), ("",), (IMPORTS, "print(1)")])
def test_a_notebook_without_anything_of_the_course_is_the_wrong_file(cells):
    report = mark("Untitled.ipynb", ADA, notebook(*cells))
    assert report.score == 0
    (note,) = report.reasons
    assert "Is it the right file?" in note
    assert "Download my answers" in note


def test_a_notebook_that_nobody_has_begun_is_the_right_file():
    left = answers(**dict.fromkeys(RIGHT, "torch.tensor([[nan, nan, nan]])"))
    assert mark("a", ADA, left).reasons == []


def test_only_texts_are_something_of_the_course():
    cell = {"cell_type": "markdown", "source": "Names.", "id": "writeup-copying", "metadata": {}}
    assert mark("a", ADA, json.dumps({"cells": [cell]}).encode()).reasons == []


def test_a_broken_file_costs_nothing_but_a_message():
    report = mark("a", ADA, SEED_NOTEBOOK[:-200])
    assert "ends in the middle" in report.error
    assert report.marks == {}


def test_every_writeup_is_in_the_report_even_if_it_is_empty():
    assert mark("a", ADA, answers()).writeups == {"writeup-copying": "", "writeup-averaging": ""}


def test_what_the_page_hands_in_is_read():
    cell = {
        "cell_type": "code",
        "id": "exercise-1-3-1",
        "metadata": {"attention_lab": {"exercise": "1.3.1"}},
        "source": function(exercise("1.3.1").function, "torch.tensor([[0., 0, 0]])"),
    }
    text = {"writeup": "writeup-copying", "text": "Names."}
    asked = {
        "cell_type": "markdown",
        "metadata": {"attention_lab": text},
        "source": "## T\n\n---\n\nNames.",
    }
    whole = {
        "cells": [cell, asked],
        "metadata": {"attention_lab": {"variant": None}},
        "nbformat": 4,
    }
    report = mark("a", ADA, json.dumps(whole).encode())
    assert report.marks["1.3.1"].status == PASSED
    assert report.writeups["writeup-copying"] == "Names."


# --- beyond the assignment --------------------------------------------------------------------

BEYOND = {"get_matrix152": "torch.tensor([[0., 0, 0], [5.2, 16.8, 14], [2.4, 8.2, -8.8]])"}


def test_what_is_beyond_the_assignment_is_not_marked():
    report = mark("a", ADA, answers(**BEYOND))
    assert list(report.marks) == [task.number for task in EXERCISES]
    assert (report.score, report.max_score) == (6, 6)


def test_what_is_given_points_is_marked_on_keys_of_its_own_on_a_variant_too():
    worth = {"1.5.2": 4}
    report = mark("a", ADA, answers(**BEYOND), Rules(points=worth))
    assert (report.marks["1.5.2"].status, report.marks["1.5.2"].points) == (PASSED, 4)
    assert (report.score, report.max_score) == (10, 10)
    mine = variant_for("s1", "nlp")
    on_mine = mark("a", ADA, answers(**BEYOND), Rules("nlp", worth))
    assert on_mine.variant == mine.number
    assert on_mine.marks["1.5.2"].status == PASSED
    # And without a name there are no keys to judge the others on.
    nobody = mark("a", Student("", ""), answers(**BEYOND), Rules("nlp", worth))
    assert nobody.marks["1.2.1"].status == REFUSED
    assert nobody.marks["1.5.2"].status == PASSED


def test_each_word_that_a_matrix_serves_earns_its_part():
    half = "torch.tensor([[0., 0, 0], [0, 0, 0], [2.4, 8.2, -8.8]])"  # "purred" copies "cat", too
    found = mark("a", ADA, answers(get_matrix152=half), Rules(points={"1.5.2": 4})).marks["1.5.2"]
    assert (found.status, found.points) == (FAILED, 2)
    assert found.message.endswith("1 of 2 rows pass, for which there are 2 points.")


def test_what_is_worth_points_and_was_not_answered_is_missing():
    report = mark("a", ADA, answers(), Rules(points={"1.5.1": 1}))
    assert report.marks["1.5.1"].status == MISSING
    assert (report.score, report.max_score) == (6, 7)
