"""Numbers and lists of names as text, the same in every Python and true after rounding."""

import math

NOTHING = 1e-290  # smaller numbers have no room for more digits in a float


def listed(names):
    """Names as a sentence lists them.

    >>> listed(["k0", "k1", "k2"])
    'k0, k1 and k2'
    """
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def text_of(number, digits=4):
    """A number rounded to so many digits.

    >>> text_of(0.123456), text_of(2), text_of(1234.5, digits=3)
    ('0.1235', '2', '1230')
    """
    return _written(float(f"{steady(number):.{digits}g}"), digits)


def _written(number, digits):
    """With fewer than six digits, 200 would be written 2e+02."""
    return f"{number:.{max(digits, 6)}g}"


def steady(number):
    """A number that every Python rounds alike: nudged off the middle between two neighbours.

    CPython rounds an exact middle to an even digit, MicroPython away from zero.

    >>> f"{0.0625:.3f}", f"{steady(0.0625):.3f}"
    ('0.062', '0.063')
    """
    return number * (1 + 1e-15)


def beside(number, limit):
    """A number with four digits, rounded so that it stays on its side of a limit.

    >>> beside(0.26, 0.05), beside(0.0500001, 0.05), beside(0.0499999, 0.05)
    ('0.26', '0.05', '0.04999')
    """
    text = text_of(number)
    if (float(text) < limit) == (number < limit):
        return text
    return rounded(number, 4, upwards=number >= limit)


def apart(number, end):
    """A number with four digits, or as many as it takes to tell it from the end of an interval.

    >>> apart(113, 64.52), apart(64.524, 64.52), apart(2, 2)
    ('113', '64.524', '2')
    """
    for digits in range(4, 16):
        text = text_of(number, digits)
        if float(text) != end and (float(text) < end) == (number < end):
            return text
    return text


def rounded(number, digits, upwards):
    """A number as text with so many digits, rounded in one direction.

    >>> rounded(63.5377, 4, upwards=True), rounded(64.5203, 4, upwards=False)
    ('63.54', '64.52')
    """
    if abs(number) < NOTHING:
        return "0"
    step = 10.0 ** (math.floor(math.log10(abs(number))) + 1 - digits)
    steps = number / step
    return _written((math.ceil(steps) if upwards else math.floor(steps)) * step, digits)


def inside(low, high):
    """Both ends of an interval as text, rounded inwards, with four digits or as many as it takes.

    >>> inside(63.5377, 64.5203)
    ('63.54', '64.52')
    >>> inside(1.23441, 1.23478)
    ('1.2345', '1.2347')
    """
    for digits in range(4, 16):
        ends = rounded(low, digits, upwards=True), rounded(high, digits, upwards=False)
        if float(ends[0]) < float(ends[1]):
            return ends
    return f"{low:.17g}", f"{high:.17g}"


def shortest(low, high, upwards):
    """The number with the fewest digits in an interval, as text; the one nearest to its start.

    Args:
        low: one end of the interval, positive.
        high: the other.
        upwards: whether it starts at ``low``.

    >>> shortest(3.2, 9.7, upwards=True), shortest(3.2, 9.7, upwards=False)
    ('4', '9')
    """
    for digits in range(1, 16):
        text = rounded(low if upwards else high, digits, upwards)
        if low <= float(text) <= high:
            return text
    return f"{low:.17g}"
