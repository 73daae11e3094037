"""The weights are the official ones, or refused."""

import hashlib

import pytest

from attention_lab.minilm import weights
from tests.minilm.tiny import HEADS


def test_the_tokenizer_reads_all_of_a_text_and_adds_nothing(folder):
    _, tokenizer = weights.load(folder)
    read = tokenizer.encode("The dog saw a CAT and the dog.").tokens
    assert read == ["[CLS]", "the", "dog", "saw", "a", "cat", "and", "the", "dog", ".", "[SEP]"]


def test_a_file_that_is_missing_is_named(folder):
    (folder / "tokenizer.json").unlink()
    with pytest.raises(FileNotFoundError, match=r"there is no tokenizer.json\. Without --model"):
        weights.load(folder)


@pytest.mark.parametrize("name", weights.FILES)
def test_a_file_with_another_sum_is_refused(folder, name):
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ValueError, match="SHA-256") as refusal:
        weights.load(folder)
    got = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    assert all(word in str(refusal.value) for word in (name, weights.FILES[name], got))
    assert weights.REVISION in str(refusal.value)


def test_without_a_folder_the_files_are_fetched_at_the_pinned_revision(folder, monkeypatch):
    asked = []

    def fetch(repository, name, revision):
        asked.append((repository, name, revision))
        return str(folder / name)

    monkeypatch.setattr("huggingface_hub.hf_hub_download", fetch)
    bert, _ = weights.load()
    assert bert.heads == HEADS
    assert asked == [(weights.REPOSITORY, name, weights.REVISION) for name in weights.FILES]
