"""The playground as a cell's object, in the kernel: what can be read, what can be set."""

import copy
import inspect

import numpy as np
import pytest
import torch

from attention_lab import Playground, attention, check, given_query, variant
from attention_lab.answers import SCALES
from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES
from attention_lab.fixtures import SEED, WORD_ANGLES

QUERY = [4.7, 6.5, 6.0]
FIVE = [*SEED.key, (0.1, 0.2, 0.3)]


def space(playground):
    return playground.state["space"]


def test_without_arguments_it_is_flat_with_the_words_as_keys_and_values():
    playground = Playground()
    angles = torch.tensor(WORD_ANGLES).deg2rad()
    assert playground.key.numpy() == pytest.approx(
        torch.stack([angles.cos(), angles.sin()], dim=1).numpy(), abs=1e-6
    )
    assert playground.value.equal(playground.key)
    assert playground.query.shape == (1, 2)
    assert playground.verdict is None


def test_its_signature_is_its_own_not_that_of_a_widget():
    names = ["exercise", "query", "key", "value", "fixture"]
    assert list(inspect.signature(Playground).parameters) == names


def test_with_a_fixture_or_keys_alone_it_begins_in_space():
    for options in ({"fixture": variant(7)}, {"key": SEED.key}, {"query": QUERY}):
        assert Playground(**options).state["form"] == "space"


@pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)
def test_an_exercise_begins_in_space_unsolved_with_the_courses_numbers(task):
    playground = Playground(task.number)
    assert playground.state["form"] == "space"
    assert playground.key.equal(torch.tensor(SEED.key))
    assert playground.value.equal(torch.tensor(SEED.value))
    assert playground.query.shape == (len(task.wanted), 3)
    assert playground.answer.shape == task.shape(3)
    assert playground.verdict.exercise == task.number
    assert not playground.verdict


@pytest.mark.parametrize("fixture", [SEED, variant(7)], ids=["seed", "variant 7"])
@pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)
def test_the_courses_answer_passes_and_is_judged_as_in_a_cell(task, fixture):
    playground = Playground(task.number, fixture=fixture)
    before = check(task.number, playground.answer, fixture)
    assert vars(playground.verdict) == vars(before)
    playground.answer = course_answer(task, fixture)
    assert playground.verdict
    assert vars(playground.verdict) == vars(check(task.number, playground.answer, fixture))


def test_where_a_key_is_edited_the_query_is_that_of_the_fixture():
    assert variant(7).scale != SCALES["1.3.2"]
    playground = Playground("1.4.1", fixture=variant(7))
    assert playground.query.equal(given_query("1.4.1", variant(7)))


def test_the_query_stays_when_other_keys_are_edited_too_and_so_judges_the_judge():
    playground = Playground("1.4.1")
    query = playground.query
    key = torch.tensor(SEED.key)
    key[0] = torch.tensor([0.9, 0.1, 0.1])
    playground.key = key
    assert playground.query.equal(query)
    expected = torch.softmax(query @ key.T, dim=-1)
    assert playground.verdict.weights[0] == pytest.approx(expected[0].tolist(), abs=1e-5)


@pytest.mark.parametrize(
    "query",
    [
        QUERY,
        [QUERY],
        torch.tensor(QUERY),
        torch.tensor([QUERY], dtype=torch.float64),
        torch.tensor([QUERY], requires_grad=True),
        np.array(QUERY),
        np.array([QUERY], dtype=np.float32),
        [torch.tensor(x) for x in QUERY],
        tuple(QUERY),
    ],
    ids=repr,
)
def test_a_query_may_come_in_any_form_in_the_constructor_and_later(query):
    expected = torch.tensor([QUERY])
    assert Playground("1.2.1", query=query).query.equal(expected)
    playground = Playground("1.2.1")
    playground.query = query
    assert playground.query.equal(expected)
    assert playground.query.dtype == torch.float32
    assert playground.verdict


def test_numbers_come_back_to_the_last_bit():
    query = torch.randn(1, 3, generator=torch.Generator().manual_seed(0))
    playground = Playground(query=query)
    assert playground.query.equal(query)


def test_integers_become_floats_whether_they_come_from_a_cell_or_from_a_front_end():
    playground = Playground("1.2.1", query=[5, 7, 6])
    assert playground.query.dtype == torch.float32
    state = copy.deepcopy(playground.state)
    state["space"]["rows"] = [[9, 0, 0]]  # as JSON writes 9.0
    state["space"]["key"][0] = [1, 0, 0]
    playground.set_state({"state": state})
    assert playground.query.equal(torch.tensor([[9.0, 0.0, 0.0]]))
    attention(playground.query, playground.key, playground.value)  # of one dtype
    assert "k0     9.00" in repr(playground)


def test_setting_the_query_changes_nothing_else():
    playground = Playground("1.2.2")
    playground.state = playground.state | {"space": space(playground) | {"row": 3}}
    before = copy.deepcopy(playground.state)
    playground.query = torch.eye(4)[:, :3]
    assert space(playground).pop("rows") == torch.eye(4)[:, :3].tolist()
    before["space"].pop("rows")
    assert playground.state == before  # the row that is looked at too


def test_setting_the_flat_query_changes_nothing_else():
    playground = Playground()
    before = copy.deepcopy(playground.state)
    playground.query = [1, 2]
    assert playground.query.tolist() == [[1, 2]]
    assert playground.state == before | {"flat": {"query": [1, 2]}}


def test_each_access_gives_a_fresh_tensor():
    for playground in (Playground(), Playground("1.2.1"), Playground("1.4.1")):
        for name in ("query", "key", "value", "answer"):
            before = getattr(playground, name).clone()
            getattr(playground, name).zero_()
            assert getattr(playground, name).equal(before)


def test_two_playgrounds_share_nothing():
    one, other = Playground("1.2.2"), Playground("1.2.2")
    one.query, one.key, one.value = torch.zeros(4, 3), torch.zeros(4, 3), torch.zeros(4, 3)
    assert other.key.equal(torch.tensor(SEED.key))
    assert other.value.equal(torch.tensor(SEED.value))
    assert other.query.any()


def test_the_query_of_a_key_exercise_is_refused_with_what_to_set_instead():
    for number in ("1.4.1", "1.4.2"):
        playground = Playground(number)
        with pytest.raises(ValueError, match=rf"{number} stays as it is: set the answer.*key 2"):
            playground.query = QUERY
        with pytest.raises(ValueError, match="stays as it is"):
            Playground(number, query=QUERY)
        playground.answer = [0.1, 0.2, 0.3]
        edited = torch.tensor(SEED.key)
        edited[2] = torch.tensor([0.1, 0.2, 0.3])
        assert playground.key.equal(edited)
        playground.key = SEED.key
        assert playground.answer.equal(torch.tensor(SEED.key)[2])


@pytest.mark.parametrize("name", ["query", "key", "value", "answer"])
@pytest.mark.parametrize("number", [None, "1.2.1", "1.4.1"])
def test_what_is_set_is_sent_on_so_that_the_handle_moves(number, name):
    if (number, name) == ("1.4.1", "query"):
        return  # it cannot be set
    playground = Playground(number, fixture=variant(7))
    changes = []
    playground.observe(changes.append, "state")
    setattr(playground, name, getattr(playground, name) + 1)
    (change,) = changes
    assert change["new"] == playground.state != change["old"]


def test_setting_keys_or_values_of_the_flat_one_leads_into_space():
    for name in ("key", "value"):
        playground = Playground()
        setattr(playground, name, torch.eye(4)[:, :3])
        assert playground.state["form"] == "space"
        assert getattr(playground, name).equal(torch.eye(4)[:, :3])


def test_a_fifth_key_has_the_mixture_of_the_values_and_can_be_set():
    playground = Playground(key=FIVE)
    assert playground.key.equal(torch.tensor(FIVE))
    mixed = 0.4 * SEED.value[0][0] + 0.3 * SEED.value[1][0]
    mixed += 0.2 * SEED.value[2][0] + 0.1 * SEED.value[3][0]
    assert playground.value[4, 0].item() == pytest.approx(mixed, abs=0.005)  # in hundredths
    assert playground.data["space"]["fifth"]["key"] == list(FIVE[4])  # for the box that brings it
    playground.key = torch.ones(5, 3)
    assert playground.key.equal(torch.ones(5, 3))
    assert Playground("1.2.1", key=FIVE, query=QUERY).verdict.weights[0][4] > 0


def test_own_keys_and_values_are_those_of_the_start_and_of_reset():
    playground = Playground("1.2.1", key=torch.eye(4)[:, :3], value=-torch.eye(4)[:, :3])
    assert playground.data["space"]["key"] == torch.eye(4)[:, :3].tolist()
    assert playground.data["state"] == playground.state
    begun = Playground("1.2.1", query=QUERY)
    assert begun.data["state"]["space"]["rows"] == [QUERY]
