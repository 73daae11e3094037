"""What the playground knows: starts that solve nothing, and presets that do what they say."""

import math

import pytest

from attention_lab.arithmetic import scores_of
from attention_lab.attempt import Attempt
from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES, Exercise, exercise
from attention_lab.fixtures import SEED, Fixture
from attention_lab.judge import judge
from attention_lab.page.data import (
    exercise_data,
    playground_data,
    presets,
    same_start,
    starting_state,
    word_keys,
)
from attention_lab.page.judging import reply
from attention_lab.page.presets import loudest
from attention_lab.variants import COUNT, variant

NUMBERS = [task.number for task in EXERCISES]
FIXTURES = [SEED, *map(variant, range(0, COUNT, 64))]


def answer_in(state):
    """The answer to the chosen exercise that a state is, and what it is judged on."""
    space = state["space"]
    task = exercise(space["exercise"])
    answer = space["rows"] if task.kind == "query" else space["key"][task.edits]
    fixture = Fixture(space["key"], space["value"])
    return judge(task.number, answer, fixture, query=space["rows"])


def preset(fixture, opening):
    """The state of the preset whose label begins so, on the fixture's keys and values."""
    (found,) = [one for one in presets(fixture) if one["label"].startswith(opening)]
    state = starting_state(fixture=fixture)
    return found["state"] | {"space": state["space"] | found["state"].get("space", {})}


@pytest.mark.parametrize("fixture", FIXTURES, ids=str)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_start_solves_nothing(number, fixture):
    state = starting_state(number, fixture=fixture)
    assert state["form"] == "space"
    assert not answer_in(state).passed


def test_the_first_start_is_flat_near_uniform_and_without_an_exercise():
    state = starting_state()
    assert state["form"] == "flat"
    assert state["space"]["exercise"] is None
    scores = scores_of([state["flat"]["query"]], word_keys())[0]
    # No score is farther from another than the query is long, twice: weights differ by e^0.6.
    assert max(scores) - min(scores) < 0.6


def test_an_unknown_exercise_has_no_start():
    with pytest.raises(ValueError, match="There is no exercise"):
        starting_state("9.9.9")


@pytest.mark.parametrize("fixture", FIXTURES, ids=str)
def test_the_preset_that_copies_passes(fixture):
    state = preset(fixture, "copy v0")
    assert state["space"]["exercise"] == "1.2.1"
    assert answer_in(state).passed


@pytest.mark.parametrize("fixture", FIXTURES, ids=str)
def test_the_preset_in_which_k2_wins_passes_with_nearly_all_weight_on_k2(fixture):
    verdict = answer_in(preset(fixture, "make k2"))
    assert verdict.passed
    assert max(verdict.weights[0]) == verdict.weights[0][2] > 0.9


def test_the_window_of_the_course_closes_at_174():
    assert "the window closes at β = 174" in [one["label"] for one in presets(SEED)]


@pytest.mark.parametrize("fixture", FIXTURES, ids=str)
def test_the_window_closes_after_the_loudness_that_the_preset_names(fixture):
    labels = [one["label"] for one in presets(fixture)]
    betas = [int(label.split("β = ")[1]) for label in labels if "β" in label]
    for beta in betas:  # none where k0 and k1 are equally long
        state = preset(fixture, "the window closes")
        (query,) = state["space"]["rows"]
        assert answer_in(state).passed
        louder = state["space"] | {"rows": [[x * (beta + 1) / beta for x in query]]}
        assert not answer_in(state | {"space": louder}).passed


def test_the_flat_presets_differ_by_a_loudness_of_ten():
    soft, loud = [one["state"]["flat"]["query"] for one in presets(SEED)[:2]]
    assert loud == pytest.approx([10 * x for x in soft])
    weights = [
        Attempt(exercise("1.3.1"), scores_of([q], word_keys()), [[0.0]] * 3) for q in (soft, loud)
    ]
    shares = [attempt.weights[0][1] for attempt in weights]
    assert shares[0] < 0.6 < 0.99 < shares[1]


def test_the_loudest_is_found_where_it_can_be_reasoned():
    # Scores 2β and β: k1 gets 1 / (1 + e^β), which is the error on values 0 and 1. Above β = 0 it
    # falls, so all from some number on pass; the other way round none does.
    two = Fixture([[2.0], [1.0]], [[0.0], [1.0]])
    first = Exercise("9.1", "", wanted=((0,),), hints=())
    assert loudest(first, two, [1.0]) is None
    assert loudest(first, two, [-1.0], most=64) is None
    # Equal shares: the error is 1/2 − 1 / (1 + e^(β/100)), below 0.05 while β < 100·ln(11/9).
    even = Exercise("9.2", "", wanted=((0, 1),), hints=())
    assert 100 * math.log(11 / 9) == pytest.approx(20.07, abs=0.01)
    assert loudest(even, two, [0.01]) == 20


def test_the_slab_is_the_one_that_was_measured():
    assert exercise_data(exercise("1.4.1"), SEED)["slab"] == pytest.approx(
        [63.5377, 64.5203], abs=1e-4
    )
    low, high = exercise_data(exercise("1.4.2"), SEED)["slab"]
    assert low == pytest.approx(66.6178, abs=1e-4)
    assert high is None


@pytest.mark.parametrize("number", ["1.4.1", "1.4.2"])
def test_just_inside_the_slab_a_key_passes_and_just_outside_it_fails(number):
    data = exercise_data(exercise(number), SEED)
    (query,) = data["query"]
    square = sum(x * x for x in query)

    def passes(score):
        answer = [score / square * x for x in query]
        asked = {"exercise": number, "answer": answer, "query": data["query"]}
        return reply(asked | {"key": SEED.key, "value": SEED.value})["passed"]

    low, high = data["slab"]
    assert passes(low + 1e-3)
    assert not passes(low - 1e-3)
    if high is not None:
        assert passes(high - 1e-3)
        assert not passes(high + 1e-3)


@pytest.mark.parametrize("number", ["1.4.1", "1.4.2"])
def test_a_key_is_judged_with_the_query_that_the_picture_shows(number):
    # This variant's query is not ten times as loud as the course's, and k0 has been moved since.
    fixture = next(one for one in map(variant, range(COUNT)) if one.scale != 100)
    data = exercise_data(exercise(number), fixture)
    key = [[0.1, 0.2, 0.3], *map(list, fixture.key[1:])]
    asked = {"exercise": number, "answer": key[2], "key": key, "value": fixture.value}
    attempt = Attempt(exercise(number), scores_of(data["query"], key), fixture.value)
    assert reply(asked | {"query": data["query"]})["error"] == pytest.approx(attempt.error)
    assert data["query"] == course_answer(exercise("1.3.2"), fixture)


def test_on_another_fixture_the_same_thing_is_shown():
    other = variant(137)
    start = starting_state("1.4.1", fifth=True)
    state = same_start(start, other)
    assert (state["form"], state["space"]["exercise"]) == ("space", "1.4.1")
    assert state["space"]["key"][:4] == [list(row) for row in other.key]
    assert len(state["space"]["key"]) == len(state["space"]["value"]) == 5
    assert same_start(starting_state(), other)["form"] == "flat"


@pytest.mark.parametrize("fixture", FIXTURES, ids=str)
def test_the_fifth_key_lies_inside_so_no_query_copies_it(fixture):
    # A mixture of the others: its score is between theirs for every query, but for the rounding.
    extra = playground_data(fixture)["space"]["fifth"]["key"]
    for query in ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, -1.0], extra):
        (scores,) = scores_of([query], [*fixture.key, extra])
        assert scores[4] < max(scores[:4])
