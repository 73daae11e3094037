"""Descents: the error of every start on its way down, and what pulls at the scores of the keys."""

import math

import torch

from attention_lab.exercises import TOLERANCE
from attention_lab.figures.bars import grouped, listed
from attention_lab.figures.marks import level, names_above
from attention_lab.figures.numbers import columns, curves, digits
from attention_lab.figures.picture import COLOURS, INK, drawn, new_figure


@drawn
def descents(errors):
    """The error of each start, step by step, for each of several losses.

    Args:
        errors: a dict of losses and tensors ``(steps + 1, starts)``; a start has arrived when its
            error is below the tolerance.
    """
    figure, panels = new_figure(4.6, 4.4, nrows=len(errors), sharex=True, sharey=True)
    said = []
    for n, (panel, (name, error)) in enumerate(zip(panels, errors.items(), strict=True)):
        step = _evenly(len(error))
        panel.plot(step, error[step - 1], color=COLOURS[n], linewidth=1, alpha=0.8)
        panel.set(xscale="log", yscale="log", ylabel="error", xlim=(1, len(error)))
        panel.set_yticks((0.001, 0.01, 0.1, 1))
        panel.minorticks_off()
        panel.set_title(name, loc="left", fontsize=10)
        for axis in (panel.xaxis, panel.yaxis):
            axis.set_major_formatter("{x:g}")
        said.append(f"{name}: {_arrivals(error)}")
    panels[-1].set_xlabel("step")
    for panel in panels:  # whose axes are the same, and known now
        level(panel, TOLERANCE, f"tolerance {TOLERANCE:g}")
    alt = (
        f"Curves of the error against the step, one for each start, in {len(errors)} panels. "
        f"{'; '.join(said)}."
    )
    return figure, alt, *(_spread(name, error) for name, error in errors.items())


@drawn
def pull_bars(forces, names):
    """How strongly each loss pulls at the score of each key: bars up and down.

    Args:
        forces: a dict of losses and tensors ``(k,)``.
        names: of the keys.
    """
    figure, panel = new_figure(4.6, 2.7)
    grouped(panel, names, forces, "{:z.2f}")
    panel.axhline(0, color=INK, linewidth=0.8)
    panel.set_ylabel("pull on the score")
    panel.margins(y=0.15)
    names_above(figure)
    said = "; ".join(f"{label}: {listed(names, pulls)}" for label, pulls in forces.items())
    table = columns("Pull on the score of each key", "key", names, forces)
    return figure, f"Grouped bars, the pull on the score of each key. {said}.", table


def _spread(name, error):
    """What the curves of many starts have in common: the best, the middle and the worst of them."""
    step = _evenly(len(error))
    among = error[step - 1]
    lines = {
        "smallest": among.min(dim=1).values,
        "median": among.median(dim=1).values,
        "largest": among.max(dim=1).values,
    }
    caption = f"{name}: error of {error.shape[1]} starts"
    return curves(caption, "step", step, lines, form=digits)


def _arrivals(error):
    """How many starts come below the tolerance, and where the others end, in words."""
    there = error.min(dim=0).values < TOLERANCE
    words = f"{there.sum()} of {len(there)} fall below the tolerance {TOLERANCE:g}"
    if not there.all():
        rest = error[-1][~there]
        words += f", the others end between {rest.min():.2f} and {rest.max():.2f}"
    return words


def _evenly(count):
    """Numbers from 1 to about ``count``, evenly apart on a logarithmic axis, which has no 0."""
    return torch.logspace(0, math.log10(count), 30).long().unique()
