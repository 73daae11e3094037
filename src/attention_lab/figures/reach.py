"""The hull of the keys: what lies ahead of a key, and where two mixtures of keys meet."""

import itertools

import torch
from matplotlib.patches import Polygon
from mpl_toolkits.mplot3d.art3d import Poly3DCollection
from scipy.spatial import ConvexHull

from attention_lab.figures.flat import arrow_style
from attention_lab.figures.numbers import columns, numbered, places
from attention_lab.figures.picture import COLOURS, INK, MARKERS, drawn, new_figure
from attention_lab.figures.space import new_space, point_text, set_view

FLAT = 1e-5  # a smaller share is none: certificates are computed


@drawn
def ahead(key, names, j, direction):
    """Keys in the plane, their hull, and what a query in this direction sees ahead of one key.

    Args:
        key: tensor ``(k, 2)``.
        names: of the keys.
        j: which key.
        direction: of the query, tensor ``(2,)``; only its direction matters.
    """
    figure, panel = new_figure(4.2, 3.7)
    along = direction / direction.norm()
    across = torch.stack([-along[1], along[0]])
    lead = (key - key[j]) @ along  # (k,) how far each key is ahead of key j
    corners = _outline(key).tolist()
    panel.add_patch(Polygon(corners, facecolor=COLOURS[0], alpha=0.14, linewidth=0))
    panel.add_patch(Polygon(corners, fill=False, edgecolor=INK, linewidth=1.2))
    _half_plane(panel, key[j], along, across)
    for n, (name, place) in enumerate(zip(names, key, strict=True)):
        panel.plot(*place.tolist(), MARKERS[n], color=COLOURS[n], markersize=8)
        outwards = (place - key.mean(0)) @ across > 0
        side = across if outwards == (place.tolist() in corners) else -across
        label = (place + 0.2 * side - 0.1 * along).tolist()
        panel.text(*label, name, ha="center", va="center", fontweight="bold")
    _arrow_from(panel, key[j], along)
    rival = max((n for n in range(len(key)) if n != j), key=lambda n: lead[n].item())
    if lead[rival] < 0:
        _gap(panel, key[j], lead[rival] * along, across)
    panel.set(aspect="equal", xlim=(-1.7, 1.4), ylim=(-1, 1.6))
    panel.set_axis_off()
    places = ", ".join(
        f"{name} {point_text(place)}" for name, place in zip(names, key, strict=True)
    )
    alt = (
        f"Keys in the plane and the outline of their hull: {places}. A line through {names[j]}, "
        f"across a query that points to {torch.atan2(*along.flip(0)).rad2deg() % 360:.0f}°. "
        f"{_ahead_in_words(names, lead, rival)}"
    )
    caption = f"Where the keys lie, and how far each is ahead of {names[j]}"
    numbers = {"x": key[:, 0], "y": key[:, 1], "ahead": lead}
    return figure, alt, columns(caption, "key", names, numbers)


@drawn
def solid(key, certificate=None):
    """The hull of keys in space with its edges, and the point where two mixtures of keys meet.

    Args:
        key: tensor ``(k, 3)``, in general position.
        certificate: of what is impossible, from ``geometry.copyable`` or ``averageable``.
    """
    figure, panel = new_space(4.2, 3.6)
    panel.set_proj_type("ortho")
    low, high = key.min(0).values, key.max(0).values
    middle = (low + high) / 2
    set_view(panel, middle=middle.tolist(), reach=(high - low).max().item() * 0.5)
    edges = _draw_edges(panel, key)
    names = numbered("k", len(key))
    said, tables = "", [places("key", names, key)]
    if certificate is not None:
        said, point, shares = _meeting(panel, key, certificate)
        tables += [
            columns("Two mixtures of keys that meet", "key", names, shares),
            places("meeting", ["both mixtures"], point[None]),
        ]
    for n, place in enumerate(key):
        panel.plot(*place.tolist(), MARKERS[n], color=COLOURS[n], markersize=8)
        outwards = place + 0.2 * (place - middle) / (place - middle).norm()
        panel.text(*outwards.tolist(), f"k{n}", ha="center", va="center", fontweight="bold")
    corners = ", ".join(f"k{n} {point_text(place)}" for n, place in enumerate(key))
    joined = ", ".join(f"k{a} to k{b}" for a, b in edges)
    inner = [f"k{n}" for n in range(len(key)) if n not in itertools.chain(*edges)]
    within = f" {', '.join(inner)} lies inside." if inner else ""
    alt = (
        f"The hull of {len(key)} keys in space: {corners}. Its {len(edges)} edges: {joined}."
        f"{within}{said}"
    )
    return figure, alt, *tables


def _arrow_from(panel, place, along):
    """The query's direction, as an arrow from a place."""
    tip = place + 0.42 * along
    panel.annotate("", tip.tolist(), place.tolist(), arrowprops=arrow_style(INK, "-"))
    panel.text(*(tip + 0.1 * along).tolist(), "query", ha="center", va="center")


def _ahead_in_words(names, lead, rival):
    """Which keys are ahead of one; if none is, how far the next one is behind it."""
    before = [f"{name} by {gap:.2f}" for name, gap in zip(names, lead, strict=True) if gap > 0]
    if before:
        return f"Ahead of it are {' and '.join(before)}."
    return f"No key is ahead of it; the next one, {names[rival]}, is {-lead[rival]:.2f} behind."


def _draw_edges(panel, key):
    """Draw the edges of the hull, those behind it thinner; returns them."""
    up, round_z = torch.tensor([panel.elev, panel.azim]).deg2rad()
    eye = torch.stack([up.cos() * round_z.cos(), up.cos() * round_z.sin(), up.sin()])
    edges = _edges(key, eye)
    for (a, b), seen in edges.items():
        style = {"linewidth": 1.8, "alpha": 0.9} if seen else {"linewidth": 0.8, "alpha": 0.7}
        panel.plot(*zip(key[a].tolist(), key[b].tolist(), strict=True), color=INK, **style)
    return edges


def _meeting(panel, key, certificate):
    """Draw strings from where the two mixtures meet to their keys.

    Returns:
        What is drawn in words, where they meet, and the shares of the keys in both.
    """
    mixture, combination = (
        torch.as_tensor(part).to(key) for part in (certificate.mixture, certificate.combination)
    )
    point = mixture @ key
    shares = {n: share.item() for n, share in enumerate(combination) if share > FLAT}
    for n, share in shares.items():
        string = zip(point.tolist(), key[n].tolist(), strict=True)
        panel.plot(*string, color=COLOURS[2], linestyle=":", linewidth=1 + 5 * share)
    if len(shares) == 3:
        corners = Poly3DCollection([key[list(shares)].tolist()], alpha=0.2, color=COLOURS[2])
        panel.add_collection3d(corners)
    pair = [n for n, factor in enumerate(mixture) if abs(factor) > FLAT]
    if len(pair) == 2:
        ends = key[pair].tolist()
        panel.plot(*zip(*ends, strict=True), color=COLOURS[1], linestyle="--", linewidth=2.2)
        panel.plot(*point.tolist(), "o", color=INK, markersize=5)
    parts = (
        " + ".join(f"{factor:.2f}·k{n}" for n, factor in enumerate(side) if abs(factor) > FLAT)
        for side in (mixture, combination)
    )
    said = f" At {point_text(point)} two mixtures meet: {' = '.join(parts)}."
    return said, point, {"one": mixture, "other": combination}


def _outline(key):
    """The corners of the hull of points in the plane, in order."""
    return key[ConvexHull(key).vertices]


def _edges(key, eye):
    """The edges of a hull in space, in order, and whether an eye in this direction sees them."""
    hull = ConvexHull(key)
    fronts = hull.equations[:, :3] @ eye.numpy() > 0  # the outward normals of its triangles
    seen = {}
    for corners, front in zip(hull.simplices, fronts, strict=True):
        for edge in itertools.combinations(sorted(corners.tolist()), 2):
            seen[edge] = seen.get(edge, False) or bool(front)
    return dict(sorted(seen.items()))


def _half_plane(panel, place, along, across):
    """The line through a place across a direction, and all that is ahead of it."""
    ends = [place + 4 * across, place - 4 * across]
    panel.plot(*zip(*(end.tolist() for end in ends), strict=True), color=COLOURS[1], lw=1.6)
    region = [*ends, ends[1] + 4 * along, ends[0] + 4 * along]
    shade = {"facecolor": COLOURS[1], "alpha": 0.14, "linewidth": 0}
    panel.add_patch(Polygon([corner.tolist() for corner in region], **shade))


def _gap(panel, place, step, across):
    """A dashed line that far behind a place, and a double arrow beside it with its length."""
    behind = [place + step + 4 * across, place + step - 4 * across]
    panel.plot(*zip(*(end.tolist() for end in behind), strict=True), color=INK, lw=1, ls="--")
    beside = place + 0.75 * across
    arrow = {"arrowstyle": "<->", "color": INK, "shrinkA": 0, "shrinkB": 0}
    panel.annotate("", (beside + step).tolist(), beside.tolist(), arrowprops=arrow)
    text = beside + step / 2 + 0.1 * across
    side = "right" if across[0] < 0 else "left"
    panel.text(*text.tolist(), f"margin {step.norm():.2f}", va="center", ha=side)
