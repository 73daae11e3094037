"""The playground where nothing moves: its numbers are torch's, its table can be read by all."""

import copy

import pytest
import torch
from bs4 import BeautifulSoup

from attention_lab import Playground
from attention_lab.exercises import EXERCISES, exercise
from attention_lab.fixtures import SEED, WORDS
from attention_lab.standstill import Standstill

KEY, VALUE = torch.tensor(SEED.key), torch.tensor(SEED.value)


def still(playground):
    return Standstill(playground.data, playground.state)


def numbers(playground, name):
    """The numbers in the table behind a name."""
    (line,) = [line for line in still(playground).rows() if line[0] == name]
    return [float(text) for text in line[1:]]


def html(playground):
    return BeautifulSoup(still(playground).html(), "html.parser")


def table(playground):
    """The table of scores and weights; the one above it belongs to the picture."""
    return html(playground)("table")[-1]


@pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)
def test_the_numbers_of_an_exercise_are_torchs(task):
    playground = Playground(task.number)
    playground.answer = torch.randn(task.shape(3), generator=torch.Generator().manual_seed(3))
    row = len(task.wanted) - 1  # the last, so that another row's numbers would not do
    playground.state = playground.state | {"space": playground.state["space"] | {"row": row}}
    query, key = playground.query, playground.key
    score = torch.einsum("qd,kd->qk", query, key)
    output = torch.nn.functional.scaled_dot_product_attention(query, key, VALUE, scale=1)
    target = torch.stack([VALUE[list(group)].mean(0) for group in task.wanted])
    for k, (one, weight) in enumerate(zip(score[row], score.softmax(1)[row], strict=True)):
        assert numbers(playground, f"k{k}") == [
            pytest.approx(one.item(), abs=0.0051),
            pytest.approx(weight.item(), abs=0.00051),
        ]
    assert numbers(playground, "output") == pytest.approx(output[row].tolist(), abs=0.00051)
    assert numbers(playground, "target") == pytest.approx(target[row].tolist(), abs=0.00051)
    assert numbers(playground, "error") == [
        pytest.approx((output - target).abs().max().item(), abs=0.00051)
    ]
    assert playground.verdict.error == pytest.approx(numbers(playground, "error")[0], abs=0.00051)


def test_the_numbers_of_the_flat_one_are_torchs_and_nothing_is_aimed_at():
    playground = Playground()
    playground.query = [0.0, 2.0]  # along the cat's key, which points straight up
    turns = torch.tensor([90.0, 200.0, 320.0]).deg2rad()
    weight = (2 * turns.sin()).softmax(0)
    for name, turn, share in zip(WORDS, turns, weight, strict=True):
        assert numbers(playground, name) == [
            pytest.approx(2 * turn.sin().item(), abs=0.0051),
            pytest.approx(share.item(), abs=0.00051),
        ]
    output = [(weight @ turns.cos()).item(), (weight @ turns.sin()).item()]
    assert numbers(playground, "output") == pytest.approx(output, abs=0.00051)
    assert [line[0] for line in still(playground).rows()] == ["key", *WORDS, "output"]


def test_the_flat_form_is_without_the_exercise_that_waits_behind_it():
    playground = Playground("1.2.1")
    playground.state = playground.state | {"form": "flat"}
    assert [line[0] for line in still(playground).rows()] == ["key", *WORDS, "output"]
    assert "1.2.1" not in html(playground).caption.get_text()


def test_a_fifth_key_has_a_line_and_a_spoke():
    playground = Playground(key=[*SEED.key, (0.1, 0.2, 0.3)], query=[1, 0, 0])
    assert numbers(playground, "k4")[0] == pytest.approx(0.1)
    assert "k4 at (0.10, 0.20, 0.30)" in html(playground).svg["aria-label"]
    score = torch.tensor([*SEED.key, (0.1, 0.2, 0.3)])[:, 0]
    assert numbers(playground, "k4")[1] == pytest.approx(score.softmax(0)[4].item(), abs=0.00051)


@pytest.mark.parametrize("number", [None, "1.3.2"])
def test_the_table_has_a_caption_and_heads_for_rows_and_columns(number):
    found = table(Playground(number))
    assert found.caption.get_text()
    assert [head["scope"] for head in found.thead("th")] == ["col"] * 3
    for line in found.tbody("tr"):
        head, *cells = line.find_all(["th", "td"])
        assert (head.name, head["scope"]) == ("th", "row")
        assert cells
        assert all(cell.name == "td" for cell in cells)
    if number:
        assert number in found.caption.get_text()


def test_html_and_text_say_the_same():
    for playground in (Playground(), Playground("1.3.2")):
        lines = [line.get_text(" ").split() for line in table(playground)("tr")]
        assert lines == [line.split() for line in still(playground).text().splitlines()]


def test_the_figure_shows_the_row_that_the_table_is_about():
    playground = Playground("1.2.2", query=torch.eye(4)[:, :3])  # rows 0 to 2 along axes
    for row in range(3):
        playground.state = playground.state | {"space": playground.state["space"] | {"row": row}}
        angle = (KEY[0, row] / KEY[0].norm()).acos().rad2deg()
        assert f"points {angle:.0f}° from k0" in html(playground).svg["aria-label"]


def test_a_query_of_no_length_is_in_no_picture():
    label = html(Playground("1.3.1", query=[0, 0, 0])).svg["aria-label"]
    assert "query" not in label
    assert "query" in html(Playground("1.3.1")).svg["aria-label"]


def test_names_are_text_not_html():
    playground = Playground()
    data = copy.deepcopy(playground.data)
    data["flat"]["names"] = ["<b>", "&amp;", "car"]
    page = BeautifulSoup(Standstill(data, playground.state).html(), "html.parser")
    assert [head.get_text() for head in page.tbody("th")][:2] == ["<b>", "&amp;"]
    assert page.b is None


def test_the_error_is_that_of_all_rows_together():
    playground = Playground("1.2.2")
    playground.query = 10 * torch.tensor([*SEED.key[:3], [0, 0, 0]])  # row 3 is the bad one
    assert exercise("1.2.2").wanted[3] == (3,)
    mean = VALUE.mean(0)
    assert numbers(playground, "error")[0] == pytest.approx(
        (mean - VALUE[3]).abs().max().item(), abs=0.00051
    )
