"""Inside a trained model: the last word's query, the keys that it meets, what follows from them.

The last place of a text sees all places, so no mask is needed: its weights are exactly
``attention_weights(query, key)``, and any query and any keys can be put in.

Axes: B texts, T places, D features, W words.
"""

from typing import NamedTuple

import torch

from attention_lab.core import attention
from attention_lab.learning.model import WORDS, Model


class Moment(NamedTuple):
    """What the last head of a model has before it at the end of each text.

    Attributes:
        model: which model.
        text: tensor ``(B, T)``.
        here: what stands at the last place before the head adds to it, ``(B, 1, D)``.
        query: of the last place, ``(B, 1, D)``.
        key: of all places, ``(B, T, D)``.
        value: of all places, ``(B, T, D)``.
    """

    model: Model
    text: torch.Tensor
    here: torch.Tensor
    query: torch.Tensor
    key: torch.Tensor
    value: torch.Tensor

    @torch.no_grad()
    def prediction(self, query=None, key=None):
        """How likely each word is next, ``(B, W)``, perhaps with another query or other keys."""
        query = self.query if query is None else query
        key = self.key if key is None else key
        output = attention(query, key, self.value) @ self.model.heads[-1].W_o  # (B, 1, D)
        score = (self.here + output) @ self.model.unembed  # (B, 1, W)
        return torch.softmax(score[:, 0], dim=-1)


@torch.no_grad()
def moment(model, text):
    """The last moment of each text, at the last head."""
    head = model.heads[-1]
    x = model.before(len(model.heads) - 1, text)  # (B, T, D)
    query, key = head.queries_and_keys(x)
    return Moment(model, text, x[:, -1:], query[:, -1:], key, x @ head.W_v)


def texts_with(places, length=25, count=512, seed=2):
    """Texts that end with a word that stood at these places before, each time followed by another.

    All other words are different from it and from each other. ``(count, length)``

    >>> text = texts_with(places=(1, 3), length=7, count=1)[0]
    >>> (text == text[-1]).nonzero().flatten()
    tensor([1, 3, 6])
    """
    generator = torch.Generator().manual_seed(seed)
    text = torch.rand(count, WORDS, generator=generator).argsort(dim=1)[:, :length]
    text[:, list(places)] = text[:, -1:].clone()
    return text


@torch.no_grad()
def share_on_the_text(model, text):
    """How much of the probability is on words of the text itself, over its second half."""
    block = text.shape[1] // 2
    likely = torch.softmax(model(text[:, :-1])[:, block:], dim=-1)  # (B, block - 1, W)
    in_text = torch.zeros(len(text), WORDS).scatter_(1, text, 1.0)  # (B, W)
    return (likely * in_text[:, None]).sum(dim=-1).mean().item()
