"""What a reader types is kept, comes back, and is typed as it was meant."""

import re

import pytest
from playwright.sync_api import expect

from tests.cells import FORBIDDEN, FULL, button, code, exercise_cell, run, words


def writeup(page):
    """The field under the write-up's question."""
    return page.locator("#writeup-copying ~ .lab-typed textarea")


def test_what_was_typed_survives_a_reload(open_page):
    page = open_page("copying")
    code(exercise_cell(page, "1.2.1")).fill("mine = 1")
    writeup(page).fill("“Two words” — and a dash")
    page.reload()
    assert code(exercise_cell(page, "1.2.1")).input_value() == "mine = 1"
    assert writeup(page).input_value() == "“Two words” — and a dash"  # prose stays as it is


def test_reset_brings_the_cell_back_and_bring_back_the_text(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    published, shown = code(cell).input_value(), cell.locator(".cell_output").inner_html()
    back = button(cell, words(page, "bringBack"))
    expect(back).to_be_hidden()
    button(cell, "Reset").click()  # nothing of the reader's is there yet
    expect(back).to_be_hidden()
    assert run(cell, "print('mine')") == "mine"
    button(cell, "Reset").click()
    assert code(cell).input_value() == published
    assert cell.locator(".cell_output").inner_html() == shown
    page.reload()
    assert code(cell).input_value() == published
    code(cell).fill("print('newer')")
    back.click()
    assert code(cell).input_value() == "print('mine')"
    back.click()  # and the newer text is not lost either
    assert code(cell).input_value() == "print('newer')"
    page.reload()
    assert code(cell).input_value() == "print('newer')"


def test_a_text_that_was_brought_back_over_the_published_one_leaves_nothing_to_bring(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    code(cell).fill("mine")
    button(cell, "Reset").click()
    button(cell, words(page, "bringBack")).press("Enter")
    assert code(cell).input_value() == "mine"
    assert code(cell).evaluate("field => field === document.activeElement")
    expect(button(cell, words(page, "bringBack"))).to_be_hidden()


def test_tab_leaves_the_editor_in_both_directions(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    before = code(cell).input_value()
    code(cell).focus()
    page.keyboard.press("Tab")
    assert button(cell, "Run").evaluate("button => button === document.activeElement")
    page.keyboard.press("Shift+Tab")
    assert code(cell).evaluate("field => field === document.activeElement")
    page.keyboard.press("Shift+Tab")
    assert not cell.evaluate("cell => cell.contains(document.activeElement)")
    assert code(cell).input_value() == before


def test_nothing_corrects_code_and_curly_signs_become_straight(open_page):
    page = open_page("copying")
    field = code(exercise_cell(page, "1.2.1"))
    wanted = {"autocorrect": "off", "autocapitalize": "off", "autocomplete": "off"}
    assert {name: field.get_attribute(name) for name in wanted} == wanted
    assert field.get_attribute("spellcheck") == "false"
    field.fill("")
    field.press_sequentially("print(“a”, \u2018b\u2019, −1")
    field.press("ArrowLeft")
    page.keyboard.insert_text("\u00a0\u2013 2")  # as a phone's keyboard hands it over
    assert field.input_value() == "print(\"a\", 'b', - - 21"
    page.keyboard.insert_text("7")
    assert field.input_value().endswith("- 271")  # the caret has stayed where it was


def test_signs_are_straightened_when_a_composition_ends(open_page):
    page = open_page("copying")
    field = code(exercise_cell(page, "1.2.1"))
    field.fill("")
    field.focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "“", "selectionStart": 1, "selectionEnd": 1})
    session.send("Input.insertText", {"text": "“a”"})
    assert field.input_value() == '"a"'


@pytest.mark.parametrize("storage", [FORBIDDEN, FULL], ids=["forbidden", "full"])
def test_where_nothing_can_be_kept_a_sentence_says_so_and_everything_works(open_page, storage):
    page = open_page("copying", before=storage)
    cell = exercise_cell(page, "1.2.1")
    code(cell).fill("print('mine')")
    expect(cell.get_by_role("status")).to_have_text(words(page, "notKept"))
    assert run(cell) == "mine"
    button(cell, "Reset").click()
    button(cell, words(page, "bringBack")).click()
    assert code(cell).input_value() == "print('mine')"
    writeup(page).fill("my text")
    writeup(page).blur()
    expect(page.locator("#writeup-copying ~ [role=status]")).to_have_text(words(page, "notKept"))
    if storage is FORBIDDEN:
        assert words(page, "notKept") in page.locator(".lab-progress").inner_text()
        assert words(page, "onThisDevice") not in page.locator(".lab-progress").inner_text()


def test_what_another_tab_typed_is_not_overwritten_by_an_older_text(open_page):
    page = open_page("copying")
    other = page.context.new_page()
    other.goto(page.url, wait_until="networkidle")
    code(exercise_cell(other, "1.2.1")).fill("newer")
    writeup(other).fill("newer text")
    expect(code(exercise_cell(page, "1.2.1"))).to_have_value("newer")
    expect(writeup(page)).to_have_value("newer text")
    button(exercise_cell(other, "1.2.1"), "Reset").click()
    expect(code(exercise_cell(page, "1.2.1"))).to_have_value(re.compile("# TODO"))


def test_under_a_text_that_came_back_is_not_what_another_text_has_put_out(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    shown = cell.locator(".cell_output")
    published = shown.inner_text()
    placeholder = "still the placeholder"
    assert placeholder in published
    code(cell).fill("print('mine')")
    page.reload()
    assert shown.inner_text().strip() == words(page, "notRun")
    assert run(cell) == "mine"
    button(cell, "Reset").click()  # the published text has its own output
    assert shown.inner_text() == published
    button(cell, words(page, "bringBack")).click()
    assert shown.inner_text().strip() == words(page, "notRun")
    code(cell).fill("")
    page.reload()  # no text is a text of the reader's too
    assert placeholder not in shown.inner_text()
    button(cell, "Reset").click()
    page.reload()
    assert shown.inner_text() == published


def test_a_text_from_another_tab_has_not_run_here(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    other = page.context.new_page()
    other.goto(page.url, wait_until="networkidle")
    code(exercise_cell(other, "1.2.1")).fill("print('newer')")
    expect(cell.locator(".cell_output")).to_have_text(words(page, "notRun"))
    assert run(cell) == "newer"
