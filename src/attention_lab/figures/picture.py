"""A matplotlib figure as an SVG that belongs to its page, with words and numbers behind it.

It takes the colour of the text around it, so that it is readable in light and in dark.
"""

import functools
import io
import re
from html import escape

import matplotlib
from matplotlib.figure import Figure

from attention_lab.figures.numbers import behind

# Stands for "the colour of the text around": matplotlib cannot say currentColor, so this colour is
# drawn and then replaced.
INK = "#010203"

# The smallest letters, in points: at least 9 pixels high on a phone.
SMALL = 9.2

INKED = (
    "text.color",
    "axes.edgecolor",
    "axes.labelcolor",
    "axes.titlecolor",
    "xtick.color",
    "ytick.color",
    "hatch.color",
)

STYLE = dict.fromkeys(INKED, INK) | {
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "font.size": 10,
    "font.sans-serif": ["DejaVu Sans"],  # ships with matplotlib: the same layout on every machine
    "legend.frameon": False,
    "svg.fonttype": "none",  # text stays text: small, searchable, in the page's own font
    "hatch.linewidth": 0.7,
}


class Cycle(tuple):
    """A tuple that begins again after its last."""

    def __getitem__(self, n):
        return super().__getitem__(n % len(self))


# What comes first, second, ... in a picture: told apart by colour, by marker, by line and by hatch.
# Each colour has a contrast of at least 3 against the book's light and its dark background. There
# are five colours and six of each of the others, so that not all begin again at once.
COLOURS = Cycle(("#3b7dd8", "#d1571e", "#2e8b57", "#a35bc2", "#8a7a12"))
MARKERS = Cycle(("o", "s", "^", "D", "v", "P"))
DASHES = Cycle(("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (9, 3))))
HATCHES = Cycle(("", "//", "||", "xx", "\\\\", "--"))


class Picture:
    """An SVG, the words that say what it shows, and its numbers.

    Attributes:
        svg: the ``<svg>`` element.
        alt: the words.
        tables: the numbers, a list of ``numbers.Table``.
    """

    def __init__(self, svg, alt, tables):
        self.svg = svg
        self.alt = alt
        self.tables = tables

    def __repr__(self):
        return self.alt

    def _repr_html_(self):
        inside = self.svg + behind(self.tables)
        return f'<figure class="picture" style="margin:.8em 0">{inside}</figure>'


def drawn(draw):
    """Make a function that returns ``(figure, alt, *tables)`` return a Picture in the book's style.

    The tables list what is drawn, each a ``numbers.Table``.
    """

    @functools.wraps(draw)
    def draw_picture(*args, **kwargs):
        with matplotlib.rc_context(STYLE):
            figure, alt, *tables = draw(*args, **kwargs)
            return Picture(_to_svg(figure, alt), alt, tables)

    return draw_picture


def new_figure(width, height, **subplots):
    """A figure that pyplot does not know of, and its axes.

    Args:
        width: in inches; at most 4.8, so that letters stay legible on a phone.
        height: in inches.
        **subplots: as for ``Figure.subplots``.
    """
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(**subplots)


def _to_svg(figure, alt):
    """The figure as an ``<svg>`` element that can stand in a page beside others."""
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    stream = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": alt}):  # the same ids on every build
        figure.savefig(stream, format="svg", metadata=nothing)
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :].replace(INK, "currentColor")
    svg = re.sub(r' id="([^"]+)"', lambda found: found[0] if f"#{found[1]}" in svg else "", svg)
    words = f'<svg role="img" aria-label="{escape(alt)}" style="max-width:100%;height:auto"'
    return svg.replace("<svg", words, 1)
