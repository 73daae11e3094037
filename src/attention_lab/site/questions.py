"""The directives ``{questions} before`` and ``{results}``: what have you learned?

``{questions}`` asks the ten questions in one of their two forms, each as a ``{guess}``. In the form
``before`` the reasons wait until the question's twin in the form ``after`` is answered: what is
told at once would be remembered, and the second form would measure that (Adams and Wieman 2011, on
giving such tests), while a test before learning helps with and without answers (Pan and Sana 2021).

``{results}`` lists the ideas and the misconceptions. With scripts, ``page/results.js`` shows there
what a reader has chosen in both forms.
"""

import json
from html import escape

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from attention_lab.questions import FORMS, QUESTIONS
from attention_lab.questions.misconceptions import MISCONCEPTIONS
from attention_lab.site.argument import argument_of

RIGHT = "right"  # in the results' data, where wrong choices have the name of a misconception
WAITS = "Reasons, to be read at the end of the book"
LISTED = "What the wrong choices believe, and where to read again"


def setup(app):
    """Add the directives."""
    app.add_directive("questions", Questions)
    app.add_directive("results", Results)


class Questions(SphinxDirective):
    """All questions in one form."""

    required_arguments = 1

    def run(self):
        """Parse the guesses as if they stood in the chapter."""
        form = argument_of(self, FORMS)
        return self.parse_text_to_nodes(asked(form))


class Results(SphinxDirective):
    """The misconceptions, each with a link, and what the script must know."""

    def run(self):
        """A fold to read, and data beside it."""
        data = escape(json.dumps(results()))
        box = nodes.container(classes=["lab-results", "page-only"])
        box += nodes.raw("", f'<data class="results-data" value="{data}"></data>', format="html")
        listed = nodes.container(classes=["misconceptions"])
        listed += self.parse_text_to_nodes(folded_misconceptions(self.env.found_docs))
        return [box, listed]


def asked(form):
    """The questions in one form, in MyST."""
    return "\n".join(as_guess(question, form, n) for n, question in enumerate(QUESTIONS, 1))


def as_guess(question, form, number):
    """A question in one form, as the text of a ``{guess}``.

    Raises:
        ValueError: not exactly one of its choices is right.
    """
    shown = question.asked(form)
    lines = [":::{guess}", f":title: Question {number} of {len(QUESTIONS)}"]
    lines += [f":name: {form}/{question.name}"]
    if form == "before":
        lines += [f":until: after/{question.name}", f":reasons: {WAITS}"]
    lines += ["", shown.text, ""]
    for place, choice in enumerate(shown.choices):
        lines += [f"- [{'x' if place == shown.right else ' '}] {choice.text}", f"  {choice.reason}"]
    return "\n".join([*lines, ":::", ""])


def results():
    """What the script must know: of each question its idea, and what stands behind each choice."""
    questions = [
        {"name": question.name, "idea": question.idea}
        | {form: [c.misconception or RIGHT for c in question.asked(form).choices] for form in FORMS}
        for question in QUESTIONS
    ]
    return {"questions": questions, "misconceptions": list(MISCONCEPTIONS)}


def folded_misconceptions(pages):
    """Each misconception with a link to where the book says otherwise, folded, in MyST."""
    items = [f"- {m.sentence} [](#{section(m, pages)})" for m in MISCONCEPTIONS.values()]
    return "\n".join([f":::{{dropdown}} {LISTED}", *items, ":::"])


def section(misconception, pages):
    """The first of its sections that this book has: ``sec-keys`` is the page ``book/keys``.

    Raises:
        ValueError: the book has none of them.

    >>> section(MISCONCEPTIONS["aim-copies"], {"book/copying"})
    'sec-copying'
    """
    for label in misconception.sections:
        if f"book/{label.removeprefix('sec-')}" in pages:
            return label
    raise ValueError(f"Expected a page for one of {misconception.sections}; got {sorted(pages)}.")
