"""Witnesses over five seeds: who is asked to quote copies, who is asked for the truth averages."""

import pytest
import torch

from attention_lab.learning.witnesses import (
    ERROR,
    EVENTS,
    NAME,
    QUESTIONS,
    VALUES,
    WITNESSES,
    by_hand,
    hear,
    learn,
    listen,
    mean_error,
    same_event,
)
from tests.learning.conftest import SEEDS

every_seed = pytest.mark.parametrize("seed", SEEDS)


@pytest.fixture(scope="module")
def heard():
    return hear(torch.Generator().manual_seed(7), sets=1000)


@pytest.fixture(scope="module")
def learned():
    """The matrix of each question, for each seed."""
    return {question: [learn(question, seed) for seed in SEEDS] for question in QUESTIONS}


def test_witnesses_of_one_event_share_its_truth_and_err_on_their_own(heard):
    event = heard.feature[..., :EVENTS].argmax(dim=-1)
    assert heard.feature.shape == (1000, WITNESSES, EVENTS + NAME)
    assert heard.said.shape == (1000, WITNESSES, VALUES)
    assert (heard.feature[..., :EVENTS].sum(dim=-1) == 1).all()
    for b in range(3):
        for i in range(WITNESSES):
            for j in range(WITNESSES):
                alike = torch.equal(heard.truth[b, i], heard.truth[b, j])
                assert alike == (event[b, i] == event[b, j]) == bool(same_event(heard)[b, i, j])
    wrong = heard.said - heard.truth
    assert wrong.std() == pytest.approx(ERROR, rel=0.02)
    assert wrong.mean().abs() < 0.01
    assert heard.truth.std() == pytest.approx(1, rel=0.02)
    assert heard.feature[..., EVENTS:].norm(dim=-1).mean() == pytest.approx(1, rel=0.05)
    assert heard.answer("quote") is heard.said
    assert heard.answer("conclude") is heard.truth


@every_seed
def test_names_are_kept_to_quote_and_dropped_to_conclude(learned, seed):
    quote, conclude = (learned[question][seed] for question in QUESTIONS)
    assert (quote.diagonal()[EVENTS:] > 12).all()
    assert quote.diagonal()[EVENTS:].mean() == pytest.approx(17, abs=1)
    assert conclude[EVENTS:, EVENTS:].abs().max() < 0.3
    assert conclude.diagonal()[EVENTS:].mean().abs() < 0.05
    # Both prefer their own event to each of the others.
    for matrix, lead in ((quote, 5), (conclude, 3)):
        block = matrix[:EVENTS, :EVENTS]
        others = block + torch.eye(EVENTS) * -1e9
        assert (block.diagonal() - others.max(dim=1).values > lead).all()


@every_seed
def test_who_quotes_copies(learned, heard, seed):
    weight = listen(learned["quote"][seed], heard)
    assert weight.diagonal(0, 1, 2).mean() > 0.97
    assert mean_error(weight, heard, "quote") < 0.006
    assert mean_error(weight, heard, "conclude") == pytest.approx(ERROR**2, rel=0.05)


@every_seed
def test_who_concludes_gives_all_of_its_event_the_same(learned, heard, seed):
    weight, same = listen(learned["conclude"][seed], heard), same_event(heard)
    count = same.sum(dim=-1, keepdim=True)
    inside = (weight * same).sum(dim=-1)
    assert 0.93 < inside.mean() < 0.98
    even = inside[..., None] * same / count
    assert (weight * same - even).abs().mean() < 0.005
    for m in (2, 4, 6):
        off = (weight @ heard.said - heard.truth).square().mean(dim=-1)
        assert off[count[..., 0] == m].mean() == pytest.approx(ERROR**2 / m, rel=0.15)


@every_seed
def test_what_is_learned_is_as_good_as_by_hand(learned, heard, seed):
    for question, hand in (("quote", by_hand(20, 20)), ("conclude", by_hand(10, 0))):
        ours = mean_error(listen(learned[question][seed], heard), heard, question)
        assert ours < 1.25 * mean_error(listen(hand, heard), heard, question)
    even = listen(by_hand(0, 0), heard)
    assert torch.allclose(even, torch.tensor(1 / WITNESSES))
    assert mean_error(even, heard, "conclude") > 10 * mean_error(
        listen(learned["conclude"][seed], heard), heard, "conclude"
    )


def test_without_errors_the_same_training_copies():
    calm = hear(torch.Generator().manual_seed(7), sets=200, error=0.0)
    assert torch.equal(calm.said, calm.truth)
    matrix = learn("conclude", seed=0, error=0.0)
    weight = listen(matrix, calm)
    assert weight.diagonal(0, 1, 2).mean() > 0.5
    assert mean_error(weight, calm, "conclude") < 0.001


def test_it_is_repeatable_bit_for_bit_and_another_seed_is_another(learned):
    assert torch.equal(learn("quote", seed=2), learned["quote"][2])
    assert not torch.equal(learned["quote"][1], learned["quote"][2])


def test_by_hand_is_a_diagonal():
    matrix = by_hand(event=3, name=2)
    assert torch.equal(matrix, matrix.diagonal().diag())
    assert matrix.diagonal().tolist() == [3] * EVENTS + [2] * NAME
