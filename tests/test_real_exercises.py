"""The exercises of chapter 1.9: their numbers are the model's, and they can be solved by hand."""

from pathlib import Path

import numpy as np
import pytest
import torch

from attention_lab import attention, attention_weights
from attention_lab.exercises import real
from attention_lab.geometry import averageable
from attention_lab.judge import judge
from attention_lab.minilm import data

BOOK = Path(__file__).parents[1] / "book/data" / data.NAME
(FIXTURE,) = real.FIXTURES
SOLVED = {"1.9.1": [[2.0, 0.0, -2.0]], "1.9.2": [[-1.0, 1.9, 1.0]]}


@pytest.fixture(scope="module")
def head():
    return data.load(BOOK).texts[11].heads["2.9"]


def test_the_scores_are_the_models_rounded_to_two_decimals(head):
    for token, row in enumerate(real.SCORES):
        for asks, score in zip(real.MIXED, row, strict=True):
            exact = sum(a * b for a, b in zip(head.query[asks], head.key[token], strict=True))
            assert abs(exact.item() / 32**0.5 - score) < 0.005 + 1e-4
            assert round(score, 2) == score
    assert len(real.SCORES) == len(head.key)


def test_the_tokens_are_those_that_are_named():
    tokens = data.load(BOOK).texts[11].tokens
    assert [tokens[k] for k in real.MIXED] == ["sold", "cars", "cars"]
    named = (real.CARS, real.BOUGHT, real.OTHER_CARS)
    assert [tokens[k] for k in named] == ["cars", "bought", "cars"]


def test_the_output_is_the_weights():
    query = torch.tensor(SOLVED["1.9.1"])
    key, value = torch.tensor(FIXTURE.key), torch.tensor(FIXTURE.value)
    torch.testing.assert_close(attention(query, key, value), attention_weights(query, key))


@pytest.mark.parametrize("task", real.EXERCISES, ids=lambda task: task.number)
def test_a_certificate_says_that_it_can_be_solved_and_a_few_digits_solve_it(task):
    certificate = averageable(FIXTURE.key, task.wanted[0])
    assert certificate
    assert certificate.verify(FIXTURE.key, task.wanted[0])
    assert certificate.margin > 2
    assert judge(task.number, SOLVED[task.number]).passed
    loud = (5 * certificate.direction)[None].tolist()
    assert judge(task.number, loud).passed


@pytest.mark.parametrize("task", real.EXERCISES, ids=lambda task: task.number)
def test_what_comes_to_mind_first_does_not_pass(task):
    easy = np.vstack([np.zeros(3), np.eye(3), np.ones(3), [0, 1, 1], [-1, 1, 1], [1, -1, 0]])
    for query in easy:
        for loudness in (1, 2, 5, 10):
            assert not judge(task.number, (loudness * query)[None].tolist()).passed


@pytest.mark.parametrize(("number", "wanted"), [("1.9.1", [5]), ("1.9.2", [3, 6])])
def test_the_answer_works_in_the_head_itself_with_all_its_features(head, number, wanted):
    query = torch.tensor(SOLVED[number]) @ head.query[list(real.MIXED)] / 32**0.5
    output = attention(query, head.key, head.value)[0]
    target = head.value[wanted].mean(dim=0)
    assert (output - target).norm() < 0.03 * target.norm()


def test_loudness_turns_the_rough_tie_into_a_copy():
    assert judge("1.9.2", [[-1.0, 1.95, 1.0]]).passed
    assert judge("1.9.2", [[-10.0, 19.5, 10.0]]).diagnosis == "too-sharp"
    assert judge("1.9.2", [[-10.0, 19.0, 10.0]]).passed
