"""Attention as loops over numbers: slow, obvious, and what the fast code is held against."""

import math


def weights(query, key):
    """``[q][k]``: exp(q·k), divided by the sum of it over all keys."""
    table = []
    for q in query:
        powers = []
        for k in key:
            score = 0.0
            for d in range(len(k)):
                score += q[d] * k[d]
            powers.append(math.exp(score))
        table.append([power / sum(powers) for power in powers])
    return table


def output(query, key, value):
    """``[q][v]``: for each query the sum over the keys of weight times value."""
    table = []
    for row in weights(query, key):
        line = []
        for v in range(len(value[0])):
            total = 0.0
            for k in range(len(value)):
                total += row[k] * value[k][v]
            line.append(total)
        table.append(line)
    return table


def largest_gap(one, other):
    """The largest absolute difference between the entries of two tables."""
    worst = 0.0
    for row, line in zip(one, other, strict=True):
        for a, b in zip(row, line, strict=True):
            worst = max(worst, abs(a - b))
    return worst


def is_correct(scores, wanted, value, tolerance):
    """Whether rows of scores lead to an output and to weights near enough to the wanted ones."""
    for row, group in zip(scores, wanted, strict=True):
        top = max(row)
        powers = [math.exp(score - top) for score in row]
        got = [power / sum(powers) for power in powers]
        asked = [1 / len(group) if k in group else 0 for k in range(len(row))]
        if sum(abs(a - b) for a, b in zip(got, asked, strict=True)) / 2 > 0.1:
            return False
        for v in range(len(value[0])):
            if abs(sum((got[k] - asked[k]) * value[k][v] for k in range(len(row)))) >= tolerance:
                return False
    return True
