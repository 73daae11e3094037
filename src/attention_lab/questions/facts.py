"""What facts are made of: attention in plain Python, and numbers as a reader writes them."""

import math

from attention_lab.arithmetic import dot, largest_difference, mix, scores_of, softmax

UNBROKEN = "\N{NO-BREAK SPACE}"  # a vector stays in one line
EXACT = 1e-9  # of what is the same up to rounding in float64
FINE = 0.005  # half of the last digit that a reader sees


class Row(tuple):
    """A vector that reads well in a text.

    >>> f"{Row((3, -0.5))} and {Row((1 / 3, 2)):.2f}".replace(UNBROKEN, " ")
    '(3, −0.5) and (0.33, 2.00)'
    """

    def __format__(self, spec):
        """Its entries in this format, with real minus signs."""
        numbers = [signed(number, spec or "g") for number in self]
        return f"({f',{UNBROKEN}'.join(numbers)})"


class Matrix(tuple):
    """Rows that read well in a text, as Python writes them.

    >>> f"{Matrix(((1, -2), (0, 3)))}"
    '[[1, -2], [0, 3]]'
    """

    def __format__(self, spec):
        """Its rows."""
        return str([list(row) for row in self])


def signed(number, spec):
    """A number with a real minus sign, and none where nothing but zeros follows.

    >>> signed(-0.001, ".2f"), signed(-2, "g")
    ('0.00', '−2')
    """
    return format(number, f"z{spec}").replace("-", "−")


def weights(query, key):
    """The weights of one query.

    >>> weights((0, 0), ((1, 2), (3, 4)))
    (0.5, 0.5)
    """
    return Row(softmax(scores_of([query], key)[0]))


def output(query, key, value):
    """The output of one query.

    >>> output((0, 0), ((1, 2), (3, 4)), ((5,), (9,)))
    (7.0,)
    """
    return Row(mix([weights(query, key)], value)[0])


def plus(one, other):
    """The sum of two vectors.

    >>> plus((1, 2), (3, -5))
    (4, -3)
    """
    return Row(a + b for a, b in zip(one, other))


def times(factor, row):
    """A vector made longer.

    >>> times(10, (1, -2))
    (10, -20)
    """
    return Row(factor * number for number in row)


def length(row):
    """Of a vector.

    >>> length((3, 4))
    5.0
    """
    return math.sqrt(dot(row, row))


def near(one, other, within=EXACT):
    """Whether two vectors are the same, entry by entry.

    >>> near((0.1 + 0.2, 1), (0.3, 1)), near((0.3, 1), (0.31, 1))
    (True, False)
    """
    return largest_difference(one, other) < within


def first(row):
    """The place of the largest entry.

    >>> first((1, 5, 2))
    1
    """
    return list(row).index(max(row))


def replaced(rows, place, row):
    """The rows with another one in one place.

    >>> replaced(((1, 2), (3, 4)), 1, (5, 6))
    ((1, 2), (5, 6))
    """
    return (*rows[:place], row, *rows[place + 1 :])


def shares(target, corners):
    """The weights that would make a point of the plane from three: they add up to 1.

    All are positive if the point is inside of the triangle; there are no others.

    >>> shares((1, 1), ((0, 0), (2, 0), (0, 4)))
    (0.25, 0.5, 0.25)
    """
    a, b, c = corners
    whole = _area(a, b, c)
    parts = (_area(target, b, c), _area(a, target, c), _area(a, b, target))
    return Row(part / whole for part in parts)


def _area(a, b, c):
    """Twice the area of a triangle, negative if it turns clockwise."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
