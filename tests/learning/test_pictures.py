"""The pictures of what is learned: they tell the data, and keep every picture's promises."""

import math
import re

import pytest
import torch

from attention_lab import key, value
from attention_lab.figures import descent as descent_figures
from attention_lab.figures import learning as figures
from attention_lab.learning.descent import (
    cross_entropy,
    descend,
    errors_along,
    pulls,
    squared_error,
    starts,
)
from attention_lab.learning.induction import Run, letters, texts
from attention_lab.learning.witnesses import by_hand
from tests import test_figures
from tests.test_figures import every_promise

STEP = torch.arange(0, 605, 5)
CLIFF = Run(
    untrained=None,
    model=None,
    step=STEP.float(),
    loss=math.log(32) * torch.sigmoid((150 - STEP) / 10),
    previous=torch.sigmoid((STEP - 120) / 10),
    induction=0.9 * torch.sigmoid((STEP - 150) / 10),
)
FLAT = CLIFF._replace(loss=torch.full((121,), 3.2))
TEXT = texts(torch.Generator().manual_seed(0), block=8, count=1)[0]
PATHS = {
    name: errors_along(
        descend(lambda q, loss=loss: loss(q, key, value, 0), starts(20, 3), steps=200),
        key,
        value,
        0,
    )
    for name, loss in (("squared error", squared_error), ("cross-entropy", cross_entropy))
}
STUCK = torch.tensor([[-2.133, 1.302, -3.080]])
FORCES = {
    "squared error": pulls(squared_error, STUCK, key, value, 0),
    "cross-entropy": pulls(cross_entropy, STUCK, key, value, 0),
}
HOLES = torch.full((4, 4), torch.nan)
NAMES = ["k0", "k1", "k2", "k3"]


def stripes(apart):
    """Weights of 0.8 on the place so far back, the rest evenly on all up to one's own."""
    weight = torch.ones(16, 16).tril()
    weight = 0.2 * weight / weight.sum(dim=1, keepdim=True)
    for place in range(apart, 16):
        weight[place, place - apart] += 0.8
    return weight


PICTURES = {
    "descents": lambda: descent_figures.descents(PATHS),
    "pulls": lambda: descent_figures.pull_bars(FORCES, NAMES),
    "matrices": lambda: figures.matrices(
        {"quote": by_hand(6, 17), "conclude": by_hand(3, 0)}, {"event": 4, "name": 12}
    ),
    "to fill in": lambda: figures.matrices(
        {"yours": HOLES, "learned": torch.eye(4)}, {"event": 2, "name": 2}
    ),
    "training": lambda: figures.training({"one": FLAT, "two": CLIFF}, words=32),
    "losses": lambda: figures.losses({"one": FLAT, "two": CLIFF}, words=32),
    "maps": lambda: figures.maps({"after": [stripes(1), stripes(7)]}, letters(TEXT)),
}


@every_promise
@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_what_every_picture_promises(draw, promise):
    promise(draw)


def test_two_pictures_on_a_page_share_no_id_that_means_different_things(monkeypatch):
    monkeypatch.setattr(test_figures, "PICTURES", PICTURES)
    test_figures.test_two_pictures_on_a_page_share_no_id_that_means_different_things()


def test_descents_say_how_many_arrive_and_where_the_others_end():
    there = {name: int((error.min(dim=0).values < 0.05).sum()) for name, error in PATHS.items()}
    assert there["cross-entropy"] == 20
    assert 8 <= there["squared error"] <= 14
    words = PICTURES["descents"]().alt
    assert f"squared error: {there['squared error']} of 20 fall below" in words
    assert "cross-entropy: 20 of 20 fall below the tolerance 0.05." in words
    low, high = map(float, re.search(r"end between (\S+) and (\S+);", words).groups())
    rest = PATHS["squared error"][-1][PATHS["squared error"].min(dim=0).values >= 0.05]
    assert low == pytest.approx(rest.min().item(), abs=0.005)
    assert high == pytest.approx(rest.max().item(), abs=0.005)


def test_descents_draw_a_line_for_each_start():
    svg = PICTURES["descents"]().svg
    lines = re.findall(r'<path d="([^"]+)" clip-path[^>]+stroke: #', svg)
    assert len(lines) == 2 * 20
    assert all(line.count("L") >= 15 for line in lines)


def test_pulls_are_the_heights_of_bars_and_no_zero_has_a_minus():
    words = PICTURES["pulls"]().alt
    assert "squared error: k0 0.00, k1 0.00, k2 0.00, k3 0.00;" in words
    assert "cross-entropy: k0 0.99, k1 -0.26, k2 -0.73, k3 0.00." in words
    assert "-0.00" not in PICTURES["pulls"]().svg


def test_matrices_say_what_is_on_their_diagonal():
    words = PICTURES["matrices"]().alt
    assert "quote: diagonal on average event 6.00, name 17.00, beside it at most 0.00" in words
    assert "conclude: diagonal on average event 3.00, name 0.00" in words
    tilted = torch.eye(4)
    tilted[0, 3] = -2.5
    words = figures.matrices({"tilted": tilted}, {"event": 2, "name": 2}).alt
    assert "tilted: diagonal on average event 1.00, name 1.00, beside it at most 2.50" in words


def test_a_matrix_to_fill_in_has_question_marks():
    picture = PICTURES["to fill in"]()
    assert "yours: still to be filled in" in picture.alt
    assert len(re.findall(r">\?</text>", picture.svg)) == 16
    assert len(re.findall(r">1\.0</text>", picture.svg)) == 4
    assert len(re.findall(r">0\.0</text>", picture.svg)) == 12


@pytest.mark.parametrize("name", ["training", "losses"])
def test_losses_say_when_they_leave_the_plateau(name):
    words = PICTURES[name]().alt
    # A logistic curve at 150: nine tenths 22 steps before it, a half at it; seen every 5 steps.
    assert "log 32 = 3.47" in words
    assert (
        "two goes from 3.47 to 0.00, is below nine tenths of the line from step 130 and a half "
        "from 155" in words
    )
    assert "one goes from 3.20 to 3.20" in words
    assert "one goes from 3.20 to 3.20, is below" not in words


def test_training_says_where_the_heads_of_the_last_model_look():
    words = PICTURES["training"]().alt
    assert "head 1: the place before, 0.00 to 1.00, head 2: what came next, 0.00 to 0.90" in words


def test_maps_say_where_the_stripes_are():
    words = PICTURES["maps"]().alt
    near, far = stripes(1)[8:].max(dim=1).values.mean(), stripes(7)[8:].max(dim=1).values.mean()
    assert f"head 1, after: in the second half the largest weight is on average {near:.2f}" in words
    assert "lies most often 1 place back, 8 of 8 times" in words
    assert f"head 2, after: in the second half the largest weight is on average {far:.2f}" in words
    assert "lies most often 7 places back, 8 of 8 times" in words
    assert " ".join(letters(TEXT)) in words
