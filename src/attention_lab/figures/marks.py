"""What several pictures are drawn with: lines with a name, arcs between tokens, shades of blue."""

import math

from matplotlib.colors import LinearSegmentedColormap, PowerNorm
from matplotlib.patches import FancyArrowPatch

from attention_lab.figures.picture import COLOURS, INK, SMALL

BEND = 0.42  # an arc's height, as a share of half its length
FAINT = 0.4  # power of a weight that is its depth of colour: so that small weights are seen
# Of a line's name: how far to the right, at which end of the name, how many points above the line.
PLACES = [
    (at, side, away, edge)
    for away, edge in ((3, "bottom"), (-3, "top"))
    for at, side in ((0.02, "left"), (0.98, "right"), (0.5, "center"))
]
UNDER_NUMBERS = "90"  # the depth of blue on which numbers stay readable in light and in dark


def level(panel, y, name, line="--"):
    """A thin line across a panel, and its name at the place where the fewest curves cross that.

    To be drawn last: the place depends on all the rest, on the axes and on the legend.

    Args:
        panel: axes to draw on.
        y: how high it is.
        name: of the line.
        line: its style.
    """
    curves = panel.get_lines()
    panel.axhline(y, color=INK, linewidth=1, linestyle=line)
    panel.figure.draw_without_rendering()  # makes the layout

    def crossings(place):
        label = _named(panel, y, name, place)
        box = label.get_window_extent().padded(2)
        label.remove()
        paths = [curve.get_transform().transform_path(curve.get_path()) for curve in curves]
        within = panel.bbox.y0 <= box.y0 and box.y1 <= panel.bbox.y1
        return not within, sum(path.intersects_bbox(box, filled=False) for path in paths)

    _named(panel, y, name, min(PLACES, key=crossings))


def _named(panel, y, name, place):
    """Write the name of a line at one of the places."""
    at, side, away, edge = place
    return panel.annotate(
        name, (at, y), xycoords=("axes fraction", "data"), ha=side,
        xytext=(0, away), textcoords="offset points", va=edge, fontsize=SMALL,
    )  # fmt: skip


def names_above(figure):
    """The legend above the panels: in one row, or in as few as its names have room in."""
    count = sum(len(panel.get_legend_handles_labels()[0]) for panel in figure.axes)
    for rows in range(1, count + 1):
        columns = math.ceil(count / rows)
        legend = figure.legend(loc="outside upper center", ncols=columns, fontsize=SMALL)
        if rows == count or legend.get_window_extent().width <= figure.bbox.width:
            return
        legend.remove()


def arc(panel, query, key, share, room):
    """An arrow from a query's place to a key's: above when it looks back, below when ahead."""
    back = key < query
    height = room if back else -room
    arrow = FancyArrowPatch(
        (query, height), (key, height),
        connectionstyle=f"arc3,rad={BEND}",
        arrowstyle="-|>", mutation_scale=7, shrinkA=0, shrinkB=0,
        linewidth=0.5 + 3 * share, alpha=0.35 + 0.65 * share,
        color=COLOURS[0] if back else COLOURS[1],
    )  # fmt: skip
    panel.add_patch(arrow)


def shading(power=FAINT):
    """For ``imshow``: from nothing at 0 to blue at 1, readable in light and in dark."""
    return {"cmap": blues(), "norm": PowerNorm(power, 0, 1)}


def blues(deepest="ff"):
    """A colour map from nothing to blue, as deep as these two hexadecimal digits say."""
    blue = COLOURS[0]
    return LinearSegmentedColormap.from_list("blue", [blue + "00", blue + deepest])
