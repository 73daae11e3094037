"""Who looks at whom in a sentence: maps, arcs and bars with the tokens' names.

Axes: n tokens; a row of ``weight`` ``(n, n)`` is a query, a column a key.
"""

from collections import Counter

from attention_lab.figures.bars import listed
from attention_lab.figures.marks import BEND, FAINT, arc, shading
from attention_lab.figures.numbers import Table, capital, columns, decimals, matrix, numbered
from attention_lab.figures.picture import COLOURS, INK, SMALL, drawn, new_figure


def labels(tokens):
    """The tokens, those that occur several times with their place.

    >>> labels(["a", "car", "a"])
    ['a 0', 'car', 'a 2']
    """
    times = Counter(tokens)
    return [f"{token} {n}" if times[token] > 1 else token for n, token in enumerate(tokens)]


@drawn
def attention_map(weight, tokens):
    """The weights of all queries on all keys: the fuller, the more.

    Args:
        weight: tensor ``(n, n)``.
        tokens: n strings.
    """
    figure, panel = new_figure(4.6, 4.4)
    _map(panel, weight)
    names = labels(tokens)
    panel.set_xticks(range(len(names)), names, rotation=90, fontsize=SMALL)
    panel.set_yticks(range(len(names)), names, fontsize=SMALL)
    panel.set_xlabel("key: looked at")
    panel.xaxis.set_label_position("top")
    panel.set_ylabel("query: looks")
    said = "; ".join(
        f"{name} at {names[row.argmax()]} {row.max():.2f}"
        for name, row in zip(names, weight, strict=True)
    )
    alt = (
        f"Map of attention weights, a row for each of {len(names)} tokens that look, a column for "
        f"each that is looked at. Where each looks most: {said}."
    )
    table = matrix("Weights, a row for each token that looks", "token", names, names, weight)
    return figure, alt, table


@drawn
def attention_maps(weights):
    """Small maps side by side, without names: only the pattern.

    Args:
        weights: a dict of titles and tensors ``(n, n)``; at most four.
    """
    figure, panels = new_figure(4.4, 4.6, nrows=2, ncols=2)
    said, tables = [], []
    for panel, (title, weight) in zip(panels.flat, weights.items(), strict=False):
        names = (numbered(letter, len(weight)) for letter in "qk")
        tables.append(matrix(f"{title}: weights", "query", *names, weight))
        _map(panel, weight)
        panel.set_title(title, fontsize=11)
        panel.set(xticks=[], yticks=[])
        shares = {
            "the first token": weight[:, 0],
            "the token before": weight.diagonal(-1),
            "the token itself": weight.diagonal(),
        }
        listed = ", ".join(f"{where} {share.mean():.2f}" for where, share in shares.items())
        said.append(f"{title}: on {listed}")
    for panel in panels.flat[len(weights) :]:
        panel.set_axis_off()
    alt = (
        f"{len(weights)} small maps of attention weights, rows look at columns. Mean weights: "
        f"{'; '.join(said)}."
    )
    return figure, alt, *tables


@drawn
def token_arcs(weight, tokens, least=0.1, hidden=(0,)):
    """The sentence in a row, and an arc from each token to each that it looks at.

    Arcs above look back, arcs below look ahead; the thicker, the more.

    Args:
        weight: tensor ``(n, n)``.
        tokens: n strings.
        least: smaller weights have no arc.
        hidden: keys to which no arc is drawn; the first unless told otherwise, because many look
            there. What a token gives to itself has no arc either.
    """
    names = labels(tokens)
    arcs = [
        (q, k, weight[q, k].item())
        for q, k in (weight >= least).nonzero().tolist()
        if q != k and k not in hidden
    ]
    room = 0.25 + 0.14 * max(len(token) for token in tokens)  # for half a word that stands on end
    back, ahead = (max((side * (q - k) for q, k, _ in arcs), default=0) for side in (1, -1))
    top, bottom = (room + (BEND / 2 * far + 0.3 if far > 0 else 0) for far in (back, ahead))
    figure, panel = new_figure(4.7, (top + bottom) * 4.6 / len(tokens))
    for q, k, share in arcs:
        arc(panel, q, k, share, room)
    for n, token in enumerate(tokens):
        panel.text(n, 0, token, rotation=90, ha="center", va="center", fontsize=SMALL)
    panel.set(xlim=(-0.7, len(tokens) - 0.3), ylim=(-bottom, top), aspect="equal")
    panel.set_axis_off()
    said = "; ".join(f"{names[q]} looks at {names[k]} {share:.2f}" for q, k, share in arcs)
    left = f", without those to {', '.join(names[k] for k in hidden)}" if hidden else ""
    alt = (
        f"The tokens {' '.join(tokens)} in a row, and arcs for weights of at least {least:g} on "
        f"another token{left}: {said or 'none'}."
    )
    caption = f"Weights of at least {least:g} on another token{left}"
    rows = [[names[q], names[k], decimals(share)] for q, k, share in arcs]
    return figure, alt, Table(caption, ["from", "to", "weight"], rows)


@drawn
def token_bars(lengths, tokens, xlabel):
    """A number for each token: lying bars, one below the other.

    Args:
        lengths: tensor ``(n,)``.
        tokens: n strings.
        xlabel: what the numbers are.
    """
    figure, panel = new_figure(4.4, 0.8 + 0.2 * len(tokens))
    names = labels(tokens)
    bars = panel.barh(range(len(names)), lengths.tolist(), height=0.7, color=COLOURS[0])
    panel.bar_label(bars, fmt="{:z.2f}", fontsize=SMALL, padding=3)
    panel.set_yticks(range(len(names)), names, fontsize=SMALL)
    panel.invert_yaxis()
    panel.margins(x=0.12)
    panel.set_xlabel(xlabel)
    panel.tick_params(axis="y", length=0)
    table = columns(capital(xlabel), "token", names, {xlabel: lengths})
    return figure, f"Bars, the {xlabel} of each token: {listed(names, lengths)}.", table


@drawn
def head_grid(share, what, marked=()):
    """One number for each head of a model: a row is a layer, a column a head.

    Args:
        share: tensor ``(layers, heads)``, between 0 and 1.
        what: what the numbers are.
        marked: names of heads such as ``"2.9"`` that get a frame.
    """
    figure, panel = new_figure(4.7, 2.8)
    _map(panel, share, aspect="auto", power=1)  # the numbers tell the small ones
    for layer, row in enumerate(share.tolist()):
        for head, number in enumerate(row):
            bold = "bold" if f"{layer}.{head}" in marked else "normal"
            text = f"{number:.2f}"[1:] if number < 0.995 else "1"
            panel.text(head, layer, text, ha="center", va="center", fontsize=SMALL, weight=bold)
    for name in marked:
        layer, head = map(int, name.split("."))
        corners = ((-0.5, 0.5, 0.5, -0.5, -0.5), (-0.5, -0.5, 0.5, 0.5, -0.5))
        xs, ys = ([at + step for step in steps] for at, steps in zip((head, layer), corners))
        panel.plot(xs, ys, color=COLOURS[1], linewidth=2, clip_on=False)
    layers, heads = share.shape
    panel.set_xticks(range(heads), range(heads))
    panel.set_yticks(range(layers), range(layers))
    panel.set(xlabel="head", ylabel="layer")
    said = "; ".join(
        f"layer {n}: " + " ".join(f"{x:.2f}" for x in row) for n, row in enumerate(share.tolist())
    )
    framed = f" Framed: {', '.join(marked)}." if marked else ""
    alt = f"Grid of {what}, a row for each layer, a column for each head. {said}.{framed}"
    across = [f"head {n}" for n in range(heads)]
    return figure, alt, matrix(capital(what), "layer", map(str, range(layers)), across, share)


def _map(panel, share, aspect="equal", power=FAINT):
    """Shares between 0 and 1 as squares."""
    panel.imshow(share.tolist(), aspect=aspect, **shading(power))
    panel.tick_params(length=0, labeltop=aspect == "equal", labelbottom=aspect != "equal")
    for spine in panel.spines.values():
        spine.set(visible=True, color=INK, alpha=0.4, linewidth=0.6)
