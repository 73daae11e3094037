"""Where the official weights come from, and the proof that they are the official ones."""

import hashlib
import json
from pathlib import Path

REPOSITORY = "sentence-transformers/all-MiniLM-L6-v2"
REVISION = "1110a243fdf4706b3f48f1d95db1a4f5529b4d41"
# The files that are needed, and the SHA-256 of each.
FILES = {
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}


def load(folder=None):
    """The model and its tokenizer.

    Args:
        folder: where the files lie; left out, they are fetched from the Hugging Face Hub (once: it
            keeps them), for which alone the network is needed.

    Returns:
        A ``model.Bert`` and a ``tokenizers.Tokenizer``.

    Raises:
        FileNotFoundError: a file is not in the folder.
        ValueError: a file is not the official one.
    """
    from safetensors.torch import load_file
    from tokenizers import Tokenizer

    from attention_lab.minilm.model import Bert

    found = {name: _fetch(name) if folder is None else _in(folder, name) for name in FILES}
    for name, path in found.items():
        _check(path, FILES[name])
    tokenizer = Tokenizer.from_file(str(found["tokenizer.json"]))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    config = json.loads(found["config.json"].read_text(encoding="utf-8"))
    return Bert(load_file(found["model.safetensors"]), config), tokenizer


def _in(folder, name):
    path = Path(folder) / name
    if not path.is_file():
        raise FileNotFoundError(
            f"Expected {', '.join(FILES)} of {REPOSITORY} in {folder}; there is no {name}. Without "
            "--model they are fetched from the Hugging Face Hub."
        )
    return path


def _fetch(name):
    from huggingface_hub import hf_hub_download

    return Path(hf_hub_download(REPOSITORY, name, revision=REVISION))


def _check(path, expected):
    """Refuse a file that is not the one whose numbers the book tells."""
    with path.open("rb") as file:
        got = hashlib.file_digest(file, "sha256").hexdigest()
    if got != expected:
        raise ValueError(
            f"Expected {path} to have the SHA-256 {expected}; got {got}. It is damaged, or of "
            f"another model or revision: take it from revision {REVISION} of {REPOSITORY}."
        )
