"""Cells that run in the page: their buttons and keys, and that they say what a notebook says."""

import math

import pytest
import torch
from playwright.sync_api import expect

from attention_lab import check
from attention_lab.course import course_answer
from attention_lab.exercises import ALL
from attention_lab.fixtures import SEED
from attention_lab.messages import PHRASES
from tests.cells import (
    NUMBERS,
    answer_code,
    button,
    cell_with,
    chapter_of,
    code,
    exercise_cell,
    finished,
    run,
    said,
    verdict,
    words,
)

GOOD = answer_code("1.2.1", [[4.7, 6.5, 6.0]])
every_exercise = pytest.mark.parametrize("task", ALL, ids=NUMBERS)


def card(page, number, answer):
    """The notebook's card, as this browser writes HTML."""
    html = check(number, torch.tensor(answer))._repr_html_()
    return page.evaluate(
        "html => Object.assign(document.createElement('div'), {innerHTML: html}).innerHTML", html
    )


def scaled(factor, answer):
    return [scaled(factor, x) if isinstance(x, list) else round(factor * x, 4) for x in answer]


@every_exercise
def test_an_exercise_runs_and_shows_the_notebooks_card(open_page, task):
    page = open_page(chapter_of(task.number))
    cell = exercise_cell(page, task.number)
    right = scaled(1, course_answer(task, SEED))
    for answer in (scaled(0.01, right), right):
        run(cell, answer_code(task.number, answer))
        assert verdict(cell) == card(page, task.number, answer)
    assert PHRASES["passed"].format(number=task.number) in verdict(cell)
    button(cell, "Reset").click()
    assert "# TODO" in code(cell).input_value()
    run(cell)
    nothing = scaled(math.nan, right)
    assert verdict(cell) == card(page, task.number, nothing)


@pytest.mark.parametrize("keys", ["Control+Enter", "Meta+Enter"])
def test_two_keys_run_a_cell_and_leave_its_text_alone(open_page, keys):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    code(cell).fill(GOOD)
    code(cell).press(keys)
    finished(cell)
    assert PHRASES["passed"].format(number="1.2.1") in verdict(cell)
    assert code(cell).input_value() == GOOD
    assert code(cell).evaluate("field => field === document.activeElement")


def test_what_is_printed_comes_before_the_result_and_nothing_is_left_of_the_last_run(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    run(cell, "for i in range(3):\n    print(i, '✓')\n\n'ab' * 2")
    assert cell.locator(".cell_output pre").all_text_contents() == ["0 ✓\n1 ✓\n2 ✓\n", "'abab'"]
    assert run(cell, "print('no line end', end='')") == "no line end"
    assert run(cell, "x = 1") == ""
    assert run(cell, "") == ""


def test_an_error_names_its_line_and_what_is_lacking_points_to_the_notebook(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    shown = run(cell, "y = 1\nprint(y)\nz = y / 0")
    assert shown.startswith("1\n")
    assert "ZeroDivisionError" in shown
    assert "line 3" in shown
    assert cell.locator(".lab-problem a").count() == 0
    for source, name in (
        ("import numpy", "numpy"),
        ("torch.optim.Adam", "torch.optim"),
        ("F.gelu(key)", "torch.nn.functional.gelu"),
        ("torch.nn.Linear(3, 3)", "torch.nn.Linear"),
        ("figures.sphere(key)", "figures.sphere"),
    ):
        assert PHRASES["missing"].format(name=name) in run(cell, source)
    leads_to_the_notebook(page, cell.locator(".lab-problem").get_by_role("link"))


def test_the_reader_is_told_what_runs_here(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    note = cell.get_by_text(words(page, "standIn").strip())
    assert note.is_visible()
    leads_to_the_notebook(page, note.get_by_role("link"))


def leads_to_the_notebook(page, link):
    """Assert that a link can be seen, and is the first of those below the title, word for word."""
    best = page.locator(".lab-launch a").first
    expect(link).to_be_visible()
    assert link.evaluate("link => link.outerHTML") == best.evaluate("link => link.outerHTML")


def test_a_worked_example_is_edited_and_what_is_below_goes_by_it(open_page):
    page = open_page("keys")
    query, score = cell_with(page, "query = torch.tensor"), cell_with(page, "score = query @ key.T")
    code(query).fill("query = torch.tensor([[0.0, 0.0, 2.0]])")  # twice the third features
    assert run(score) == "tensor([[ 1.2000, -1.1800, -1.7600,  0.7000]])"
    code(query).fill("query = torch.tensor([[0.0, 0.0, 2.0]")
    shown = run(score)
    begins = PHRASES["error-above"].split("{error}")[0]
    assert begins in shown
    assert "SyntaxError" in shown
    button(query, "Reset").click()
    assert run(score).startswith("tensor([[")


def test_an_exercise_does_not_care_for_a_broken_example_above_that_it_does_not_need(open_page):
    page = open_page("copying")
    above = page.locator("div.solution .lab-cell").first
    page.locator("div.solution .toggle-button").first.click()
    code(above).fill("answer = 1 / 0")
    cell = exercise_cell(page, "1.2.2")
    run(cell)
    assert said(cell).startswith(PHRASES["failed"].format(number="1.2.2"))


def test_a_cell_in_a_folded_solution_runs_too_and_its_pass_is_not_the_readers(open_page):
    page = open_page("copying")
    page.locator("div.solution .toggle-button").first.click()
    cell = page.locator("div.solution .lab-cell").first
    run(cell)
    assert verdict(cell) == card(page, "1.2.1", [[4.7, 6.5, 6.0]])
    assert page.get_by_text(words(page, "progress", 0, len(ALL))).is_visible()


def test_the_cells_run_one_after_the_other_however_quickly_run_is_pressed(open_page):
    page = open_page("averaging")
    cells = [exercise_cell(page, "1.3.1"), exercise_cell(page, "1.3.2")]
    cells += [page.locator(".lab-cell:visible").nth(2)]
    code(cells[0]).fill("print('once')\n" + code(cells[0]).input_value())
    button(cells[0], "Run").dblclick()  # the second time nothing happens
    for cell in cells[1:]:
        button(cell, "Run").evaluate("button => button.click()")
    for cell in cells:
        finished(cell)
        assert cell.locator(".cell_output .verdict").count() == 1
    assert cells[0].locator(".cell_output .stream").inner_text().strip() == "once"
    for cell, number in zip(cells, ("1.3.1", "1.3.2")):
        assert said(cell).startswith(PHRASES["failed"].format(number=number))


def test_the_status_says_once_what_happens(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    cell.get_by_role("status").evaluate(
        """status => {
            window.heard = [];
            new MutationObserver(() => heard.push(status.textContent))
                .observe(status, {childList: true, characterData: true, subtree: true});
        }"""
    )
    run(cell)
    first, second, third = page.evaluate("heard")
    assert [first, second] == [words(page, "loading"), words(page, "running")]
    message = cell.locator(".cell_output .verdict > div").nth(1).inner_text()
    assert PHRASES["failed"].format(number="1.2.1") in third
    assert third.endswith(message)
    run(cell)
    assert page.evaluate("heard.slice(3)") == [second, third]  # it is loaded already
    assert page.locator("[aria-live] .verdict, [role=status] .verdict").count() == 0


def test_a_tap_runs_a_cell_on_a_phone(open_page):
    page = open_page("copying", 390, has_touch=True, is_mobile=True)
    cell = exercise_cell(page, "1.2.1")
    code(cell).fill(GOOD)
    button(cell, "Run").tap()
    finished(cell)
    assert PHRASES["passed"].format(number="1.2.1") in verdict(cell)
    assert float(code(cell).evaluate("f => parseFloat(getComputedStyle(f).fontSize)")) >= 16
    for name in ("Run", "Reset"):
        box = button(cell, name).bounding_box()
        assert box["height"] >= 24
        assert box["width"] >= 24
    expect(button(cell, "Stop")).to_be_hidden()
