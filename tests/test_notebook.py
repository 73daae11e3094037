"""What a reader calls, and the card that comes back."""

import math
import sys

import numpy as np
import pytest
import torch
from bs4 import BeautifulSoup

from attention_lab import check, given_query, glue, hint
from attention_lab.card import as_text, measure
from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES, Exercise, exercise
from attention_lab.fixtures import SEED, Fixture
from attention_lab.judge import Verdict, judge

GOOD = [[4.7, 6.5, 6.0]]
BAD = [[0.47, 0.65, 0.60]]


@pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)
def test_the_course_answers_pass_as_tensors(task):
    assert check(task.number, torch.tensor(course_answer(task, SEED)))


@pytest.mark.parametrize(
    "answer",
    [
        torch.tensor(GOOD),
        torch.tensor(GOOD, dtype=torch.float64),
        torch.tensor(GOOD, dtype=torch.bfloat16),
        torch.tensor([[5, 7, 6]]),
        torch.tensor(GOOD, requires_grad=True),
        torch.tensor(GOOD).to_sparse(),
        np.array(GOOD),
        np.array(GOOD)[:, ::-1][:, ::-1],
        np.array(GOOD, dtype=">f8"),
        np.array(GOOD, dtype=np.longdouble),
        np.array(GOOD, dtype=object),
        np.broadcast_to(np.array(GOOD[0]), (1, 3)),
        GOOD,
        (tuple(GOOD[0]),),
        [torch.tensor(GOOD[0])],
        [[torch.tensor(4.7), np.float64(6.5), 6]],
    ],
    ids=lambda answer: f"{type(answer).__name__} {getattr(answer, 'dtype', '')}",
)
def test_any_holder_of_numbers_is_judged_by_value(answer):
    assert check("1.2.1", answer)


@pytest.mark.parametrize(
    "answer",
    [
        torch.zeros(4, 3),
        torch.zeros(1000, 3),
        torch.zeros(1, 1, 3),
        torch.zeros(3),
        torch.tensor(0.0),
        torch.full((1, 3), math.nan),
        torch.tensor([[math.inf, 0, 0]]),
        torch.tensor([[-math.inf, 0, 0]]),
        torch.zeros(1, 3, dtype=torch.complex64),
        torch.zeros(1, 3, dtype=torch.bool),
        torch.zeros(1, 3, device="meta"),
        torch.Tensor,
        np.array([["0", "0", "0"]]),
        np.ma.masked_array(np.zeros((1, 3)), [[0, 0, 1]]),
        np.zeros((1, 3), "datetime64[ns]"),
        [torch.zeros(3), torch.zeros(2)],
        "zeros",
        None,
        lambda: torch.zeros(1, 3),
    ],
    ids=repr,
)
def test_bad_input_never_passes_where_zeros_would(answer):
    verdict = check("1.3.1", answer)
    assert not verdict
    assert "(1, 3)" in verdict.message or "finite" in verdict.message


def test_an_unknown_exercise_is_refused():
    with pytest.raises(ValueError, match=r"no exercise '1\.4\.3'"):
        check("1.4.3", torch.zeros(1, 3))


def test_check_says_what_the_judge_says():
    assert isinstance(check("1.2.1", BAD), Verdict)
    assert vars(check("1.2.1", BAD)) == vars(judge("1.2.1", BAD))


def test_the_card_says_it_in_text_and_in_html_with_the_same_words():
    for answer, outcome in ((GOOD, "✓ 1.2.1: passed"), (BAD, "✗ 1.2.1: not yet")):
        verdict = check("1.2.1", answer)
        page = BeautifulSoup(verdict._repr_html_(), "html.parser")
        for shown in (repr(verdict), page.get_text(" ")):
            assert outcome in shown
            assert verdict.message in shown
            assert f"error {verdict.error:.4g}" in shown
            assert "tolerance 0.05" in shown
        assert page.div["data-passed"] == ("true" if verdict else "false")
        assert page.div["data-diagnosis"] == verdict.diagnosis


def test_the_card_shows_wanted_and_obtained_weights_row_by_row():
    verdict = check("1.2.2", torch.eye(4)[:, :3])
    page = BeautifulSoup(verdict._repr_html_(), "html.parser")
    table = [[float(cell.text) for cell in row("td")] for row in page.tbody("tr")]
    for wanted, obtained in zip(table[::2], table[1::2], strict=True):
        assert sum(wanted) == 1
        assert sum(obtained) == pytest.approx(1, abs=0.002)
    assert table[1::2] == [pytest.approx(row, abs=6e-4) for row in verdict.weights]
    assert "row 3: asked for" in page.get_text()
    assert "row 3: asked for" in repr(verdict)


def test_a_card_says_passed_and_failed_on_the_right_side_of_the_tolerance():
    task = Exercise("9.9.9", "", wanted=((0,),), hints=(), tolerance=0.05)
    fixture = Fixture(key=((1,), (0,)), value=((1,), (0,)))
    for error in (0.05000001, 0.04999999):
        verdict = judge(task, [[math.log((1 - error) / error)]], fixture)
        assert verdict.error == pytest.approx(error, abs=1e-12)
        said = measure(verdict).split()
        assert (float(said[1]) < 0.05) == (said[2] == "<") == verdict.passed


def test_a_card_with_a_remark_says_so():
    coincidence = check("1.3.2", [[1.91, 0.64, -4.11]])
    assert coincidence
    assert repr(coincidence).startswith("✓ 1.3.2: passed, with a remark")


def test_a_card_offers_the_next_hint_until_the_answer_passes():
    offer = 'hint("1.2.1")'
    assert offer in repr(check("1.2.1", BAD))
    assert offer in BeautifulSoup(check("1.2.1", BAD)._repr_html_(), "html.parser").get_text()
    assert offer not in repr(check("1.2.1", GOOD))
    assert "hint(" not in check("1.2.1", GOOD)._repr_html_()


def test_where_there_is_no_hint_none_is_offered(monkeypatch):
    task = Exercise("9.9.9", "", wanted=((0,),), hints=())
    monkeypatch.setattr("attention_lab.exercises.ALL", (task,))
    with pytest.raises(ValueError, match=r"no hint to exercise 9\.9\.9"):
        hint("9.9.9")
    assert "hint" not in as_text(judge(task, [[0.0, 0.0, 0.0]]))


@pytest.mark.parametrize("wrong", [7, (torch.eye(4), torch.eye(4)), None])
def test_what_is_no_fixture_is_refused(wrong):
    with pytest.raises(ValueError, match=r"such as variant\(7\); got"):
        check("1.2.1", GOOD, wrong)
    with pytest.raises(ValueError, match=r"such as variant\(7\); got"):
        given_query("1.4.1", wrong)


def test_lists_without_end_are_no_numbers():
    endless = []
    endless += [endless, endless]
    assert check("1.2.1", endless).diagnosis == "wrong-type"


def test_hints_come_one_by_one_and_begin_again():
    hints = exercise("1.4.1").hints
    shown = [hint("1.4.1") for _ in range(len(hints) + 1)]
    assert [h.text for h in shown] == [*hints, hints[0]]
    assert repr(shown[1]) == f"Hint 2 of {len(hints)}. {hints[1]}"
    page = BeautifulSoup(shown[1]._repr_html_(), "html.parser")
    assert page.get_text(" ", strip=True) == repr(shown[1])
    assert hint("1.4.2").text == exercise("1.4.2").hints[0]  # each exercise has its own count


def test_there_is_no_hint_to_an_unknown_exercise():
    with pytest.raises(ValueError, match="no exercise"):
        hint("1.4.3")


def test_check_judges_on_another_fixture_and_with_an_own_query():
    fixture = Fixture(key=torch.eye(4).tolist(), value=torch.eye(4).tolist())
    assert check("1.2.1", torch.tensor([[9.0, 0, 0, 0]]), fixture)
    gentle = given_query("1.4.1", fixture) / 10
    key = torch.tensor([0.503, 0.503, 0.0, 0.0])  # 50.3 is too loud, 5.03 is not
    assert not check("1.4.1", key, fixture)
    assert check("1.4.1", key, fixture, own_query=gentle)


def test_a_card_for_an_unusable_answer_has_no_table_and_no_error():
    verdict = check("1.2.1", None)
    assert "<table" not in verdict._repr_html_()
    assert "error" not in repr(verdict)


def test_what_came_is_escaped_in_html():
    assert "<script>" not in check("1.2.1", "<script>alert(1)</script>")._repr_html_()


def test_the_query_of_a_key_exercise_is_the_course_answer():
    assert given_query("1.4.2").tolist() == torch.tensor([[55.5, 57.5, 0.5]]).tolist()


@pytest.mark.parametrize("number", ["1.2.1", "1.3.2"])
def test_an_exercise_for_a_query_gives_none(number):
    with pytest.raises(ValueError, match="asks for one"):
        given_query(number)


def test_glue_hands_plain_numbers_to_the_book(monkeypatch):
    import myst_nb

    glued = {}
    monkeypatch.setattr(myst_nb, "glue", lambda name, value, display: glued.update({name: value}))
    glue(half=torch.tensor([0.5]), two=2)
    assert glued == {"half": 0.5, "two": 2}
    assert type(glued["half"]) is float


@pytest.mark.parametrize("number", [math.nan, math.inf, "half", None, torch.tensor(math.nan)])
def test_glue_refuses_what_no_prose_can_quote(number):
    with pytest.raises(ValueError, match="to quote as half"):
        glue(half=number)


def test_glue_does_nothing_where_there_is_no_book(monkeypatch):
    monkeypatch.setitem(sys.modules, "myst_nb", None)
    assert glue(half=0.5) is None
