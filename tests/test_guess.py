"""The directive ``{guess}``: what it makes of a question, and what it says of a mistake."""

import io
import textwrap

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from attention_lab.site.guess import FOLDED, parts
from tests.conftest import CHAPTERS, ROOT


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """A function that builds a page of one guess; returns the page and Sphinx's complaints."""

    def built(guess):
        folder = tmp_path_factory.mktemp("book")
        (folder / "index.md").write_text(f"# Page\n\n```{{guess}}\n{textwrap.dedent(guess)}\n```\n")
        said = io.StringIO()
        with docutils_namespace():
            extensions = ["myst_parser", "attention_lab.site.guess"]
            Sphinx(
                *(folder, None, folder / "html", folder / "trees", "html"),
                confoverrides={"extensions": extensions, "html_theme": "basic"},
                status=None,
                warning=said,
            ).build()
        return BeautifulSoup(
            (folder / "html/index.html").read_text(), "html.parser"
        ), said.getvalue()

    return built


CHOICES = """\
    What is it?

    - [ ] this
      Because it
      is *not*.
    - [x] that, $x$
      Because it is.
    """
NUMBER = """\
    :number: 2.5
    :within: 0.25

    How many?

    - [x]
      Right.
    - [low]
      More.
    - [high]
      Fewer.
    """


def test_choices_can_be_read_and_their_reasons_unfolded(build):
    page, said = build(CHOICES)
    assert said == ""
    guess = page.select_one(".admonition.guess")
    assert "What is it?" in guess.get_text()
    choices = guess.select(".guess-choices > li")
    assert [choice["class"] for choice in choices] == [["wrong"], ["right"]]
    assert [choice.get_text(strip=True).split(",")[0] for choice in choices] == ["this", "that"]
    folded = guess.select_one("details.guess-reasons")
    assert folded.summary.get_text() == FOLDED
    first, second = folded.select("li")
    assert " ".join(first.get_text(" ").split()) == "✗ this : Because it is not ."
    assert first.em.get_text() == "not"
    assert second["class"] == ["right"]
    assert "open" not in folded.attrs


def test_a_number_comes_with_its_reasons_for_too_low_and_too_high(build):
    page, said = build(NUMBER)
    assert said == ""
    number = page.select_one("data.guess-number")
    assert float(number["value"]) == 2.5
    assert float(number["data-within"]) == 0.25
    kinds = [reason["class"] for reason in page.select(".guess-reasons li")]
    assert kinds == [["right"], ["low"], ["high"]]
    page, said = build(NUMBER.replace("    :within: 0.25\n", "").replace("2.5", "-3"))
    assert said == ""
    number = page.select_one("data.guess-number")
    assert (float(number["value"]), float(number["data-within"])) == (-3, 0)


MISTAKES = {
    "no question": (CHOICES.replace("What is it?", ""), "a question above the choices; got none"),
    "no choices": ("What is it?", "choices marked - [x], - [ ]; got none"),
    "nothing": ("", "a question above the choices; got none"),
    "none is right": (CHOICES.replace("[x]", "[ ]"), "got ['wrong', 'wrong']"),
    "all are right": (CHOICES.replace("[ ]", "[x]"), "got ['right', 'right']"),
    "a mark that is none": (CHOICES.replace("[ ]", "[y]"), "got ['y', 'right']"),
    "a number's mark on a choice": (CHOICES.replace("[ ]", "[low]"), "got ['low', 'right']"),
    "no reason": (
        CHOICES.replace("Because it is.", ""),
        "a reason, indented, below the choice 'that",
    ),
    "no words": (CHOICES.replace("that, $x$", ""), "words behind the brackets"),
    "no reason for low": (NUMBER.replace("More.", ""), "a reason, indented, below"),
    "nothing for high": (
        NUMBER.replace("- [high]", "").replace("Fewer.", ""),
        "- [x], - [low], - [high]; got ['right', 'low']",
    ),
    "high twice": (NUMBER + "- [high]\n      Again.", "- [x], - [low], - [high] once"),
    "a choice for a number": (NUMBER.replace("[high]", "[ ]"), "got ['right', 'low', 'wrong']"),
    "no number": (NUMBER.replace("2.5", "many"), "could not convert string to float: 'many'"),
    "no finite number": (NUMBER.replace("2.5", "nan"), "a finite number; got 'nan'"),
    "less than exact": (NUMBER.replace("0.25", "-1"), "0 or more; got '-1'"),
    "near to no number": (":within: 1\n\n" + textwrap.dedent(CHOICES), ":number: beside :within:"),
}


@pytest.mark.parametrize(("guess", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_what_was_expected_and_what_came(build, guess, words):
    _, said = build(guess)
    assert words in said
    assert "index.md:3" in said


def test_a_guess_stands_above_what_it_asks_about_and_gives_a_reason_for_every_choice():
    """A guess without a dropdown "Answer" may only be one that the text below answers."""
    open_ended = []
    for chapter in CHAPTERS:
        text = (ROOT / f"book/{chapter}.md").read_text("utf-8")
        for question in text.split(":::{guess}\n")[1:]:
            guess, below = question.split("\n:::\n", 1)
            _, choices = parts([line for line in guess.splitlines() if not line.startswith(":")])
            assert len(choices) >= 3
            assert all(len(" ".join(choice["reason"])) > 10 for choice in choices), guess
            before_next = below.split(":::{guess}")[0].split("\n## ")[0]
            if ":::{dropdown} Answer" not in before_next:
                open_ended.append(chapter)
    assert open_ended == ["averaging"]  # 1.3.2: the exercise itself is the answer
