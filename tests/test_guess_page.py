"""A guess in the page: made first, then told why, then the answer unfolds."""

import pytest
from playwright.sync_api import expect

from attention_lab.page.scripts import joined
from tests.conftest import CHAPTERS, ROOT

# Pages whose guesses have an answer to unfold; the ten questions have reasons only.
ANSWERED = [
    chapter
    for chapter in CHAPTERS
    if ":::{dropdown} Answer" in (ROOT / f"book/{chapter}.md").read_text("utf-8")
]
GUESSES = ".admonition.guess"


def guess_about(page, text):
    return page.locator(GUESSES, has_text=text)


def say(page, name):
    """What guess.js says, from its own list."""
    source = joined(["elements.js", "playground/fields.js", "guess.js"])
    return page.evaluate(f"(() => {{ {source} return SAY.{name}; }})()")


def press(guess, page, name):
    guess.get_by_role("button", name=say(page, name)).click()


def result(guess):
    return guess.get_by_role("status")


def reasons(guess):
    """The reasons, as they stand below the choices, without the choice that they repeat."""
    items = guess.locator(".guess-reasons li")
    return [text.split(": ", 1)[1].strip() for text in items.all_text_contents()]


def answer(page):
    return page.locator("details.sd-dropdown", has=page.get_by_text("Answer", exact=True)).first


def test_only_the_ten_questions_have_no_answer_to_unfold():
    assert {*CHAPTERS} - {*ANSWERED} == {"before", "after"}


@pytest.mark.parametrize("chapter", ANSWERED)
def test_no_answer_and_no_output_of_it_can_be_seen_before_the_guess(open_page, chapter):
    page = open_page(chapter)
    # Everything from a guess to its answer: the outputs in between are the answer, drawn.
    gates = page.evaluate(
        """[...document.querySelectorAll('.admonition.guess')].map((guess) => {
            const seen = [];
            for (let next = guess.nextElementSibling; next; next = next.nextElementSibling) {
                if (next.matches('section, .guess')) return null;
                if (next.matches('.cell')) {
                    const outputs = [...next.querySelectorAll('.cell_output')];
                    seen.push(outputs.some((output) => output.checkVisibility()));
                }
                if (next.matches('details')) return {
                    outputs: seen.some(Boolean),
                    answer: next.checkVisibility(),
                    called: next.querySelector('summary').innerText,
                };
            }
            return null;
        })"""
    )
    shut = [gate for gate in gates if gate]
    assert len(shut) >= 1
    assert all(not gate["outputs"] and not gate["answer"] for gate in shut)
    # Nor do the reasons, or the mark of the right choice, show.
    assert page.locator(".guess-reasons:visible, .guess-result:visible").count() == 0


def test_a_guess_gets_the_reason_of_its_own_choice_and_opens_the_answer(open_page):
    page = open_page("copying")
    guess = guess_about(page, "How much weight does the cat get?")
    press(guess, page, "commit")
    expect(result(guess)).to_have_text(say(page, "first"))
    expect(answer(page)).to_be_hidden()
    for n, opening in ((0, "wrong"), (2, "right")):
        guess.get_by_role("radio").nth(n).check()
        press(guess, page, "commit")
        expect(result(guess)).to_have_text(f"{say(page, opening)} {result_words(guess, n)}")
        expect(answer(page)).to_be_visible()
        assert answer(page).get_attribute("open") is not None
        expect(guess.get_by_role("radio").nth(0)).to_be_disabled()
        expect(guess.locator(".guess-reasons")).to_be_visible()  # the others' reasons, to unfold
        press(guess, page, "again")
        expect(answer(page)).to_be_hidden()
        assert guess.get_by_role("radio").first.evaluate("r => r === document.activeElement")
        assert not any(guess.get_by_role("radio").nth(i).is_checked() for i in range(4))


def result_words(guess, n):
    """A choice with its reason, as the page repeats it."""
    return " ".join(guess.locator(".guess-reasons li").nth(n).text_content().split())


def test_a_guess_is_kept(open_page):
    page = open_page("copying")
    guess = guess_about(page, "How much weight does the cat get?")
    guess.get_by_role("radio").nth(1).check()
    press(guess, page, "commit")
    told = result(guess).inner_text()
    page.reload()
    expect(result(guess)).to_have_text(told)
    expect(answer(page)).to_be_visible()
    expect(guess.get_by_role("radio").nth(1)).to_be_checked()
    press(guess, page, "again")
    page.reload()
    expect(answer(page)).to_be_hidden()
    expect(result(guess)).to_have_text("")


def test_the_answer_can_be_had_without_a_guess_and_the_focus_goes_there(open_page):
    page = open_page("copying")
    guess = guess_about(page, "How much weight does the cat get?")
    guess.get_by_role("button", name=say(page, "skip")).press("Enter")
    expect(answer(page)).to_be_visible()
    assert page.evaluate(
        "document.activeElement.matches('summary') && document.activeElement.checkVisibility()"
    )
    expect(result(guess)).to_have_text("")
    guess.get_by_role("radio").nth(2).check()
    press(guess, page, "commit")
    expect(result(guess)).to_contain_text(say(page, "right"))


def test_a_number_may_be_written_in_several_ways_and_is_low_high_or_right(open_page):
    page = open_page("keys")
    guess = guess_about(page, "At how many angles")
    field = guess.get_by_role("textbox")
    for text in ("", "six", "1.2.3", "--1"):
        field.fill(text)
        press(guess, page, "commit")
        expect(result(guess)).to_have_text(say(page, "number"))
    right, low, high = reasons(guess)
    for text, word, reason in (
        ("6", "right", right),
        (" 6,0 ", "right", right),
        ("5,9", "wrong", low),
        ("−3", "wrong", low),
        ("-3", "wrong", low),
        ("6.5", "wrong", high),
        ("1e3", "wrong", high),
    ):
        field.fill(text)
        field.press("Enter")
        expect(result(guess)).to_contain_text(say(page, word))
        expect(result(guess)).to_contain_text(reason)
        expect(answer(page)).to_be_visible()
        press(guess, page, "again")
        expect(answer(page)).to_be_hidden()
        expect(field).to_have_value("")
    field.fill("5")
    field.press("Enter")
    page.reload()
    expect(field).to_have_value("5")
    expect(result(guess)).to_contain_text(low)


def test_a_guess_is_made_with_keys_alone(open_page):
    page = open_page("copying")
    guess = guess_about(page, "How much weight does the cat get?")
    guess.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(result(guess)).to_contain_text(say(page, "wrong"))
    expect(guess.get_by_role("radio").nth(1)).to_be_checked()
    focused = page.evaluate("document.activeElement.innerText")
    assert focused == say(page, "again")


def test_what_was_kept_of_another_question_does_no_harm(open_page):
    kept = """for (const n of [0, 1]) localStorage.setItem(
        `attention-lab/course/guess/copying.html/${n}`, n ? '"seven"' : '99')"""
    page = open_page("copying", before=kept)
    guess = guess_about(page, "How much weight does the cat get?")
    expect(result(guess)).to_have_text("")
    expect(answer(page)).to_be_hidden()
    assert page.locator(".lab-cell").count() > 0


def test_without_scripts_question_reasons_and_answer_can_be_read(open_page):
    page = open_page("copying", java_script_enabled=False)
    guess = page.locator(GUESSES).first
    assert guess.locator(".guess-choices li").count() == 4
    assert guess.locator(".guess-choices").is_visible()
    guess.locator("summary").click()
    assert guess.locator(".guess-reasons li").first.is_visible()
    assert answer(page).is_visible()
    assert page.locator(f"{GUESSES} button, {GUESSES} input").count() == 0
