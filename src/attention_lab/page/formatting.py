"""Numbers as text, digit by digit as CPython writes them; MicroPython rounds ties another way.

Plain Python. Everything is counted in whole numbers, so nothing is rounded twice.
"""

import math


def formatted(value, spec=""):
    """What CPython's ``format`` gives, for the numbers and texts of a cell.

    Args:
        value: a number, a text, a tensor of one element, or anything that has a ``str``.
        spec: such as ``">8"``, ``"5.2f"``, ``".0%"``.

    Raises:
        ValueError: the letter at the end is none for this kind of value.

    >>> formatted(0.03125, ".4f"), formatted("cat", ">5"), formatted(0.285, ".0%")
    ('0.0312', '  cat', '28%')
    """
    if hasattr(value, "item") and value.ndim == 0:
        value = value.item()
    if not spec:
        return str(value)
    if hasattr(value, "item"):
        raise TypeError("unsupported format string passed to Tensor.__format__")
    fill, align, sign, zero, width, grouped, digits, kind = _parsed(spec)
    number = isinstance(value, (int, float)) and kind != "s"
    text = _number(value, digits, kind, sign) if number else _text(value, digits, kind)
    if grouped:
        text = _grouped(text)
    if zero and number:
        lead = 1 if text[0] in "+- " else 0
        text = text[:lead] + "0" * (width - len(text)) + text[lead:]
    gap = max(0, width - len(text))
    align = align or (">" if number else "<")
    left = {"<": 0, ">": gap, "^": gap // 2}[align]
    return fill * left + text + fill * (gap - left)


def _parsed(spec):
    """The parts of a format specification."""
    rest = spec
    fill, align = " ", ""
    if len(rest) > 1 and rest[1] in "<>^":
        fill, align, rest = rest[0], rest[1], rest[2:]
    elif rest[0] in "<>^":
        align, rest = rest[0], rest[1:]
    sign, rest = (rest[0], rest[1:]) if rest[:1] in ("+", "-", " ") else ("", rest)
    zero = rest.startswith("0") and not align
    width, rest = _digits(rest)
    grouped, rest = (True, rest[1:]) if rest[:1] == "," else (False, rest)
    digits = None
    if rest.startswith("."):
        digits, rest = _digits(rest[1:])
    if len(rest) > 1:
        raise ValueError("Invalid format specifier '" + spec + "'")
    return fill, align, sign, zero, width or 0, grouped, digits, rest


def _digits(text):
    """The whole number that a text begins with, or None, and what follows it."""
    end = 0
    while end < len(text) and text[end] in "0123456789":
        end += 1
    return (int(text[:end]) if end else None), text[end:]


def _text(value, digits, kind):
    if kind not in ("", "s"):
        raise ValueError(
            f"Unknown format code '{kind}' for object of type '{type(value).__name__}'"
        )
    return str(value)[:digits]


def _number(value, digits, kind, sign):
    """A number without its padding."""
    if isinstance(value, int) and kind in ("", "d"):
        text = str(int(value))
    else:
        text = _real(float(value), digits, kind)
    return text if text[0] == "-" or sign in ("", "-") else sign + text


def _real(value, digits, kind):
    if kind not in ("", "e", "f", "g", "%"):
        raise ValueError(f"Unknown format code '{kind}' for object of type 'float'")
    if kind == "%":
        return _real(100 * value, digits, "f") + "%"
    if kind == "" and digits is None:
        return str(value)
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    digits = 6 if digits is None else digits
    if kind == "f":
        return fixed(value, digits)
    return scientific(value, digits) if kind == "e" else general(value, digits, point=kind == "")


def fixed(value, digits):
    """A finite number with so many digits behind the point.

    >>> fixed(0.125, 2), fixed(-1e22, 1), fixed(-0.001, 2)
    ('0.12', '-10000000000000000000000.0', '-0.00')
    """
    text = str(_scaled(value, digits))
    text = "0" * (digits + 1 - len(text)) + text
    whole = text[: len(text) - digits]
    return _sign(value) + (whole + "." + text[len(text) - digits :] if digits else whole)


def scientific(value, digits):
    """A finite number with one digit before the point, so many behind it, and an exponent.

    >>> scientific(12345.0, 3), scientific(0.0, 1), scientific(9.996e-8, 2)
    ('1.234e+04', '0.0e+00', '1.00e-07')
    """
    text, exponent = _leading(value, digits)
    mantissa = text[0] + ("." + text[1:] if digits else "")
    size = str(abs(exponent))
    return f"{_sign(value)}{mantissa}e{'-' if exponent < 0 else '+'}{'0' * (2 - len(size))}{size}"


def general(value, digits, point=False):
    """A finite number with so many digits that count, without zeros at the end.

    >>> general(0.0001, 3), general(1234567.0, 3), general(100.0, 3), general(100.0, 4, point=True)
    ('0.0001', '1.23e+06', '100', '100.0')
    """
    digits = max(1, digits)
    _, exponent = _leading(value, digits - 1)
    if -4 <= exponent < digits - (1 if point else 0):
        text = _trimmed(fixed(value, digits - 1 - exponent))
        return text if "." in text or not point else text + ".0"
    mantissa, power = scientific(value, digits - 1).split("e")
    return _trimmed(mantissa) + "e" + power


def _trimmed(text):
    return text.rstrip("0").rstrip(".") if "." in text else text


def _leading(value, digits):
    """The first digits of a number, one more than asked for, and the power of ten of the first."""
    if value == 0:
        return "0" * (digits + 1), 0
    exponent = math.floor(math.log10(abs(value))) - 1  # the logarithm may be one unit off
    while True:
        text = str(_scaled(value, digits - exponent))
        if len(text) <= digits + 1:
            return text, exponent
        exponent += 1


def _scaled(value, power):
    """The number without its sign, times a power of ten, to the nearest whole; ties to even."""
    fraction, exponent = math.frexp(abs(value))
    above, below = int(fraction * 2**53), 1
    exponent -= 53
    if exponent > 0:
        above <<= exponent
    else:
        below <<= -exponent
    if power > 0:
        above *= 10**power
    else:
        below *= 10**-power
    whole, rest = divmod(above, below)
    return whole + (1 if 2 * rest > below or (2 * rest == below and whole % 2) else 0)


def _sign(value):
    return "-" if math.copysign(1, value) < 0 else ""


def _grouped(text):
    """With a comma between thousands."""
    lead = 1 if text[0] in "+- " else 0
    end = lead
    while end < len(text) and text[end] in "0123456789":
        end += 1
    whole, parts = text[lead:end], []
    while len(whole) > 3:
        whole, last = whole[:-3], whole[-3:]
        parts.insert(0, last)
    return text[:lead] + ",".join([whole] + parts) + text[end:]
