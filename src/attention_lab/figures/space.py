"""Arrows and points: keys on a circle, keys on a sphere, outputs between the values."""

import itertools

import torch
from matplotlib.figure import Figure

from attention_lab.figures.picture import COLOURS, DASHES, INK, MARKERS, drawn, new_figure


@drawn
def circle(key, names, query=None):
    """Keys as arrows in the plane, and a query among them.

    Args:
        key: tensor ``(k, 2)``.
        names: of the keys.
        query: tensor ``(2,)``, drawn with its length.
    """
    figure, panel = new_figure(3.6, 3.6)
    _unit_circle(panel)
    for n, (name, tip) in enumerate(zip(names, key.tolist(), strict=True)):
        panel.annotate("", tip, (0, 0), arrowprops=arrow_style(COLOURS[n], DASHES[n]))
        panel.text(*_beyond(tip), name, ha="center", va="center")
    if query is not None:
        panel.annotate("", query.tolist(), (0, 0), arrowprops=arrow_style(INK, "-", width=3))
        panel.text(*_beyond(query.tolist()), "query", ha="center", va="center", fontweight="bold")
    reach = max(1.3, 0 if query is None else query.norm().item() + 0.3)
    panel.set(aspect="equal", xlim=(-reach, reach), ylim=(-reach + 0.2, reach))
    panel.set_axis_off()
    angles = _degrees(key)
    said = ", ".join(f"{name} at {angle:.0f}°" for name, angle in zip(names, angles, strict=True))
    alt = f"Keys as arrows from the centre of a circle, angles from the right: {said}."
    if query is not None:
        angle = _degrees(query)
        alt += f" The query points to {angle:.0f}° and is {query.norm():.3g} long."
    return figure, alt


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
    return figure, alt


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
    figure.legend(loc="lower center", ncols=2, fontsize=9)
    low, high = value.min(0).values, value.max(0).values
    set_view(panel, middle=((low + high) / 2).tolist(), reach=(high - low).max().item() * 0.44)
    corners = ", ".join(f"v{n} {point_text(corner)}" for n, corner in enumerate(value))
    said = "; ".join(
        f"{name} starts at {point_text(path[0])} and ends at {point_text(path[-1])}, "
        f"{_nearest(value, path[-1])}"
        for name, path in outputs.items()
    )
    return figure, (
        f"The {len(value)} values as corners of a solid, every pair joined by an edge: {corners}; "
        f"the middle is {point_text(value.mean(0))}. Outputs: {said}."
    )


@drawn
def slab(key, query, bands):
    """Which places of an edited key are accepted: bands across the query's direction.

    Seen from the side: the query points to the right, the first two keys lie in the picture's plane
    as far as they can, the unit sphere is a circle.

    Args:
        key: tensor ``(k, 3)``.
        query: tensor ``(3,)``; only its direction matters.
        bands: a dict of names, and the two places along the query that bound the band.
    """
    figure, panel = new_figure(4.2, 3.6)
    _unit_circle(panel)
    along = query / query.norm()
    difference = key[0] - key[1]
    across = difference - (difference @ along) * along
    across = across / across.norm()
    for n, tip in enumerate(torch.stack([key @ along, key @ across], dim=1).tolist()):
        panel.annotate("", tip, (0, 0), arrowprops=arrow_style(COLOURS[n], DASHES[n]))
        panel.text(*_beyond(tip), f"k{n}", ha="center", va="center", fontweight="bold")
    panel.annotate("", (1.25, 0), (0, 0), arrowprops=arrow_style(INK, "-", width=1.5))
    panel.text(1.29, 0, "query", va="center")
    for n, (name, (low, high)) in enumerate(bands.items()):
        label = f"{name}: {high - low:.4f} thick"
        panel.axvspan(low, high, color=COLOURS[2 + n], alpha=0.75 - 0.4 / (n + 1), label=label)
    panel.set(aspect="equal", xlim=(-1.2, 1.65), ylim=(-1.2, 1.2))
    panel.set_axis_off()
    figure.legend(loc="outside upper center", ncols=len(bands), fontsize=9)
    reached = ", ".join(f"k{n} {place:.2f}" for n, place in enumerate(key @ along))
    said = "; ".join(
        f"{name}: from {low:.4f} to {high:.4f} along the query, {high - low:.4f} thick"
        for name, (low, high) in bands.items()
    )
    return figure, (
        "The unit sphere from the side, the query pointing right. Along the query the keys reach "
        f"{reached}. "
        f"The edited key is accepted where its tip lies in a band across the query. {said}."
    )


def _degrees(points):
    """The angle of points in the plane, counted from the right, 0 to 360."""
    return torch.atan2(points[..., 1], points[..., 0]).rad2deg() % 360


def _unit_circle(panel):
    turn = torch.linspace(0, 2 * torch.pi, 100)
    panel.plot(turn.cos(), turn.sin(), color=INK, linewidth=0.7, alpha=0.5)


def arrow_style(colour, dash, width=2):
    """How an arrow looks, for ``annotate``."""
    return {
        "arrowstyle": "-|>", "color": colour, "linestyle": dash, "linewidth": width,
        "shrinkA": 0, "shrinkB": 0, "mutation_scale": 14,
    }  # fmt: skip


def _beyond(tip):
    """A little further out than the tip, for its name."""
    length = max(torch.tensor(tip).norm().item(), 1e-6)
    return [x * (1 + 0.17 / length) for x in tip]


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
    """A place in words."""
    return "(" + ", ".join(f"{x:.2f}" for x in point) + ")"


def _nearest(value, point):
    """Which corner a point is closest to, in words."""
    distance = (value - point).norm(dim=1)
    return f"{distance.min():.2f} from v{distance.argmin()}"
