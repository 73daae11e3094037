"""Curves: how error, weight or entropy changes while one number grows."""

import itertools

import torch

from attention_lab.exercises import TOLERANCE
from attention_lab.figures import numbers
from attention_lab.figures.marks import level, names_above
from attention_lab.figures.picture import COLOURS, DASHES, INK, drawn, new_figure


@drawn
def error_curve(x, error, xlabel, log=True, tolerance=TOLERANCE):
    """The error of an answer while one number changes, and where it is small enough.

    Args:
        x: tensor ``(n,)``, growing.
        error: tensor ``(n,)``.
        xlabel: what x is.
        log: whether both axes are logarithmic.
        tolerance: an answer passes below it.
    """
    figure, panel = new_figure(4.6, 2.9)
    panel.plot(x, error, color=COLOURS[0], linewidth=2)
    windows = passing_windows(x, error, tolerance)
    for low, high in windows:
        panel.axvspan(low, high, color=COLOURS[2], alpha=0.22, linewidth=0)
        for end, side in ((low, "right"), (high, "left")):
            if x[0] < end < x[-1]:
                _name_end(panel, end, side)
    if log:
        panel.set(xscale="log", yscale="log")
        panel.xaxis.set_major_formatter("{x:g}")
        panel.yaxis.set_major_formatter("{x:g}")
    panel.set(xlabel=xlabel, ylabel="error", xlim=(x[0].item(), x[-1].item()))
    level(panel, tolerance, f"tolerance {tolerance:g}")
    said = " and ".join(f"from {low:.4g} to {high:.4g}" for low, high in windows) or "nowhere"
    best = error.argmin()
    alt = (
        f"Curve of the error against {xlabel}, from {x[0]:.4g} to {x[-1]:.4g}. It is below the "
        f"tolerance {tolerance:g} {said}, and smallest, {error[best]:.2g}, at {x[best]:.4g}."
    )
    return figure, alt, _error_table(x, error, xlabel, windows)


@drawn
def lines(x, xlabel, ylabel, curves, log=True, mark=None):
    """Several curves over one axis.

    Args:
        x: tensor ``(n,)``, growing.
        xlabel: what x is.
        ylabel: what the curves are.
        curves: a dict of names and tensors ``(n,)``.
        log: whether the x axis is logarithmic.
        mark: a value of y to draw a thin line at.
    """
    figure, panel = new_figure(4.6, 2.9)
    for n, (name, y) in enumerate(curves.items()):
        panel.plot(x, y, color=COLOURS[n], linestyle=DASHES[n], linewidth=2, label=name)
    if mark is not None:
        panel.axhline(mark, color=INK, linewidth=0.8, linestyle=":")
    panel.set(xlabel=xlabel, ylabel=ylabel, xlim=(x[0].item(), x[-1].item()))
    if log:
        panel.set_xscale("log")
        panel.xaxis.set_major_formatter("{x:g}")
    names_above(figure)
    said = "; ".join(
        f"{name} goes from {y[0]:.2f} to {y[-1]:.2f}" + _excursion(x, y)
        for name, y in curves.items()
    )
    alt = (
        f"Curves of {ylabel} against {xlabel}, from {x[0]:.4g} to {x[-1]:.4g}: {said}."
        + _meetings(x, curves)
    )
    return figure, alt, numbers.curves(numbers.capital(ylabel), xlabel, x, curves)


def _error_table(x, error, xlabel, windows):
    """The error at some points, among them the ends of the windows; digits, for it may be tiny."""
    ends = [end for window in windows for end in window]
    return numbers.curves("Error", xlabel, x, {"error": error}, ends, form=numbers.digits)


def _name_end(panel, x, side):
    """Write a number above the panel, to the right or left of where it lies."""
    panel.annotate(
        f" {x:.4g} ", (x, 1), xycoords=("data", "axes fraction"),
        xytext=(0, 2), textcoords="offset points", ha=side, fontweight="bold",
    )  # fmt: skip


def passing_windows(x, error, tolerance=TOLERANCE):
    """The stretches of x in which the error is below the tolerance, as ``[(low, high), …]``.

    Args:
        x: tensor ``(n,)``, growing.
        error: tensor ``(n,)``.
        tolerance: a number.

    An end that lies between two points of the curve is read off the straight line between them.

    >>> passing_windows(torch.tensor([1.0, 2, 3, 4]), torch.tensor([8.0, 0, 0, 1]), tolerance=0.5)
    [(1.9375, 3.5)]
    """
    passes = error < tolerance  # (n,)
    before = torch.cat([torch.tensor([False]), passes[:-1]])
    after = torch.cat([passes[1:], torch.tensor([False])])
    starts, ends = (passes & ~before).nonzero()[:, 0], (passes & ~after).nonzero()[:, 0]

    def crossing(inside, outside):
        if not 0 <= outside < len(x):
            return x[inside].item()
        share = (tolerance - error[inside]) / (error[outside] - error[inside])
        return (x[inside] + share * (x[outside] - x[inside])).item()

    return [
        (crossing(first, first - 1), crossing(last, last + 1))
        for first, last in zip(starts.tolist(), ends.tolist(), strict=True)
    ]


def _meetings(x, curves):
    """Where two curves cross, in words, pair by pair; a difference of rounding is no crossing."""
    said = []
    for (name, y), (other, z) in itertools.combinations(curves.items(), 2):
        gap = torch.where((y - z).abs() < 1e-4, 0, y - z)
        at = (gap[:-1] * gap[1:] < 0).nonzero()[:, 0]
        if len(at):
            places = " and ".join(f"{x[i]:.3g}" for i in at)
            said.append(f" {name} and {other} cross near {places}.")
    return "".join(said)


def _excursion(x, y):
    """Where a curve leaves the range between its ends, in words; empty when it does not."""
    low, high = sorted((y[0].item(), y[-1].item()))
    slack = 0.02 * (y.max() - y.min())
    if y.max() > high + slack:
        return f", with a maximum of {y.max():.2f} at {x[y.argmax()]:.4g}"
    if y.min() < low - slack:
        return f", with a minimum of {y.min():.2f} at {x[y.argmin()]:.4g}"
    return ""
