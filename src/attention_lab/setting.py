"""What a playground may be set to: checked where it comes in, from a cell or from a front end."""

from attention_lab.faults import find_fault
from attention_lab.messages import MESSAGES
from attention_lab.notebook import as_lists

FORMS = ("flat", "space")


def table(name, numbers, *counts, features=3):
    """A tensor, an array or nested lists as rows of numbers; a vector counts as one row.

    Args:
        name: what it is, for the message.
        numbers: the table.
        *counts: how many rows it may have.
        features: in each row.

    Raises:
        ValueError: it holds something else, or has another shape.

    >>> import torch
    >>> table("query", torch.tensor([1, 2, 3]), 1)
    [[1.0, 2.0, 3.0]]
    >>> table("key", [[1, 2, 3]], 4, 5)
    Traceback (most recent call last):
    ValueError: key: Expected the shape (4, 3) or (5, 3); got (1, 3).
    """
    rows = as_lists(numbers)
    if counts == (1,) and _is_vector(rows, features):
        rows = [rows]
    shapes = [(count, features) for count in counts]
    faults = [find_fault(rows, shape) for shape in shapes]
    if None not in faults:
        template, details = faults[0]
        wanted = " or ".join(str(shape) for shape in shapes)
        raise ValueError(f"{name}: {MESSAGES[template].format(**details | {'wanted': wanted})}")
    return [[float(x) for x in row] for row in rows]


def _is_vector(rows, features):
    nested = (list, tuple)
    return (
        isinstance(rows, nested)
        and len(rows) == features
        and not any(isinstance(row, nested) for row in rows)
    )


def is_state(state, exercises):
    """Whether a playground can be in this state; it may be anything that JSON can say.

    Args:
        state: perhaps a dict as ``page/data.py`` makes it.
        exercises: as the playground's data has them.
    """
    try:
        space = state["space"]
        task = space["exercise"] and next(t for t in exercises if t["number"] == space["exercise"])
        rows, keys = len(task["wanted"]) if task else 1, len(space["key"])
        shapes = (
            (state["flat"]["query"], (2,)),
            (space["rows"], (rows, 3)),
            (space["key"], (keys, 3)),
            (space["value"], (keys, 3)),
            (space["view"], (2,)),
        )
        return (
            state["form"] in FORMS
            and keys in (4, 5)
            and space["row"] in range(rows)
            and all(find_fault(numbers, shape) is None for numbers, shape in shapes)
        )
    except (KeyError, TypeError, StopIteration):
        return False
