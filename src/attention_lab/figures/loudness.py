"""What loudness does: the lead that is needed, errors that fall, crowds, and a gradient that fades.

Axes: n points of a curve. Every curve says in its words where it starts, ends and crosses.
"""

import math

from matplotlib.ticker import NullLocator

from attention_lab.figures import numbers
from attention_lab.figures.marks import level, names_above
from attention_lab.figures.picture import COLOURS, DASHES, INK, MARKERS, SMALL, drawn, new_figure

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@drawn
def law(keys, leads):
    """How far ahead a key's score must be, against the number of keys.

    Args:
        keys: tensor ``(n,)``, growing.
        leads: a dict of names and tensors ``(n,)``.
    """
    figure, panel = new_figure(4.6, 3.0)
    for n, (name, lead) in enumerate(leads.items()):
        style = {"color": COLOURS[n], "linestyle": DASHES[n], "linewidth": 2}
        panel.plot(keys, lead, label=name, **style)
        for at in (0, -1):
            panel.plot(keys[at], lead[at], MARKERS[n], color=COLOURS[n], markersize=5)
            panel.annotate(
                f"{lead[at]:.1f}", (keys[at], lead[at]), xytext=(0, 5),
                textcoords="offset points", ha="center", fontsize=SMALL,
            )  # fmt: skip
    _count_axis(panel, keys)
    top = max(lead.max().item() for lead in leads.values())
    panel.set(ylabel="lead in score", ylim=(0, 1.12 * top))
    names_above(figure)
    said = "; ".join(
        f"{name} rises from {lead[0]:.1f} to {lead[-1]:.1f}" for name, lead in leads.items()
    )
    alt = (
        f"The lead in score that is needed, against the number of keys from {keys[0]:,.0f} to "
        f"{keys[-1]:,.0f}, which is on a logarithmic axis: {said}."
    )
    return figure, alt, numbers.curves("Lead in score", "number of keys", keys, leads)


@drawn
def errors(length, curves, bounds, tolerance, limit=None):
    """Errors against the length of the query, and from where on they are within the tolerance.

    Args:
        length: tensor ``(n,)``, growing.
        curves: a dict of names and errors, tensors ``(n,)``.
        bounds: a dict of the same names and what the law promises, tensors ``(n,)``.
        tolerance: an answer passes below it.
        limit: no query may be longer; None for no such limit.
    """
    figure, panel = new_figure(4.6, 3.2)
    listed, starts = {}, {}
    for n, (name, error) in enumerate(curves.items()):
        panel.plot(length, error, color=COLOURS[n], linewidth=2, label=name)
        panel.plot(length, bounds[name], "--", color=COLOURS[n], lw=1.3, label=f"{name}, the law")
        starts[name] = [first_below(length, y, tolerance) for y in (error, bounds[name])]
        panel.plot(starts[name], [tolerance] * 2, MARKERS[n], color=COLOURS[n], markersize=6)
        listed |= {name: error, f"{name}, the law": bounds[name]}
    if limit is not None:
        _shade_beyond(panel, limit, length[-1].item())
    xlabel, ends = "length of the query", (length[0].item(), length[-1].item())
    panel.set(yscale="log", xlabel=xlabel, ylabel="error", xlim=ends)
    panel.yaxis.set_major_formatter("{x:g}")
    names_above(figure)
    level(panel, tolerance, f"tolerance {tolerance:g}", line=":")
    alt = (
        f"Curves of the error against the length of the query, from {length[0]:.3g} to "
        f"{length[-1]:.3g}. They are below the tolerance {tolerance:g}: "
        f"{_starts_in_words(starts, limit)}."
    )
    places = [x for both in starts.values() for x in both if not math.isnan(x)]
    return figure, alt, numbers.curves("Error", xlabel, length, listed, places, form=numbers.digits)


@drawn
def dispersion(sizes, curves):
    """Weights of the right key while more and more keys arrive.

    Args:
        sizes: how many keys, tensor ``(n,)``, growing.
        curves: a dict of names and weights, tensors ``(n,)``.
    """
    figure, panel = new_figure(4.6, 3.2)
    for n, (name, weight) in enumerate(curves.items()):
        style = {"color": COLOURS[n], "linestyle": DASHES[n], "marker": MARKERS[n]}
        panel.plot(sizes, weight, label=name, linewidth=2, markersize=4, **style)
    _count_axis(panel, sizes)
    panel.set(ylabel="weight of the right key", ylim=(-0.03, 1.05))
    names_above(figure)
    said = "; ".join(
        f"{name} goes from {weight[0]:.3f} to {weight[-1]:.3f}" for name, weight in curves.items()
    )
    alt = (
        f"The weight of the right key against the number of keys, from {sizes[0]:,.0f} to "
        f"{sizes[-1]:,.0f} on a logarithmic axis: {said}."
    )
    return figure, alt, numbers.curves("Weight of the right key", "number of keys", sizes, curves)


@drawn
def fading(scale, xlabel, sizes):
    """How large gradients are, on two logarithmic axes; a curve ends where it is exactly 0.

    Args:
        scale: tensor ``(n,)``, growing.
        xlabel: what it is.
        sizes: a dict of names and tensors ``(n,)``.
    """
    figure, panel = new_figure(4.6, 3.2)
    for n, (name, size) in enumerate(sizes.items()):
        alive = size > 0
        style = {"color": COLOURS[n], "linestyle": DASHES[n], "linewidth": 2}
        panel.plot(scale[alive], size[alive], label=name, **style)
        if not alive.all():
            panel.plot(scale[alive][-1], size[alive][-1], "x", color=COLOURS[n], markersize=9)
    panel.set(xscale="log", yscale="log", xlabel=xlabel, ylabel="size of the gradient")
    panel.set(xlim=(scale[0].item(), scale[-1].item()))
    panel.yaxis.set_major_formatter(lambda size, _: power_of_ten(size))
    panel.xaxis.set_major_formatter("{x:g}")
    names_above(figure)
    said = "; ".join(f"{name} {_fading_in_words(scale, size)}" for name, size in sizes.items())
    alt = (
        f"Curves of the size of the gradient against {xlabel}, from {scale[0]:.3g} to "
        f"{scale[-1]:.3g}, both axes logarithmic: {said}."
    )
    last = [scale[size > 0][-1].item() for size in sizes.values()]
    table = numbers.curves("Size of the gradient", xlabel, scale, sizes, last, form=numbers.digits)
    return figure, alt, table


def _starts_in_words(starts, limit):
    """From which length on each error is small enough, really and by the law."""
    said = []
    for name, both in starts.items():
        here, law = ("nowhere" if math.isnan(x) else f"from {x:.2f} on" for x in both)
        said.append(f"{name} {here}, and by the law {law}")
    if limit is not None:
        said.append(f"lengths above {limit:g} are shaded")
    return "; ".join(said)


def _fading_in_words(scale, size):
    """From what to what a gradient falls, and from where on it is nothing."""
    alive = size > 0
    words = f"goes from {size[0]:.2g} to {size[alive][-1]:.2g}"
    return words if alive.all() else f"{words} and is exactly 0 from {scale[~alive][0]:.3g} on"


def power_of_ten(number):
    """A power of ten in letters of one size; matplotlib's own exponents are too small for a phone.

    >>> power_of_ten(1e-06)
    '10⁻⁶'
    """
    return "10" + f"{math.log10(number):.0f}".translate(RAISED)


def first_below(x, error, tolerance):
    """From which x on the error stays below the tolerance, read off the line between two points.

    NaN, which is not drawn, when it is not below it at the end.

    >>> import torch
    >>> first_below(torch.tensor([1.0, 2, 3, 4]), torch.tensor([0.0, 8, 4, 0]), tolerance=2)
    3.5
    """
    above = (error >= tolerance).nonzero()[:, 0].tolist()
    last = above[-1] if above else -1
    if last in (-1, len(x) - 1):
        return math.nan if above else x[0].item()
    share = (error[last] - tolerance) / (error[last] - error[last + 1])
    return (x[last] + share * (x[last + 1] - x[last])).item()


def _shade_beyond(panel, limit, end):
    """What is not allowed."""
    panel.axvspan(limit, end, color=INK, alpha=0.14, linewidth=0)
    panel.annotate(
        f"longer than {limit:g}", (limit, 0), xycoords=("data", "axes fraction"),
        xytext=(4, 5), textcoords="offset points", fontsize=SMALL,
    )  # fmt: skip


def _count_axis(panel, keys):
    """A logarithmic axis of numbers of keys, marked at the first and at powers of 16."""
    low, high = keys[0].item(), keys[-1].item()
    ticks = [low, *(16**power for power in range(1, 6) if low < 16**power <= high)]
    panel.set(xscale="log", xlabel="number of keys", xlim=(0.6 * low, 1.3 * high))
    panel.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    panel.xaxis.set_minor_locator(NullLocator())
