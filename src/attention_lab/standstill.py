"""A playground where nothing moves: for a page without scripts, a PDF or a feed.

A figure, and a table of the numbers, computed by torch when the cell runs.
"""

import base64
import io
from html import escape

import matplotlib
import torch
from matplotlib.transforms import Bbox

from attention_lab import figures
from attention_lab.core import attention, attention_weights
from attention_lab.exercises import exercise
from attention_lab.figures.picture import STYLE


class Standstill:
    """The numbers and the picture of one state.

    Args:
        data: of the playground, as ``page/data.py`` makes it.
        state: of the playground.
    """

    def __init__(self, data, state):
        space = state["space"]
        self.flat = state["form"] == "flat"
        self.task = exercise(space["exercise"]) if space["exercise"] and not self.flat else None
        if self.flat:
            self.names, key, value = data["flat"]["names"], data["flat"]["key"], data["flat"]["key"]
            query = [state["flat"]["query"]]
        else:
            key, value, query = space["key"], space["value"], space["rows"]
            self.names = [f"k{k}" for k in range(len(key))]
        # A front end says 9 where 9.0 is meant.
        self.key, self.value, self.query = (
            torch.tensor(rows, dtype=torch.float32) for rows in (key, value, query)
        )
        row = 0 if self.flat else space["row"]
        self.score = (self.query @ self.key.T)[row]
        self.weight = attention_weights(self.query, self.key)[row]
        self.output = attention(self.query, self.key, self.value)[row]
        self.row = row

    @property
    def target(self):
        """What the exercise wants of the row; None without an exercise."""
        return self.task and self.value[list(self.task.wanted[self.row])].mean(dim=0)

    @property
    def error(self):
        """The largest absolute difference over all rows; None without an exercise."""
        if self.task is None:
            return None
        output = attention(self.query, self.key, self.value)
        wanted = [self.value[list(group)].mean(dim=0) for group in self.task.wanted]
        return (torch.stack(wanted) - output).abs().max().item()

    def rows(self):
        """The table: a line of texts for each key, then output, target and error."""
        yield ("key", "score", "weight")
        for name, score, weight in zip(self.names, self.score, self.weight, strict=True):
            yield (name, f"{score:.2f}", f"{weight:.3f}")
        yield ("output", *(f"{x:.3f}" for x in self.output))
        if self.task:
            yield ("target", *(f"{x:.3f}" for x in self.target))
            yield ("error", f"{self.error:.3f}")

    def html(self):
        """Figure and table."""
        head, *lines = self.rows()
        cells = "".join(f'<th scope="col">{text}</th>' for text in head)
        body = "".join(
            f'<tr><th scope="row">{escape(name)}</th>'
            f"{''.join(f'<td>{text}</td>' for text in texts)}</tr>"
            for name, *texts in lines
        )
        title = f"Exercise {self.task.number}" if self.task else "Scores, weights and output"
        return (
            f"{self._drawing()._repr_html_()}<table><caption>{title}</caption>"
            f"<thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"
        )

    def text(self):
        """The table in plain text."""
        return "\n".join("".join(f"{text:>9}" for text in line) for line in self.rows())

    def png(self):
        """Figure and table, one below the other, as a picture in base64."""
        text, size = self.text(), 8  # points
        lines = len(text.splitlines()) + 2
        with matplotlib.rc_context(STYLE):
            figure, *_ = self._drawing(lambda draw: draw.__wrapped__)
            width, height = figure.get_size_inches()
            below = lines * 1.2 * size / 72
            figure.text(0.05, 0, text, family="monospace", fontsize=size, va="top")
            stream = io.BytesIO()
            whole = Bbox([[0, -below], [width, height]])
            figure.savefig(stream, format="png", dpi=150, facecolor="white", bbox_inches=whole)
        return base64.b64encode(stream.getvalue()).decode()

    def _drawing(self, kind=lambda draw: draw):
        """The figure: a Picture, or what stands behind it. A query of length 0 points nowhere."""
        query = self.query[self.row]
        if self.flat:
            return kind(figures.circle)(self.key, self.names, query)
        return kind(figures.sphere)(self.key, query if query.any() else None)
