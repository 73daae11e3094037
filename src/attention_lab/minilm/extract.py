"""Take queries, keys and values out of the official model: the file that chapter 1.9 reads.

    python -m attention_lab.minilm.extract --out mine.safetensors "A sentence." "Another one."

Without sentences it makes the book's own file. The same sentences make the same bytes; on another
kind of processor the last digits may differ.
"""

import argparse
import json
from pathlib import Path

import torch
from safetensors.torch import save

from attention_lab.loudness import entropy
from attention_lab.minilm import weights
from attention_lab.minilm.data import HEADER, NAME
from attention_lab.minilm.model import Heads
from attention_lab.minilm.sentences import SENTENCES, SHORT, STORY

HEADS = ("0.2", "0.3", "0.7", "2.9", "4.5")
ONE_HEAD = ("2.9",)  # of the story and of the exercises' sentence


def main(arguments=None):
    """The command; returns what it says at the end."""
    asked = _parser().parse_args(arguments)
    texts = asked.sentence
    if asked.sentences:
        lines = Path(asked.sentences).read_text(encoding="utf-8").splitlines()
        texts = texts + [line.strip() for line in lines if line.strip()]
    book = dict.fromkeys(SENTENCES, HEADS) | {STORY: ONE_HEAD, SHORT: ONE_HEAD}
    wanted = dict.fromkeys(texts, HEADS) or book
    torch.set_num_threads(1)  # several would add up in another order
    content = extract(*weights.load(asked.model), wanted)
    Path(asked.out).write_bytes(content)
    return f"{asked.out}: {len(wanted)} texts, {len(content):,} bytes"


def extract(bert, tokenizer, wanted):
    """The content of a data file.

    Args:
        bert: a ``model.Bert``.
        tokenizer: a ``tokenizers.Tokenizer``.
        wanted: a dict from texts to the names of the heads to keep.

    Returns:
        Bytes; what they are is said in ``data``.
    """
    tensors, entries, surveys = {}, [], []
    for i, (text, names) in enumerate(wanted.items()):
        encoded = tokenizer.encode(text)
        layers = bert.read(torch.tensor(encoded.ids))[1]
        kept = [_head(layers, name) for name in names]
        for part, several in zip(Heads._fields, zip(*kept, strict=True), strict=True):
            tensors[f"{i}.{part}"] = torch.stack(several)
        entries.append({"text": text, "tokens": encoded.tokens, "heads": names})
        surveys.append({what: torch.stack([ask(one.weight) for one in layers])
                        for what, ask in ASKED.items()})  # fmt: skip
    for what in ASKED:
        tensors[f"survey.{what}"] = torch.stack([one[what] for one in surveys]).mean(dim=0)
    source = {"model": weights.REPOSITORY, "revision": weights.REVISION, "sha256": weights.FILES}
    header = json.dumps({"source": source, "texts": entries})
    return save(tensors, metadata={HEADER: header})


# What the survey asks of every head: tensors ``(h, n, n)`` become ``(h,)``.
ASKED = {
    "first": lambda weight: weight[:, :, 0].mean(dim=1),
    "previous": lambda weight: weight.diagonal(-1, dim1=1, dim2=2).mean(dim=1),
    "next": lambda weight: weight.diagonal(1, dim1=1, dim2=2).mean(dim=1),
    "evenness": lambda weight: evenness(weight).mean(dim=1),
}


def evenness(weight):
    """The entropy of each row of weights, as a share of the largest that n keys allow.

    >>> evenness(torch.tensor([[0.5, 0.5], [1.0, 0.0]]))
    tensor([1., 0.])
    """
    return entropy(weight) / torch.tensor(float(weight.shape[-1])).log()


def _head(layers, name):
    """Head ``"2.9"`` is head 9 of layer 2, both counted from 0."""
    layer, head = map(int, name.split("."))
    return Heads(*(part[head] for part in layers[layer]))


def _parser():
    parser = argparse.ArgumentParser(prog="python -m attention_lab.minilm.extract", description=(
        "Take queries, keys and values out of all-MiniLM-L6-v2, for your own sentences."
    ))  # fmt: skip
    parser.add_argument("sentence", nargs="*", help="to read; the book's own if there are none")
    parser.add_argument("--sentences", metavar="FILE", help="a text file, a sentence a line")
    parser.add_argument("--model", metavar="FOLDER", help="where the weights lie, if not online")
    parser.add_argument("--out", metavar="FILE", default=NAME, help="what to write")
    return parser


if __name__ == "__main__":
    print(main())
