"""Names in pictures: none is cut, and no curve runs through one."""

import matplotlib
import pytest
import torch

from attention_lab import attention, figures, key, value
from attention_lab.figures import loudness
from attention_lab.figures.descent import descents
from attention_lab.figures.marks import level, names_above
from attention_lab.figures.picture import STYLE, new_figure

X = torch.linspace(0.01, 1, 200)
LONG = [f"a rather long name, the {n}th of them" for n in range(4)]


@pytest.fixture(autouse=True)
def book_style():
    with matplotlib.rc_context(STYLE):
        yield


def figure_of(draw, *args, **kwargs):
    """The matplotlib figure behind a picture, laid out."""
    figure = draw.__wrapped__(*args, **kwargs)[0]
    figure.draw_without_rendering()
    return figure


def assert_all_names_are_inside(figure):
    (legend,) = figure.legends
    for text in legend.get_texts():
        box = text.get_window_extent()
        assert 0 <= box.x0 < box.x1 <= figure.bbox.width, text.get_text()


@pytest.mark.parametrize("names", [LONG, LONG[:3], ["a", "b", "c", "d", "e", "f"]])
def test_a_legend_has_room_for_its_names(names):
    curves = {name: X**n for n, name in enumerate(names, 1)}
    assert_all_names_are_inside(figure_of(figures.lines, X, "x", "y", curves))
    bars = {name: torch.tensor([0.2, 0.8]) for name in names}
    assert_all_names_are_inside(figure_of(figures.weight_bars, bars))
    bounds = {name: y + 0.1 for name, y in curves.items()}
    assert_all_names_are_inside(figure_of(loudness.errors, X, curves, bounds, 0.05))


def columns_for(names):
    figure, panel = new_figure(4.6, 2)
    for name in names:
        panel.plot([0, 1], [0, 1], label=name)
    names_above(figure)
    return figure.legends[0]._ncols


def test_names_stand_in_as_few_rows_as_they_can_and_these_are_full():
    assert columns_for(["k0", "k1", "k2", "k3"]) == 4
    assert columns_for(["same loudness", "scores times log n / log 16", "another", "one more"]) == 2
    assert columns_for(LONG) == 1


def crossings(panel, name):
    """How many points of the panel's curves lie in the box of a name."""
    (label,) = (text for text in panel.texts if text.get_text() == name)
    box = label.get_window_extent()
    assert panel.bbox.x0 <= box.x0
    assert box.x1 <= panel.bbox.x1
    found = 0
    for curve in panel.get_lines():
        x, y = (torch.as_tensor(data, dtype=torch.float64) for data in curve.get_data())
        if len(x) > 2:  # not the line itself
            points = curve.get_transform().transform(torch.stack([x, y], dim=1).numpy())
            found += sum(box.contains(*point) for point in points)
    return found


@pytest.mark.parametrize("scale", [0.1, 1], ids=["gentle", "loud"])
def test_no_curve_runs_through_the_name_of_the_tolerance(scale):
    query = scale * torch.tensor([[20.0, -65.0, -26.0]])
    place = torch.linspace(0.6, 1.0, 8001)
    edited = key.repeat(len(place), 1, 1)
    edited[:, 0] = place[:, None] * query[0] / query.norm()
    error = (attention(query.expand(len(place), 1, 3), edited, value)[:, 0]).abs().amax(dim=1)
    error = (error - error[len(error) // 3]).abs()
    figure = figure_of(figures.error_curve, place, error, "place", log=False)
    assert crossings(figure.axes[0], "tolerance 0.05") == 0


@pytest.mark.parametrize(
    "curve",
    [0.05 + 0 * X, 0.06 + (X - 0.5) ** 2, 0.06 + 2 * (X - 0.1).abs(), 0.04 + X.where(X > 0.5, 0)],
    ids=["on the line", "low in the middle", "low at the left", "below at the left"],
)
def test_the_name_goes_where_the_curve_is_not(curve):
    figure, panel = new_figure(4.6, 2.9)
    panel.plot(X, curve)
    panel.set(xlim=(0, 1), ylim=(-0.1, 1))
    level(panel, 0.05, "tolerance")
    figure.draw_without_rendering()
    assert crossings(panel, "tolerance") == 0
    assert len(panel.texts) == 1


def test_where_curves_are_everywhere_the_name_is_where_they_are_fewest():
    _, panel = new_figure(4.6, 2.9)
    for height in range(100):
        panel.plot(X, 0 * X + height / 100)
        panel.plot(0.7 * X, 0 * X + height / 99)
    panel.set(xlim=(0, 1), ylim=(0, 1))
    level(panel, 0.5, "half")
    (label,) = panel.texts
    assert (label.get_text(), label.get_ha()) == ("half", "right")


def test_panels_with_common_axes_have_the_name_each_where_it_is_free():
    falling = torch.logspace(0, -3, 50)[:, None].repeat(1, 3)
    figure = figure_of(descents, {"one": falling, "other": 100 * falling.flip(0)})
    for panel in figure.axes:
        assert crossings(panel, "tolerance 0.05") == 0
