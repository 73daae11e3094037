"""A folded output is called by what is written on it.

myst-nb gives its button another name, which only those hear who do not see it: whoever speaks to
the browser, "click Show the output", would not be understood.
"""

UNHEARD = '<summary aria-label="Toggle hidden content">'


def setup(app):
    """Take the other name away."""
    app.connect("html-page-context", _take_away)


def _take_away(app, page, template, context, doctree):
    if "body" in context:
        context["body"] = context["body"].replace(UNHEARD, "<summary>")
