"""A language model of two layers of attention, and nothing else, that learns to go on with a text.

A text is a block of different random words, written twice. In the second half every word can be
known: find where the last word stood before, and say what came next.

Axes: B texts, T places in a text, D features, W words.
"""

from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from attention_lab.learning.progress import Bar
from attention_lab.learning.repeatable import one_thread, random_weight

WORDS = FEATURES = 32
BLOCKS = range(8, 25)  # lengths of a block, in training
LOOK_EVERY = 5  # steps


class Head(nn.Module):
    """One head of attention. It sees the places up to its own, and where they are if it is told."""

    def __init__(self, generator, has_positions):
        super().__init__()
        self.has_positions = has_positions
        self.W_q, self.W_k, self.W_v, self.W_o = (
            random_weight(generator, FEATURES, FEATURES) for _ in range(4)
        )

    def forward(self, x):
        """What the head adds to each place, ``(B, T, D)``."""
        return self.weights(x) @ (x @ self.W_v) @ self.W_o

    def weights(self, x):
        """Who looks at whom, ``(B, T, T)``."""
        query, key = self.queries_and_keys(x)
        later = torch.ones(x.shape[-2], x.shape[-2]).triu(1).bool()  # (T, T)
        score = (query @ key.mT).masked_fill(later, -torch.inf)  # (B, T, T)
        return torch.softmax(score, dim=-1)

    def queries_and_keys(self, x):
        """Queries, already divided by √D, and keys, each ``(B, T, D)``."""
        query, key = x @ self.W_q / FEATURES**0.5, x @ self.W_k
        return (turned(query), turned(key)) if self.has_positions else (query, key)


class Model(nn.Module):
    """Words in, for each place scores of the next word out; only the first head knows positions."""

    def __init__(self, generator, layers=2):
        super().__init__()
        self.embed = nn.Parameter(0.7 * torch.randn(WORDS, FEATURES, generator=generator))
        self.heads = nn.ModuleList(Head(generator, layer == 0) for layer in range(layers))
        self.unembed = random_weight(generator, FEATURES, WORDS, scale=0.3)

    def forward(self, text):
        """Scores of the next word, ``(B, T, W)``, for texts ``(B, T)``."""
        return self.before(len(self.heads), text) @ self.unembed

    def before(self, layer, text):
        """What stands at each place before a layer, ``(B, T, D)``: words, and what was added."""
        x = self.embed[text]
        for head in self.heads[:layer]:
            x = x + head(x)
        return x


def turned(x):
    """Each pair of features turned by an angle that grows with the place (rotary positions).

    A dot product of two turned vectors depends on how far apart their places are.
    Source: Su et al. 2021 (RoFormer); which features make a pair is free.
    """
    places, pairs = x.shape[-2], x.shape[-1] // 2
    speed = 10_000 ** -(torch.arange(pairs) / pairs)
    angle = torch.arange(places)[:, None] * speed  # (T, D / 2)
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()], dim=-1)


def texts(generator, block, count=32):
    """Random texts, ``(count, 2 * block)``: a block of different words, twice."""
    words = torch.rand(count, WORDS, generator=generator).argsort(dim=1)[:, :block]
    return torch.cat([words, words], dim=1)


def letters(text):
    """One text as letters, one a word: ``a`` to ``z``, then ``A`` to ``F``."""
    return [(ascii_lowercase + ascii_uppercase)[word] for word in text.tolist()]


def loss_on(model, text):
    """How surprising the words are that can be known: all of the second half but its first."""
    block = text.shape[1] // 2
    score = model(text[:, :-1])[:, block:]  # (B, block - 1, W)
    return F.cross_entropy(score.flatten(0, 1), text[:, block + 1 :].flatten())


class Run(NamedTuple):
    """A training and what was seen on the way, on texts that are not trained on.

    Attributes:
        untrained: the model before, a ``Model``.
        model: the model after.
        step: when it was looked at, tensor ``(n,)``.
        loss: tensor ``(n,)``.
        previous: the weight of head 1 on the place before, ``(n,)``.
        induction: the weight of the last head on what came next the last time, ``(n,)``.
    """

    untrained: Model
    model: Model
    step: torch.Tensor
    loss: torch.Tensor
    previous: torch.Tensor
    induction: torch.Tensor


def train(seed=0, layers=2, steps=600):
    """Train a model; the same seed gives the same model.

    Args:
        seed: of all random numbers.
        layers: 1 or 2.
        steps: of Adam.
    """
    generator = torch.Generator().manual_seed(seed)
    model = Model(generator, layers)
    untrained = Model(torch.Generator().manual_seed(seed), layers)
    adam = torch.optim.Adam(model.parameters(), lr=0.005)
    seen = []
    with one_thread():
        for step in (bar := Bar(steps, f"Training {layers} layer{'s' * (layers > 1)}")):
            if step % LOOK_EVERY == 0:
                seen.append((step, *look(model)))
            block = BLOCKS[torch.randint(len(BLOCKS), (), generator=generator)]
            loss = loss_on(model, texts(generator, block))
            adam.zero_grad()
            loss.backward()
            adam.step()
            bar.tell("loss", loss.item())
        seen.append((steps, *look(model)))
    return Run(untrained, model, *torch.tensor(seen).T)


@torch.no_grad()
def look(model, block=16, count=64):
    """The loss, the weight on the place before, and the induction weight, on texts of its own."""
    text = texts(torch.Generator().manual_seed(447), block, count)
    previous = model.heads[0].weights(model.embed[text]).diagonal(-1, 1, 2)  # (B, T - 1)
    last = model.heads[-1].weights(model.before(len(model.heads) - 1, text))
    induction = last.diagonal(1 - block, 1, 2)[:, 1:]  # (B, block): from the second half
    return loss_on(model, text).item(), previous.mean().item(), induction.mean().item()


@torch.no_grad()
def accuracy(model, block=16, count=256, seed=1):
    """The share of words that the model knows, of those that can be known."""
    text = texts(torch.Generator().manual_seed(seed), block, count)
    said = model(text[:, :-1])[:, block:].argmax(dim=-1)
    return (said == text[:, block + 1 :]).float().mean().item()
