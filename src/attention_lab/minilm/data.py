"""What was taken out of the model, as chapter 1.9 reads it: texts, and some heads' q, k and v.

The file is safetensors. Text number i has the tensors ``i.query``, ``i.key``, ``i.value``,
``i.output`` ``(h, n, d)`` and ``i.weight`` ``(h, n, n)``, for n tokens and the h heads that its
entry in the header names. ``survey.*`` has a number for each head of the model, ``(layer, head)``.
"""

import json
from pathlib import Path
from typing import NamedTuple

from attention_lab.minilm.model import Heads

NAME = "minilm.safetensors"
HEADER = "attention_lab"  # one entry only: the order of several is not the same each time


class Text(NamedTuple):
    """A text and the heads that were kept of it.

    Attributes:
        text: as it was written.
        tokens: as the model reads it, a list of n strings.
        heads: a dict from names such as ``"2.9"``, head 9 of layer 2, to what that head was given
            and made of it: a ``model.Heads`` without the axis h.
    """

    text: str
    tokens: list
    heads: dict


class Extract(NamedTuple):
    """All that a data file holds.

    Attributes:
        texts: a list of ``Text``.
        survey: a dict from what was asked of each head, averaged over the texts, to a tensor
            ``(layer, head)``.
        source: a dict that says which weights these numbers come from.
    """

    texts: list
    survey: dict
    source: dict


def load(path=None):
    """Read a data file.

    Args:
        path: of a file that ``python -m attention_lab.minilm.extract`` has made; the book's own if
            left out.

    Returns:
        Extract.

    Raises:
        FileNotFoundError: it is not there.
        ModuleNotFoundError: safetensors, which reads it, is not installed.
        ValueError: it is another kind of safetensors file.
    """
    from safetensors import safe_open

    path = _book() if path is None else Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"Expected a data file at {path}; there is none. {_MAKE}")
    with safe_open(path, framework="pt") as file:
        header = json.loads((file.metadata() or {}).get(HEADER, "null"))
        if header is None:
            raise ValueError(f"Expected a file made from a model's heads; {path} is none. {_MAKE}")
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no dict
    texts = [_text(entry, i, tensors) for i, entry in enumerate(header["texts"])]
    survey = {
        name.removeprefix("survey."): tensor
        for name, tensor in tensors.items()
        if name.startswith("survey.")
    }
    return Extract(texts, survey, header["source"])


_MAKE = "Make one: python -m attention_lab.minilm.extract --out FILE"


def _book():
    """The book's file: beside the chapter that is being read, or in the package."""
    places = (
        Path("data") / NAME,
        Path(__file__).parents[1] / "data" / NAME,
        Path(__file__).parents[3] / "book/data" / NAME,  # where the package is not installed
    )
    for place in places:
        if place.is_file():
            return place
    listed = ", ".join(str(place) for place in places)
    raise FileNotFoundError(f"Expected the book's {NAME} at one of {listed}. {_MAKE}")


def _text(entry, i, tensors):
    """Text number i, its tensors taken apart into heads."""
    whole = Heads(*(tensors[f"{i}.{part}"] for part in Heads._fields))
    heads = {name: Heads(*(part[h] for part in whole)) for h, name in enumerate(entry["heads"])}
    return Text(entry["text"], entry["tokens"], heads)
