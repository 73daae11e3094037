"""What a reader calls in a cell: ``check`` shows the Verdict as a card, ``hint`` the next hint."""

import math

from attention_lab.card import as_html, as_text, hint_as_html
from attention_lab.course import course_answer
from attention_lab.exercises import exercise
from attention_lab.faults import DEEPEST, MOST
from attention_lab.fixtures import SEED
from attention_lab.judge import Verdict, judge
from attention_lab.messages import PHRASES


class Card(Verdict):
    """A Verdict that shows itself in Jupyter, in Colab, in the book and on a terminal."""

    def __repr__(self):
        return as_text(self)

    def _repr_html_(self):
        return as_html(self)


def check(number, answer, fixture=SEED, own_query=None):
    """Judge an answer to one of the course's exercises.

    Args:
        number: of the exercise, ``"1.2.1"``.
        answer: a tensor of the shape asked for, of any real dtype; an array or a nested list of
            numbers will do.
        fixture: the keys and values to work on, such as ``variant(7)``; the course's if left out.
        own_query: where a key is edited, your own answer to the exercise whose query stays as it
            is; the course's if left out.

    Returns:
        A Verdict that shows itself as a card, and that is true in a condition when the answer
        passed: ``assert check("1.2.1", get_query121())``.

    Raises:
        ValueError: there is no exercise of that number, or the fixture is none.

    >>> import torch
    >>> check("1.2.1", torch.tensor([[0.47, 0.65, 0.60]]))
    ✗ 1.2.1: not yet   error 0.26 ≥ tolerance 0.05
    The direction is right, but the query is too soft: only 0.51 of the weight goes to k0. Multiply the query by 5 and it passes.
    weight on            k0    k1    k2    k3
    asked for         1.000 0.000 0.000 0.000
    obtained          0.510 0.245 0.080 0.165
    Stuck? hint("1.2.1") gives the next hint.
    """  # noqa: E501 - the message is one line
    if own_query is not None:
        own_query = as_lists(own_query)
    return Card(**judge(number, as_lists(answer), as_fixture(fixture), own_query).__dict__)


class Hint:
    """One hint, that shows itself like a Card."""

    def __init__(self, label, text):
        self.label = label
        self.text = text

    def __repr__(self):
        return f"{self.label}. {self.text}"

    def _repr_html_(self):
        return hint_as_html(self.label, self.text)


_given = {}  # how many hints of each exercise this session has shown


def hint(number):
    """The next hint to an exercise, from a nudge to almost there; after the last, the first again.

    Args:
        number: of the exercise, ``"1.3.2"``.

    Returns:
        A Hint that shows itself.

    Raises:
        ValueError: there is no exercise of that number, or no hint to it.

    >>> hint("1.3.1")
    Hint 1 of 3. The weights must all be the same. What does softmax need to see for that?
    """
    hints = exercise(number).hints
    if not hints:
        raise ValueError(f"There is no hint to exercise {number}.")
    n = _given.get(number, 0) % len(hints)
    _given[number] = n + 1
    return Hint(PHRASES["hint"].format(n=n + 1, all=len(hints)), hints[n])


def given_query(number, fixture=SEED):
    """The query that stays unchanged while a key is edited: the course's own answer.

    Args:
        number: of an exercise that asks for a key.
        fixture: the keys and values to work on; the course's if left out.

    Returns:
        Tensor ``(q, d)``.

    Raises:
        ValueError: there is no such exercise, it asks for a query itself, or this copy of the
            package, which students got, has no answers of the course.

    >>> given_query("1.4.1").norm()
    tensor(79.9171)
    """
    import torch

    task = exercise(number)
    if task.query_of is None:
        raise ValueError(f"Exercise {number} gives no query: it asks for one.")
    query = course_answer(exercise(task.query_of), as_fixture(fixture))
    if query is None:
        raise ValueError(
            f"This copy has no answers of the course: take your own answer to {task.query_of}, "
            "and hand it to check as own_query."
        )
    return torch.tensor(query)


def glue(**numbers):
    """Give numbers of a cell a name, under which the chapter's prose quotes them.

    Outside the book, where no prose waits for them, this does nothing.

    Args:
        **numbers: a finite number each; a tensor or an array of one element counts as its number.

    Raises:
        ValueError: something is no finite number, which no prose could quote.
    """
    try:
        import myst_nb
    except ImportError:
        return
    for name, number in numbers.items():
        number = number.item() if hasattr(number, "item") else number
        if not isinstance(number, (int, float)) or not math.isfinite(number):
            raise ValueError(f"Expected a finite number to quote as {name}; got {number}.")
        myst_nb.glue(name, number, display=False)


def as_lists(answer, depth=0, seen=None):
    """Tensors and arrays, also those inside lists, as nested lists of Python's own numbers.

    What is neither, or holds no real numbers, is left as it is, for the judge to name it. A list
    that stands in several places, or in itself, is gone through once.

    >>> import torch
    >>> as_lists([torch.ones(2), [3, "four"]])
    [[1.0, 1.0], [3, 'four']]
    """
    seen = {} if seen is None else seen
    if isinstance(answer, (list, tuple)) and len(answer) <= MOST and depth < DEEPEST:
        if id(answer) not in seen:
            seen[id(answer)] = [as_lists(item, depth + 1, seen) for item in answer]
        return seen[id(answer)]
    if isinstance(answer, type) or not hasattr(answer, "tolist"):
        return answer
    kind = getattr(answer.dtype, "kind", "tensor")  # NumPy's letter for what an array holds
    if kind in "mM":
        return answer  # dates, which tolist() would turn into integers
    if kind == "f":
        return answer.astype("float64").tolist()
    try:
        return (answer.detach().to_dense() if kind == "tensor" else answer).tolist()
    except (RuntimeError, NotImplementedError):  # a tensor without numbers
        return answer


def as_fixture(candidate):
    """The keys and values to work on, if that is what was given."""
    if hasattr(candidate, "key") and hasattr(candidate, "value"):
        return candidate
    raise ValueError(
        "Expected keys and values that belong together, such as variant(7); "
        f"got {type(candidate).__name__}."
    )
