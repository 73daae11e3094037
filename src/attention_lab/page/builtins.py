"""What a cell calls and MicroPython has otherwise, as CPython has it.

``source.py`` puts the first three into a cell; the others stand for Python's own by their names.
"""

from attention_lab.page.formatting import fixed, formatted

CALL = "__formatted__"
FLOAT = "__float__"
IN_PLACE = "__in_place__"
OPERATORS = (  # longer ones first, so that ** is not taken for *
    ("**", "__ipow__", lambda a, b: a**b),
    ("//", "__ifloordiv__", lambda a, b: a // b),
    ("*", "__imul__", lambda a, b: a * b),
    ("/", "__itruediv__", lambda a, b: a / b),
    ("%", "__imod__", lambda a, b: a % b),
    ("@", "__imatmul__", lambda a, b: a @ b),
)


def names():
    """What the globals of a cell need, by name."""
    return {
        CALL: formatted,
        FLOAT: as_float,
        IN_PLACE: in_place,
        "format": formatted,
        "max": largest,
        "min": smallest,
        "round": rounded,
        "sorted": in_order,
    }


def as_float(value=0.0):
    """``float`` as CPython has it, which asks a tensor for its only element."""
    return float(value.only() if hasattr(value, "only") else value)


def in_place(operator, target, other):
    """What ``target *= other`` leaves in the target: itself, changed, where it can be changed."""
    _, name, operate = next(entry for entry in OPERATORS if entry[0] == operator)
    method = getattr(target, name, None)
    return method(other) if method else operate(target, other)


def _plain(item):
    """What can be compared: MicroPython takes the outcome of comparing tensors for false."""
    if isinstance(item, tuple):
        return tuple([_plain(part) for part in item])
    if hasattr(item, "only"):
        return item.only() if item.numel() == 1 else bool(item)
    return item


def _by(key):
    return lambda item: _plain(key(item) if key else item)


def largest(*items, key=None, **default):
    """``max``, also of tensors."""
    return max(*items, key=_by(key), **default)


def smallest(*items, key=None, **default):
    """``min``, also of tensors."""
    return min(*items, key=_by(key), **default)


def in_order(items, *, key=None, reverse=False):
    """``sorted``, also of tensors."""
    return sorted(items, key=_by(key), reverse=reverse)


def rounded(number, ndigits=None):
    """``round`` as CPython rounds: by the digits that the number really has."""
    if not isinstance(number, float) or ndigits is None or ndigits < 0:
        return round(number) if ndigits is None else round(number, ndigits)
    return float(fixed(number, ndigits))
