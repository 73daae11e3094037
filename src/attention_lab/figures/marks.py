"""What pictures of sentences are drawn with: arcs from token to token, shades for weights."""

from matplotlib.colors import LinearSegmentedColormap, PowerNorm
from matplotlib.patches import FancyArrowPatch

from attention_lab.figures.picture import COLOURS

BEND = 0.42  # an arc's height, as a share of half its length
FAINT = 0.4  # power of a weight that is its depth of colour: so that small weights are seen


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
    blue = COLOURS[0]
    colours = LinearSegmentedColormap.from_list("blue", [blue + "00", blue])
    return {"cmap": colours, "norm": PowerNorm(power, 0, 1)}
