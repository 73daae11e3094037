"""A cell's source, so that MicroPython does with it what CPython does. Lines stay where they are.

f-strings become calls: MicroPython cannot format a tensor, pads by bytes, rounds ties its own
way, and stumbles over a colon in the expression. So does ``row *= 10``: MicroPython would make a
new tensor of it and leave the one alone whose row it is. And ``float(…)``, which it cannot ask a
tensor.
"""

from attention_lab.page.builtins import CALL, FLOAT, IN_PLACE, OPERATORS
from attention_lab.page.literals import (
    Unreadable,
    blanks_after,
    closing,
    line_end,
    line_of,
    literal_at,
    string_starts,
)


def rewritten(source):
    r"""The source with every f-string, every ``*=`` and its like, and every ``float(`` replaced.

    >>> rewritten('print(f"{x:.2f}")  # f"{y}"')
    'print("{}".format(__formatted__(x, \'.2f\')))  # f"{y}"'
    >>> rewritten("row *= 2 + 3; x = 1")
    "row = __in_place__('*', row, 2 + 3); x = 1"
    """
    return _Rewriter(source).run()


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
            raise Unreadable(f"'{self.source[at]}' was never closed", line_of(self.source, at))
        self._end_call()
        return "".join(self.done)

    def _step(self, at):
        """Deal with what begins here; return where the next piece begins."""
        source, sign = self.source, self.source[at]
        if sign == "#":
            self._end_call()
            return self._keep(at, line_end(source, at))
        if string_starts(source, at):
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
            raise Unreadable(str(error), line_of(self.source, at)) from None
        self.done.append(text)
        return end

    def _close(self, at):
        """Take a bracket from those that are open, if it fits."""
        sign, line = self.source[at], line_of(self.source, at)
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


def _augmented(source, at):
    """The operator of ``*=`` and its like, if one stands here."""
    for operator, *_ in OPERATORS:
        if source[at : at + len(operator) + 1] == operator + "=":
            return operator
    return ""


def _strings(source, at, within):
    """The literals that stand side by side from here on, as one; and where they end."""
    pieces, fields, end = [], [], at
    while True:
        prefix, body, quote, end = literal_at(source, end)
        pieces.append((prefix, body, quote))
        gap = blanks_after(source, end, within)
        if not string_starts(source, end + len(gap)):
            break
        pieces.append(gap)
        end += len(gap)
    formats = any("f" in piece[0].lower() for piece in pieces if isinstance(piece, tuple))
    if not formats:
        return source[at:end], end
    text = "".join(_piece(piece, fields) if isinstance(piece, tuple) else piece for piece in pieces)
    return f"{text}.format({', '.join(fields)})", end


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
            end = closing(body, at + 1, "}")
            call, shown = _field(body[at + 1 : end])
            fields.append(call)
            text.append(shown + "{}")
            at = end + 1
        else:
            text.append(body[at])
            at += 1
    return "".join(text)


def _field(field):
    """A field as a call, and the text that ``{x=}`` shows before it."""
    end = closing(field, 0, "!:")
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
            close = closing(spec, end + 1, "}")
            parts.append(f"str({rewritten(spec[end + 1 : close])})")
            end = close + 1
        at = end
    return " + ".join(parts) or "''"
