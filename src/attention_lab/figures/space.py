"""Arrows and points in space: keys on a sphere, outputs between the values."""

import itertools

import torch
from matplotlib.figure import Figure

from attention_lab.figures import numbers
from attention_lab.figures.picture import COLOURS, DASHES, INK, MARKERS, SMALL, drawn


@drawn
def sphere(key, query=None):
    """Keys in space as arrows inside the unit sphere, and the direction of a query.

    Args:
        key: tensor ``(k, 3)``.
        query: tensor ``(3,)``; drawn at length 1.2, whatever its length.
    """
    figure, panel = new_space(4.2, 3.7)
    _globe(panel)
    for n, tip in enumerate(key.tolist()):
        _spoke(panel, tip, COLOURS[n], DASHES[n], MARKERS[n], f"k{n}")
    if query is not None:
        _spoke(panel, (1.2 * query / query.norm()).tolist(), INK, "-", "*", "query")
    set_view(panel, reach=0.93 if query is None else 1.25)  # room for the query's name
    said = "; ".join(f"k{n} at ({x:.2f}, {y:.2f}, {z:.2f})" for n, (x, y, z) in enumerate(key))
    cosines = torch.nn.functional.cosine_similarity(key[:, None], key[None], dim=-1)
    nearest = max(itertools.combinations(range(len(key)), 2), key=lambda pair: cosines[pair].item())
    alt = (
        f"Keys as arrows in a unit sphere: {said}. The two closest in direction are k{nearest[0]} "
        f"and k{nearest[1]}, {cosines[nearest].acos().rad2deg():.0f}° apart."
    )
    if query is not None:
        towards = torch.nn.functional.cosine_similarity(key, query[None]).acos().rad2deg()
        turned = ", ".join(f"{angle:.0f}° from k{n}" for n, angle in enumerate(towards))
        alt += f" The query points {turned}."
    tables = [numbers.places("key", numbers.numbered("k", len(key)), key)]
    if query is not None:
        names = numbers.numbered("k", len(key))
        tables.append(
            numbers.columns("The query's direction", "key", names, {"degrees away": towards})
        )
    return figure, alt, *tables


@drawn
def hull(value, outputs):
    """The values as corners of a solid, and outputs inside it.

    Args:
        value: tensor ``(k, 3)``.
        outputs: a dict of paths and the outputs along them, tensors ``(n, 3)``.
    """
    figure, panel = new_space(4.2, 3.1)
    for a, b in itertools.combinations(value.tolist(), 2):
        panel.plot(*zip(a, b, strict=True), color=INK, linewidth=0.9, alpha=0.6)
    for n, corner in enumerate(value.tolist()):
        panel.plot(*corner, marker=MARKERS[n], color=INK, markersize=6)
        outwards = value[n] + 0.18 * (value[n] - value.mean(0))
        panel.text(*outwards.tolist(), f"v{n}", ha="center", va="center", fontweight="bold")
    for n, (name, path) in enumerate(outputs.items()):
        style = {"color": COLOURS[n], "marker": MARKERS[n], "linestyle": DASHES[n]}
        panel.plot(*path.T.tolist(), **style, markersize=4, label=name)
    figure.legend(loc="lower center", ncols=2, fontsize=SMALL)
    low, high = value.min(0).values, value.max(0).values
    set_view(panel, middle=((low + high) / 2).tolist(), reach=(high - low).max().item() * 0.44)
    corners = ", ".join(f"v{n} {point_text(corner)}" for n, corner in enumerate(value))
    said = "; ".join(
        f"{name} starts at {point_text(path[0])} and ends at {point_text(path[-1])}, "
        f"{_nearest(value, path[-1])}"
        for name, path in outputs.items()
    )
    alt = (
        f"The {len(value)} values as corners of a solid, every pair joined by an edge: {corners}; "
        f"the middle is {point_text(value.mean(0))}. Outputs: {said}."
    )
    return figure, alt, _hull_table(value, outputs)


def _hull_table(value, outputs):
    """Where the corners lie, and the points of each path."""
    paths = [numbers.path(name, points) for name, points in outputs.items()]
    names = [*numbers.numbered("v", len(value)), *(name for listed, _ in paths for name in listed)]
    return numbers.places("point", names, torch.cat([value, *(points for _, points in paths)]))


def new_space(width, height):
    """A figure in three dimensions; its axes reach beyond it, as matplotlib leaves wide margins."""
    figure = Figure(figsize=(width, height))
    return figure, figure.add_axes((-0.15, -0.2, 1.3, 1.35), projection="3d")


def _globe(panel):
    """Three great circles say "sphere" with less ink than a net."""
    turn = torch.linspace(0, 2 * torch.pi, 60)
    flat = torch.zeros_like(turn)
    for ring in (
        (turn.cos(), turn.sin(), flat),
        (turn.cos(), flat, turn.sin()),
        (flat, turn.cos(), turn.sin()),
    ):
        panel.plot(*ring, color=INK, linewidth=0.5, alpha=0.35)


def _spoke(panel, tip, colour, dash, marker, name):
    panel.plot(*zip((0, 0, 0), tip, strict=True), color=colour, linestyle=dash, linewidth=2)
    panel.plot(*tip, marker=marker, color=colour, markersize=8)
    panel.text(*(1.24 * x for x in tip), name, ha="center", va="center", fontweight="bold")


def set_view(panel, middle=(0, 0, 0), reach=0.93):
    """The same view on every picture, so that they can be compared.

    From here no two of the course's keys, and no two of its values, hide each other.
    """
    limits = [(m - reach, m + reach) for m in middle]
    panel.set(xlim=limits[0], ylim=limits[1], zlim=limits[2])
    panel.set_box_aspect((1, 1, 1))
    panel.view_init(elev=20, azim=5)
    panel.set_axis_off()


def point_text(point):
    """A place in words.

    >>> point_text((0.5, 2.0))
    '(0.50, 2.00)'
    """
    return "(" + ", ".join(f"{x:.2f}" for x in point) + ")"


def _nearest(value, point):
    """Which corner a point is closest to, in words."""
    distance = (value - point).norm(dim=1)
    return f"{distance.min():.2f} from v{distance.argmin()}"
