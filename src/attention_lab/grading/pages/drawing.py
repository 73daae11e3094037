"""Templates become pages. Every text in them is a stranger's: escaped, and shown for what it is."""

from functools import cache
from pathlib import Path

from attention_lab.grading.shown import cut, in_line, points, short, visible

TEMPLATES = Path(__file__).parent / "templates"


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
