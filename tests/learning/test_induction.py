"""The induction model over five seeds: the plateau, the drop, and where its heads look."""

import math

import pytest
import torch

from attention_lab.learning.induction import (
    BLOCKS,
    accuracy,
    falls_below,
    letters,
    loss_on,
    texts,
    train,
)
from attention_lab.learning.inside import share_on_the_text
from attention_lab.learning.model import WORDS, Model, PreviousPlace
from tests.learning.conftest import SEEDS

NOTHING = math.log(WORDS)  # the loss of somebody to whom all words are equally likely
every_seed = pytest.mark.parametrize("seed", SEEDS)


@pytest.mark.parametrize("block", [BLOCKS[0], 13, WORDS])
def test_a_text_is_a_block_of_different_words_twice(block):
    text = texts(torch.Generator().manual_seed(3), block, count=5)
    assert text.shape == (5, 2 * block)
    assert torch.equal(text[:, :block], text[:, block:])
    assert all(len(set(row.tolist())) == block for row in text)
    assert len({tuple(row.tolist()) for row in text}) == 5


def test_words_are_letters():
    assert "".join(letters(torch.tensor([0, 25, 26, 31]))) == "azAF"


def test_the_loss_is_of_the_words_that_can_be_known():
    """Scores that know the second half but for its first word: no other place may count."""
    text = texts(torch.Generator().manual_seed(3), block=5, count=2)

    def knows(told):
        scores = torch.zeros(2, 9, WORDS)
        following = torch.nn.functional.one_hot(text[:, 1:], WORDS)  # (2, 9, W)
        scores[:, 5:] = 100.0 * following[:, 5:]
        assert torch.equal(told, text[:, :-1])
        return scores

    assert loss_on(knows, text) < 1e-6
    assert loss_on(lambda told: torch.zeros(2, 9, WORDS), text) == pytest.approx(NOTHING)


@every_seed
def test_it_starts_on_a_plateau_at_log_32(runs, seed):
    run = runs[seed]
    assert run.loss[0] == pytest.approx(NOTHING, abs=0.06)
    early = run.loss[(run.step >= 10) & (run.step <= 60)]
    assert (early / NOTHING > 0.96).all()
    assert (early / NOTHING < 1.01).all()


@every_seed
def test_it_leaves_the_plateau_and_drops(runs, seed):
    run = runs[seed]
    leaves, falls, ends = (falls_below(run, share * NOTHING) for share in (0.9, 0.5, 0.1))
    assert 80 <= leaves <= 160
    assert leaves < falls <= 260
    assert falls < ends <= 340
    assert run.loss[-1] < 0.1


@every_seed
def test_it_knows_nearly_every_word_and_longer_blocks_too(runs, seed):
    model = runs[seed].model
    assert accuracy(model, 16, count=100) > 0.98
    assert accuracy(model, 24, count=100) > 0.98
    assert accuracy(model, WORDS, count=100) > 0.95  # longer than any block in training


@every_seed
def test_its_heads_look_at_the_place_before_and_at_what_came_next(runs, seed):
    run = runs[seed]
    assert run.previous[0] < 0.15
    assert run.induction[0] < 0.1
    assert run.previous[-1] > 0.8
    assert 0.97 < run.induction[-1] <= 1


@pytest.mark.parametrize("seed", SEEDS)
def test_one_layer_fails(seed):
    run = train(seed, layers=1)
    assert accuracy(run.model) < 0.15
    assert run.loss.min() > 0.75 * NOTHING
    # All that it has found out is which words there are.
    text = texts(torch.Generator().manual_seed(4), block=16, count=100)
    assert 0.6 < share_on_the_text(run.model, text) < 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_with_head_1_given_the_plateau_is_about_half_as_long(runs, seed):
    given = train(seed, first=PreviousPlace, steps=150)
    assert (given.previous == 1).all()
    free, helped = (falls_below(run, 0.9 * NOTHING) for run in (runs[seed], given))
    assert 0.25 < helped / free < 0.65
    assert given.loss[-1] < 0.1


def test_a_training_is_repeatable_bit_for_bit_whatever_else_is_drawn(runs):
    torch.manual_seed(11)
    with torch.random.fork_rng():
        again = train(seed=3, steps=120)
    torch.manual_seed(12)
    more = train(seed=3, steps=120)
    assert torch.equal(again.loss, more.loss)
    assert all(
        torch.equal(a, b)
        for a, b in zip(again.model.parameters(), more.model.parameters(), strict=True)
    )
    assert torch.equal(again.loss[:24], runs[3].loss[:24])
    assert not torch.equal(train(seed=4, steps=10).loss, again.loss[:3])


def test_a_training_leaves_torch_as_it_was():
    before, state = torch.get_num_threads(), torch.get_rng_state()
    torch.set_num_threads(2)
    try:
        train(steps=2)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
    assert torch.equal(torch.get_rng_state(), state)


def test_the_model_before_is_kept(runs):
    untrained = Model(torch.Generator().manual_seed(1))
    kept = runs[1].untrained.parameters()
    assert all(torch.equal(a, b) for a, b in zip(untrained.parameters(), kept, strict=True))
    assert accuracy(runs[1].untrained) < 0.15


def test_falls_below_says_when():
    run = train(steps=10)._replace(loss=torch.tensor([3.0, 1.0, 2.0]))
    assert [falls_below(run, loss) for loss in (3.5, 2.5, 0.5)] == [0, 5, -1]
