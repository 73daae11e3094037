"""Who is who: rosters as platforms export them, and students as their files are called."""

import pytest

from attention_lab.grading.report import Student
from attention_lab.grading.roster import agree, read_roster
from attention_lab.grading.spreadsheets import rows, table

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Understanding Attention (99),Quiz (7)
    Points Possible,,,,,6.00,(read only)
,,,,,Manual Posting,
"Lovelace, Ada",12345,731001,ada@example.org,NLP 1,,3
"Turing, Alan",12346,731002,turing,NLP 1,4.50,
"Young, Ada",12347,731003,young,NLP 2,,
"Young, Ada",12348,731004,young2,NLP 2,,
"Noether, Emmy",12349,12345,noether,NLP 2,,
"Student, Test",12350,,f00,NLP 1,,
"""


@pytest.fixture
def roster():
    return read_roster(CANVAS)


def found(roster, *student):
    """The name of a student's row, or why there is none."""
    match = roster.find(Student(*student))
    assert (match.row is None) == bool(match.reason)
    return match.row.name if match.row else match.reason


def test_canvas_gradebook_has_two_lines_that_are_nobody(roster):
    assert [row.name for row in roster.rows] == [
        *("Lovelace, Ada", "Turing, Alan", "Young, Ada", "Young, Ada", "Noether, Emmy"),
        "Student, Test",
    ]
    assert roster.points[5] == "6.00"
    assert roster.rows[1].cells[5] == "4.50"


@pytest.mark.parametrize(
    ("student", "name"),
    [
        (("turingalan", "12346"), "Turing, Alan"),  # as Canvas calls a file
        (("", "12346"), "Turing, Alan"),
        (("Alan Turing", "731002"), "Turing, Alan"),  # as Gradescope does, by the school's number
        (("", "", "Ada@Example.org"), "Lovelace, Ada"),
        (("Countess L.", "", "ada@example.org"), "Lovelace, Ada"),
        (("Alan Turing", "Participant 12347"), "Turing, Alan"),  # Moodle's number is its own
        (("TURING", ""), "Turing, Alan"),  # a file by the login
        (("12346", ""), "Turing, Alan"),
        (("emmy noether",), "Noether, Emmy"),
    ],
)
def test_students_are_found_by_number_address_and_name(roster, student, name):
    assert found(roster, *student) == name


def test_of_two_of_a_name_the_number_decides(roster):
    assert found(roster, "Ada Young") == "On the roster 2 are called 'Ada Young'."
    match = roster.find(Student("youngada", "12348"))
    assert match.row.cells[1] == "12348"


def test_where_one_has_the_other_s_number_the_name_decides(roster):
    """12345 is Ada's number in Canvas, and Emmy's at her school."""
    assert found(roster, "lovelaceada", "12345") == "Lovelace, Ada"
    assert found(roster, "Emmy Noether", "12345") == "Noether, Emmy"
    both = "On the roster '12345' is 'Lovelace, Ada' and 'Noether, Emmy'; the file says "
    assert found(roster, "", "12345") == both + "''."
    assert found(roster, "Grace Hopper", "12345") == both + "'Grace Hopper'."


def test_a_number_under_another_s_name_is_not_believed(roster):
    said = "On the roster '12346' is 'Turing, Alan'; the file says 'Grace Hopper'."
    assert found(roster, "Grace Hopper", "12346") == said


def test_who_is_not_on_the_roster_is_told(roster):
    assert found(roster, "hoppergrace", "777") == "On the roster nobody is called 'hoppergrace'."
    assert found(roster) == "On the roster nobody is known by the name of this file."


def test_who_has_no_name_is_not_the_one_on_the_roster_without_one():
    assert "nobody" in found(read_roster("Student,ID\n,1\n"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kovalevskaya, Sofja", "Sofja Kowalewskaja", True),
        ("Spärck Jones, Karen", "sparckjoneskaren", True),
        ("O'Neil, Zoë", "oneilzoe", True),
        ("關, 孝和", "孝和 關", True),
        ("Li, Fei-Fei", "Hopper, Grace", False),
        ("Lovelace, Ada", "adalovelac", False),
        ("", "anybody", True),
    ],
)
def test_names_agree_across_platforms(one, other, same):
    assert agree(one, other) is same
    assert agree(other, one) is same


@pytest.mark.parametrize(
    "header",
    [
        "Identifier,Full name,Email address\nParticipant 77,Ada Lovelace,ada@x.org",
        "First Name,Last Name,SID,Email\nAda,Lovelace,Participant 77,ada@x.org",
        "LastName,FirstName,ID,SIS User ID,SIS Login ID,Section\n"
        "Lovelace,Ada,participant 77,,ada@x.org,A",
        "Email;ID;Name\nada@x.org;Participant 77;Ada Lovelace",
    ],
    ids=["moodle", "gradescope", "canvas with two names", "by hand"],
)
def test_lists_of_other_kinds_are_read(header):
    roster = read_roster(header)
    assert found(roster, "", "Participant 77") == "Ada Lovelace"
    assert found(roster, "", "", "ADA@x.org") == found(roster, "Lovelace Ada") == "Ada Lovelace"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_a_spreadsheet_saves_is_read(encoding, delimiter):
    text = f"Student{delimiter}ID\r\nGauß{delimiter}1\r\n\r\n"
    assert [row.name for row in read_roster(text.encode(encoding)).rows] == ["Gauß"]


def test_short_lines_are_filled_up():
    assert read_roster("Student,ID,Section,X\nAda,1\n").rows[0].cells == ["Ada", "1", "", ""]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty"),
        ("\n , \n", "it is empty"),
        ("a,b\n1,2\n", "the first line has 'a, b'"),
        ("\x1b[2J,b\n", r"the first line has '\x1b[2J, b'"),
        ("Student,ID\n" + "x" * 200_000, "Line 2: expected a CSV file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "the first line has"),
    ],
)
def test_what_is_no_roster_is_told(text, said):
    with pytest.raises(ValueError) as told:  # noqa: PT011 - the words are looked at below
        read_roster(text)
    assert said in str(told.value)
    assert len(str(told.value)) < 500


@pytest.mark.parametrize(
    "cell", ["=1", "'=1", "''@x", "+1", "-1", "@x", "plain", "'plain", "a,b", 'q"']
)
def test_what_was_made_harmless_is_read_back_as_it_was(cell):
    written = table([[cell, "x"]])
    assert not written.lstrip('"').startswith(("=", "+", "-", "@"))
    assert list(rows(written)) == [(1, [cell, "x"])]
