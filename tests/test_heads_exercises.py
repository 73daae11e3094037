"""The exercises of 1.7 can be solved as their hints say, and not by a single query."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from attention_lab import attention_weights, key
from attention_lab.exercises import EXERCISES
from attention_lab.exercises.heads import EXERCISES as OURS
from attention_lab.exercises.heads import NOISY, PLAIN, WITH_NULL
from attention_lab.fixtures import SEED, Fixture
from attention_lab.geometry import copyable
from attention_lab.judge import judge
from attention_lab.release.rows import passing_in

TWO, NOTHING = OURS
DRAWS = torch.tensor(NOISY, dtype=torch.float64)  # (draws, k, d)
TIE = torch.tensor(0.55 / 0.45).log().item()
LEAD = torch.tensor(0.45 / 0.05).log().item()


def passes(task, answer):
    return judge(task, torch.as_tensor(answer).tolist()).passed


def test_two_heads_that_copy_pass_with_room():
    assert passes(TWO, 20 * key[:2])
    assert judge(TWO, (20 * key[:2]).tolist()).error < 1e-3
    assert passes(TWO, 20 * key[[1, 0]])  # the order of the heads does not matter
    assert passes(TWO, 10 * key[:2].round(decimals=1))  # by hand
    assert judge(TWO, (10 * key[:2]).tolist()).error < 0.01


@pytest.mark.parametrize(
    "answer",
    [
        100 * key[:2].mean(dim=0).repeat(2, 1),  # the answer to 1.3.2, twice
        10 * key[:2].mean(dim=0).repeat(2, 1),
        20 * key[[0, 0]],
        torch.zeros(2, 3),
        key[:2],  # too soft
    ],
)
def test_what_does_not_pass(answer):
    assert not passes(TWO, answer)


@pytest.mark.parametrize("scale", [3.0, 3.9, 4.0, 4.4])  # at 4.5 they pass
def test_heads_that_copy_too_softly_are_told_what_leaks_on_the_worst_draw(scale):
    answer = (scale * key[:2]).tolist()
    verdict = judge(TWO, answer)
    assert verdict.diagnosis == "leaking-head"  # and never that nobody speaks for k1
    alone = [attention_weights(torch.tensor(answer), torch.tensor(draw)) for draw in NOISY]
    errors = [
        (weight.mean(dim=0)[:3] - torch.tensor([0.5, 0.5, 0])).abs().max() for weight in alone
    ]
    assert verdict.error == pytest.approx(max(errors).item(), abs=1e-5)


@given(st.lists(st.floats(0.001, 1), min_size=4, max_size=4))
def test_to_pass_takes_a_tie_and_a_lead(parts):
    weights = torch.tensor(parts) / sum(parts)
    error = (weights @ torch.tensor(PLAIN) - torch.tensor([0.5, 0.5, 0.0])).abs().max()
    if error < TWO.tolerance:
        score = weights.log()
        assert abs(score[0] - score[1]) < TIE
        assert score[0] - score[2] > LEAD


@pytest.mark.parametrize("draw", range(5))
def test_a_query_that_ties_k0_and_k1_in_all_draws_lets_k2_in(draw):
    """By the dual of a linear program, which is checked by multiplication.

    Numbers y ≥ 0 with y @ tie = lead prove that the lead is at most TIE times their sum.
    """
    tie = DRAWS[:, 0] - DRAWS[:, 1]
    tie = torch.cat([tie, -tie])
    lead = DRAWS[draw, 0] - DRAWS[draw, 2]
    found = linprog((-lead).tolist(), tie.tolist(), 10 * [TIE], bounds=(None, None))
    proof = torch.from_numpy(-found.ineqlin.marginals)
    assert proof.min() >= 0
    torch.testing.assert_close(proof @ tie, lead)
    assert proof.sum() * TIE < LEAD / 2


def test_if_only_lengths_were_wrong_one_query_could_do_it():
    across = torch.linalg.cross(key[0], key[1])
    assert (key[2:] @ across < 0).all()
    for length in (0.3, 1.0, 2.5):
        keys = key * torch.tensor([length, 1 / length, 1, 1])[:, None]
        weight = attention_weights(40 * across[None], keys)[0]
        assert (weight[:2] - 0.5).abs().max() < 0.05


def test_every_number_of_the_draws_has_an_error_and_gives_nothing_away():
    errors = DRAWS - torch.tensor(SEED.key, dtype=torch.float64)
    assert errors.std().item() == pytest.approx(0.15, rel=0.15)
    assert errors.mean().abs() < 0.05
    torch.testing.assert_close(DRAWS, DRAWS.round(decimals=2))
    assert [fixture.value for fixture in TWO.fixtures] == [PLAIN] * 5
    for row in DRAWS.flatten(0, 1).tolist():
        assert list(passing_in(str(row))) == []


@pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)
def test_the_answers_to_1_7_pass_no_exercise_of_the_assignment(task):
    rows = [*(20 * key[:2]).tolist(), [-18.0, 2.0, 6.0]]
    for row in rows if task.kind == "query" and len(task.wanted) == 1 else []:
        assert task.number == "1.2.1" or not judge(task, [row]).passed


def test_nothing_is_returned_by_a_query_that_turns_its_back_on_all():
    away = -torch.tensor(SEED.key).sum(dim=0)
    assert (torch.tensor(SEED.key) @ away < -0.25).all()
    verdict = judge(NOTHING, [[-18.0, 2.0, 6.0]])
    assert verdict.passed
    assert verdict.weights[0][4] > 0.95
    assert passes(NOTHING, [(12 * away).tolist()])
    assert not passes(NOTHING, [away.tolist()])  # too soft
    for other in (torch.zeros(1, 3), -20 * key[:1], -20 * key[1:2], 20 * key[:1]):
        assert not passes(NOTHING, other)


def test_nobody_is_sent_towards_a_key_that_has_no_direction():
    for query, thief in (([[1, 0, 0]], "k1"), ([[-1, 0, 0]], "k2")):
        told = judge(NOTHING, query).message
        assert told.endswith(
            f"k4, which scores 0 whatever you ask. Turn the query away from {thief}."
        )
    assert judge(NOTHING, [[0, 0, 0]]).message.endswith("Turn the query away from all other keys.")
    assert "Turn the query towards k0." in judge("1.2.1", [[0.0, 0.0, 0.0]], SEED).message


def test_it_can_be_done_because_0_is_no_mixture_of_the_keys():
    found = copyable(WITH_NULL.key, 4)
    assert found.possible
    assert found.verify(WITH_NULL.key, [4])
    assert found.margin > 0.25
    all_around = ((1, 0, 0), (0, 1, 0), (0, 0, 1), (-1, -1, -1), (0, 0, 0))
    assert not copyable(all_around, 4)


def test_the_output_proves_that_nobody_was_heard():
    # A mixture of the four values alone that is near to zero does not exist.
    value = torch.tensor(SEED.value)
    rows = torch.cat([value.T, -value.T]).tolist()
    found = linprog([0] * 4, rows, 6 * [0.05], [[1] * 4], [1])
    assert found.status == 2  # infeasible
    assert Fixture(key=(*SEED.key, (0, 0, 0)), value=(*SEED.value, (0, 0, 0))) == WITH_NULL


@pytest.mark.parametrize("task", OURS, ids=lambda task: task.number)
def test_an_exercise_beyond_the_assignment_has_keys_of_its_own_and_three_hints(task):
    assert task.points == 0
    assert task.fixtures
    assert len(task.hints) == 3
    assert task.tolerance == 0.05
