"""Functions of one or two numbers as torch has them: infinity or nan where Python refuses."""

import math

from .dtypes import float32

INFINITY = float("inf")
NAN = float("nan")
RADIAN, DEGREES = float32.rounded(math.pi / 180), float32.rounded(180 / math.pi)


def _divide(a, b):
    if b:
        return a / b
    return NAN if a == 0 or a != a else INFINITY * a * math.copysign(1.0, b)


def _floor_divide(a, b):
    if b:
        return a // b
    if isinstance(a, int) and isinstance(b, int):
        raise RuntimeError("ZeroDivisionError")
    return _divide(a, b)


def _remainder(a, b):
    if b:
        return a - b * math.floor(a / b) if isinstance(a, float) else a % b
    if isinstance(a, int) and isinstance(b, int):
        raise RuntimeError("ZeroDivisionError")
    return NAN


def _power(a, b):
    if a == 0 and b < 0:
        return math.copysign(INFINITY, a) if b % 2 == 1 else INFINITY
    if 0 > a > -INFINITY and b != math.floor(b):
        return NAN
    try:
        return a**b
    except (ValueError, ArithmeticError):
        return INFINITY if a > 0 or b % 2 == 0 else -INFINITY


def smaller(a, b):
    """The smaller one; not a number if one is none."""
    return a if a != a or a < b else b


def larger(a, b):
    """The larger one; not a number if one is none."""
    return a if a != a or a > b else b


# What an operator is called, what it does to two numbers, and what it gives: the kind that both
# have in common, a real number at least, or a truth value.
SAME, REAL, TRUTH = "same", "real", "truth"
BINARY = {
    "add": ("+", lambda a, b: a + b, SAME),
    "sub": ("-", lambda a, b: a - b, SAME),
    "mul": ("*", lambda a, b: a * b, SAME),
    "truediv": ("/", _divide, REAL),
    "floordiv": ("//", _floor_divide, SAME),
    "mod": ("%", _remainder, SAME),
    "pow": ("**", _power, SAME),
    "and": ("&", lambda a, b: a & b, SAME),
    "or": ("|", lambda a, b: a | b, SAME),
    "lt": ("<", lambda a, b: a < b, TRUTH),
    "le": ("<=", lambda a, b: a <= b, TRUTH),
    "gt": (">", lambda a, b: a > b, TRUTH),
    "ge": (">=", lambda a, b: a >= b, TRUTH),
    "eq": ("==", lambda a, b: a == b, TRUTH),
    "ne": ("!=", lambda a, b: a != b, TRUTH),
}


def _exponential(x):
    try:
        return math.exp(x)
    except (ValueError, ArithmeticError):
        return INFINITY if x > 0 else NAN


def _logarithm(x):
    if x <= 0 or x != x or x == INFINITY:
        return -INFINITY if x == 0 else (x if x == INFINITY else NAN)
    return math.log(x)


def _careful(function):
    """Not a number where Python would refuse."""

    def of_number(x):
        try:
            return function(x)
        except ValueError:
            return NAN

    return of_number


def _sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


# Functions that give real numbers.
SMOOTH = {
    "exp": _exponential,
    "log": _logarithm,
    "sqrt": _careful(math.sqrt),
    "sin": _careful(math.sin),
    "cos": _careful(math.cos),
    "tan": _careful(math.tan),
    "tanh": math.tanh,
    "acos": _careful(math.acos),
    "asin": _careful(math.asin),
    "atan": math.atan,
    "sigmoid": _sigmoid,
    "deg2rad": lambda x: x * RADIAN,
    "rad2deg": lambda x: x * DEGREES,
    "reciprocal": lambda x: _divide(1.0, x),
}
# Functions that keep the kind of number.
KEEPING = {
    "abs": abs,
    "neg": lambda x: -x,
    "square": lambda x: x * x,
    "floor": lambda x: float(math.floor(x)) if isinstance(x, float) and math.isfinite(x) else x,
    "relu": lambda x: x if x > 0 or x != x else 0,
    "ceil": lambda x: float(math.ceil(x)) if isinstance(x, float) and math.isfinite(x) else x,
    "sign": lambda x: (x > 0) - (x < 0),
}
# Functions that ask something.
ASKING = {
    "isfinite": math.isfinite,
    "isnan": lambda x: x != x,
    "isinf": lambda x: x in (INFINITY, -INFINITY),
}


def round_half_even(x):
    """To the nearest whole number; ties to the even one."""
    whole = math.floor(x)
    rest = x - whole
    up = rest > 0.5 or (rest == 0.5 and whole % 2)
    return math.copysign(float(whole + (1 if up else 0)), x)
