"""The numbers behind the pictures: they are those that are drawn, and everybody gets to them."""

import base64
import io
import re

import numpy
import pytest
import torch
from bs4 import BeautifulSoup
from matplotlib.image import imread
from playwright.sync_api import expect

from attention_lab import figures, key
from attention_lab.figures import heads, loudness, numbers, reach, tokens
from attention_lab.figures.picture import COLOURS
from tests.axe import violations
from tests.conftest import CHAPTERS

DICE = torch.Generator().manual_seed(0)
SHARES = {name: torch.rand(4, generator=DICE) for name in ("one", "two")}
WEIGHTS = torch.rand(3, 5, generator=DICE)
SQUARE = torch.rand(6, 6, generator=DICE)
X = torch.linspace(0, 3, 101)
FALLS = {"falls": 2 - X / 2, "bends": X * (3 - X)}
POINT = r"[ML] ([-\d.]+) ([-\d.]+)"  # of a path
WORDS = ["a", "cat", "sat", "on", "a", "mat"]


def column(picture, name, table=0):
    """A column of a picture's table, as numbers."""
    table = picture.tables[table]
    place = table.head.index(name)
    return [float(row[place].replace(",", "")) for row in table.rows]


def polygons(svg, fill):
    """The corners of the shapes in a panel that are filled with a colour or hatched (``url``)."""
    paths = re.findall(rf'<path d="([^"]+)" clip-path[^>]*style="fill: {fill}', svg)
    return [numpy.array(re.findall(POINT, path), dtype=float) for path in paths]


def sizes(svg, fill, axis):
    """Of the bars with this fill how wide (axis 0) or high (axis 1) each is."""
    return [numpy.ptp(corners[:, axis]) for corners in polygons(svg, fill)]


def curve(svg, colour):
    """The points of the line of a colour, on the paper."""
    lines = re.findall(
        rf'<path d="([^"]+)" clip-path[^>]*style="fill: none;[^"]*stroke: {colour}', svg
    )
    return numpy.array(re.findall(POINT, lines[0]), dtype=float)


def written(svg):
    """The numbers with two decimals that a picture writes, from above, then from the left."""
    texts = BeautifulSoup(svg, "html.parser")("text")
    placed = []
    for text in texts:
        if re.fullmatch(r"-?\d?\.\d\d", text.text.strip()):
            at = re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", str(text)) or (
                0, text["x"], text["y"])  # fmt: skip
            placed.append((round(float(at[2])), float(at[1]), float(text.text)))
    return [number for *_, number in sorted(placed)]


def follow(drawn, told):
    """What is drawn is told on one scale: no number lies off the line by more than the rounding."""
    drawn, told = numpy.array(drawn), numpy.array(told)
    slope, begin = numpy.polyfit(told, drawn, 1)
    assert numpy.abs(drawn - begin - slope * told).max() < 0.001 * abs(slope) + 0.01


def follow_bars(picture):
    for fill, name in zip((COLOURS[0], "url"), SHARES, strict=True):  # the second are hatched
        follow(sizes(picture.svg, fill, 1), column(picture, name))


def follow_curves(picture):
    x = column(picture, "x")
    for colour, name in zip(COLOURS, FALLS, strict=False):
        points = curve(picture.svg, colour)
        across = points[0, 0] + numpy.array(x) / 3 * numpy.ptp(points[:, 0])  # x goes from 0 to 3
        follow(numpy.interp(across, *points.T), column(picture, name))


def follow_grid(picture):
    told = [float(text) for row in picture.tables[0].rows for text in row[1:]]
    assert written(picture.svg) == pytest.approx(told, abs=0.0051)


DRAWN = {
    "bars": (lambda: figures.weight_bars(SHARES), follow_bars),
    "curves": (lambda: figures.lines(X, "x", "y", FALLS, log=False), follow_curves),
    "grid": (lambda: figures.weight_grid(WEIGHTS), follow_grid),
}
every_kind = pytest.mark.parametrize(("draw", "follows"), DRAWN.values(), ids=DRAWN)


@every_kind
def test_the_table_tells_what_is_drawn(draw, follows):
    follows(draw())


@every_kind
def test_two_rows_that_changed_places_are_noticed(draw, follows):
    picture = draw()
    table = picture.tables[0]
    first, second, *rest = table.rows
    picture.tables[0] = table._replace(
        rows=[[first[0], *second[1:]], [second[0], *first[1:]], *rest]
    )
    with pytest.raises(AssertionError):
        follows(picture)


def test_lying_bars_are_as_wide_as_the_table_tells():
    picture = tokens.token_bars(SQUARE[0], WORDS, "length")
    follow(sizes(picture.svg, COLOURS[0], 0), column(picture, "length"))
    assert [row[0] for row in picture.tables[0].rows] == ["a 0", "cat", "sat", "on", "a 4", "mat"]


def test_a_histogram_is_as_high_as_the_table_tells():
    picture = heads.scatter_of_shares({"draws": torch.rand(300, generator=DICE)})
    told = column(picture, "draws")
    follow(sizes(picture.svg, COLOURS[0], 1), told)
    assert sum(told) == pytest.approx(1, abs=0.01)
    assert [row[0] for row in picture.tables[0].rows][9] == "0.45 to 0.50"


def test_a_map_is_as_blue_as_the_table_tells():
    picture = tokens.attention_map(SQUARE, WORDS)
    coded = re.search(r"data:image/png;base64,\s*([^\"]+)", picture.svg)[1]
    depth = imread(io.BytesIO(base64.b64decode(coded)))[:, :, 3]
    middles = [
        [int((n + 0.5) * size / 6) for n in range(6)] for size in depth.shape
    ]  # of the rows, of the columns
    told = torch.tensor([[float(x) for x in row[1:]] for row in picture.tables[0].rows])
    seen = torch.tensor(depth[numpy.ix_(*middles)].copy())
    # matplotlib draws an image from below upwards into an SVG, and turns it.
    turned = seen if (seen - told**tokens.FAINT).abs().max() < 0.1 else seen.flip(0)
    torch.testing.assert_close(turned, told**tokens.FAINT, atol=0.01, rtol=0)


def test_arcs_are_listed_as_they_are_drawn():
    weight = torch.zeros(6, 6)
    weight[4, 1], weight[2, 5], weight[3, 3] = 0.6, 0.3, 0.9
    picture = tokens.token_arcs(weight, WORDS)
    assert picture.tables[0].rows == [["sat", "mat", "0.300"], ["a 4", "cat", "0.600"]]
    assert [row[:2] for row in tokens.token_arcs(weight, WORDS, hidden=(1,)).tables[0].rows] == [
        ["sat", "mat"]
    ]


def test_what_is_masked_has_no_number():
    picture = heads.mask_map(SQUARE, torch.ones(6, 6).tril().bool(), WORDS)
    rows = picture.tables[0].rows
    assert [row.count("none") for row in rows] == [5, 4, 3, 2, 1, 0]
    assert picture.svg.count("fill: url(#") == 15


def test_arrows_point_where_the_table_tells():
    flat = torch.nn.functional.normalize(torch.randn(3, 2, generator=DICE), dim=1)
    picture = figures.circle(flat, ["a", "b", "c"], torch.tensor([0.4, -0.9]))
    ring = re.search(r'<path d="(M [^z"]{2000,}?)"', picture.svg)[1]
    around = numpy.array(re.findall(POINT, ring), dtype=float)
    middle = (around.max(0) + around.min(0)) / 2
    told = {row[0]: [float(x) for x in row[1:]] for row in picture.tables[0].rows}
    for text in BeautifulSoup(picture.svg, "html.parser")("text"):
        x, y = told[text.text.strip()]
        at = re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", str(text)) or (0, text["x"], text["y"])
        right, up = float(at[1]) - middle[0], middle[1] - (float(at[2]) - 3)  # 3: half a letter
        off = numpy.arctan2(up, right) - numpy.arctan2(y, x)
        assert abs((off + numpy.pi) % (2 * numpy.pi) - numpy.pi) < 0.1


def test_places_in_space_are_those_of_the_keys():
    assert column(figures.sphere(key), "z") == pytest.approx(key[:, 2].tolist(), abs=5e-4)
    solid = reach.solid(key)
    assert solid.tables[0].rows[2] == ["k2", *(f"{x:.3f}" for x in key[2].tolist())]


def test_a_long_curve_is_listed_in_steps_with_what_matters():
    x = torch.linspace(0, 100, 401)
    error = (x - 33).abs() / 100
    picture = figures.error_curve(x, error, "x", log=False, tolerance=0.1)
    table = picture.tables[0]
    # 400 steps in twelfths: every 33⅓ points, x 0.25 apart; 23 and 43 are the window's ends, and
    # the smallest error is at 33. The largest is the last.
    told = column(picture, "x")
    steps = [round(100 / 3 * n) / 4 for n in range(13)]
    assert told == pytest.approx(sorted([*steps, 23, 33, 43]), abs=1e-3)
    assert column(picture, "error") == pytest.approx([abs(x - 33) / 100 for x in told], abs=1e-4)
    assert "13 of 401 points, evenly picked, and those that matter" in table.caption


def test_a_short_curve_is_listed_whole_and_65_536_keys_are_not():
    sizes = 2 ** torch.arange(4, 17)
    table = loudness.dispersion(sizes, {"even": 1 / sizes}).tables[0]
    assert [row[0] for row in table.rows] == [f"{2**n:,}" for n in range(4, 17)]
    assert "evenly picked" not in table.caption
    assert len(numbers.curves("y", "x", torch.arange(65_536), {"y": torch.rand(65_536)}).rows) < 18


def test_a_path_of_outputs_is_listed_with_its_ends():
    way = torch.linspace(0, 1, 50)[:, None] * torch.ones(3)
    table = figures.hull(key, {"way": way}).tables[0]
    names = [row[0] for row in table.rows]
    assert names[:5] == ["v0", "v1", "v2", "v3", "way, 1"]
    assert table.rows[-1] == ["way, 50", "1.000", "1.000", "1.000"]
    assert len(names) <= 4 + 14


# What a picture writes is in its table; of a curve a reader can follow the course.
WRITES_ALL = ("Grouped bars", "Three bar", "Grid of", "Map of attention, ", "Bars,", "Tables side")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_figure_of_the_book_has_its_numbers_below_it(site, chapter):
    page = BeautifulSoup((site / f"book/{chapter}.html").read_text("utf-8"), "html.parser")
    pictures = page("svg", role="img", attrs={"aria-label": re.compile("....")})
    pictures = [
        svg for svg in pictures if svg.find_parent(class_=re.compile("picture|cell_output"))
    ]
    for svg in pictures:
        (fold,) = svg.parent("details", class_="numbers", recursive=False)
        assert not fold.has_attr("open")
        told = [float(cell.text.replace(",", "")) for cell in fold("td") if cell.text != "none"
                and re.fullmatch(r"-?\d[\d.,]*(e[-+]\d+)?", cell.text)]  # fmt: skip
        assert len(told) >= (1 if "looks at" in svg["aria-label"] else 4)
        assert len(told) <= 1100  # a page is not a data set
        if svg["aria-label"].startswith(WRITES_ALL):
            shown = written(str(svg))
            assert len(told) >= len(shown) > 0
            for number in shown:
                assert min(abs(number - x) for x in told) < 0.0056  # both are rounded
        if svg["aria-label"].startswith("Curve"):
            whole = "evenly picked" not in fold.caption.text
            assert len(fold.tbody("tr")) >= (5 if whole else 13)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_numbers_can_be_read_by_everybody_on_every_screen(open_page, chapter):
    page = open_page(chapter, 390, color_scheme="dark")
    if page.locator(".numbers").count() == 0:
        return
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    page.evaluate("Promise.all(document.getAnimations().map((fading) => fading.finished))")
    assert violations(page, ".numbers") == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_numbers_are_reached_with_keys(open_page):
    page = open_page("keys", 390)
    fold = page.locator(".numbers:visible").first
    expect(fold.locator("table")).to_be_hidden()
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold.locator("table")).to_be_visible()
    page.keyboard.press("Tab")
    assert fold.get_by_role("group", name="Table of numbers").evaluate(
        "box => box === document.activeElement"
    )


def test_on_paper_there_is_what_was_opened(open_page):
    page = open_page("keys")
    opened, closed = page.locator(".numbers:visible").all()[:2]
    opened.locator("summary").click()
    page.emulate_media(media="print")
    expect(opened.locator("table")).to_be_visible()
    expect(opened.locator("summary")).to_be_hidden()
    expect(closed).to_be_hidden()
