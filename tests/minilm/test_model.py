"""The encoder is a BERT: held against torch's own layers, and a head against loops."""

import pytest
import torch

from attention_lab.minilm.model import Bert
from tests.minilm.tiny import CONFIG, HEADS, INNER, LAYERS, WIDE, D, tiny_weights


def torchs_own(tensors):
    """The same encoder out of torch's own layers, which share no line with ours."""
    layers = []
    for n in range(LAYERS):
        part = {
            name.removeprefix(f"encoder.layer.{n}."): tensor
            for name, tensor in tensors.items()
            if name.startswith(f"encoder.layer.{n}.")
        }
        layer = torch.nn.TransformerEncoderLayer(
            WIDE, HEADS, INNER, dropout=0, activation="gelu", batch_first=True,
            layer_norm_eps=CONFIG["layer_norm_eps"],
        )  # fmt: skip
        state = {}
        for what in ("weight", "bias"):
            state |= {
                f"self_attn.in_proj_{what}": torch.cat(
                    [part[f"attention.self.{name}.{what}"] for name in ("query", "key", "value")]
                ),
                f"self_attn.out_proj.{what}": part[f"attention.output.dense.{what}"],
                f"linear1.{what}": part[f"intermediate.dense.{what}"],
                f"linear2.{what}": part[f"output.dense.{what}"],
                f"norm1.{what}": part[f"attention.output.LayerNorm.{what}"],
                f"norm2.{what}": part[f"output.LayerNorm.{what}"],
            }
        layer.load_state_dict(state)
        layers.append(layer.train())  # in training torch takes the slow path, number by number
    return layers


def test_the_encoder_computes_what_torchs_own_layers_compute():
    tensors = tiny_weights()
    ids = torch.tensor([2, 5, 6, 4, 8, 9, 3])
    embedded = torch.stack([
        tensors["embeddings.word_embeddings.weight"][i]
        + tensors["embeddings.position_embeddings.weight"][place]
        + tensors["embeddings.token_type_embeddings.weight"][0]
        for place, i in enumerate(ids.tolist())
    ])  # fmt: skip
    norm = torch.nn.LayerNorm(WIDE, eps=CONFIG["layer_norm_eps"])
    norm.load_state_dict({
        what: tensors[f"embeddings.LayerNorm.{what}"] for what in ("weight", "bias")
    })  # fmt: skip
    x, opened = Bert(tensors, CONFIG).read(ids)
    with torch.no_grad():
        theirs = norm(embedded)[None]
        for layer, heads in zip(torchs_own(tensors), opened, strict=True):
            _, weight = layer.self_attn(theirs, theirs, theirs, average_attn_weights=False)
            torch.testing.assert_close(heads.weight, weight[0])
            theirs = layer(theirs)
    torch.testing.assert_close(x, theirs[0])


def test_a_head_is_what_loops_say():
    tensors = tiny_weights()
    heads = Bert(tensors, CONFIG).read(torch.tensor([2, 5, 6, 3]))[1][0]
    x = Bert(tensors, CONFIG)._embed(torch.tensor([2, 5, 6, 3]))
    for name, ours in (("query", heads.query), ("key", heads.key), ("value", heads.value)):
        matrix = tensors[f"encoder.layer.0.attention.self.{name}.weight"]
        bias = tensors[f"encoder.layer.0.attention.self.{name}.bias"]
        for h in range(HEADS):
            for n in range(4):
                for f in range(D):
                    row = h * D + f
                    wanted = sum(matrix[row, j] * x[n, j] for j in range(WIDE)) + bias[row]
                    assert ours[h, n, f] == pytest.approx(wanted.item(), abs=1e-5)


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(ValueError, match=r"at most 13 tokens .* got 14"):
        Bert(tiny_weights(), CONFIG).read(torch.zeros(14, dtype=int))
