"""A control is called by what is written on it.

The theme and myst-nb give some another name, which only those hear who do not see them: whoever
speaks to the browser, "click Show the output", would not be understood. ``templates/`` mends the
theme's, and puts the way home into a landmark.
"""

from pathlib import Path

UNHEARD = '<summary aria-label="Toggle hidden content">'


def setup(app):
    """Take the other names away."""
    app.connect("config-inited", _add_templates)
    app.connect("html-page-context", _take_away)


def _add_templates(app, config):
    config.templates_path.append(str(Path(__file__).parent / "templates"))


def _take_away(app, page, template, context, doctree):
    if "body" in context:
        context["body"] = context["body"].replace(UNHEARD, "<summary>")
