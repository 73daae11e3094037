"""The three phenomena inside the induction model, over five seeds."""

import pytest
import torch

from attention_lab import attention_weights
from attention_lab.learning.induction import texts
from attention_lab.learning.inside import moment, share_on_the_text, texts_with
from tests.learning.conftest import SEEDS

every_seed = pytest.mark.parametrize("seed", SEEDS)
PLACES = [3, 8, 13, 18]


def weights(now, key=None):
    """Of the last place, ``(B, T)``."""
    return attention_weights(now.query, now.key if key is None else key)[:, 0]


def mean_weights(now, key=None):
    return weights(now, key).mean(dim=0)


def share_that_says(now, place, key):
    said = now.prediction(key=key).argmax(dim=-1)
    return (said == now.text[:, place]).float().mean().item()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_text_repeats_its_last_word_where_it_is_told_to(count):
    text = texts_with(PLACES[:count], length=23, count=11)
    assert text.shape == (11, 23)
    for row in text.tolist():
        assert [place for place, word in enumerate(row) if word == row[-1]] == [
            *PLACES[:count],
            22,
        ]
        assert len(set(row)) == 23 - count


def test_a_moment_is_what_the_model_does_at_the_last_place(runs):
    model = runs[0].model
    now = moment(model, texts_with([3], count=7))
    with torch.no_grad():
        expected = model(now.text)[:, -1].softmax(dim=-1)
        head_weights = model.heads[1].weights(model.before(1, now.text))[:, -1]
    torch.testing.assert_close(now.prediction(), expected, atol=1e-4, rtol=0)
    torch.testing.assert_close(weights(now), head_weights, atol=1e-4, rtol=0)


@every_seed
def test_it_copies(runs, seed):
    now = moment(runs[seed].model, texts_with(PLACES[:1]))
    assert mean_weights(now)[4] > 0.97
    assert share_that_says(now, 4, now.key) > 0.97


@every_seed
@pytest.mark.parametrize("m", [2, 3, 4])
def test_it_averages_over_m_places_about_1_m_each(runs, seed, m):
    now = moment(runs[seed].model, texts_with(PLACES[:m]))
    share = mean_weights(now)[[place + 1 for place in PLACES[:m]]]
    assert share.sum() > 0.98
    assert (share - 1 / m).abs().max() < 0.1


@every_seed
def test_a_key_copied_onto_another_makes_halves(runs, seed):
    now = moment(runs[seed].model, texts_with(PLACES[:1]))
    key = now.key.clone()
    key[:, 14] = key[:, 4]
    weight = weights(now, key)
    assert torch.equal(weight[:, 4], weight[:, 14])
    assert 0.48 < weight[:, 4].mean() <= 0.5
    # The others keep their ratios: what they lose, they lose in proportion.
    before, others = weights(now), [5, 6, 20]
    torch.testing.assert_close(
        weight[:, others] / weight[:, 5:6], before[:, others] / before[:, 5:6]
    )


@every_seed
def test_two_keys_swapped_flip_the_prediction(runs, seed):
    now = moment(runs[seed].model, texts_with(PLACES[:1]))
    key = now.key.clone()
    key[:, [4, 14]] = key[:, [14, 4]]
    assert share_that_says(now, 14, key) > 0.97
    assert share_that_says(now, 4, key) < 0.02


@every_seed
def test_a_key_made_a_fifth_longer_takes_most_by_the_formula(runs, seed):
    now = moment(runs[seed].model, texts_with(PLACES[:2]))
    key = now.key.clone()
    key[:, 4] *= 1.2
    before, after = weights(now), weights(now, key)
    assert 0.4 < before[:, 4].mean() < 0.6
    assert 0.75 < after[:, 4].mean() < 0.97
    # The weight of an edited key is a logistic function of its score alone.
    score = (now.query @ now.key.mT)[:, 0]  # (B, T)
    rest = torch.cat([score[:, :4], score[:, 5:]], dim=1).logsumexp(dim=1)
    torch.testing.assert_close(
        after[:, 4], torch.sigmoid(1.2 * score[:, 4] - rest), atol=1e-5, rtol=0
    )


@every_seed
def test_without_loudness_it_cannot_copy(runs, seed):
    now = moment(runs[seed].model, texts_with(PLACES[:1]))
    soft = now.prediction(query=0 * now.query).argmax(dim=-1)
    assert (soft == now.text[:, 4]).float().mean() < 0.3
    half = now.prediction(query=0.5 * now.query).argmax(dim=-1)
    assert (half == now.text[:, 4]).float().mean() > 0.8


def test_the_share_on_the_text_counts_its_words_alone():
    text = texts(torch.Generator().manual_seed(3), block=8, count=5)
    assert share_on_the_text(lambda told: torch.zeros(5, 15, 32), text) == pytest.approx(8 / 32)

    def sure(told):
        following = torch.nn.functional.one_hot(text[:, 1:], 32)
        return 50.0 * following

    assert share_on_the_text(sure, text) == pytest.approx(1)
