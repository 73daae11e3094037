"""Heads and masks: how weights scatter when keys are noisy, who sees whom, what patterns fit."""

import itertools

import torch
from matplotlib.patches import Rectangle

from attention_lab.figures.bars import short
from attention_lab.figures.marks import UNDER_NUMBERS, blues
from attention_lab.figures.numbers import columns, matrix, numbered
from attention_lab.figures.picture import COLOURS, HATCHES, INK, SMALL, drawn, new_figure

BINS = 20  # of width 0.05
NEAR = 0.05  # to a half: a band that is marked


@drawn
def scatter_of_shares(shares):
    """How one key's share of the weight falls in many draws of noisy keys.

    Args:
        shares: a dict of names and tensors ``(n,)``, a share for each draw.
    """
    figure, panels = new_figure(4.4, 0.5 + 1.5 * len(shares), nrows=len(shares), squeeze=False)
    panels = panels[:, 0]
    edges = torch.linspace(0, 1, BINS + 1)
    parts = {
        name: torch.histc(share, BINS, min=0, max=1) / len(share) for name, share in shares.items()
    }
    for n, (panel, (name, part)) in enumerate(zip(panels, parts.items(), strict=True)):
        style = {"color": COLOURS[n], "hatch": HATCHES[n], "edgecolor": INK, "linewidth": 0.5}
        panel.bar(edges[:-1].tolist(), part.tolist(), width=1 / BINS, align="edge", **style)
        panel.axvspan(0.5 - NEAR, 0.5 + NEAR, color=COLOURS[2], alpha=0.22, linewidth=0)
        panel.set_title(name, loc="left", fontsize=10)
        panel.set(xlim=(0, 1), ylim=(0, 1), yticks=(0, 0.5, 1), ylabel="draws")
        panel.yaxis.set_major_formatter(lambda height, _: f"{100 * height:.0f}%")
    panels[-1].set_xlabel("share of k0")
    said = "; ".join(f"{name}: {_scatter(share)}" for name, share in shares.items())
    bins = [f"{low:.2f} to {high:.2f}" for low, high in itertools.pairwise(edges.tolist())]
    alt = f"Histograms of the share of the weight that k0 gets over many draws. {said}."
    table = columns("Part of the draws in which k0 has this share", "share of k0", bins, parts)
    return figure, alt, table


@drawn
def mask_map(weights, mask, names):
    """A map of attention: a row is a query, a column a key; what a query may not see is hatched.

    Args:
        weights: tensor ``(q, k)``.
        mask: truth values ``(q, k)``, true where the query may look.
        names: of the words that are queries and keys.
    """
    figure, panel = new_figure(4.2, 3.7)
    panel.imshow(weights.tolist(), cmap=blues(UNDER_NUMBERS), vmin=0, vmax=1)
    for q, k in mask.nonzero().tolist():
        panel.text(k, q, short(weights[q, k]), ha="center", va="center", fontsize=SMALL)
    for q, k in (~mask).nonzero().tolist():
        panel.add_patch(_forbidden(k, q))
    panel.set_xticks(range(len(names)), names)
    panel.set_yticks(range(len(names)), names)
    panel.tick_params(length=0, labeltop=True, labelbottom=False)
    panel.spines[:].set_visible(False)
    rows = "; ".join(f"{name}: {_seen(names, weights[q], mask[q])}" for q, name in enumerate(names))
    alt = (
        "Map of attention, a row for each query, a column for each key, hatched where the query "
        f"may not look. {rows}."
    )
    table = matrix("Weights, a row for each query", "query", names, names, weights, shown=mask)
    return figure, alt, table


@drawn
def patterns(maps):
    """Several patterns of attention side by side, as shades.

    Args:
        maps: a dict of titles and tensors ``(q, k)`` of the same size; the first is compared with.
    """
    figure, panels = new_figure(4.6, 1.7 * -(-len(maps) // 3), ncols=3, nrows=-(-len(maps) // 3))
    wanted = next(iter(maps.values()))
    said = []
    for n, panel in enumerate(panels.flat):
        panel.set_xticks([])
        panel.set_yticks([])
        if n >= len(maps):
            panel.set_axis_off()
            continue
        title, pattern = list(maps.items())[n]
        panel.imshow(pattern.tolist(), cmap=blues(UNDER_NUMBERS), vmin=0, vmax=1)
        panel.set_title(title, fontsize=9.5)
        panel.spines[:].set(visible=True, linewidth=0.5)
        misplaced = (pattern - wanted).abs().sum(dim=-1).mean() / 2
        said.append(f"{title}: {misplaced:.2f}")
    queries, keys = wanted.shape
    alt = (
        f"Maps of attention, {queries} queries by {keys} keys, darker for more weight. "
        f"How much of a query's weight lies elsewhere than in the first: {', '.join(said)}."
    )
    names = numbered("q", queries), numbered("k", keys)
    tables = (matrix(title, "query", *names, pattern) for title, pattern in maps.items())
    return figure, alt, *tables


def _scatter(share):
    """Where the shares fall, in words."""
    parts = {
        "below 0.1": share < 0.1,
        f"within {NEAR:g} of a half": (share - 0.5).abs() < NEAR,
        "above 0.9": share > 0.9,
    }
    return ", ".join(f"{100 * part.float().mean():.0f}% {name}" for name, part in parts.items())


def _forbidden(k, q):
    place = (k - 0.5, q - 0.5)
    return Rectangle(place, 1, 1, fill=False, hatch="////", edgecolor=INK, linewidth=0, alpha=0.5)


def _seen(names, weights, mask):
    """The weights of the keys that may be seen, in words."""
    pairs = zip(names, weights.tolist(), mask.tolist(), strict=True)
    return ", ".join(f"{name} {weight:.2f}" for name, weight, may in pairs if may)
