"""What students get of the package has no answers of the course; what is left of it works."""

import sys

import pytest

from attention_lab import given_query, variants
from attention_lab.course import course_answer
from attention_lab.exercises import ALL, exercise
from attention_lab.fixtures import SEED
from attention_lab.judge import judge
from attention_lab.page.data import playground_data, starting_state

GENTLE = [[5.55, 5.75, 0.05]]  # passes 1.3.2
MIDDLE = [0.555, 0.575, 0.005]  # passes 1.4.1 with it
FAILING = [[0.5, 0.5, 0.0]]  # too soft for 1.3.2


@pytest.fixture(autouse=True)
def left_out(monkeypatch):
    for name in ("attention_lab.answers", "attention_lab.page.presets"):
        monkeypatch.setitem(sys.modules, name, None)  # so that importing it fails


def test_there_is_no_answer():
    assert [course_answer(task, SEED) for task in ALL] == [None] * len(ALL)


def test_a_key_is_judged_with_the_learners_own_query():
    verdict = judge("1.4.1", MIDDLE, own_query=GENTLE)
    assert verdict.passed
    assert verdict.message.endswith("Judged with your own query of 1.3.2.")
    verdict = judge("1.4.1", MIDDLE, own_query=FAILING)
    assert not verdict.passed
    assert verdict.message.endswith("though it does not pass there.")


@pytest.mark.parametrize("own_query", [None, [[float("nan")] * 3], "x", [1, 2, 3]])
def test_without_one_that_can_be_used_it_says_which_answer_comes_first(own_query):
    verdict = judge("1.4.1", MIDDLE, own_query=own_query)
    assert not verdict.passed
    assert verdict.diagnosis == "not-finite"
    assert "Answer 1.3.2 first" in verdict.message


def test_a_query_that_is_given_is_as_good():
    assert judge("1.4.1", MIDDLE, query=GENTLE).passed


def test_no_query_is_given():
    with pytest.raises(ValueError, match=r"your own answer to 1\.3\.2"):
        given_query("1.4.1")


def test_the_playground_shows_no_answer_and_asks_for_no_key():
    data = playground_data()
    assert [task["number"] for task in data["exercises"]] == ["1.2.1", "1.2.2", "1.3.1", "1.3.2"]
    assert {one["state"]["form"] for one in data["presets"]} == {"flat"}
    with pytest.raises(ValueError, match=r"1\.4\.1 cannot be played with"):
        starting_state("1.4.1")


def test_a_variant_whose_line_is_cut_has_its_numbers_and_its_bound():
    row = variants._load()[7]
    mine = variants.from_row(7, row[:3])
    assert (mine.key, mine.value) == (variants.variant(7).key, variants.variant(7).value)
    assert mine.certificate.farthest == variants.variant(7).certificate.farthest
    assert mine.scale is None
    assert not mine.certificate.directions
    assert not judge("1.3.1", [[0.0, 0.0, 0.0]], mine).diagnosis.startswith("not-finite")


def test_points_do_not_depend_on_the_answers():
    assert exercise("1.4.2").points == 1
