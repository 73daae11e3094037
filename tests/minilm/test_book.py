"""The book's own file holds what chapter 1.9 tells.

Where the official weights are at hand, ``MINILM=folder`` has it made anew and compared.
"""

import os
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from attention_lab import attention, attention_weights
from attention_lab.minilm import data, extract, weights
from attention_lab.minilm.sentences import SENTENCES, SHORT, STORY

BOOK = Path(__file__).parents[2] / "book/data" / data.NAME
OFFICIAL = os.environ.get("MINILM")


@pytest.fixture(scope="module")
def book():
    return data.load(BOOK)


def test_the_books_file_is_small_and_of_the_pinned_model(book):
    assert BOOK.stat().st_size <= 600_000
    assert book.source == {
        "model": weights.REPOSITORY, "revision": weights.REVISION, "sha256": weights.FILES,
    }  # fmt: skip
    assert [t.text for t in book.texts] == [*SENTENCES, STORY, SHORT]
    assert [list(t.heads) for t in book.texts] == [list(extract.HEADS)] * 10 + [["2.9"]] * 2
    told = (BOOK.parent / "README.md").read_text("utf-8")
    assert all(known in told for known in (weights.REVISION, *weights.FILES.values()))
    assert "Apache License" in (BOOK.parent / "LICENSE").read_text("utf-8")


def test_our_attention_makes_the_models_weights_and_outputs(book):
    for text in book.texts:
        n = len(text.tokens)
        for head in text.heads.values():
            assert head.query.shape == head.key.shape == head.value.shape == (n, 32)
            query = head.query / 32**0.5
            weight, output = (
                attention_weights(query, head.key), attention(query, head.key, head.value)
            )  # fmt: skip
            assert (weight - head.weight).abs().max() < 1e-5
            assert (output - head.output).abs().max() < 1e-5


def test_0_2_looks_at_the_token_before_in_every_sentence(book):
    for text in book.texts[:10]:
        assert text.heads["0.2"].weight.diagonal(-1).min() > 0.99


def test_2_9_brings_the_same_noun_together_and_the_others_look_at_cls(book):
    pairs = {"car": 0, "dog": 1, "tea": 2, "letter": 8, "lake": 9}
    for word, n in pairs.items():
        tokens, weight = book.texts[n].tokens, book.texts[n].heads["2.9"].weight
        first, second = (i for i, token in enumerate(tokens) if token == word)
        assert min(weight[first, second], weight[second, first]) > 0.55
    most = book.texts[0].heads["2.9"].weight.argmax(dim=1).tolist()
    assert most == [0, 0, 0, 0, 0, 0, 11, 0, 0, 0, 0, 6, 0, 0]


def test_0_3_and_0_7_average_and_4_5_fetches_nothing(book):
    sentences = book.texts[:10]
    for name in ("0.3", "0.7"):
        even = [extract.evenness(t.heads[name].weight).mean() for t in sentences]
        assert min(even) > 0.8
    for text in sentences:
        head = text.heads["4.5"]
        assert head.weight[:, 0].mean() > 0.8
        assert head.value[0].norm() < 0.04 * head.value[1:].norm(dim=1).mean()


def test_the_survey_agrees_with_the_head_that_is_kept_of_every_text(book):
    kept = [t.heads["2.9"].weight for t in book.texts]
    first = sum(weight[:, 0].mean() for weight in kept) / len(kept)
    assert book.survey["first"][2, 9].item() == pytest.approx(first.item(), abs=1e-5)
    assert {tuple(numbers.shape) for numbers in book.survey.values()} == {(6, 12)}
    assert (book.survey["first"] > 0.5).sum() == 34
    assert (book.survey["previous"] > 0.9).nonzero().tolist() == [[0, 2]]


@pytest.mark.skipif(not OFFICIAL, reason="MINILM=folder says where the official weights are")
def test_the_official_weights_make_the_books_file(tmp_path):
    made = tmp_path / data.NAME
    extract.main(["--model", OFFICIAL, "--out", str(made)])
    ours, theirs = load_file(BOOK), load_file(made)
    assert ours.keys() == theirs.keys()
    for name, tensor in ours.items():  # on another processor the last digits differ
        torch.testing.assert_close(theirs[name], tensor, atol=1e-5, rtol=0)
    assert data.load(BOOK)._replace(texts=[], survey={}) == data.load(made)._replace(
        texts=[], survey={}
    )
    if os.environ.get("MINILM_SAME_PROCESSOR"):
        assert BOOK.read_bytes() == made.read_bytes()
