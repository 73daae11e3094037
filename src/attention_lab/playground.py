"""The playground as a cell's object: in a notebook a widget, in the book an element of the page."""

import json

import anywidget
import torch
import traitlets

from attention_lab.fixtures import SEED, Fixture
from attention_lab.notebook import check
from attention_lab.page.data import mixture, playground_data, rows, starting_state
from attention_lab.page.judging import reply
from attention_lab.page.scripts import HERE, WIDGET, joined
from attention_lab.standstill import Standstill


class Playground(anywidget.AnyWidget):
    """Keys, values and a query to move by hand, with all that follows from them.

    ``Playground()`` starts with three words in the plane, ``Playground("1.3.2")`` with the course's
    keys in space and an exercise.

    Args:
        exercise: the number of the one that is chosen; none if left out.
        query: to begin with, ``(3,)`` or a row for each row of the output, ``(q, 3)``.
        key: four or five keys ``(k, 3)``; the fixture's if left out. The fifth shows the hull.
        value: as many values ``(k, 3)``.
        fixture: keys and values that belong together, such as ``variant(7)``.

    Attributes:
        query: what the reader has set, ``(q, 3)``, or ``(1, 2)`` in the plane. Can be set.
        key: ``(k, d)``.
        value: ``(k, v)``.
        answer: the answer to the exercise: the query, or the key that it asks for.
        verdict: what the judge says of it, as a card; None without an exercise.

    Raises:
        ValueError: there is no such exercise, or a shape does not fit.

    >>> playground = Playground("1.2.1", query=[4.7, 6.5, 6.0])
    >>> playground.query
    tensor([[4.7000, 6.5000, 6.0000]])
    >>> playground.verdict.passed
    True
    """

    _esm = joined(WIDGET) + "export default { render };\n"
    _css = (HERE / "playground.css").read_text("utf-8")
    data = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, exercise=None, *, query=None, key=None, value=None, fixture=SEED):
        keys = rows(fixture.key) if key is None else _table("key", key, (4, 5))
        values = (
            _values(fixture, len(keys)) if value is None else _table("value", value, (len(keys),))
        )
        given = Fixture(keys[:4], values[:4]) if (key, value) != (None, None) else fixture
        form = "flat" if (exercise, query, key, value) == (None,) * 4 else "space"
        state = starting_state(exercise, form, given)
        state["space"] |= {"key": keys, "value": values}
        super().__init__(data=playground_data(given, state), state=state)
        if query is not None:
            self.query = query
            self.data = self.data | {"state": self.state}
        self.on_msg(_answer)

    @property
    def query(self):
        """What the reader has set; each time a new tensor."""
        if self.state["form"] == "flat":
            return torch.tensor([self.state["flat"]["query"]])
        return torch.tensor(self.state["space"]["rows"])

    @query.setter
    def query(self, query):
        if self.state["form"] == "flat":
            (row,) = _table("query", query, (1,), features=2)
            self.state = self.state | {"flat": {"query": row}}
        else:
            if self._task and self._task["kind"] == "key":
                number = self._task["number"]
                raise ValueError(f"The query of exercise {number} stays as it is; set the key.")
            count = len(self.state["space"]["rows"])
            self._change(rows=_table("query", query, (count,)))

    @property
    def key(self):
        """The keys, as the reader has set them."""
        if self.state["form"] == "flat":
            return torch.tensor(self.data["flat"]["key"])
        return torch.tensor(self.state["space"]["key"])

    @key.setter
    def key(self, key):
        self._change(key=_table("key", key, (len(self.state["space"]["key"]),)))

    @property
    def value(self):
        """The values, as the reader has set them; in the plane they are the keys."""
        return (
            self.key if self.state["form"] == "flat" else torch.tensor(self.state["space"]["value"])
        )

    @value.setter
    def value(self, value):
        self._change(value=_table("value", value, (len(self.state["space"]["key"]),)))

    @property
    def answer(self):
        """The answer to the exercise; without one the query."""
        task = self._task
        return self.key[task["edits"]] if task and task["kind"] == "key" else self.query

    @property
    def verdict(self):
        """The judge's card; None without an exercise."""
        if self._task is None:
            return None
        space = self.state["space"]
        return check(self._task["number"], self.answer, Fixture(space["key"], space["value"]))

    @property
    def _task(self):
        """The chosen exercise, as the data has it."""
        number = self.state["space"]["exercise"] if self.state["form"] == "space" else None
        return next((task for task in self.data["exercises"] if task["number"] == number), None)

    def _change(self, **parts):
        self.state = self.state | {"form": "space", "space": self.state["space"] | parts}

    def __repr__(self):
        return Standstill(self.data, self.state).text()

    def _repr_mimebundle_(self, **kwargs):
        """All forms at once: a widget for notebooks, an element for the book, a picture for PDF."""
        shown = super()._repr_mimebundle_(**kwargs)
        bundle, metadata = shown if isinstance(shown, tuple) else (shown or {}, {})
        still = Standstill(self.data, self.state)
        data = json.dumps(self.data | {"state": self.state}).replace("</", r"<\/")
        element = (
            f'<attention-playground><script type="application/json">{data}</script>'
            f"{still.html()}</attention-playground>"
        )
        forms = {"text/plain": still.text(), "text/html": element, "image/png": still.png()}
        return {**bundle, **forms}, metadata


def _answer(playground, request, buffers):
    """Judge what the widget asks for, in the kernel."""
    try:
        playground.send({"id": request["id"], "verdict": reply(request["judge"])})
    except (KeyError, TypeError, ValueError) as error:
        playground.send({"id": request["id"], "error": str(error)})


def _values(fixture, count):
    """The fixture's values, with one for the fifth key."""
    return (rows(fixture.value) + [mixture(fixture.value)])[:count]


def _table(name, numbers, counts, features=3):
    """A tensor, an array or nested lists as rows of finite numbers."""
    table = torch.as_tensor(numbers, dtype=torch.float32)
    table = table[None] if table.ndim == 1 else table
    if table.ndim != 2 or table.shape[1] != features or len(table) not in counts:
        wanted = " or ".join(f"({count}, {features})" for count in counts)
        raise ValueError(f"Expected a {name} of shape {wanted}; got {tuple(table.shape)}.")
    if not table.isfinite().all():
        raise ValueError(f"Expected finite numbers in the {name}; got {table}.")
    return [[float(f"{x:.7g}") for x in row] for row in table.tolist()]
