"""Bars and grids: how much weight falls on which key."""

import torch

from attention_lab.core import attention_weights
from attention_lab.figures.marks import UNDER_NUMBERS, blues, names_above
from attention_lab.figures.numbers import columns, matrix, numbered
from attention_lab.figures.picture import COLOURS, HATCHES, INK, SMALL, drawn, new_figure


@drawn
def scores_to_output(query, key, value):
    """The three steps of attention for one query: scores, weights, output.

    Args:
        query: tensor ``(1, d)``.
        key: tensor ``(k, d)``.
        value: tensor ``(k, v)``.
    """
    names = numbered("k", len(key))
    score = (query @ key.T)[0]  # (k,)
    weight = attention_weights(query, key)[0]  # (k,)
    output = weight @ value  # (v,)
    steps = (
        ("1. score = q·k", names, score),
        ("2. weight = softmax(score)", names, weight),
        ("3. output = Σ weight · value", numbered("feature ", len(output)), output),
    )
    figure, panels = new_figure(4.4, 4.8, nrows=3)
    for panel, (title, labels, heights), colour in zip(panels, steps, COLOURS, strict=False):
        _bars(panel, labels, heights, colour)
        panel.set_title(title, loc="left", fontsize=10)
    said = "; ".join(f"{title[3:].split(' = ')[0]} {listed(at, what)}" for title, at, what in steps)
    alt = f"Three bar charts, one below the other. {said}."
    return (
        figure,
        alt,
        columns("Scores and weights", "key", names, {"score": score, "weight": weight}),
        columns("Output", "feature", numbered("feature ", len(output)), {"output": output}),
    )


@drawn
def weight_bars(weights, names=None):
    """The weights of several situations, side by side for each key.

    Args:
        weights: a dict of situations and tensors ``(k,)``.
        names: of the keys; k0, k1, … unless given.
    """
    figure, panel = new_figure(4.6, 2.6)
    names = names or numbered("k", len(next(iter(weights.values()))))
    grouped(panel, names, weights, short)
    panel.set(ylabel="weight", ylim=(0, 1.12), yticks=(0, 0.5, 1))
    names_above(figure)
    said = "; ".join(f"{label}: {listed(names, w)}" for label, w in weights.items())
    table = columns("Weight on each key", "key", names, weights)
    return figure, f"Grouped bars, the weight on each key. {said}.", table


@drawn
def weight_grid(weights, queries=None, keys=None):
    """A grid of weights: a row is a query, a column a key.

    Args:
        weights: tensor ``(q, k)``.
        queries: names of the rows; q0, q1, … unless given.
        keys: names of the columns; k0, k1, … unless given.
    """
    figure, panel = new_figure(3.2, 2.9)
    shades(panel, weights, 1, weights)
    queries = queries or numbered("q", len(weights))
    keys = keys or numbered("k", weights.shape[1])
    panel.set_xticks(range(len(keys)), keys)
    panel.set_yticks(range(len(queries)), queries)
    panel.tick_params(labeltop=True, labelbottom=False)
    rows = "; ".join(f"{q}: {listed(keys, row)}" for q, row in zip(queries, weights, strict=True))
    table = matrix("Weights, a row for each query", "query", queries, keys, weights)
    return figure, f"Grid of weights, a row for each query, a column for each key. {rows}.", table


def grouped(panel, names, groups, fmt):
    """Bars side by side at each name, one for each group, with their numbers at their ends.

    Args:
        panel: axes to draw on.
        names: n strings.
        groups: a dict of labels and tensors ``(n,)``.
        fmt: how a number is written, as for ``bar_label``.
    """
    width = 0.8 / len(groups)
    for n, (label, heights) in enumerate(groups.items()):
        at = torch.arange(len(names)) + (n - (len(groups) - 1) / 2) * width
        style = {"color": COLOURS[n], "hatch": HATCHES[n], "label": label}
        bars = panel.bar(at.tolist(), heights.tolist(), width=width * 0.9, **style)
        panel.bar_label(bars, fmt=fmt, fontsize=SMALL, padding=1)
    panel.set_xticks(range(len(names)), names)


def shades(panel, sizes, largest, numbers):
    """A grid in which each cell shows its number, the larger its size, the darker.

    Args:
        panel: axes to draw on.
        sizes: tensor ``(rows, columns)``, from 0 on.
        largest: what is darkest.
        numbers: tensor ``(rows, columns)``, what is written.
    """
    panel.imshow(sizes.tolist(), cmap=blues(UNDER_NUMBERS), vmin=0, vmax=largest)
    for y, row in enumerate(numbers.tolist()):
        for x, number in enumerate(row):
            panel.text(x, y, f"{number:.2f}", ha="center", va="center")
    panel.tick_params(length=0)
    panel.spines[:].set_visible(False)


def short(weight):
    """Two decimals without the zero before them, so that many fit beside each other.

    >>> short(0.5), short(1.0)
    ('.50', '1.00')
    """
    return f"{weight:.2f}".removeprefix("0")


def listed(names, numbers):
    """Numbers with their names as a sentence lists them, two decimals each.

    >>> listed(["k0", "k1"], torch.tensor([0.5, -0.0001]))
    'k0 0.50, k1 0.00'
    """
    pairs = zip(names, numbers.tolist(), strict=True)
    return ", ".join(f"{name} {number:z.2f}" for name, number in pairs)


def _bars(panel, labels, heights, colour):
    """One bar a label, the number at its end, a line at zero."""
    bars = panel.bar(labels, heights.tolist(), width=0.6, color=colour)
    panel.bar_label(bars, fmt="{:z.2f}", fontsize=SMALL, padding=2)
    panel.axhline(0, color=INK, linewidth=0.8)
    panel.margins(y=0.3)
    panel.spines[["left", "bottom"]].set_visible(False)
    panel.tick_params(length=0)
    panel.set_yticks([])
