"""What is marked goes, all else stays as it was, and a mark that is not understood is refused."""

import pytest

from attention_lab.exercises import EXERCISES
from attention_lab.release.cutting import checked, cut, place_for, removed
from tests.conftest import ROOT
from tests.release.conftest import KEPT

BEFORE, AFTER = "One.\n\n", "\n\nTwo.\n"
SECRETS = {
    "solution": (
        "```{solution-start} ex-121\n:class: dropdown\n```\n\nIt is SECRET.\n\n"
        "```{code-cell}\n:tags: [runnable]\n\nSECRET\n```\n\n```{solution-end}\n```"
    ),
    "solution cell": "```{code-cell}\n:tags: [solution, runnable]\n\nSECRET\n```",
    "spoiler cell": "```{code-cell}\n:tags: [hide-output, spoiler]\n\nSECRET\n```",
    "cell with a longer fence": "````{code-cell}\n:tags: [spoiler]\n\n'''\n```\nSECRET'''\n````",
    "prose": ":::{div} spoiler\nSECRET\n:::",
    "prose around a fold": "::::{div} spoiler\n:::{dropdown} Answer\nSECRET\n:::\n::::",
    "cell with a longer end": "```{code-cell}\n:tags: [spoiler]\n\nSECRET\n`````",
    "cell with a blank behind its end": "```{code-cell}\n:tags: [spoiler]\n\nSECRET\n``` ",
    "second option": "```{code-cell}\n:class: x\n:tags: [spoiler]\n\nSECRET\n```",
    "another directive": ":::{note}\n:class: spoiler\nSECRET\n:::",
    "code in a title": ":::{dropdown} Why `x`?\n:class-container: spoiler\n\nSECRET\n:::",
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_what_is_marked_goes_and_nothing_else(secret):
    text = BEFORE + secret + AFTER
    assert cut(text, "a.md") == BEFORE + AFTER
    assert removed(text) == [secret]


def test_two_marks_do_not_take_what_is_between_them():
    parts = list(SECRETS.values())
    text = "\n\nBetween.\n\n".join(parts)
    assert cut(text, "a.md").count("Between.") == len(parts) - 1
    assert "SECRET" not in cut(text, "a.md")


@pytest.mark.parametrize(
    "harmless",
    [
        "```{code-cell}\n:tags: [runnable]\n\nsolution = 3\n```",
        "```{code-cell}\n\nspoiler = 3\n```\n\n" + "```{code-cell}\n:tags: [hide-output]\n\n1\n```",
        "A spoiler, and its solution.",
        ":::{div} page-only\nNo spoiler.\n:::",
        "```in a line``` of prose",
    ],
)
def test_words_are_no_marks(harmless):
    assert cut(harmless, "a.md") == harmless


def test_what_is_marked_within_a_directive_goes():
    inside = "::::{note}\n:class: x\n\nText.\n\n%s\n\nText.\n::::\n"
    assert cut(inside % SECRETS["prose"], "a.md") == inside % ""


EXERCISE = "```{code-cell}\n:tags: [exercise]\n\n1\n```\n"
START, END = "```{solution-start} ex\n```\n", "```{solution-end}\n```\n"
REFUSED = {
    "no end": (START + "SECRET\n", 3),
    "no end before the next": (START + "SECRET\n" + START + END, 6),
    "no start": ("Text\n" + END, 4),
    "an exercise inside": (START + EXERCISE + END, 3),
    "fence not closed": (":::{div} spoiler\nSECRET\n", 3),
    "whole directive": ("````{solution} ex\nSECRET\n````\n", 3),
    "YAML": ("```{code-cell}\n---\ntags: [solution]\n---\nSECRET\n```\n", 5),
    "YAML list": ("```{code-cell}\n---\ntags:\n  - solution\n---\nSECRET\n```\n", 6),
    "two lines": ("```{code-cell}\n:tags: [runnable,\n  solution]\n\nSECRET\n```\n", 5),
    "two classes": (":::{div} wide spoiler\nSECRET\n:::\n", 3),
    "indented class": (":::{note}\n  :class: spoiler\nSECRET\n:::\n", 4),
    "in a list": ("- ```{code-cell}\n  :tags: [solution]\n\n  SECRET\n  ```\n", 4),
    "nested": ("::::{note}\n\nText.\n\n:::{div} spoilers\nSECRET\n:::\n::::\n", 7),
    "attribute": ("{.spoiler}\nSECRET\n", 3),
    "attribute of a word": ("[SECRET]{.spoiler}\n", 3),
    "HTML": ('<div class="spoiler">SECRET</div>\n', 3),
    "other tag": ("```{code-cell}\n:tags: [solutions]\n\nSECRET\n```\n", 4),
    "other case": (":::{note}\n:class: Spoiler\nSECRET\n:::\n", 4),
    "a model answer": (":::{dropdown} A model answer\nSECRET\n:::\n", 3),
    "a sheet's key": (":::{dropdown} X\n```{worksheet} key\n```\n:::\n", 4),
    "comment": ("% SECRET\n", 3),
    "comment of HTML": ("A <!-- SECRET -->\n", 3),
}


@pytest.mark.parametrize(("broken", "line"), REFUSED.values(), ids=REFUSED)
def test_a_mark_that_cannot_be_followed_is_refused_with_its_line(broken, line):
    with pytest.raises(ValueError, match=rf"a\.md:{line}: Expected .*cutting says; got"):
        cut("One.\n\n" + broken, "a.md")


def test_the_line_is_that_of_the_mark_and_not_of_one_that_reads_the_same():
    good = "```{code-cell}\n:tags: [solution]\n\n1\n```\n"
    bad = "- ```{code-cell}\n:tags: [solution]\n"
    with pytest.raises(ValueError, match=r"a\.md:7: "):
        cut(good + bad, "a.md")


@pytest.mark.parametrize("chapter", KEPT)
def test_of_a_chapter_stays_all_but_the_marked_parts(chapter):
    text = (ROOT / f"book/{chapter}.md").read_text("utf-8")
    kept = cut(text, chapter).splitlines()
    keys = [task for task in EXERCISES if task.kind == "key"]
    new = [*map(place_for, keys), *(checked(task, "my_query") for task in keys)]
    lines = iter(text.splitlines())
    assert all(line in lines for line in kept if line and line not in new)  # the same, in order
    assert len(text) - sum(map(len, removed(text))) <= len("\n".join(kept)) + 1


def test_an_exercise_that_edits_a_key_has_a_place_for_ones_own_query():
    kept = cut((ROOT / "book/interactions.md").read_text("utf-8"), "interactions.md")
    for number, function in (("1.4.1", "get_key141"), ("1.4.2", "get_key142")):
        call = f'check("{number}", {function}(), own_query=my_query)'
        place = "my_query = torch.tensor([[nan, nan, nan]])  # your answer to 1.3.2"
        assert f"\n\n\n{place}\n{call}\n```" in kept
