"""The model against loops over numbers, without any training."""

import math

import pytest
import torch

from attention_lab.learning.model import FEATURES, WORDS, Head, Model, PreviousPlace, turned

# D is given by the model; B, T differ from it and from each other.
TEXTS, PLACES = 3, 7
SPEEDS = [10_000 ** (-pair / (FEATURES // 2)) for pair in range(FEATURES // 2)]


def generator(seed=0):
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def x():
    return torch.randn(TEXTS, PLACES, FEATURES, generator=generator(1))


def turned_slowly(vector, place):
    """One vector, pair by pair: feature n and feature n + D/2 are the two of a pair."""
    half = FEATURES // 2
    out = [0.0] * FEATURES
    for pair, speed in enumerate(SPEEDS):
        a, b, angle = vector[pair], vector[pair + half], place * speed
        out[pair] = a * math.cos(angle) - b * math.sin(angle)
        out[pair + half] = a * math.sin(angle) + b * math.cos(angle)
    return out


def weights_slowly(head, x):
    """One text, ``[T][T]``: a softmax over the places up to one's own of q·k / √D."""
    query, key = (x @ head.W_q).tolist(), (x @ head.W_k).tolist()
    if head.has_positions:
        query = [turned_slowly(q, place) for place, q in enumerate(query)]
        key = [turned_slowly(k, place) for place, k in enumerate(key)]
    table = []
    for place, q in enumerate(query):
        powers = [
            math.exp(sum(a * b for a, b in zip(q, k, strict=True)) / math.sqrt(FEATURES))
            for k in key[: place + 1]
        ]
        rest = [0.0] * (len(key) - place - 1)
        table.append([power / sum(powers) for power in powers] + rest)
    return torch.tensor(table)


@pytest.mark.parametrize("has_positions", [True, False])
def test_weights_are_those_of_the_loops(x, has_positions):
    head = Head(generator(), has_positions)
    weight = head.weights(x)
    assert weight.shape == (TEXTS, PLACES, PLACES)
    for text in range(TEXTS):
        torch.testing.assert_close(weight[text], weights_slowly(head, x[text]))


def test_nobody_looks_at_what_comes_later(x):
    weight = Head(generator(), has_positions=False).weights(x)
    assert (weight.triu(1) == 0).all()
    assert (weight.tril().sum(dim=-1) - 1).abs().max() < 1e-6


def test_what_comes_later_changes_no_prediction():
    model, text = Model(generator()), torch.tensor([[3, 1, 4, 1, 5, 9, 2]])
    other = text.clone()
    other[0, 5:] = torch.tensor([26, 5])
    assert torch.equal(model(text)[0, :5], model(other)[0, :5])
    assert not torch.allclose(model(text)[0, 5:], model(other)[0, 5:])


def test_a_head_adds_weights_times_values_read_out(x):
    head = Head(generator(), has_positions=False)
    expected = torch.einsum("btu,bud,de,ef->btf", head.weights(x), x, head.W_v, head.W_o)
    torch.testing.assert_close(head(x), expected)


def test_turned_vectors_know_only_how_far_apart_they_are():
    q, k = torch.randn(2, FEATURES, generator=generator(2))
    score = turned(q.expand(11, -1)) @ turned(k.expand(11, -1)).T  # (11, 11)
    for apart in range(-10, 11):
        same = score.diagonal(apart)
        torch.testing.assert_close(same, same[:1].expand_as(same), rtol=1e-4, atol=1e-4)
    assert score[0].std() > 0.1  # and far is not near
    torch.testing.assert_close(turned(q[None]), q[None])  # the first place is not turned


def test_only_the_first_head_has_positions():
    for kind in (Head, PreviousPlace):
        heads = Model(generator(), first=kind).heads
        assert [head.has_positions for head in heads] == [True, False]
        assert [type(head) for head in heads] == [kind, Head]
    assert len(Model(generator(), layers=1).heads) == 1


def test_without_positions_the_order_of_earlier_words_does_not_matter():
    head, words = Head(generator(), has_positions=False), torch.randn(1, 5, FEATURES)
    order = [2, 0, 3, 1, 4]
    torch.testing.assert_close(head(words)[0, -1], head(words[:, order])[0, -1])
    head.has_positions = True
    assert not torch.allclose(head(words)[0, -1], head(words[:, order])[0, -1], atol=1e-3)


def test_a_given_head_looks_at_the_place_before(x):
    weight = PreviousPlace(generator(), has_positions=True).weights(x)
    assert weight.argmax(dim=-1).tolist() == [0, 0, 1, 2, 3, 4, 5]
    assert (weight.sum(dim=-1) == 1).all()


def test_the_model_keeps_the_words_and_adds_what_heads_say():
    model, text = Model(generator()), torch.tensor([[3, 1, 4]])
    word = model.embed[text]
    first = word + model.heads[0](word)
    second = first + model.heads[1](first)
    torch.testing.assert_close(model.before(0, text), word)
    torch.testing.assert_close(model.before(1, text), first)
    torch.testing.assert_close(model(text), second @ model.unembed)


def test_it_has_10240_numbers_and_knows_nothing_at_first():
    model = Model(generator())
    assert sum(numbers.numel() for numbers in model.parameters()) == 10_240
    guess = model(torch.arange(WORDS)[None]).softmax(dim=-1)
    assert guess.max() < 0.2  # of 32 words none is favoured much


def test_the_seed_decides_all_numbers():
    one, same, other = (list(Model(generator(seed)).parameters()) for seed in (5, 5, 6))
    assert all(torch.equal(a, b) for a, b in zip(one, same, strict=True))
    assert not any(torch.equal(a, b) for a, b in zip(one, other, strict=True))
