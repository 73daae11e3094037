"""A stranger's text, shown for what it is: on a page, in a table, on a terminal."""

import re

LONGEST = 20_000  # characters of a text are shown; the file has the rest
LONGEST_NAME = 120

# What HTML cannot hold, and what would turn the order of the letters around it.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def visible(text):
    r"""A text without what cannot be seen: such a character is named instead.

    >>> visible("a\x00b\r\nc\u202ed\ud800")
    'a␀b\nc[U+202E]d[U+D800]'
    """
    return UNSEEN.sub(_name, text.replace("\r\n", "\n").replace("\r", "\n"))


def _name(found):
    """Unicode has pictures for the old control characters; others are called by their number."""
    number = ord(found[0])
    return chr(0x2400 + number) if number < 32 else f"[U+{number:04X}]"


def in_line(text):
    r"""A name or a path as it can be shown, sorted and compared, on one line.

    >>> in_line("a\nb.ipynb")
    'a␊b.ipynb'
    """
    return re.sub("[\t\n]", _name, visible(text))


def short(text, longest=LONGEST_NAME):
    """A name on one line, and no longer than a page can bear.

    >>> short("a very long name", 8)
    'a very…'
    """
    line = in_line(text)
    return line if len(line) <= longest else line[: longest - 2].rstrip() + "…"


def cut(text, longest=LONGEST):
    r"""A text, or its beginning and how much is missing.

    >>> cut("abcdef", 4)
    'abcd\n[… and 2 characters more, which the file has]'
    """
    more = len(text) - longest
    if more <= 0:
        return text
    return f"{text[:longest]}\n[… and {more} characters more, which the file has]"


def points(number):
    """Points as people write them.

    >>> points(4.0), points(0.1 + 0.2), points(2 / 3)
    ('4', '0.3', '0.67')
    """
    return f"{round(number, 2):.10g}"
