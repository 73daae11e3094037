"""How a message names a key, a row and a share of the weight."""

from attention_lab.messages import PHRASES
from attention_lab.wording import text_of


def share_of(weight):
    """A weight in words, where the number would be a 1 or a row of zeros.

    >>> share_of(0.25), share_of(0.9999), share_of(1e-9)
    ('0.25', 'nearly all', 'almost none')
    """
    if weight > 0.9995:
        return PHRASES["all"]
    return PHRASES["none"] if weight < 0.0005 else text_of(weight, 3)


def key_name(k):
    """A key as the course calls it."""
    return f"k{k}"


def row_name(attempt, row):
    """Which row is meant, where there are several."""
    return PHRASES["row"].format(row=row) if len(attempt.wanted) > 1 else ""


def largest(numbers):
    """The place of the largest number.

    >>> largest([1, 5, 2])
    1
    """
    return max(range(len(numbers)), key=lambda n: numbers[n])
