"""Attention by hand: one sheet to fill in, and its key.

Rows are keys: ``key[k][d]``, ``value[k][v]``; there is one query. Everything is counted as a person
counts who rounds to two decimals at every step, in ``Decimal``, so that a half is rounded up as at
school. A sheet is only good if that person comes out where exact arithmetic does.
"""

import random
from collections import namedtuple
from decimal import ROUND_HALF_UP, Decimal

from attention_lab.arithmetic import dot, softmax

CENT = Decimal("0.01")
EXPONENTS = [Decimal(n) / 2 for n in range(-3, 13)]  # the table on the sheet
CLEAR = 0.0005  # how far a weight stays away from where rounding would tip
NAMES = ("cat", "dog", "car")

# What is given: the names of the keys, a query, keys and values; and how many times as long the
# query is in the second part.
Sheet = namedtuple("Sheet", ("names", "query", "key", "value", "longer"))

# What is to be found: for each key its score, its power of e and its weight; the sum of the powers;
# the output.
Steps = namedtuple("Steps", ("scores", "powers", "total", "weights", "output"))

SHEET = Sheet(
    names=NAMES,
    query=(1, 2),
    key=((0.5, 0.5), (2, -0.5), (-1, 0.5)),
    value=((10, 0), (4, 6), (0, 8)),
    longer=3,
)


def rounded(number):
    """To two decimals, a half upwards.

    >>> str(rounded(Decimal("0.125")))
    '0.13'
    """
    return Decimal(number).quantize(CENT, ROUND_HALF_UP)


def powers_of_e():
    """The table on the sheet: a score, and e to that power in two decimals.

    >>> str(powers_of_e()[Decimal(1)])
    '2.72'
    """
    return {exponent: rounded(exponent.exp()) for exponent in EXPONENTS}


def by_hand(sheet, times=1):
    """The steps of somebody who rounds each of them to two decimals.

    Args:
        sheet: what is given.
        times: how many times as long the query is.

    >>> list(map(str, by_hand(SHEET).weights))
    ['0.55', '0.33', '0.12']
    """
    query, key, value = ([exact(row) for row in rows] for rows in ([sheet.query], *sheet[2:4]))
    scores = [times * dot(query[0], row) for row in key]
    powers = [powers_of_e()[score] for score in scores]
    total = sum(powers)
    weights = [rounded(power / total) for power in powers]
    output = [rounded(dot(weights, column)) for column in zip(*value)]
    return Steps(scores, powers, total, weights, output)


def exact(row):
    """A row's numbers as they are written.

    >>> exact((1, -0.5))
    [Decimal('1'), Decimal('-0.5')]
    """
    return [Decimal(str(number)) for number in row]


def faults(sheet):
    """What is wrong with a sheet: why a person would not find what its key says.

    Returns:
        List of sentences, empty for a good sheet.

    >>> faults(SHEET), len(faults(SHEET._replace(longer=1)))
    ([], 1)
    """
    both = [[times * dot(sheet.query, row) for row in sheet.key] for times in (1, sheet.longer)]
    for scores in both:
        if len(set(scores)) < len(scores) or not set(map(Decimal, scores)) <= set(EXPONENTS):
            return [f"Expected different scores of the table; got {scores}."]
    soft, loud = (by_hand(sheet, times).weights for times in (1, sheet.longer))
    found = [*_rounding(both[0], soft), *_rounding(both[1], loud)]
    if any(one == other for one, other in zip(soft, loud)):
        found.append(f"Expected every weight to change; got {soft}, then {loud}.")
    return found


def _rounding(scores, by_hand):
    """What rounding at every step does to weights that would else be those of softmax."""
    weights = softmax(scores)
    if sum(by_hand) != 1:
        yield f"Expected weights that add up to 1.00; got {sum(by_hand)}."
    if any(abs(weight * 100 % 1 - 0.5) < 100 * CLEAR for weight in weights):
        yield f"Expected weights that round clearly; got {weights}."
    if any(rounded(weight) != found for weight, found in zip(weights, by_hand)):
        yield f"Expected the weights {weights}; by hand they are {by_hand}."


def drawn(seed):
    """Another good sheet, the same for the same seed.

    >>> drawn(7) == drawn(7) != drawn(8)
    True
    """
    draw = random.Random(seed)
    while True:
        sheet = Sheet(
            names=NAMES,
            query=(draw.randint(1, 3), draw.randint(-3, 3)),
            key=tuple((draw.randint(-4, 4) / 2, draw.randint(-4, 4) / 2) for _ in NAMES),
            value=tuple((draw.randint(0, 10), draw.randint(0, 10)) for _ in NAMES),
            longer=3,
        )
        if not faults(sheet):
            return sheet
