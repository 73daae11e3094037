"""The pictures: their data, their words, and that they can be read in light and in dark."""

import re

import pytest
import torch
import torch.nn.functional as F
from bs4 import BeautifulSoup

from attention_lab import attention, attention_weights, figures, key, value
from attention_lab.figures.picture import COLOURS, DASHES, HATCHES, INK, MARKERS

BETA = torch.logspace(-1, 3, 4000)
MIDDLE = (key[0] + key[1]) / 2
OUTPUT = attention(BETA[:, None] * MIDDLE, key, value)
ERROR = (OUTPUT - value[:2].mean(dim=0)).abs().amax(dim=1)
FLAT = torch.tensor([[0.0, 1.0], [-0.8, -0.6], [0.8, -0.6]])

PICTURES = {
    "circle": lambda: figures.circle(FLAT, ["a", "b", "c"], torch.tensor([1.0, 1.0])),
    "sphere": lambda: figures.sphere(key, query=key[0] + key[1]),
    "slab": lambda: figures.slab(key, MIDDLE, {"wide": (0.7, 0.9), "thin": (0.79, 0.81)}),
    "hull": lambda: figures.hull(value, {"path": OUTPUT[::400]}),
    "steps": lambda: figures.scores_to_output(key[:1], key, value),
    "bars": lambda: figures.weight_bars({"one": torch.tensor([0.2, 0.8])}),
    "grid": lambda: figures.weight_grid(attention_weights(key, key)),
    "error": lambda: figures.error_curve(BETA, ERROR, "scale"),
    "lines": lambda: figures.lines(BETA, "scale", "weight", {"k0": BETA / 1000}),
}
every_picture = pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)


@every_picture
def test_a_picture_is_one_svg_with_words_and_nothing_from_elsewhere(draw):
    picture = draw()
    page = BeautifulSoup(picture._repr_html_(), "html.parser")
    assert page.figure.svg["role"] == "img"
    assert page.figure.svg["aria-label"] == picture.alt == repr(picture)
    assert len(picture.alt) > 40
    assert "nan" not in picture.alt
    assert set(re.findall(r"https?://[^/\"]+", picture.svg)) <= {"http://www.w3.org"}
    assert len(picture.svg) < 40_000


def is_precise(number):
    """Three decimals, or four digits, or a whole number."""
    digits = re.sub(r"\D", "", number.partition("e")[0]).lstrip("0")
    return bool(re.fullmatch(r"-?\d+\.\d{3}", number)) or len(digits) <= 4 or "." not in number


@every_picture
def test_a_picture_has_its_numbers_in_tables(draw):
    picture = draw()
    page = BeautifulSoup(picture._repr_html_(), "html.parser")
    (fold,) = page.figure("details", recursive=False)
    assert not fold.has_attr("open")
    assert fold.summary.text == "The numbers of this figure"
    tables = fold("table")
    assert len(tables) == len(picture.tables) > 0
    for table in tables:
        assert table.parent["tabindex"] == "0"  # for keys to scroll it
        assert table.parent["aria-label"]
        assert len(table.caption.text) > 3
        head = table.thead("th", scope="col")
        assert all(name.text for name in head)
        for row in table.tbody("tr"):
            assert len(row("th", scope="row")) == 1
            assert len(row("td")) == len(head) - 1
    numbers = [cell.text for cell in fold("td") if re.match(r"-?[\d.]", cell.text)]
    assert numbers
    assert all(map(is_precise, numbers))


@every_picture
def test_a_picture_takes_the_pages_text_colour(draw):
    svg = draw().svg
    assert INK not in svg
    assert "currentColor" in svg
    words = [word for word in BeautifulSoup(svg, "html.parser")("text") if not word.find("tspan")]
    assert words
    assert all("currentColor" in word["style"] for word in words)
    assert not re.search(r"#fff|#000000|white|black", svg)


@every_picture
def test_a_picture_fits_a_phone_with_letters_that_can_be_read(draw):
    svg = BeautifulSoup(draw().svg, "html.parser").svg
    width = float(svg["width"].removesuffix("pt"))
    assert width <= 4.8 * 72
    sizes = [float(size) for size in re.findall(r"font(?:-size)?: ?(?:bold )?([\d.]+)px", str(svg))]
    assert sizes
    assert min(sizes) * 340 / width >= 9  # on a page of 390 px about 340 are left


@every_picture
def test_a_picture_is_the_same_on_every_build(draw):
    assert draw().svg == draw().svg


def test_two_pictures_on_a_page_share_no_id_that_means_different_things():
    seen = {}
    for draw in PICTURES.values():
        for element in BeautifulSoup(draw().svg, "html.parser").find_all(id=True):
            assert seen.setdefault(element["id"], str(element)) == str(element)


def luminance(colour):
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", COLOURS)
@pytest.mark.parametrize("background", ["#ffffff", "#121212", "#222832"])
def test_every_colour_stands_out_in_light_and_in_dark(colour, background):
    darker, lighter = sorted((luminance(colour), luminance(background)))
    assert (lighter + 0.05) / (darker + 0.05) >= 3


def test_windows_are_where_the_error_is_below_the_tolerance():
    x = torch.tensor([0.0, 1, 2, 3, 4, 5, 6, 7])
    error = torch.tensor([0.0, 0, 2, 2, 0, 2, 2, 0])
    # Between 1 and 2 the line crosses 1 at 1.5, and so on; the first and last points are ends.
    assert figures.passing_windows(x, error, tolerance=1) == [(0, 1.5), (3.5, 4.5), (6.5, 7)]
    assert figures.passing_windows(x, error + 9, tolerance=1) == []
    assert figures.passing_windows(x, error, tolerance=9) == [(0, 7)]
    assert figures.passing_windows(x, torch.ones(8), tolerance=1) == []


def test_the_window_of_1_3_2_is_the_known_one():
    ((low, high),) = figures.passing_windows(BETA, ERROR)
    assert low == pytest.approx(2.782, abs=1e-3)
    assert high == pytest.approx(174.3, abs=0.1)
    alt = figures.error_curve(BETA, ERROR, "scale").alt
    assert "from 2.782 to 174.3" in alt
    assert "at 7.8" in alt


def test_the_words_of_an_error_that_never_passes():
    assert "nowhere" in figures.error_curve(BETA, ERROR + 1, "scale").alt


def test_the_words_tell_the_numbers_that_are_drawn():
    words = PICTURES["steps"]().alt
    weight = attention_weights(key[:1], key)[0]
    for k, share in enumerate(weight):
        assert f"k{k} {share:.2f}" in words
    assert "one: k0 0.20, k1 0.80" in PICTURES["bars"]().alt
    assert "a at 90°, b at 217°, c at 323°" in PICTURES["circle"]().alt
    assert "points to 45° and is 1.41 long" in PICTURES["circle"]().alt
    assert "thin: from 0.7900 to 0.8100 along the query, 0.0200 thick" in PICTURES["slab"]().alt
    assert "q2: k0" in PICTURES["grid"]().alt


def test_the_words_of_a_curve_tell_where_it_turns():
    x = torch.linspace(0, 2, 21)
    hill = figures.lines(x, "x", "height", {"hill": x * (2 - x)}, log=False).alt
    assert "hill goes from 0.00 to 0.00, with a maximum of 1.00 at 1" in hill
    valley = figures.lines(x, "x", "height", {"valley": -x * (2 - x)}, log=False).alt
    assert "with a minimum of -1.00 at 1" in valley


def test_the_words_of_curves_tell_where_they_cross():
    x = torch.linspace(0, 4, 81)
    words = figures.lines(x, "x", "y", {"up": x, "down": 3.03 - x, "same": x}, log=False).alt
    assert "up and down cross near 1.5" in words
    assert "down and same cross near 1.5" in words
    assert "up and same" not in words


def test_the_sphere_names_the_closest_keys():
    assert "closest in direction are k0 and k1, 74° apart" in PICTURES["sphere"]().alt


def test_more_than_five_of_a_kind_still_look_different():
    looks = [(COLOURS[n], MARKERS[n], str(DASHES[n]), HATCHES[n]) for n in range(30)]
    assert len(set(looks)) == 30
    assert len({look[:2] for look in looks}) == len({look[::2] for look in looks}) == 30


def test_seven_keys_can_be_drawn():
    key = F.normalize(torch.randn(7, 3, generator=torch.Generator().manual_seed(0)), dim=1)
    names = [f"k{n}" for n in range(7)]
    query = torch.tensor([1.0, 2.0, 3.0])
    x = torch.linspace(1, 2, 5)
    for picture in (
        figures.sphere(key),
        figures.circle(key[:, :2], names),
        figures.weight_bars({name: key[:, 0].softmax(0) for name in names}),
        figures.lines(x, "x", "y", {name: n * x for n, name in enumerate(names)}),
        figures.slab(key, query, {name: (0.1 * n, 0.1 * n + 0.05) for n, name in enumerate(names)}),
    ):
        assert "k6" in picture.svg


# What the pictures of every module promise, for the tests of that module.
every_promise = pytest.mark.parametrize(
    "promise",
    [
        test_a_picture_is_one_svg_with_words_and_nothing_from_elsewhere,
        test_a_picture_has_its_numbers_in_tables,
        test_a_picture_takes_the_pages_text_colour,
        test_a_picture_fits_a_phone_with_letters_that_can_be_read,
        test_a_picture_is_the_same_on_every_build,
    ],
    ids=lambda promise: promise.__name__,
)
