"""A tiny random BERT of the same architecture, and a tokenizer for it: no weights are fetched."""

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

# All different, so that no axis can stand for another.
LAYERS, HEADS, D, INNER, WORDS, PLACES = 5, 8, 3, 7, 11, 13
WIDE = HEADS * D
CONFIG = {
    "num_attention_heads": HEADS,
    "num_hidden_layers": LAYERS,
    "layer_norm_eps": 1e-3,  # large enough to be noticed
}


def tiny_weights():
    """Random weights by their published names."""
    generator = torch.Generator().manual_seed(0)
    shapes = {
        "embeddings.word_embeddings.weight": (WORDS, WIDE),
        "embeddings.position_embeddings.weight": (PLACES, WIDE),
        "embeddings.token_type_embeddings.weight": (2, WIDE),
    }
    norms = ["embeddings"]
    for n in range(LAYERS):
        layer = f"encoder.layer.{n}"
        norms += [f"{layer}.attention.output", f"{layer}.output"]
        linear = {f"attention.self.{part}": (WIDE, WIDE) for part in ("query", "key", "value")}
        linear |= {
            "attention.output.dense": (WIDE, WIDE),
            "intermediate.dense": (INNER, WIDE),
            "output.dense": (WIDE, INNER),
        }
        for name, shape in linear.items():
            shapes |= {f"{layer}.{name}.weight": shape, f"{layer}.{name}.bias": shape[:1]}
    for name in norms:
        shapes |= {f"{name}.LayerNorm.{part}": (WIDE,) for part in ("weight", "bias")}
    return {name: torch.randn(shape, generator=generator) / 2 for name, shape in shapes.items()}


def tiny_tokenizer():
    """Ten words and whatever else is [UNK]; [CLS] before, [SEP] behind, and bad habits."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "cat", "saw", "the", "dog", ".", "and"]
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(words)}, "[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.enable_padding(length=12)
    tokenizer.enable_truncation(5)
    return tokenizer
