"""Where strings, comments and brackets begin and end in a cell's source."""

QUOTES = ("'''", '"""', "'", '"')


class Unreadable(SyntaxError):
    """A bracket or a string that does not end: MicroPython would only say "invalid syntax".

    Args:
        message: in Python's words.
        line: where.
    """

    def __init__(self, message, line):
        super().__init__(message)
        self.line = line


def line_of(source, at):
    """The number of the line that a place is in."""
    return source[:at].count("\n") + 1


def line_end(source, at):
    """Where the line ends that a place is in."""
    end = source.find("\n", at)
    return len(source) if end < 0 else end


def string_starts(source, at):
    """Whether a string literal begins here: its prefix, then a quote."""
    end = at
    while end < len(source) and source[end] in "rRbBfFuU" and end < at + 2:
        end += 1
    return source[end : end + 1] in ("'", '"') and source[end : end + 1] != ""


def blanks_after(source, at, within):
    """The blanks between two literals; within brackets also ends of lines and comments."""
    end = at
    while end < len(source):
        if source[end] in " \t" or (within and source[end] == "\n"):
            end += 1
        elif source[end : end + 2] == "\\\n":
            end += 2
        elif within and source[end] == "#":
            end = line_end(source, end)
        else:
            break
    return source[at:end]


def literal_at(source, at):
    """A string literal: its prefix, what is between the quotes, the quotes, and where it ends."""
    start = at
    while source[start] not in "'\"":
        start += 1
    quote = next(q for q in QUOTES if source[start : start + len(q)] == q)
    end = start + len(quote)
    while source[end : end + len(quote)] != quote:
        if end >= len(source) or (source[end] == "\n" and len(quote) == 1):
            raise Unreadable("unterminated string literal", line_of(source, at))
        end += 2 if source[end] == "\\" else 1
    return source[at:start], source[start + len(quote) : end], quote, end + len(quote)


def closing(text, at, signs):
    """Where one of these signs stands that no bracket and no string encloses."""
    depth = 0
    while at < len(text):
        sign = text[at]
        if not depth and sign in signs and text[at : at + 2] != "!=":
            return at
        if sign in "'\"":
            _, _, _, at = literal_at(text, at)
            continue
        depth += (sign in "([{") - (sign in ")]}")
        at += 1
    return at
