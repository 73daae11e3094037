"""The pictures of 1.7 show what was computed, and keep every picture's promises."""

import math
import re

import pytest
import torch

from attention_lab import figures
from attention_lab.figures import heads as pictures
from attention_lab.heads import causal_mask, masked_weights, with_features
from tests.test_figures import every_promise

NAMES = ["the", "cat", "sat", "on", "the", "mat"]
DICE = torch.Generator().manual_seed(0)
QUERY, KEY = torch.randn(2, 6, 3, generator=DICE)
MASK = causal_mask(6)
WEIGHTS = masked_weights(QUERY, KEY, MASK)
PATTERN = (3 * torch.randn(8, 8, generator=DICE)).softmax(dim=1)
NEAREST = {f"d = {d}": with_features(PATTERN, d)[0] for d in (1, 2, 3, 5, 7)}
SHARE = torch.tensor([0.01, 0.02, 0.5, 0.52, 0.48, 0.3, 0.97, 0.5, 0.99, 0.7])

PICTURES = {
    "one": lambda: pictures.scatter_of_shares({"one head": SHARE}),
    "two": lambda: pictures.scatter_of_shares({"one head": SHARE, "two heads": 0.5 + SHARE / 50}),
    "map": lambda: pictures.mask_map(WEIGHTS, MASK, NAMES),
    "patterns": lambda: pictures.patterns({"wanted": PATTERN, **NEAREST}),
}


@every_promise
@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_what_every_picture_promises(draw, promise):
    promise(draw)


def test_the_words_of_a_histogram_count_the_draws():
    # Of ten shares two are below 0.1, four within 0.05 of a half, two above 0.9.
    words = PICTURES["one"]().alt
    assert "one head: 20% below 0.1, 40% within 0.05 of a half, 20% above 0.9" in words
    assert "two heads: 0% below 0.1, 100% within 0.05 of a half" in PICTURES["two"]().alt


def heights(svg, colour):
    """Of the bars of this colour, how high each is drawn."""
    paths = re.findall(rf'<path d="([^"]+)"[^>]*style="fill: {colour}', svg)
    tops = [[float(y) for y in re.findall(r"[ML] [-\d.]+ ([-\d.]+)", path)] for path in paths]
    return [max(top) - min(top) for top in tops]


def test_the_bars_are_as_high_as_there_are_draws():
    svg = PICTURES["one"]().svg
    drawn = heights(svg, figures.picture.COLOURS[0])
    counts = torch.histc(SHARE, 20, 0, 1)
    assert len(drawn) == 20
    scale = max(drawn) / counts.max().item()
    assert drawn == pytest.approx((scale * counts).tolist(), abs=0.01)


def test_a_share_of_1_is_counted_too():
    words = pictures.scatter_of_shares({"loud": torch.tensor([0.0, 1.0])})
    assert "loud: 50% below 0.1, 0% within 0.05 of a half, 50% above 0.9" in words.alt
    full = [height for height in heights(words.svg, figures.picture.COLOURS[0]) if height > 1]
    assert len(full) == 2


def test_a_map_tells_the_weights_that_may_be_seen_and_hatches_the_others():
    picture = PICTURES["map"]()
    rows = picture.alt.split(". ", 1)[1].removesuffix(".").split("; ")
    for q, (name, row) in enumerate(zip(NAMES, rows, strict=True)):
        asks, seen = row.split(": ")
        assert asks == name
        shares = [float(part.rsplit(" ", 1)[1]) for part in seen.split(", ")]
        assert shares == pytest.approx(WEIGHTS[q, : q + 1].tolist(), abs=0.005)
        assert sum(shares) == pytest.approx(1, abs=0.03)
    assert picture.svg.count("fill: url(#") == 15  # of 36 squares
    written = re.findall(r">\s*(1?\.\d\d)\s*<", picture.svg)
    assert [float(number) for number in written] == pytest.approx(
        WEIGHTS[MASK].tolist(), abs=0.00501
    )


def test_a_running_mean_has_a_map_of_even_rows():
    weights = masked_weights(0 * QUERY, KEY, MASK)
    words = pictures.mask_map(weights, MASK, NAMES).alt
    assert "the: the 1.00; cat: the 0.50, cat 0.50; sat: the 0.33, cat 0.33, sat 0.33;" in words


def test_patterns_come_nearer_with_more_features_until_they_fit():
    words = PICTURES["patterns"]().alt
    told = [float(number) for number in re.findall(r": (\d\.\d\d)", words)]
    for far, pattern in zip(told, [PATTERN, *NEAREST.values()], strict=True):
        misplaced = sum(abs(a - b) for a, b in zip(pattern.flatten(), PATTERN.flatten())) / 16
        assert far == pytest.approx(misplaced.item(), abs=0.005)
    assert told[0] == told[-1] == 0
    assert told[1] > 0.3
    assert told[1:] == sorted(told[1:], reverse=True)
    assert PICTURES["patterns"]().svg.count("<image") == 6


def test_the_null_key_gets_half_when_it_is_ahead_by_the_log_of_the_number_of_words():
    """The curves of the box: what is left for n words is n / (n + e^lead)."""
    ahead = torch.linspace(-4, 10, 57)
    for n in (4, 32, 256, 2048):
        score = torch.zeros(len(ahead), n + 1)
        score[:, n] = ahead
        left = score.softmax(dim=1)[:, :n].sum(dim=1)
        torch.testing.assert_close(left, n / (n + ahead.exp()))
        half = (left - 0.5).abs().argmin()
        assert abs(ahead[half].item() - math.log(n)) < 0.25
        words = figures.lines(ahead, "lead", "weight", {f"{n} words": left}, log=False).alt
        assert f"{n} words goes from 1.00 to {left[-1]:.2f}" in words
