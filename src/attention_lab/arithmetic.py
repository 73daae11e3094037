"""Attention on nested lists: what ``core.py`` does in torch, in plain Python for the judge.

Rows are queries or keys, columns features: ``query[q][d]``, ``key[k][d]``, ``value[k][v]``,
``scores[q][k]``, ``weights[q][k]``, ``output[q][v]``. It counts in float64.
"""

import math

INFINITY = float("inf")


def dot(a, b):
    """The sum of the products, feature by feature.

    >>> dot([1, 2], [3, 4])
    11
    """
    return sum([x * y for x, y in zip(a, b)])


def scores_of(query, key):
    """How well each query fits each key: q·k.

    >>> scores_of([[1, 2]], [[1, 0], [0, 1], [1, 1]])
    [[1, 2, 3]]
    """
    return [[dot(q, k) for k in key] for q in query]


def softmax(scores):
    """Positive weights that add up to 1, from one row of scores.

    The largest score is taken off first, so that nothing overflows.

    >>> softmax([1e38, 0])
    [1.0, 0.0]
    """
    largest = max(scores)
    powers = [math.exp(score - largest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def mix(weights, value):
    """The output: for each row of weights the weighted sum of the values.

    >>> mix([[0.25, 0.75]], [[0, 8], [4, 0]])
    [[3.0, 2.0]]
    """
    return [[dot(row, column) for column in zip(*value)] for row in weights]


def largest_difference(one, other):
    """The largest absolute difference between the entries of two rows.

    >>> largest_difference([1, 2], [1, 5])
    3
    """
    return max([abs(a - b) for a, b in zip(one, other)])


def total_variation(one, other):
    """How much weight must move to turn one row of weights into another, from 0 to 1.

    >>> total_variation([0.5, 0.5, 0.0], [0.5, 0.0, 0.5])
    0.5
    """
    return sum([abs(a - b) for a, b in zip(one, other)]) / 2
