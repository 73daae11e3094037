"""What is learned, and when: matrices, losses, and maps of attention."""

import math

import torch
from matplotlib.colors import LinearSegmentedColormap

from attention_lab.figures import numbers
from attention_lab.figures.marks import level, shading
from attention_lab.figures.picture import COLOURS, DASHES, INK, SMALL, drawn, new_figure
from attention_lab.learning.induction import falls_below


@drawn
def matrices(found, parts):
    """Matrices side by side: blue adds to a score, orange takes away.

    Args:
        found: a dict of titles and tensors ``(d, d)``; NaN stands for a number still to be found.
        parts: a dict of kinds of features and how many there are, in order.
    """
    size = sum(parts.values())
    figure, panels = new_figure(4.7, 2.7, ncols=len(found), squeeze=False)
    for panel, (title, matrix) in zip(panels[0], found.items(), strict=True):
        reach = max(matrix.nan_to_num().abs().max().item(), 1e-9)
        panel.imshow(matrix.nan_to_num().tolist(), cmap=_orange_to_blue(), vmin=-reach, vmax=reach)
        if size <= 4:
            for (i, j), number in _entries(matrix):
                panel.text(j, i, _few_digits(number), ha="center", va="center", fontsize=SMALL)
        _name_parts(panel, parts)
        panel.set_title(title, fontsize=10)
    said = "; ".join(f"{title}: {_said_of(matrix, parts)}" for title, matrix in found.items())
    names = [f"{kind} {n}" for kind, count in parts.items() for n in range(count)]
    alt = f"Square matrices, side by side, drawn as grids of colours. {said}."
    return (
        figure,
        alt,
        *(numbers.matrix(title, "feature", names, names, table) for title, table in found.items()),
    )


@drawn
def training(runs, words):
    """The loss of each model while it learns and, below, where the heads of the last one look.

    Args:
        runs: a dict of names and ``learning.induction.Run``; the lower panel shows the last.
        words: how many there are: who knows nothing has the loss log(words).
    """
    figure, (above, below) = new_figure(4.6, 4.8, nrows=2, sharex=True)
    said = _draw_losses(above, runs, words)
    run = list(runs.values())[-1]
    looks = {"head 1: the place before": run.previous, "head 2: what came next": run.induction}
    for n, (name, weight) in enumerate(looks.items(), start=2):
        below.plot(run.step, weight, color=COLOURS[n], linestyle=DASHES[n], lw=2, label=name)
    below.set(ylabel="weight", xlabel="step", ylim=(0, 1.02))
    below.legend(fontsize=SMALL, loc="center right")
    ends = ", ".join(f"{name}, {w[0]:.2f} to {w[-1]:.2f}" for name, w in looks.items())
    alt = (
        f"Two panels of curves against the step. {said} Weight in the last of these models: {ends}."
    )
    return (
        figure,
        alt,
        *_loss_tables(runs),
        numbers.curves("Weight in the last of these models", "step", run.step, looks),
    )


@drawn
def losses(runs, words):
    """The loss of each model while it learns, as in ``training``."""
    figure, panel = new_figure(4.6, 2.7)
    said = _draw_losses(panel, runs, words)
    panel.set_xlabel("step")
    return figure, f"Curves against the step. {said}", *_loss_tables(runs)


@drawn
def maps(weights, words):
    """Maps of attention: a row for each head, a column for each situation.

    Args:
        weights: a dict of situations and lists of tensors ``(T, T)``, one for each head.
        words: the text, T short words.
    """
    heads = len(next(iter(weights.values())))
    grid = {"nrows": heads, "ncols": len(weights), "sharex": True, "sharey": True}
    figure, panels = new_figure(4.7, 5.0, squeeze=False, **grid)
    said, tables = [], []
    places = [f"{word}{n}" for n, word in enumerate(words)]
    for column, (situation, maps_) in enumerate(weights.items()):
        for head, weight in enumerate(maps_):
            panel = panels[head][column]
            panel.imshow(weight.tolist(), **shading())
            title = f"head {head + 1}, {situation}"
            panel.set_title(title, fontsize=10)
            tables.append(numbers.matrix(numbers.capital(title), "place", places, places, weight))
            panel.set_xticks(range(len(words)), words, fontsize=SMALL)
            panel.set_yticks(range(len(words)), words, fontsize=SMALL)
            panel.tick_params(length=0, pad=1)
            said.append(f"{title}: {_stripe(weight)}")
    alt = (
        f"Maps of attention over the text {' '.join(words)}, a row for each place that looks, a "
        f"column for each place looked at. {'; '.join(said)}."
    )
    return figure, alt, *tables


def _stripe(weight):
    """Where the places in the second half of a text look most, in words."""
    half = len(weight) // 2
    most = weight[half:].max(dim=1)
    back = torch.arange(half, len(weight)) - most.indices
    common = back.mode().values.item()
    places = f"{common} place{'s' * (common != 1)} back"
    return (
        f"in the second half the largest weight is on average {most.values.mean():.2f} and lies "
        f"most often {places}, {(back == common).sum()} of {len(back)} times"
    )


def _draw_losses(panel, runs, words):
    """Draw the losses and the line of who knows nothing; say what is drawn."""
    for n, (name, run) in enumerate(runs.items()):
        panel.plot(run.step, run.loss, color=COLOURS[n], linestyle=DASHES[n], lw=2, label=name)
    nothing = math.log(words)
    last = max(run.step[-1].item() for run in runs.values())
    panel.set(ylabel="loss", ylim=(0, 4.4), xlim=(0, last))
    panel.legend(fontsize=SMALL, loc="center right")
    level(panel, nothing, f"log {words} = {nothing:.2f}", line=":")
    said = "; ".join(f"{name} {_turns(run, nothing)}" for name, run in runs.items())
    return f"Loss, with a line at log {words} = {nothing:.2f}: {said}."


def _loss_tables(runs):
    """A table for each model: it was looked at when its own steps say."""
    return [
        numbers.curves(f"Loss, {name}", "step", run.step, {"loss": run.loss})
        for name, run in runs.items()
    ]


def _orange_to_blue():
    """From orange through nothing to blue, a little transparent, without a muddy mixture."""
    blue, orange = COLOURS[0], COLOURS[1]
    stops = [(0, orange + "d0"), (0.5, orange + "00"), (0.5, blue + "00"), (1, blue + "d0")]
    return LinearSegmentedColormap.from_list("two", stops)


def _entries(matrix):
    """Each place of a matrix and its number."""
    return [((i, j), x) for i, row in enumerate(matrix.tolist()) for j, x in enumerate(row)]


def _few_digits(number):
    """A number for a small cell; a question mark where there is none yet."""
    return "?" if math.isnan(number) else f"{number:z.1f}"


def _name_parts(panel, parts):
    """Name the kinds of features along both axes, and draw lines between them."""
    begin, middles = -0.5, []
    for count in parts.values():
        middles.append(begin + count / 2)
        begin += count
        if begin < sum(parts.values()) - 0.5:
            panel.axhline(begin, color=INK, linewidth=0.8)
            panel.axvline(begin, color=INK, linewidth=0.8)
    panel.set_xticks(middles, parts)
    panel.set_yticks(middles, parts, rotation=90, va="center")
    panel.tick_params(length=0)


def _said_of(matrix, parts):
    """The mean of the diagonal of each kind of feature, in words, and the largest number beside."""
    if matrix.isnan().any():
        return "still to be filled in"
    diagonal, begin, said = matrix.diagonal(), 0, []
    for name, count in parts.items():
        said.append(f"{name} {diagonal[begin : begin + count].mean():z.2f}")
        begin += count
    beside = (matrix - diagonal.diag()).abs().max()
    return f"diagonal on average {', '.join(said)}, beside it at most {beside:.2f}"


def _turns(run, nothing):
    """When a loss leaves its plateau and when it has fallen by half, in words."""
    words = f"goes from {run.loss[0]:.2f} to {run.loss[-1]:.2f}"
    if run.loss[-1] < nothing / 2:
        leaves, falls = (falls_below(run, share * nothing) for share in (0.9, 0.5))
        words += f", is below nine tenths of the line from step {leaves} and a half from {falls}"
    return words
