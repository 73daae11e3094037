"""Arrows in the plane: keys on a circle, and a sphere seen from the side."""

import torch

from attention_lab.figures.marks import names_above
from attention_lab.figures.numbers import columns, digits, numbered, places
from attention_lab.figures.picture import COLOURS, DASHES, INK, drawn, new_figure


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
    tips = {**dict(zip(names, key, strict=True)), **({} if query is None else {"query": query})}
    return figure, alt, places("arrow", tips, torch.stack([*tips.values()]))


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
    tips = _from_the_side(key, query)
    for n, tip in enumerate(torch.stack([*tips.values()], dim=1).tolist()):
        panel.annotate("", tip, (0, 0), arrowprops=arrow_style(COLOURS[n], DASHES[n]))
        panel.text(*_beyond(tip), f"k{n}", ha="center", va="center", fontweight="bold")
    panel.annotate("", (1.25, 0), (0, 0), arrowprops=arrow_style(INK, "-", width=1.5))
    panel.text(1.29, 0, "query", va="center")
    for n, (name, (low, high)) in enumerate(bands.items()):
        label = f"{name}: {high - low:.4f} thick"
        panel.axvspan(low, high, color=COLOURS[2 + n], alpha=0.75 - 0.4 / (n + 1), label=label)
    panel.set(aspect="equal", xlim=(-1.2, 1.65), ylim=(-1.2, 1.2))
    panel.set_axis_off()
    names_above(figure)
    lows, highs = torch.tensor([*bands.values()]).T
    ends = {"from": lows, "to": highs, "thick": highs - lows}
    return (
        figure,
        _slab_in_words(tips["along the query"], bands),
        columns("Tips of the keys", "key", numbered("k", len(key)), tips),
        columns("Where the edited key is accepted, along the query", "band", bands, ends, digits),
    )


def _from_the_side(key, query):
    """Where tips of keys lie along a query and across it: the first two lie in that plane."""
    along = query / query.norm()
    difference = key[0] - key[1]
    across = difference - (difference @ along) * along
    return {"along the query": key @ along, "across it": key @ (across / across.norm())}


def _slab_in_words(reached, bands):
    """How far the keys reach along the query, and between what the edited one is accepted."""
    places = ", ".join(f"k{n} {place:.2f}" for n, place in enumerate(reached))
    said = "; ".join(
        f"{name}: from {low:.4f} to {high:.4f} along the query, {high - low:.4f} thick"
        for name, (low, high) in bands.items()
    )
    return (
        "The unit sphere from the side, the query pointing right. Along the query the keys reach "
        f"{places}. "
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
