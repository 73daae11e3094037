"""A folder with a tiny model in it."""

import hashlib
import json

import pytest
from safetensors.torch import save_file

from attention_lab.minilm import extract, weights
from tests.minilm.tiny import CONFIG, tiny_tokenizer, tiny_weights


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a tiny model, whose sums are taken for the official ones."""
    folder = tmp_path / "model"
    folder.mkdir()
    save_file(tiny_weights(), folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(CONFIG))
    tiny_tokenizer().save(str(folder / "tokenizer.json"))
    sums = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in weights.FILES
    }
    monkeypatch.setattr(weights, "FILES", sums)
    monkeypatch.setattr(extract, "HEADS", ("0.2", "4.7"))
    monkeypatch.setattr(extract, "ONE_HEAD", ("1.5",))
    return folder
