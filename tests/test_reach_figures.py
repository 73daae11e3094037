"""The pictures of hulls say what the geometry says, and keep every picture's promises."""

import itertools
import re

import pytest
import torch

from attention_lab import key
from attention_lab.figures import reach
from attention_lab.figures.reach import _edges, _outline
from attention_lab.geometry import averageable, copyable
from tests.test_figures import every_promise

NAMES = ["cat", "dog", "car", "pet"]
FLAT = torch.tensor([[0.0, 1.0], [-1.0, 0.0], [1.0, 0.0], [0.0, 0.25]])
INNER = torch.cat([key, torch.tensor([[0.42, 0.23, -0.08]])])
OUTER = torch.cat([key, torch.tensor([[-0.6, 0.8, 0.0]])])

PICTURES = {
    "corner": lambda: reach.ahead(FLAT, NAMES, 0, torch.tensor([0.0, 2.0])),
    "inside": lambda: reach.ahead(FLAT, NAMES, 3, torch.tensor([0.6, 0.8])),
    "tetrahedron": lambda: reach.solid(key),
    "inner key": lambda: reach.solid(INNER, copyable(INNER, 4)),
    "lost pair": lambda: reach.solid(OUTER, averageable(OUTER, [0, 2])),
}


@every_promise
@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_what_every_picture_promises(draw, promise):
    promise(draw)


def on_the_sphere(n, seed):
    keys = torch.randn(n, 3, generator=torch.Generator().manual_seed(seed))
    return keys / keys.norm(dim=1, keepdim=True)


def test_a_corner_has_nobody_ahead_and_the_words_tell_by_how_much():
    picture = PICTURES["corner"]()
    # Upwards, the next key is pet: 1 − 0.25.
    assert "across a query that points to 90°" in picture.alt
    assert "No key is ahead of it; the next one, pet, is 0.75 behind." in picture.alt
    assert "margin 0.75" in picture.svg


def test_an_inner_key_has_somebody_ahead_and_no_margin():
    picture = PICTURES["inside"]()
    # Along (0.6, 0.8), pet is at 0.2, cat at 0.8, car at 0.6, dog at −0.6.
    assert "Ahead of it are cat by 0.60 and car by 0.40." in picture.alt
    assert "margin" not in picture.svg


def test_an_outline_is_the_corners_in_order():
    square = torch.tensor([[0.0, 0], [1, 1], [0.5, 0.5], [1, 0], [0.5, 0], [0, 1]])
    # Inner points and points along a side are left out; counter-clockwise from the leftmost.
    assert _outline(square).tolist() == [[0, 0], [1, 0], [1, 1], [0, 1]]


@pytest.mark.parametrize("seed", range(5))
def test_an_outline_has_the_keys_that_can_be_copied(seed):
    keys = torch.randn(11, 2, generator=torch.Generator().manual_seed(seed))
    corners = {j for j in range(11) if copyable(keys, j)}
    outline = _outline(keys).tolist()
    assert {j for j in range(11) if keys[j].tolist() in outline} == corners
    assert len(outline) == len(corners)


@pytest.mark.parametrize("n", [4, 5, 7])
@pytest.mark.parametrize("inside", [False, True])
def test_edges_are_the_pairs_that_can_be_averaged(n, inside):
    keys = on_the_sphere(n, seed=n)
    if inside:
        keys = torch.cat([keys, keys.mean(dim=0, keepdim=True)])
    pairs = [p for p in itertools.combinations(range(len(keys)), 2) if averageable(keys, p)]
    words = reach.solid(keys).alt
    assert f"Its {3 * n - 6} edges: " in words  # Euler
    assert re.findall(r"k(\d) to k(\d)", words) == [(str(a), str(b)) for a, b in pairs]
    assert ("lies inside" in words) == inside


@pytest.mark.parametrize("seed", range(5))
def test_an_edge_is_seen_when_nothing_of_the_solid_is_between_it_and_the_eye(seed):
    keys, eye = on_the_sphere(4, seed), torch.tensor([0.6, 0.0, 0.8])
    for (a, b), seen in _edges(keys, eye).items():
        nearer = (keys[a] + keys[b]) / 2 + 1e-3 * eye
        shares = torch.linalg.solve(
            torch.cat([keys, torch.ones(4, 1)], dim=1).T, torch.cat([nearer, torch.ones(1)])
        )
        assert seen == (shares.min() < 0)  # outside the tetrahedron


def test_the_words_tell_the_mixtures_that_meet():
    words = PICTURES["inner key"]().alt
    assert "k4 lies inside." in words
    meet = "1.00·k4 = 0.39·k0 + 0.31·k1 + 0.20·k2 + 0.10·k3"
    assert f"At (0.42, 0.23, -0.08) two mixtures meet: {meet}." in words
    words = PICTURES["lost pair"]().alt
    sides = re.search(r"meet: (.*) = (.*)\.$", words).groups()
    for side, names in zip(sides, (["0", "2"], ["1", "3", "4"]), strict=True):
        parts = re.findall(r"([\d.]+)·k(\d)", side)
        assert [name for _, name in parts] == names
        assert sum(float(factor) for factor, _ in parts) == pytest.approx(1, abs=0.011)


def test_without_a_certificate_no_mixtures_are_drawn():
    assert "mixtures" not in PICTURES["tetrahedron"]().alt
    assert len(PICTURES["tetrahedron"]().svg) < len(PICTURES["inner key"]().svg)
