"""A cell's source, so that MicroPython does with it what CPython does. Lines stay where they are.

f-strings become calls: MicroPython cannot format a tensor, pads by bytes, rounds ties its own
way, and stumbles over a colon in the expression. So does ``row *= 10``: MicroPython would make a
new tensor of it and leave the one alone whose row it is. And ``float(…)``, which it cannot ask a
tensor.
"""

from attention_lab.page.formatting import fixed, formatted

CALL = "__formatted__"
FLOAT = "__float__"
IN_PLACE = "__in_place__"
OPERATORS = {"**": "pow", "//": "floordiv", "*": "mul", "/": "truediv", "%": "mod", "@": "matmul"}
QUOTES = ("'''", '"""', "'", '"')


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
    method = getattr(target, f"__i{OPERATORS[operator]}__", None)
    if method:
        return method(other)
    return BY_OPERATOR[operator](target, other)


BY_OPERATOR = {
    "**": lambda a, b: a**b,
    "//": lambda a, b: a // b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a % b,
    "@": lambda a, b: a @ b,
}


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


def rewritten(source):
    r"""The source with every f-string, every ``*=`` and its like, and every ``float(`` replaced.

    >>> rewritten('print(f"{x:.2f}")  # f"{y}"')
    'print("{}".format(__formatted__(x, \'.2f\')))  # f"{y}"'
    >>> rewritten("row *= 2 + 3; x = 1")
    "row = __in_place__('*', row, 2 + 3); x = 1"
    """
    return _Rewriter(source).run()


class Unreadable(SyntaxError):
    """A bracket or a string that does not end: MicroPython would only say "invalid syntax".

    Args:
        message: in Python's words.
        line: where.
    """

    def __init__(self, message, line):
        super().__init__(message)
        self.line = line


class _Rewriter:
    """Goes through a source once, piece by piece.

    Attributes:
        done: the pieces of the new source.
        open: the brackets that are open, each where it stands.
        statement: the piece with which the statement begins.
        open_call: whether a bracket of ours waits for the end of the statement.
    """

    def __init__(self, source):
        self.source = source
        self.done = []
        self.open = []
        self.statement = 0
        self.open_call = False

    def run(self):
        """The new source."""
        at = 0
        while at < len(self.source):
            at = self._step(at)
        if self.open:
            at = self.open[-1]
            raise Unreadable(f"'{self.source[at]}' was never closed", _line_of(self.source, at))
        self._end_call()
        return "".join(self.done)

    def _step(self, at):
        """Deal with what begins here; return where the next piece begins."""
        source, sign = self.source, self.source[at]
        if sign == "#":
            self._end_call()
            return self._keep(at, _line_end(source, at))
        if _string_starts(source, at):
            return self._string(at)
        if sign.isalpha() or sign == "_":
            return self._name(at)
        operator = _augmented(source, at)
        if operator and not self.open:
            target = "".join(self.done[self.statement :]).strip()
            self.done.append(f"= {IN_PLACE}('{operator}', {target},")
            self.open_call = True
            return at + len(operator) + 1
        if not self.open and (sign in "\n;" or (sign == ":" and not self.open_call)):
            self._end_call()
            end = self._keep(at, at + 1)
            self.statement = len(self.done)
            return end
        if sign in "([{":
            self.open.append(at)
        elif sign in ")]}":
            self._close(at)
        return self._keep(at, at + 1)

    def _string(self, at):
        try:
            text, end = _strings(self.source, at, self.open)
        except Unreadable as error:  # in a field, where lines are counted anew
            raise Unreadable(str(error), _line_of(self.source, at)) from None
        self.done.append(text)
        return end

    def _close(self, at):
        """Take a bracket from those that are open, if it fits."""
        sign, line = self.source[at], _line_of(self.source, at)
        if not self.open:
            raise Unreadable(f"unmatched '{sign}'", line)
        opened = self.source[self.open.pop()]
        if opened + sign not in ("()", "[]", "{}"):
            raise Unreadable(
                f"closing parenthesis '{sign}' does not match opening parenthesis '{opened}'", line
            )

    def _name(self, at):
        source, end = self.source, at + 1
        while end < len(source) and (source[end].isalpha() or source[end] in "_0123456789"):
            end += 1
        attribute = bool(self.done) and self.done[-1] == "."
        if source[at:end] == "float" and source[end : end + 1] == "(" and not attribute:
            self.done.append(FLOAT)
            return end
        return self._keep(at, end)

    def _keep(self, at, end):
        self.done.append(self.source[at:end])
        return end

    def _end_call(self):
        """Close our own bracket, before the blanks in front of a comment or an end."""
        if self.open_call:
            last = self.done.pop()
            blanks = last[len(last.rstrip()) :]
            self.done.append(last.rstrip() + ")" + blanks)
            self.open_call = False


def _line_of(source, at):
    return source[:at].count("\n") + 1


def _augmented(source, at):
    """The operator of ``*=`` and its like, if one stands here."""
    for operator in ("**", "//", "*", "/", "%", "@"):
        if source[at : at + len(operator) + 1] == operator + "=":
            return operator
    return ""


def _line_end(source, at):
    end = source.find("\n", at)
    return len(source) if end < 0 else end


def _string_starts(source, at):
    """Whether a string literal begins here: its prefix, then a quote."""
    end = at
    while end < len(source) and source[end] in "rRbBfFuU" and end < at + 2:
        end += 1
    return source[end : end + 1] in ("'", '"') and source[end : end + 1] != ""


def _strings(source, at, within):
    """The literals that stand side by side from here on, as one; and where they end."""
    pieces, fields, end = [], [], at
    while True:
        prefix, body, quote, end = _literal(source, end)
        pieces.append((prefix, body, quote))
        gap = _gap(source, end, within)
        if not _string_starts(source, end + len(gap)):
            break
        pieces.append(gap)
        end += len(gap)
    formats = any("f" in piece[0].lower() for piece in pieces if isinstance(piece, tuple))
    if not formats:
        return source[at:end], end
    text = "".join(_piece(piece, fields) if isinstance(piece, tuple) else piece for piece in pieces)
    return f"{text}.format({', '.join(fields)})", end


def _gap(source, at, within):
    """The blanks between two literals; within brackets also ends of lines and comments."""
    end = at
    while end < len(source):
        if source[end] in " \t" or (within and source[end] == "\n"):
            end += 1
        elif source[end : end + 2] == "\\\n":
            end += 2
        elif within and source[end] == "#":
            end = _line_end(source, end)
        else:
            break
    return source[at:end]


def _literal(source, at):
    """A string literal: its prefix, what is between the quotes, the quotes, and where it ends."""
    start = at
    while source[start] not in "'\"":
        start += 1
    quote = next(q for q in QUOTES if source[start : start + len(q)] == q)
    end = start + len(quote)
    while source[end : end + len(quote)] != quote:
        if end >= len(source) or (source[end] == "\n" and len(quote) == 1):
            raise Unreadable("unterminated string literal", _line_of(source, at))
        end += 2 if source[end] == "\\" else 1
    return source[at:start], source[start + len(quote) : end], quote, end + len(quote)


def _piece(literal, fields):
    """A literal as one of a text to be formatted; its fields are added to the others."""
    prefix, body, quote = literal
    if "f" not in prefix.lower():
        return prefix + quote + body.replace("{", "{{").replace("}", "}}") + quote
    plain = prefix.replace("f", "").replace("F", "")
    return plain + quote + _without_fields(body, fields) + quote


def _without_fields(body, fields):
    """The text of an f-string with ``{}`` for each field; the fields are added as calls."""
    text, at = [], 0
    while at < len(body):
        pair = body[at : at + 2]
        if pair in ("{{", "}}"):
            text.append(pair)
            at += 2
        elif body[at] == "{":
            end = _closing(body, at + 1, "}")
            call, shown = _field(body[at + 1 : end])
            fields.append(call)
            text.append(shown + "{}")
            at = end + 1
        else:
            text.append(body[at])
            at += 1
    return "".join(text)


def _closing(text, at, signs):
    """Where one of these signs stands that no bracket and no string encloses."""
    depth = 0
    while at < len(text):
        sign = text[at]
        if not depth and sign in signs and text[at : at + 2] != "!=":
            return at
        if sign in "'\"":
            _, _, _, at = _literal(text, at)
            continue
        depth += (sign in "([{") - (sign in ")]}")
        at += 1
    return at


def _field(field):
    """A field as a call, and the text that ``{x=}`` shows before it."""
    end = _closing(field, 0, "!:")
    expression, rest = field[:end], field[end:]
    conversion = rest[1] if rest[:1] == "!" else ""
    spec = rest[rest.find(":") + 1 :] if ":" in rest else ""
    shown = ""
    bare = expression.rstrip()
    if bare.endswith("=") and bare[-2:] not in ("==", "!=", "<=", ">="):
        shown, expression = expression.replace("{", "{{").replace("}", "}}"), bare[:-1]
        conversion = conversion or ("" if spec else "r")
    expression = rewritten(expression.strip())
    if conversion:
        expression = f"{'repr' if conversion == 'r' else 'str'}({expression})"
    return f"{CALL}({expression}, {_spec(spec)})", shown


def _spec(spec):
    """A specification as an expression: it may have fields of its own."""
    parts, at = [], 0
    while at < len(spec):
        end = spec.find("{", at)
        end = len(spec) if end < 0 else end
        if end > at:
            parts.append(repr(spec[at:end]))
        if end < len(spec):
            close = _closing(spec, end + 1, "}")
            parts.append(f"str({rewritten(spec[end + 1 : close])})")
            end = close + 1
        at = end
    return " + ".join(parts) or "''"
