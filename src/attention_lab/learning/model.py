"""A language model of two layers of attention, and nothing else.

Axes: B texts, T places in a text, D features, W words.
"""

import torch
from torch import nn

from attention_lab.heads import causal_mask, masked_weights
from attention_lab.learning.repeatable import random_weight

WORDS = FEATURES = 32


class Head(nn.Module):
    """One head of attention: each place sees all up to its own."""

    def __init__(self, generator, has_positions=False):
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
        return masked_weights(query, key, causal_mask(x.shape[-2]))

    def queries_and_keys(self, x):
        """Queries, already divided by √D, and keys, each ``(B, T, D)``."""
        query, key = x @ self.W_q / FEATURES**0.5, x @ self.W_k
        if self.has_positions:
            query, key = turned(query), turned(key)
        return query, key


class PreviousPlace(Head):
    """A head that need not learn where to look: each place looks at the one before."""

    def weights(self, x):
        """Who looks at whom, ``(T, T)``; the first place has only itself."""
        before = torch.arange(x.shape[-2]).sub(1).clamp(min=0)
        return torch.eye(x.shape[-2])[before]


class Model(nn.Module):
    """Words in, scores of the next word out, at each place."""

    def __init__(self, generator, layers=2, first=Head):
        super().__init__()
        self.embed = random_weight(generator, WORDS, FEATURES, scale=4.0)
        heads = [first(generator, has_positions=True), Head(generator)]
        self.heads = nn.ModuleList(heads[:layers])
        self.unembed = random_weight(generator, FEATURES, WORDS, scale=0.3)

    def forward(self, text):
        """Scores of the next word, ``(B, T, W)``, for texts ``(B, T)``."""
        return self.before(len(self.heads), text) @ self.unembed

    def before(self, layer, text):
        """What stands at each place before a layer, ``(B, T, D)``."""
        x = self.embed[text]
        for head in self.heads[:layer]:
            x = x + head(x)
        return x


def turned(x):
    """Each pair of features turned by an angle that grows with the place (rotary positions).

    A dot product of two turned vectors depends on how far apart their places are.
    Source: Su et al. 2021 (RoFormer); which features make a pair is free.

    >>> query, key = turned(torch.ones(5, 4)), turned(torch.ones(5, 4))
    >>> torch.allclose(query[3] @ key[1], query[4] @ key[2])  # two places apart
    True
    """
    places, pairs = x.shape[-2], x.shape[-1] // 2
    speed = 10_000 ** -(torch.arange(pairs) / pairs)
    angle = torch.arange(places)[:, None] * speed  # (T, D / 2)
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()], dim=-1)
