"""The numbers behind a picture, as tables: for whoever does not see it, or wants to look one up.

A table is made from what is drawn, where it is drawn. One precision everywhere: three decimals,
and four digits for what stands on a logarithmic axis.
"""

import math
from html import escape
from typing import NamedTuple

import numpy
import torch

POINTS = 13  # of a curve or path that are listed, evenly picked, where there are more
# Colab and JupyterLab have no style sheet of ours: what a table must have stands beside it.
BOX = 'role="group" tabindex="0" aria-label="Table of numbers" style="overflow-x:auto"'
LOOK = "text-align:right;font-variant-numeric:tabular-nums"


class Table(NamedTuple):
    """Texts in rows, each row with its name, below the names of the columns.

    Attributes:
        caption: what the numbers are.
        head: the names of the columns, that of the rows' names first.
        rows: lists of texts, its name first.
    """

    caption: str
    head: list
    rows: list

    def html(self):
        """The table in a box that scrolls by itself where the page is narrow."""
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.head)
        body = "".join(
            f'<tr><th scope="row">{escape(name)}</th>'
            + "".join(f"<td>{escape(text)}</td>" for text in texts)
            + "</tr>"
            for name, *texts in self.rows
        )
        return (
            f'<div {BOX}><table style="{LOOK}"><caption>{escape(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )


def decimals(number):
    """Three decimals, and no minus before a zero; "none" where there is no number.

    >>> [decimals(x) for x in (0.12345, -0.0001, math.nan)]
    ['0.123', '0.000', 'none']
    """
    return "none" if math.isnan(number) else f"{number:z.3f}"


def digits(number):
    """Four digits; whole numbers with all of theirs.

    >>> [digits(x) for x in (174.3421, 0.00123456, 65536)]
    ['174.3', '0.001235', '65,536']
    """
    return f"{number:,}" if isinstance(number, int) else f"{number:.4g}"


def columns(caption, what, names, numbers, form=decimals):
    """A row for each name and a column for each list of numbers.

    Args:
        caption: what the numbers are.
        what: what the rows are.
        names: of the rows.
        numbers: a dict of columns and tensors or lists, a number for each row.
        form: how a number is written.

    >>> columns("Weights", "key", ["k0", "k1"], {"loud": [0.9, 0.1]}).rows
    [['k0', '0.900'], ['k1', '0.100']]
    """
    written = [list(map(form, torch.as_tensor(column).tolist())) for column in numbers.values()]
    rows = [[name, *texts] for name, *texts in zip(names, *written, strict=True)]
    return Table(caption, [what, *numbers], rows)


def matrix(caption, what, rows, across, numbers, shown=None):
    """A row for each of ``rows``, a column for each name in ``across``.

    Args:
        caption: what the numbers are.
        what: what the rows are.
        rows: names.
        across: names of the columns.
        numbers: tensor ``(rows, columns)``.
        shown: truth values of the same shape; where one is false there is no number.

    >>> matrix("Weights", "query", ["q0"], ["k0", "k1"], torch.tensor([[0.25, 0.75]])).rows
    [['q0', '0.250', '0.750']]
    """
    if shown is not None:
        numbers = numbers.where(shown, math.nan)
    return Table(
        caption,
        [what, *across],
        [[name, *map(decimals, row)] for name, row in zip(rows, numbers.tolist(), strict=True)],
    )


def curves(caption, xlabel, x, lines, places=(), form=decimals):
    """Curves at some of their points: evenly picked, the highest and lowest, and given places.

    Args:
        caption: what the numbers are.
        xlabel: what x is.
        x: tensor ``(n,)``, growing.
        lines: a dict of names and tensors ``(n,)``.
        places: values of x to list too, such as where something begins. Between two points a
            number is read off the straight line, as in the picture.
        form: how the numbers of the curves are written.
    """
    picked = _evenly(len(x))
    turns = (end for y in lines.values() for end in (y.argmin().item(), y.argmax().item()))
    listed = [x[i].item() for i in {*picked, *turns}]
    at = {digits(place): place for place in sorted({*listed, *places})}  # no row twice
    numbers = {
        name: numpy.interp(list(at.values()), x.double(), y.double()) for name, y in lines.items()
    }
    if len(x) > POINTS:
        caption += f". {POINTS} of {len(x)} points, evenly picked, and those that matter"
    return columns(caption, xlabel, at, numbers, form)


def places(what, names, points):
    """Where points lie, a row each.

    >>> places("key", ["k0"], torch.tensor([[1.0, 2.0]])).rows
    [['k0', '1.000', '2.000']]
    """
    numbers = dict(zip("xyz", points.T, strict=False))
    return columns(f"Where each {what} lies", what, names, numbers)


def path(name, points):
    """The names and points of a path, for ``places``: some of its points if there are many.

    >>> path("louder", torch.tensor([[1.0], [5.0]]))
    (['louder, 1', 'louder, 2'], tensor([[1.],
            [5.]]))
    """
    picked = _evenly(len(points))
    return [f"{name}, {n + 1}" for n in picked], points[picked]


def capital(caption):
    """With a capital at its beginning, and the rest as it is.

    >>> capital("weight on [CLS]")
    'Weight on [CLS]'
    """
    return caption[:1].upper() + caption[1:]


def _evenly(count):
    """All places, or evenly picked ones from the first to the last.

    >>> _evenly(2), _evenly(121)
    ([0, 1], [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120])
    """
    return torch.linspace(0, count - 1, min(count, POINTS)).round().int().tolist()


def behind(tables):
    """The tables of a picture, folded away below it."""
    if not tables:
        return ""
    return (
        '<details class="numbers"><summary>The numbers of this figure</summary>'
        f"{''.join(table.html() for table in tables)}</details>"
    )


def numbered(letter, count):
    """Names such as ``k0``, ``k1``.

    >>> numbered("k", 2)
    ['k0', 'k1']
    """
    return [f"{letter}{n}" for n in range(count)]
