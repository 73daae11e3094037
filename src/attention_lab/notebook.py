"""What a reader calls in a cell: ``check`` an answer and see the Verdict as a card."""

from attention_lab import card
from attention_lab.exercises import course_answer, exercise
from attention_lab.fixtures import SEED
from attention_lab.judge import Verdict, judge


class Card(Verdict):
    """A Verdict that shows itself in Jupyter, in Colab, in the book and on a terminal."""

    def __repr__(self):
        return card.as_text(self)

    def _repr_html_(self):
        return card.as_html(self)


def check(number, answer):
    """Judge an answer to one of the course's exercises.

    Args:
        number: of the exercise, ``"1.2.1"``.
        answer: a tensor of the shape asked for, of any real dtype; an array or a nested list of
            numbers will do.

    Returns:
        A Verdict that shows itself as a card, and that is true in a condition when the answer
        passed: ``assert check("1.2.1", get_query121())``.

    Raises:
        ValueError: there is no exercise of that number.

    >>> import torch
    >>> check("1.2.1", torch.tensor([[0.47, 0.65, 0.60]]))
    ✗ 1.2.1: not yet   error 0.2600 ≥ tolerance 0.05
    The output misses the target by 0.26; it must be less than 0.05. Compare the weights asked for with yours.
    weight on            k0    k1    k2    k3
    asked for         1.000 0.000 0.000 0.000
    obtained          0.510 0.245 0.080 0.165
    """  # noqa: E501 - the message is one line
    return Card(**vars(judge(number, _nested(answer))))


def given_query(number):
    """The query that stays unchanged while a key is edited: the course's own answer.

    Args:
        number: of an exercise that asks for a key.

    Returns:
        Tensor ``(q, d)``.

    Raises:
        ValueError: there is no such exercise, or it asks for a query itself.

    >>> given_query("1.4.1").norm()
    tensor(79.9171)
    """
    import torch

    task = exercise(number)
    if task.query_of is None:
        raise ValueError(f"Exercise {number} gives no query: it asks for one.")
    return torch.tensor(course_answer(exercise(task.query_of), SEED))


def glue(**numbers):
    """Give numbers of a cell a name, under which the chapter's prose quotes them.

    Outside the book, where no prose waits for them, this does nothing.

    Args:
        **numbers: a number each; tensors of one element count as numbers.
    """
    try:
        import myst_nb
    except ModuleNotFoundError:
        return
    for name, number in numbers.items():
        myst_nb.glue(name, _nested(number), display=False)


def _nested(answer):
    """Tensors and arrays, also those inside lists, as nested lists of Python's own numbers."""
    if hasattr(answer, "tolist"):
        try:
            return answer.tolist()
        except (RuntimeError, NotImplementedError):  # a sparse or a meta tensor shows no numbers
            return answer
    if isinstance(answer, (list, tuple)):
        return [_nested(item) for item in answer]
    return answer
