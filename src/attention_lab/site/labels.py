"""A control is called by what is written on it, and a list is one for those who hear it, too.

The theme and myst-nb give some controls another name, which only those hear who do not see them:
whoever speaks to the browser, "click Show the output", would not be understood. ``templates/``
mends the theme's, and puts the way home into a landmark.
"""

from pathlib import Path

# What is heard, and what it is instead.
UNHEARD = {
    '<summary aria-label="Toggle hidden content">': "<summary>",
    ' role="doc-biblioentry"': ' role="listitem"',  # in a list; the other role is given up
    "</li>\n<ul>": "<ul>",  # of modules: a list within is part of an entry
    "</li>\n</ul><li>": "</li>\n</ul></li><li>",
    'Solution to<a class="reference internal"': 'Solution to <a class="reference internal"',
    '"> Exercise (': '">Exercise (',  # the space is not part of the link, and not underlined
}


def setup(app):
    """Take the other names away."""
    app.connect("config-inited", _add_templates)
    app.connect("html-page-context", _take_away)


def _add_templates(app, config):
    config.templates_path.append(str(Path(__file__).parent / "templates"))


def _take_away(app, page, template, context, doctree):
    for heard, instead in UNHEARD.items():
        if heard in context.get("body", ""):
            context["body"] = context["body"].replace(heard, instead)
