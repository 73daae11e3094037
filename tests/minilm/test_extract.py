"""The command writes what the model says, and it comes back as it was."""

import json

import pytest
import torch
from safetensors.torch import save_file

from attention_lab.minilm import data, extract, weights
from tests.minilm.tiny import HEADS, LAYERS


def test_the_same_sentences_make_the_same_bytes_and_come_back(folder, tmp_path):
    lines = tmp_path / "lines.txt"
    lines.write_text("the cat saw the dog\n\n a dog . \n")
    first, second = tmp_path / "a.safetensors", tmp_path / "b.safetensors"
    for out in (first, second):
        said = extract.main(
            ["--model", str(folder), "--sentences", str(lines), "--out", str(out), "and a cat."]
        )
    assert first.read_bytes() == second.read_bytes()
    assert said == f"{second}: 3 texts, {len(second.read_bytes()):,} bytes"
    read = data.load(first)
    assert [t.text for t in read.texts] == ["and a cat.", "the cat saw the dog", "a dog ."]
    assert read.texts[2].tokens == ["[CLS]", "a", "dog", ".", "[SEP]"]
    assert read.source["sha256"] == weights.FILES
    bert, _ = weights.load(folder)
    layers = bert.read(torch.tensor([2, 4, 8, 9, 3]))[1]
    assert list(read.texts[2].heads) == ["0.2", "4.7"]
    for part in ("query", "key", "value", "weight", "output"):
        torch.testing.assert_close(
            getattr(read.texts[2].heads["4.7"], part), getattr(layers[4], part)[7]
        )


def test_the_survey_is_the_mean_over_the_texts(folder, tmp_path):
    out = tmp_path / "a.safetensors"
    extract.main(["--model", str(folder), "--out", str(out), "a cat", "the dog saw a cat"])
    survey = data.load(out).survey
    assert {tuple(numbers.shape) for numbers in survey.values()} == {(LAYERS, HEADS)}
    bert, tokenizer = weights.load(folder)
    texts = [tokenizer.encode(text).ids for text in ("a cat", "the dog saw a cat")]
    by_hand = {"first": 0.0, "previous": 0.0, "next": 0.0, "evenness": 0.0}
    for ids in texts:
        weight = bert.read(torch.tensor(ids))[1][3].weight[6].tolist()  # head 3.6
        n = len(ids)
        by_hand["first"] += sum(row[0] for row in weight) / n / 2
        by_hand["previous"] += sum(weight[i][i - 1] for i in range(1, n)) / (n - 1) / 2
        by_hand["next"] += sum(weight[i][i + 1] for i in range(n - 1)) / (n - 1) / 2
        entropy = -sum(x * torch.tensor(x).log().item() for row in weight for x in row) / n
        by_hand["evenness"] += entropy / torch.tensor(n).log().item() / 2
    assert {what: survey[what][3, 6].item() for what in by_hand} == pytest.approx(by_hand, abs=1e-5)


def test_without_sentences_the_books_are_taken(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(extract, "SENTENCES", ("a cat",))
    monkeypatch.setattr(extract, "STORY", "a dog")
    monkeypatch.setattr(extract, "SHORT", "a saw")
    monkeypatch.chdir(tmp_path)
    assert extract.main(["--model", str(folder)]).startswith(f"{data.NAME}: 3 texts")
    assert [list(t.heads) for t in data.load(data.NAME).texts] == [["0.2", "4.7"], ["1.5"], ["1.5"]]


def test_a_file_that_is_not_there_or_of_another_kind_is_told(tmp_path, monkeypatch):
    with pytest.raises(FileNotFoundError, match=r"no\.safetensors.*minilm.extract --out"):
        data.load(tmp_path / "no.safetensors")
    save_file({"x": torch.zeros(2)}, tmp_path / "other.safetensors")
    with pytest.raises(ValueError, match=r"other\.safetensors is none.*minilm.extract --out"):
        data.load(tmp_path / "other.safetensors")
    monkeypatch.setattr(data, "__file__", str(tmp_path / "a/b/c/d.py"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"book's minilm\.safetensors at one of"):
        data.load()


def test_the_books_file_is_found_beside_the_chapter_first_and_in_the_package_next(
    tmp_path, monkeypatch
):
    package = tmp_path / "package/minilm/data.py"
    monkeypatch.setattr(data, "__file__", str(package))
    monkeypatch.chdir(tmp_path)
    for place in (tmp_path / "package/data", tmp_path / "data"):
        place.mkdir(parents=True)
        made = extract.save(
            {}, metadata={data.HEADER: json.dumps({"texts": [], "source": str(place)})}
        )
        (place / data.NAME).write_bytes(made)
        assert data.load().source == str(place)
