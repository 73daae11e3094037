"""The playground as a cell's object: in a notebook a widget, in the book an element of the page."""

import inspect
import json
from functools import partial
from types import SimpleNamespace

import anywidget
import torch
import traitlets

from attention_lab.fixtures import SEED, Fixture
from attention_lab.judge import judge
from attention_lab.notebook import Card, as_fixture, as_lists
from attention_lab.page.data import mixture, playground_data, starting_state
from attention_lab.page.judging import reply
from attention_lab.page.scripts import HERE, WIDGET, joined
from attention_lab.setting import is_state, table
from attention_lab.standstill import Standstill


class Playground(anywidget.AnyWidget):
    """Keys, values and a query to move by hand, with all that follows from them.

    ``Playground()`` starts with three words in the plane, ``Playground("1.3.2")`` with the course's
    keys in space and an exercise. What it shows can be read here, each time as a new tensor, and
    set, which moves what is shown.

    Args:
        exercise: the number of the one that is chosen; none if left out.
        query: to begin with, ``(3,)`` or a row for each row of the output, ``(q, 3)``.
        key: four or five keys ``(k, 3)``; the fixture's if left out. The fifth shows the hull.
        value: as many values ``(k, 3)``.
        fixture: keys and values that belong together, such as ``variant(7)``; the course's if left
            out.

    Attributes:
        query: what the reader has set, ``(q, 3)``, or ``(1, 2)`` in the plane. Where an exercise
            asks for a key, it stays as it is.
        key: ``(k, d)``. Setting it leaves the plane, where the words' keys stay as they are.
        value: ``(k, v)``; likewise.
        answer: the answer to the exercise: the query, or the key that it asks for.
        verdict: what the judge says of it, as a card; None without an exercise.

    Raises:
        ValueError: there is no such exercise, a shape does not fit, or something is no number.

    >>> playground = Playground("1.2.1", query=[4.7, 6.5, 6.0])
    >>> playground.query
    tensor([[4.7000, 6.5000, 6.0000]])
    >>> playground.verdict.passed
    True
    >>> playground.answer = [0.47, 0.65, 0.60]
    >>> playground.verdict.diagnosis
    'too-soft'
    """

    _esm = joined(WIDGET) + "export default { render };\n"
    _css = (HERE / "playground.css").read_text("utf-8")
    data = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, exercise=None, *, query=None, key=None, value=None, fixture=None):
        untouched = all(part is None for part in (exercise, query, key, value, fixture))
        given, keys, values = _given(SEED if fixture is None else as_fixture(fixture), key, value)
        state = starting_state(exercise, "flat" if untouched else "space", given)
        state["space"] |= {"key": keys, "value": values}
        data = playground_data(given, state)
        if len(keys) > 4:
            data["space"]["fifth"] = {"key": keys[4], "value": values[4]}
        super().__init__(data=data, state=state)
        if query is not None:
            self.query = query
            self.data = self.data | {"state": self.state}
        self.on_msg(_answer)

    @traitlets.validate("state")
    def _refuse_unless_state(self, proposal):
        """Also what a front end sends: whoever reads the numbers later must find some."""
        if is_state(proposal["value"], self.data["exercises"]):
            return proposal["value"]
        raise traitlets.TraitError(f"Expected the state of a playground; got {proposal['value']}.")

    @property
    def query(self):
        """What the reader has set; each time a new tensor."""
        if self._flat:
            return _tensor([self.state["flat"]["query"]])
        return _tensor(self.state["space"]["rows"])

    @query.setter
    def query(self, query):
        if self._flat:
            (row,) = table("query", query, 1, features=2)
            self.state = self.state | {"flat": {"query": row}}
            return
        if self._edits is not None:
            raise ValueError(
                f"The query of exercise {self._task['number']} stays as it is: "
                f"set the answer, which is key {self._edits}, or all keys."
            )
        self._change(rows=table("query", query, len(self.state["space"]["rows"])))

    @property
    def key(self):
        """The keys, as the reader has set them."""
        return _tensor(self.data["flat"]["key"] if self._flat else self.state["space"]["key"])

    @key.setter
    def key(self, key):
        self._change(key=table("key", key, len(self.state["space"]["key"])))

    @property
    def value(self):
        """The values, as the reader has set them; in the plane they are the keys."""
        return self.key if self._flat else _tensor(self.state["space"]["value"])

    @value.setter
    def value(self, value):
        self._change(value=table("value", value, len(self.state["space"]["value"])))

    @property
    def answer(self):
        """The answer to the exercise; without one the query."""
        return self.query if self._edits is None else self.key[self._edits]

    @answer.setter
    def answer(self, answer):
        if self._edits is None:
            self.query = answer
            return
        keys = list(self.state["space"]["key"])
        (keys[self._edits],) = table("answer", answer, 1)
        self._change(key=keys)

    @property
    def verdict(self):
        """The judge's card; None without an exercise."""
        if self._task is None:
            return None
        fixture = Fixture(self.state["space"]["key"], self.state["space"]["value"])
        answer, query = as_lists(self.answer), self._task.get("query")
        return Card(**judge(self._task["number"], answer, fixture, query=query).__dict__)

    @property
    def _flat(self):
        return self.state["form"] == "flat"

    @property
    def _task(self):
        """The chosen exercise, as the data has it."""
        number = None if self._flat else self.state["space"]["exercise"]
        return next((task for task in self.data["exercises"] if task["number"] == number), None)

    @property
    def _edits(self):
        """The key that the chosen exercise asks for, if it asks for one."""
        return self._task and self._task["edits"]

    def _change(self, **parts):
        self.state = self.state | {"form": "space", "space": self.state["space"] | parts}

    def __repr__(self):
        return Standstill(self.data, self.state).text()

    def _repr_mimebundle_(self, **kwargs):
        """All forms at once: a widget for notebooks, an element for the book, a picture for PDF."""
        bundle, metadata = super()._repr_mimebundle_(**kwargs)
        still = Standstill(self.data, self.state)
        data = json.dumps(self.data | {"state": self.state}, allow_nan=False)
        element = (
            f'<attention-playground><script type="application/json">{data.replace("<", _LESS)}'
            f"</script>{still.html()}</attention-playground>"
        )
        forms = {"text/plain": still.text(), "text/html": element, "image/png": still.png()}
        return {**bundle, **forms}, metadata


# Else a tooltip and the API page show traitlets' own: (*args, **kwargs).
Playground.__signature__ = inspect.signature(partial(Playground.__init__, None))
_LESS = r"\u003c"  # so that no text ends the script, or hides its end


def _answer(playground, request, buffers):
    """Judge what the widget asks for, in the kernel."""
    if not isinstance(request, dict) or "id" not in request:
        return
    try:
        said = {"verdict": reply(request["judge"])}
    except Exception as error:  # whatever it is: the widget waits for an answer
        said = {"error": f"{type(error).__name__}: {error}"}
    playground.send({"id": request["id"], **said})


def _given(fixture, key, value):
    """What to begin with: a fixture of four keys, all keys, and all values."""
    keys = table("key", fixture.key if key is None else key, 4, 5)
    if value is None:
        value = (as_lists(fixture.value) + [mixture(as_lists(fixture.value)[:4])])[: len(keys)]
    values = table("value", value, len(keys))
    more = {name: getattr(fixture, name) for name in ("scale", "number") if hasattr(fixture, name)}
    return SimpleNamespace(key=keys[:4], value=values[:4], **more), keys, values


def _tensor(rows):
    """In the course's dtype: a front end says 9 where 9.0 is meant."""
    return torch.tensor(rows, dtype=torch.float32)
