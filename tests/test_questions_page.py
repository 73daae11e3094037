"""The ten questions in the page, before and after the book, and in the notebook."""

import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from attention_lab.page.scripts import joined
from attention_lab.questions import FORMS, QUESTIONS
from attention_lab.questions.misconceptions import MISCONCEPTIONS
from attention_lab.site.questions import WAITS
from tests.axe import violations

ASKED = {form: [question.asked(form) for question in QUESTIONS] for form in FORMS}
WRONG = {  # the place of the first wrong choice of each question
    form: [int(asked.right == 0) for asked in ASKED[form]] for form in FORMS
}

# Folds fade in, and what is half faded in has too little contrast.
STILL = """new Promise(requestAnimationFrame)
    .then(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)))
    .then(() => null)"""


def said(page, module, constant, name):
    """What a module of the page says, from its own list."""
    source = joined(["elements.js", "runner/store.js", "playground/fields.js", "guess.js", module])
    return page.evaluate(f"(() => {{ {source} return String({constant}.{name}); }})()")


def question(page, place):
    return page.locator(".admonition.guess").nth(place)


def choose(page, place, choice):
    one = question(page, place)
    one.get_by_role("radio").nth(choice).check()
    one.get_by_role("button", name="That is my guess").click()
    return one


def choose_all(page, form, right):
    """Answer each question: right where its place is in ``right``, else by the first wrong one."""
    for place, asked in enumerate(ASKED[form]):
        choose(page, place, asked.right if place in right else WRONG[form][place])


def marks(page):
    """The signs of the results' table, row by row: before, after."""
    rows = page.locator(".lab-results tbody tr").all()
    return [
        [mark.get_attribute("aria-label") for mark in row.get_by_role("img").all()] for row in rows
    ]


def believed(form, wrong):
    """The misconceptions behind the first wrong choices of these questions."""
    return {ASKED[form][place].choices[WRONG[form][place]].misconception for place in wrong}


def listed(page, title):
    """The misconceptions in the list below a title, by their names."""
    items = page.locator(f".lab-results p:text-is('{title}') + ul > li").all_inner_texts()
    sentences = {m.sentence: name for name, m in MISCONCEPTIONS.items()}
    return {sentences[sentence] for item in items for sentence in sentences if sentence in item}


def kept(page):
    """How many answers this browser keeps."""
    return page.evaluate(
        "Object.keys(localStorage).filter(key => key.includes('question/')).length"
    )


def go(page, name):
    page.goto(re.sub(r"\w+\.html.*", f"{name}.html", page.url), wait_until="networkidle")


def test_answers_before_and_after_make_a_summary_with_what_is_left_and_where_to_read(open_page):
    page = open_page("before")
    choose_all(page, "before", right={0, 3, 5})
    go(page, "after")
    expect(page.locator(".lab-results table")).to_have_count(0)
    choose_all(page, "after", right={0, 1, 2, 3, 4, 6, 8})
    expect(page.locator(".lab-results p").first).to_have_text(
        "Right before the book: 3 of 10. Right now: 7 of 10."
    )
    after = {0, 1, 2, 3, 4, 6, 8}
    assert marks(page) == [
        ["right" if n in {0, 3, 5} else "wrong", "right" if n in after else "wrong"]
        for n in range(10)
    ]
    left = believed("after", set(range(10)) - after)
    assert listed(page, said(page, "results.js", "TELL", "left")) == left
    gone = believed("before", set(range(10)) - {0, 3, 5}) - left
    assert listed(page, said(page, "results.js", "TELL", "gone")) == gone
    for link in page.locator(".lab-results li a").all():
        address = page.evaluate("link => link.href", link.element_handle())
        assert page.request.get(address).ok
    page.reload()
    expect(page.locator(".lab-results table")).to_be_visible()


def test_before_the_end_no_reason_and_no_verdict_is_shown_then_it_is(open_page):
    page = open_page("before")
    one = choose(page, 0, ASKED["before"][0].right)
    waits = said(page, "results.js", "SAY", "kept")
    expect(one.get_by_role("status")).to_have_text(waits)
    expect(one.locator(".guess-reasons")).to_be_hidden()
    assert one.locator(".guess-right").count() == 0
    one.get_by_role("button", name="Guess again").click()  # minds may change
    choose(page, 0, WRONG["before"][0])
    page.reload()
    expect(question(page, 0).get_by_role("status")).to_have_text(waits)
    go(page, "after")
    choose(page, 0, ASKED["after"][0].right)
    go(page, "before")
    reason = ASKED["before"][0].choices[WRONG["before"][0]].reason
    expect(question(page, 0).get_by_role("status")).to_contain_text(reason.replace("*", ""))
    assert question(page, 0).get_by_role("button").count() == 0 or all(
        not button.is_visible() for button in question(page, 0).get_by_role("button").all()
    )
    expect(choose(page, 1, 0).get_by_role("status")).to_have_text(waits)  # each waits for its twin


def test_an_answer_counts_as_it_was_first_given(open_page):
    page = open_page("after")
    one = choose(page, 2, WRONG["after"][2])
    expect(one.get_by_role("status")).to_contain_text("Not quite.")
    for button in one.get_by_role("button").all():
        expect(button).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('.guess-reasons summary')")
    expect(one.get_by_role("radio").first).to_be_disabled()


def test_what_is_answered_late_is_told_but_does_not_count_as_known_before(open_page):
    page = open_page("after")
    choose(page, 0, ASKED["after"][0].right)
    go(page, "before")
    one = choose(page, 0, ASKED["before"][0].right)
    expect(one.get_by_role("status")).to_contain_text("Right.")
    go(page, "after")
    page.get_by_role("button", name=said(page, "results.js", "TELL", "now")).click()
    assert marks(page)[:2] == [["not answered", "right"], ["not answered", "not answered"]]
    expect(page.locator(".lab-results p").first).to_have_text("Right now: 1 of 10.")


def test_the_answers_can_be_forgotten(open_page):
    page = open_page("before")
    choose_all(page, "before", right=set())
    go(page, "after")
    choose_all(page, "after", right=set())
    page.get_by_role("button", name=said(page, "results.js", "TELL", "again")).click()
    expect(question(page, 0).get_by_role("radio").first).to_be_enabled()
    assert kept(page) == 10
    choose_all(page, "after", right=set(range(10)))
    page.get_by_role("button", name=said(page, "results.js", "TELL", "forget")).click()
    expect(page.locator(".lab-results table")).to_have_count(0)
    assert kept(page) == 0


def test_the_answers_are_the_same_on_every_variant(open_page):
    page = open_page("before")
    choose(page, 0, 1)
    page.goto(page.url + "#variant=7")  # which loads the page anew
    expect(page.locator(".lab-variant")).to_be_visible()
    expect(question(page, 0).get_by_role("radio").nth(1)).to_be_checked()


def test_keys_are_enough(open_page):
    page = open_page("after")
    for place, asked in enumerate(ASKED["after"]):
        question(page, place).get_by_role("radio").first.focus()
        page.keyboard.press("Space")
        for _ in range(asked.right):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.locator(".lab-results p").first).to_have_text("Right now: 10 of 10.")
    expect(page.locator(".lab-results")).to_contain_text(said(page, "results.js", "TELL", "none"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nobody_is_kept_out_and_nothing_is_cut_off(open_page, width, scheme):
    page = open_page("before", width, color_scheme=scheme)
    choose_all(page, "before", right={1, 2})
    assert violations(page, "article") == []
    go(page, "after")
    assert violations(page, "article") == []
    choose_all(page, "after", right={1, 2, 3})
    for fold in page.locator("article details").all():
        fold.evaluate("fold => fold.open = true")
    page.evaluate(STILL)
    assert violations(page, "article") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("form", FORMS)
def test_without_scripts_questions_can_be_read_and_reasons_unfolded(open_page, form):
    page = open_page(form, java_script_enabled=False)
    for place, asked in enumerate(ASKED[form]):
        one = question(page, place)
        assert one.locator(".guess-choices li").count() == len(asked.choices)
        one.locator("summary").click()
        assert one.locator(".guess-reasons li").first.is_visible()
    if form == "before":
        assert question(page, 0).locator("summary").inner_text() == WAITS
    else:
        assert page.locator(".lab-results").bounding_box()["height"] < 5
        assert page.locator(".misconceptions li").count() == len(MISCONCEPTIONS)


def plain(markdown):
    """Letters and digits of a text, without its marks."""
    return re.sub(r"[\W_]", "", BeautifulSoup(markdown, "html.parser").get_text())


@pytest.mark.parametrize("form", FORMS)
def test_the_notebook_has_the_questions_with_folded_reasons(site, form):
    notebook = nbformat.read(site / f"notebooks/{form}.ipynb", as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for number, asked in enumerate(ASKED[form], 1):
        start = text.index(f"**Question {number} of 10**")
        opened, folded = text[start:].split("<details", 1)
        folded = folded.split("</details>", 1)[0]
        assert plain(asked.text) in plain(opened)
        for choice in asked.choices:
            assert plain(choice.text) in plain(opened)
            assert plain(choice.reason) in plain(folded)
            assert plain(choice.reason) not in plain(opened)
    assert "guess-name" not in text
    assert "results-data" not in text
