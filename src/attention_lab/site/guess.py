"""The directive ``{guess}``: a question to be answered before its answer is seen.

Below the question stand the choices, each with a reason; ``x`` marks what is right::

    :::{guess}
    The query *is* the cat's key. How much weight does the cat get?

    - [ ] a third
      The cat is ahead, so it gets more than an even share.
    - [x] about half
      Gaps of at most 2 leave the others a good part.
    :::

Or the question asks for a number: then ``:number:`` gives it, ``:within:`` how far off is still
right (0 if left out), and there is a reason for guesses that are ``[low]``, ``[high]`` and right,
``[x]``. Without scripts the choices can be read, and the reasons unfolded; ``page/guess.js`` makes
a form of them.

``:title:`` and ``:reasons:`` are written above the box and above its reasons. A guess with a
``:name:`` is kept under it and made once; with ``:until:`` its reasons wait until the guess of that
other name is made. ``questions.py`` needs these.
"""

import math
import re

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

TITLE = "Guess first"
FOLDED = "What about each guess?"
CHOICE = re.compile(r"- \[(.*?)\]\s*(.*)")
MARKS = {"x": "right", " ": "wrong", "low": "low", "high": "high"}
SAYS = {"right": "✓", "wrong": "✗", "low": "✗ less", "high": "✗ more"}


def setup(app):
    """Add the directive."""
    app.add_directive("guess", Guess)


def finite(text):
    """An option's number.

    Raises:
        ValueError: it is none, or not finite.
    """
    if not math.isfinite(float(text)):
        raise ValueError(f"Expected a finite number; got {text!r}.")
    return float(text)


def not_negative(text):
    """An option's number, 0 or more.

    Raises:
        ValueError: it is none.
    """
    if finite(text) < 0:
        raise ValueError(f"Expected a number, 0 or more; got {text!r}.")
    return finite(text)


class Guess(SphinxDirective):
    """A question, choices, and a reason for each."""

    has_content = True
    option_spec = {  # noqa: RUF012 - docutils' own
        "number": finite,
        "within": not_negative,
        "class": directives.class_option,
        "title": directives.unchanged_required,
        "reasons": directives.unchanged_required,
        "name": directives.unchanged_required,
        "until": directives.unchanged_required,
    }

    def run(self):
        """The parts as an admonition that can be read without scripts."""
        question, choices = parts(self.content)
        number, within = self.options.get("number"), self.options.get("within")
        try:
            refuse_unless_complete(question, choices, number, within)
        except ValueError as error:
            raise self.error(str(error)) from error
        title = nodes.title("", self.options.get("title", TITLE))
        guess = nodes.admonition("", title, classes=["guess", *self.options.get("class", [])])
        guess += self._parsed(question)
        if "name" in self.options:
            kept = f'value="{self.options["name"]}" data-until="{self.options.get("until", "")}"'
            guess += _for_the_script(f'<data class="guess-name" {kept}></data>')
        if number is None:
            guess += self._list(choices, self._choice, "guess-choices")
        else:
            value = f'value="{number!r}" data-within="{within or 0}"'
            guess += _for_the_script(f'<data class="guess-number" {value}></data>')
        folded = self.options.get("reasons", FOLDED)
        opening = f'<details class="guess-reasons"><summary>{folded}</summary>'
        guess += nodes.raw("", opening, format="html")
        guess += self._list(choices, self._reason, "guess-because")
        guess += nodes.raw("", "</details>", format="html")
        return [guess]

    def _parsed(self, lines):
        return self.parse_text_to_nodes("\n".join(lines))

    def _list(self, choices, item, name):
        shown = nodes.bullet_list(classes=[name])
        for choice in choices:
            shown += nodes.list_item("", *item(choice), classes=[choice["kind"]])
        return shown

    def _choice(self, choice):
        return self._parsed([choice["text"]])

    def _reason(self, choice):
        label = f"{SAYS[choice['kind']]} {choice['text']}".strip()
        first, *more = choice["reason"]
        return self._parsed([f"**{label}**: {first}", *more])


def _for_the_script(html):
    """What no reader sees, on the page only."""
    return nodes.raw("", html, format="html", classes=["page-only"])


def parts(content):
    """The lines of the question, and the choices: dicts of kind, text and lines of reason.

    >>> parts(["Who?", "", "- [x] you", "  Who else."])[1]
    [{'kind': 'right', 'text': 'you', 'reason': ['Who else.']}]
    """
    question, choices = [], []
    for line in content:
        start = CHOICE.match(line)
        if start:
            kind = MARKS.get(start[1], start[1])
            choices.append({"kind": kind, "text": start[2].strip(), "reason": []})
        elif choices:
            if line.strip():
                choices[-1]["reason"].append(line.strip())
        else:
            question.append(line)
    return question, choices


def refuse_unless_complete(question, choices, number, within=None):
    """Raise unless there is a question, a reason for each choice, and what is right.

    Raises:
        ValueError: what was expected and what came.
    """
    kinds = [choice["kind"] for choice in choices]
    wanted = ["right", "wrong"] if number is None else ["right", "low", "high"]
    marks = ", ".join(f"- [{mark}]" for mark, kind in MARKS.items() if kind in wanted)
    if not any(line.strip() for line in question):
        raise ValueError("Expected a question above the choices; got none.")
    if set(kinds) != set(wanted):
        raise ValueError(f"Expected choices marked {marks}; got {kinds or 'none'}.")
    if number is not None and len(kinds) != len(wanted):
        raise ValueError(f"Expected each of {marks} once; got {kinds}.")
    if number is None and within is not None:
        raise ValueError("Expected :number: beside :within:; got choices only.")
    for choice in choices:
        if not choice["reason"]:
            raise ValueError(f"Expected a reason, indented, below the choice {choice['text']!r}.")
        if number is None and not choice["text"]:
            raise ValueError("Expected words behind the brackets of each choice.")
