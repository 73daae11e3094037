"""Training a language model to go on with a text.

A text is a block of different random words, written twice. In the second half every word can be
known: find where the last word stood before, and say what came next.

Axes: B texts, T places in a text, W words; ``block`` words in half a text.
"""

import copy
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

import torch
import torch.nn.functional as F

from attention_lab.learning.model import WORDS, Head, Model
from attention_lab.learning.progress import Bar
from attention_lab.learning.repeatable import one_thread

BLOCKS = range(8, 25)  # lengths of a block, in training
LOOK_EVERY = 5  # steps


def texts(generator, block, count=32):
    """Random texts, ``(count, 2 * block)``: a block of different words, twice.

    >>> text = texts(torch.Generator().manual_seed(0), block=5, count=1)[0]
    >>> bool((text[:5] == text[5:]).all()), len(set(text.tolist()))
    (True, 5)
    """
    words = torch.rand(count, WORDS, generator=generator).argsort(dim=1)[:, :block]
    return torch.cat([words, words], dim=1)


def letters(text):
    """One text as letters, one a word: ``a`` to ``z``, then ``A`` to ``F``.

    >>> letters(torch.tensor([0, 25, 26]))
    ['a', 'z', 'A']
    """
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


def train(seed=0, layers=2, steps=600, first=Head):
    """Train a model; the same seed gives the same model.

    Args:
        seed: of all random numbers.
        layers: 1 or 2.
        steps: of Adam.
        first: the kind of head 1, ``Head`` or ``PreviousPlace``.
    """
    generator = torch.Generator().manual_seed(seed)
    model = Model(generator, layers, first)
    untrained = copy.deepcopy(model)
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


def falls_below(run, loss):
    """The first step at which the loss was seen below this, as an integer; -1 if it never was."""
    steps = run.step[run.loss < loss]
    return int(steps[0]) if len(steps) else -1


@torch.no_grad()
def look(model, block=16):
    """The loss, the weight on the place before, and the induction weight, on texts of its own."""
    text = texts(torch.Generator().manual_seed(447), block, count=64)
    previous = model.heads[0].weights(model.embed[text]).diagonal(-1, -2, -1)  # (..., T - 1)
    last = model.heads[-1].weights(model.before(len(model.heads) - 1, text))
    induction = last.diagonal(1 - block, 1, 2)[:, 1:]  # (B, block): from the second half
    return loss_on(model, text).item(), previous.mean().item(), induction.mean().item()


@torch.no_grad()
def accuracy(model, block=16, count=256, seed=1):
    """The share of words that the model knows, of those that can be known."""
    text = texts(torch.Generator().manual_seed(seed), block, count)
    said = model(text[:, :-1])[:, block:].argmax(dim=-1)
    return (said == text[:, block + 1 :]).float().mean().item()
