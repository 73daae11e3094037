"""Which scripts a page loads: those that it uses, each of them once.

``templates/layout.html`` lets the text go before all of them.
"""

# Elements that need a script, by the class that they have.
ONLY_WITH = {"design-tabs.js": "sd-tab-set"}
# What is said to the theme's script once more, before it is there to hear it.
SAID_ALREADY = "DOCUMENTATION_OPTIONS."


def setup(app):
    """Choose when all extensions have added theirs."""
    app.connect("html-page-context", _leave_unused_out, priority=900)


def _leave_unused_out(app, page, template, context, doctree):
    body, seen, kept = context.get("body", ""), set(), []
    for script in context.get("script_files", []):
        said = script.attributes.get("body") or ""
        needs = ONLY_WITH.get(script.filename, "")
        if needs in body and said not in seen and not said.startswith(SAID_ALREADY):
            kept.append(script)
        seen |= {said} - {""}
    context["script_files"] = kept
