"""What several pictures are drawn with: lines with a name, arcs between tokens, shades of blue."""

from matplotlib.colors import LinearSegmentedColormap, PowerNorm
from matplotlib.patches import FancyArrowPatch

from attention_lab.figures.picture import COLOURS, INK, SMALL

BEND = 0.42  # an arc's height, as a share of half its length
FAINT = 0.4  # power of a weight that is its depth of colour: so that small weights are seen
UNDER_NUMBERS = "90"  # the depth of blue on which numbers stay readable in light and in dark


def level(panel, y, name, at=0.02, above=3, line="--", **align):
    """A thin line across a panel, with its name.

    Args:
        panel: axes to draw on.
        y: how high it is.
        name: of the line.
        at: where the name stands, from 0 at the left to 1 at the right.
        above: how far above the line, in points.
        line: its style.
        **align: of the name, as for ``annotate``.
    """
    panel.axhline(y, color=INK, linewidth=1, linestyle=line)
    panel.annotate(
        name, (at, y), xycoords=("axes fraction", "data"),
        xytext=(0, above), textcoords="offset points", fontsize=SMALL, **align,
    )  # fmt: skip


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
