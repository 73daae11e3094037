"""Which scripts a page loads: those that it uses, each of them once.

``templates/layout.html`` lets the text go before all of them.
"""

# The book's own are for its chapters; the index, the listings and the search have no cells.
OURS = "_static/lab/"
# Elements that need a script of others, by their class.
ONLY_WITH = {"_static/design-tabs.js": "sd-tab-set"}
# What is said to the theme's script once more, before it is there to hear it.
SAID_ALREADY = "DOCUMENTATION_OPTIONS."


def setup(app):
    """Choose when all extensions have added theirs."""
    app.connect("html-page-context", _leave_unused_out, priority=900)


def _leave_unused_out(app, page, template, context, doctree):
    seen, kept = set(), []
    for script in context.get("script_files", []):
        said = script.attributes.get("body") or ""
        if said not in seen and _is_used(str(script.filename or ""), said, context, doctree):
            kept.append(script)
        seen |= {said} - {""}
    context["script_files"] = kept


def _is_used(name, said, context, doctree):
    if name.startswith(OURS):
        return doctree is not None
    needs = ONLY_WITH.get(name, "")
    return needs in context.get("body", "") and not said.startswith(SAID_ALREADY)
