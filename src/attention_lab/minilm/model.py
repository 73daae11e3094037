"""A BERT encoder in torch, written out: what every head was given, and what it made of it.

Axes: n tokens, D features of a token (``hidden_size``), h heads, d features of a head, D = h·d.
The weights keep the names that they were published with. Source: Devlin et al. 2019. Attention is
written out once more here, as the published model has it, so that the book's own function can be
held against it.
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F


class Heads(NamedTuple):
    """The heads of one layer at work on one text, or one of them without its axis h.

    Attributes:
        query: tensor ``(h, n, d)``, as it leaves its matrix: not yet divided by √d.
        key: tensor ``(h, n, d)``.
        value: tensor ``(h, n, d)``.
        weight: tensor ``(h, n, n)``: a row is a query, a column a key; rows sum to 1.
        output: tensor ``(h, n, d)``.
    """

    query: torch.Tensor
    key: torch.Tensor
    value: torch.Tensor
    weight: torch.Tensor
    output: torch.Tensor


class Bert:
    """An encoder that reads one text at a time.

    Args:
        weights: a dict of tensors, by their published names.
        config: a dict with ``num_attention_heads``, ``num_hidden_layers``, ``layer_norm_eps``.
    """

    def __init__(self, weights, config):
        self.weights = weights
        self.heads = config["num_attention_heads"]
        self.layers = config["num_hidden_layers"]
        self.eps = config["layer_norm_eps"]

    @torch.no_grad()
    def read(self, ids):
        """Read a text and tell what went on in the heads.

        Args:
            ids: the numbers of its tokens, tensor ``(n,)``.

        Returns:
            The last vector of each token, tensor ``(n, D)``, and a list with each layer's Heads.

        Raises:
            ValueError: the text has more tokens than the model has places.
        """
        x = self._embed(ids)  # (n, D)
        opened = []
        for layer in range(self.layers):
            x, heads = self._layer(f"encoder.layer.{layer}", x)
            opened.append(heads)
        return x, opened

    def _embed(self, ids):
        """The token's vector + its place's vector + the vector of "this is the first text"."""
        token, place, part = (
            self.weights[f"embeddings.{name}_embeddings.weight"]
            for name in ("word", "position", "token_type")
        )
        if len(ids) > len(place):
            raise ValueError(f"Expected at most {len(place)} tokens in a text; got {len(ids)}.")
        return self._norm("embeddings", token[ids] + place[: len(ids)] + part[0])

    def _layer(self, name, x):
        """Attention, then a small network for each token; each *adds* to what it was given."""
        heads = self._attend(f"{name}.attention.self", x)
        joined = heads.output.transpose(0, 1).flatten(1)  # (n, D)
        x = x + self._linear(f"{name}.attention.output.dense", joined)
        x = self._norm(f"{name}.attention.output", x)
        inner = F.gelu(self._linear(f"{name}.intermediate.dense", x))
        x = x + self._linear(f"{name}.output.dense", inner)
        return self._norm(f"{name}.output", x), heads

    def _attend(self, name, x):
        """All heads of a layer, side by side."""
        q, k, v = (
            self._linear(f"{name}.{part}", x).unflatten(1, (self.heads, -1)).transpose(0, 1)
            for part in ("query", "key", "value")
        )  # (h, n, d)
        score = q @ k.transpose(1, 2) / q.shape[2] ** 0.5  # (h, n, n)
        weight = torch.softmax(score, dim=2)
        return Heads(q, k, v, weight, weight @ v)

    def _linear(self, name, x):
        return F.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def _norm(self, name, x):
        scale, shift = (self.weights[f"{name}.LayerNorm.{part}"] for part in ("weight", "bias"))
        return F.layer_norm(x, scale.shape, scale, shift, self.eps)
