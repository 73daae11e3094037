"""Templates become pages. Every text in them is a stranger's: escaped, and shown for what it is."""

import re
from functools import cache
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
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


def markup(text):
    """HTML or a script of our own, which a template leaves as it is."""
    from markupsafe import Markup  # comes with Jinja2, so only now

    return Markup(text)


def draw(name, **context):
    """The template of this name, filled in."""
    return _environment().get_template(name).render(context)


def can_draw():
    """Raise ModuleNotFoundError, with what to do, where pages cannot be drawn."""
    try:
        import jinja2  # noqa: F401
    except ImportError as error:
        message = "Pages need Jinja2: pip install 'attention-lab[grade]'."
        raise ModuleNotFoundError(message, name="jinja2") from error


@cache
def _environment():
    """Jinja's, made once: it keeps the templates that it has compiled."""
    can_draw()
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_safe,  # so that no place in a template can be forgotten
    )
    environment.filters.update(short=short, cut=cut, points=points, in_line=in_line)
    return environment


def _safe(value):
    """What goes into a page, without unseen characters; markup of our own is left as it is."""
    return visible(value) if type(value) is str else value
