"""One exercise as a screen reader tells it: in order, each thing once, and what speaks up."""

import torch
from playwright.sync_api import expect

from attention_lab import check
from attention_lab.card import heading, measure
from attention_lab.exercises import exercise
from attention_lab.fixtures import SEED
from tests.cells import answer_code, button, code, exercise_cell, finished, run, words
from tests.listening import LISTEN, heard, read_on

TASK = exercise("1.2.1")
START = "heading 2: Exercise 1.2.1"
GOOD = [[4.7, 6.5, 6.0]]
NEAR = [[0.47, 0.65, 0.60]]
CLOSED = [f"fold, closed: Hint {n} of {len(TASK.hints)}" for n in range(1, len(TASK.hints) + 1)]


def card_lines(answer):
    """The card of an answer as it is read: what it is, what was measured, why, the weights."""
    verdict = check("1.2.1", torch.tensor(answer))
    table = [
        "column: weight on", *(f"column: k{k}" for k in range(4)),
        "row: asked for", "cell: 1.000", *3 * ["cell: 0.000"],
        "row: obtained", *(f"cell: {weight:.3f}" for weight in verdict.weights[0]),
    ]  # fmt: skip
    stuck = [] if verdict else ['Stuck? hint("1.2.1") gives the next hint.']
    return [heading(verdict), measure(verdict), verdict.message, *table, *stuck]


def announcement(answer):
    """What is said aloud of an answer: the verdict, by how much, and why."""
    verdict = check("1.2.1", torch.tensor(answer))
    return f"{heading(verdict)}. {measure(verdict)}. {verdict.message}"


def fields_and_buttons(page):
    return [
        "group: Exercise 1.2.1",
        "field of several lines: Code of exercise 1.2.1",
        f"button: Run ({words(page, 'runKeys')})",
        "button: Reset",
        words(page, "standIn"),
        "link: Download notebook",
        ".",
    ]


def test_an_exercise_is_read_in_the_order_in_which_it_is_done(open_page):
    page = open_page("copying")
    lines = read_on(page, START, "Or find it by hand, and take over what you found:")
    # First what is asked, then where to answer, then what came of it, then help.
    assert lines == [
        START,
        "Exercise (1.2.1: select the first value)",
        "Define a query vector to “select” the first value vector: "
        "the output must be v0 within the tolerance.",
        "Your answer is a tensor of shape (1, 3), made of",
        "link: constants",
        ".",
        *fields_and_buttons(page),
        "✗ 1.2.1: not yet",
        "This is still the placeholder: every entry is nan, not a number. "
        "Replace them by your constants, in the shape (1, 3).",
        'Stuck? hint("1.2.1") gives the next hint.',
        *CLOSED,
        "fold, closed: Other numbers",
    ]


def test_a_run_says_that_it_runs_and_then_the_verdict_each_once(open_page):
    page = open_page("copying", before=LISTEN)
    cell = exercise_cell(page, "1.2.1")
    heard(page)
    code(cell).fill(answer_code("1.2.1", NEAR))
    assert heard(page) == []  # nobody is interrupted in typing
    button(cell, "Run").press("Enter")
    finished(cell)
    loading, running = words(page, "loading"), words(page, "running")
    said = [loading, running, announcement(NEAR)]
    assert heard(page) == [["status", text] for text in said]
    # Nor is anybody put elsewhere: where Run was pressed it can be pressed again.
    assert button(cell, "Run").evaluate("it => it === document.activeElement")
    page.keyboard.press("Enter")
    finished(cell)
    assert heard(page) == [["status", text] for text in (running, announcement(NEAR))]


def test_a_verdict_is_not_read_a_second_time_on_the_way_to_its_card(open_page):
    page = open_page("copying", before=LISTEN)
    page.clock.install()
    cell = exercise_cell(page, "1.2.1")
    run(cell, answer_code("1.2.1", GOOD))
    page.clock.fast_forward(11_000)
    expect(cell.get_by_role("status")).to_have_text("")
    heard(page)
    lines = read_on(page, "group: Exercise 1.2.1", CLOSED[0])
    assert lines == [*fields_and_buttons(page), *card_lines(GOOD)]
    assert sum("passed" in line for line in lines) == 1


def test_a_pass_and_the_progress_below_are_one_announcement(open_page):
    page = open_page("copying", before=LISTEN)
    cell = exercise_cell(page, "1.2.1")
    run(cell, answer_code("1.2.1", GOOD))
    expect(page.locator(".lab-progress").first).to_contain_text("✓")
    assert [text for _, text in heard(page)].count(announcement(GOOD)) == 1
    assert heard(page) == []


def test_an_error_a_reset_and_what_is_brought_back_are_said_once(open_page):
    page = open_page("copying", before=LISTEN)
    cell = exercise_cell(page, "1.2.1")
    run(cell, "1 / 0")
    _, error = heard(page)[-1]
    assert "division by zero" in error
    assert "line 1" in error
    button(cell, "Reset").press("Enter")
    assert heard(page) == [["status", words(page, "wasReset")]]
    assert button(cell, "Reset").evaluate("it => it === document.activeElement")
    button(cell, words(page, "bringBack")).press("Enter")
    assert heard(page) == [["status", words(page, "isBack")]]


def test_a_status_that_speaks_twice_would_be_noticed(open_page):
    """The planted mistake: the output speaks too, beside the status."""
    page = open_page("copying", before=LISTEN)
    cell = exercise_cell(page, "1.2.1")
    cell.locator(".cell_output").evaluate("area => area.setAttribute('aria-live', 'assertive')")
    run(cell, answer_code("1.2.1", GOOD))
    said = heard(page)
    assert {how for how, _ in said} == {"status", "assertive"}
    assert sum(heading(check("1.2.1", torch.tensor(GOOD))) in text for _, text in said) == 2


def test_keys_go_through_an_exercise_in_its_order_and_out_of_its_field(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    code(cell).focus()
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        at = "document.activeElement"
        reached.append(page.evaluate(f"({at}.ariaLabel ?? {at}.textContent).trim()"))
    hints = [f"Hint {n} of {len(TASK.hints)}" for n in range(1, len(TASK.hints) + 1)]
    assert reached == ["Run", "Reset", "Download notebook", *hints, "Other numbers"]


def test_a_hint_and_the_solution_say_what_they_are_and_whether_they_are_open(open_page):
    page = open_page("copying")
    section = page.locator("section", has=exercise_cell(page, "1.2.1")).last
    section.locator("summary", has_text="Hint 1").press("Enter")
    first, *_ = read_on(page, f"fold, open: Hint 1 of {len(TASK.hints)}", CLOSED[1])[1:]
    assert first == TASK.hints[0]
    name = "Show or hide: Solution to Exercise (1.2.1: select the first value)"
    solution = section.get_by_role("button", name=name, exact=True)
    before = read_on(page, START, "heading 2: Exercise 1.2.2")
    assert before.count(f"button, closed: {name}") == 1
    solution.press("Enter")
    _, first, *rest = read_on(page, f"button, open: {name}", "heading 2: Exercise 1.2.2")
    assert first not in before
    assert "field of several lines: Code" in rest  # what the solution says is run, too


def test_formulas_are_read_as_mathematics(open_page):
    page = open_page("copying")
    lines = read_on(page, *_first_and_last_heading(page))
    formulas = [line for line in lines if line.startswith("math: ")]
    assert len(formulas) == page.locator("article math:visible").count() > 3
    assert all(len(formula) > len("math: ") for formula in formulas)
    assert not any("\\" in line or "$" in line for line in formulas)


def test_a_figure_is_a_picture_with_words_and_its_numbers_are_behind_it(open_page):
    page = open_page("keys")
    figure = page.locator(
        "figure.picture", has=page.locator("svg[aria-label^='Keys as arrows in a']")
    )
    alt = figure.locator("svg").get_attribute("aria-label")
    figure.locator("summary").press("Enter")
    lines = read_on(page, f"picture: {alt}", "row: k2")
    # The picture shows the course's keys: three numbers each.
    rows = [[f"row: k{k}", *(f"cell: {x:.3f}" for x in SEED.key[k])] for k in (0, 1)]
    assert lines[1:] == [
        "fold, open: The numbers of this figure",
        "group: Table of numbers",
        "table: Where each key lies",
        "Where each key lies",
        *(f"column: {name}" for name in ("key", "x", "y", "z")),
        *rows[0],
        *rows[1],
    ]


def test_results_are_a_table_whose_marks_are_words(open_page):
    page = open_page("after")
    page.get_by_role("button", name="Show me now").press("Enter")
    said = page.evaluate("document.activeElement.textContent")
    assert said == "Right now: 0 of 10."  # what was asked for is where the reader now is
    lines = read_on(page, said, "heading 2: Do you doubt an answer?")
    assert lines[1:4] == ["column: Question", "column: Before", "column: Now"]
    rows = [line for line in lines if line.startswith("row: ")]
    assert [row.split(".")[0] for row in rows] == [f"row: {n}" for n in range(1, 11)]
    assert lines.count("cell: not answered") == 20  # neither before nor now


def _first_and_last_heading(page):
    titles = page.locator("article :is(h1, h2)").all()
    first, last = (
        f"heading {title.evaluate('it => it.tagName[1]')}: "
        f"{title.evaluate('it => it.firstChild.textContent')}"
        for title in (titles[0], titles[-1])
    )
    return first, last
