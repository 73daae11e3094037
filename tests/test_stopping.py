"""What does not end, or does not begin: a loop, a slow or a missing connection, a file."""

import re

from playwright.sync_api import expect

from attention_lab.messages import PHRASES
from tests.cells import (
    ENDLESS,
    button,
    cell_with,
    code,
    exercise_cell,
    finished,
    run,
    said,
    words,
)

PART = re.compile(r"/_static/lab/(micropython|python|worker)")
TEN_SECONDS = 10_000
# A page whose long timers are counted, and fired when the test says so.
HELD_TIMERS = """(() => {
    const real = setTimeout;
    window.held = [];
    window.setTimeout = (run, after, ...rest) =>
        after >= 5000 ? held.push({run, after}) : real(run, after, ...rest);
})()"""


def begun(page, cell):
    """Wait until a cell really runs."""
    expect(cell.get_by_role("status")).to_have_text(words(page, "running"))


def test_an_endless_loop_is_stopped_and_the_cell_runs_again(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    code(cell).fill(ENDLESS)
    button(cell, "Run").click()
    begun(page, cell)
    (worker,) = page.workers
    with worker.expect_event("close", timeout=10_000):  # else the loop goes on, unseen
        button(cell, "Stop").press("Enter")
        finished(cell)
    assert said(cell) == words(page, "stopped")
    expect(cell.locator(".lab-problem")).to_have_text(words(page, "stopped"))
    expect(button(cell, "Stop")).to_be_hidden()
    assert button(cell, "Run").evaluate("button => button === document.activeElement")
    assert run(cell, "print(6 * 7)") == "42"


def test_an_endless_loop_stops_by_itself_after_ten_seconds(open_page):
    page = open_page("copying", before=HELD_TIMERS)
    cell = exercise_cell(page, "1.2.1")
    code(cell).fill(ENDLESS)
    button(cell, "Run").click()
    begun(page, cell)
    (after,) = page.evaluate("held.map(({after}) => after)")
    assert after == TEN_SECONDS
    page.evaluate("held[0].run()")
    finished(cell)
    assert said(cell) == words(page, "tooLong", TEN_SECONDS // 1000)
    assert run(cell, "print(6 * 7)") == "42"


def test_a_loop_that_prints_is_seen_to_print_and_does_not_flood_the_page(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    slow = "n = 0\nwhile True:\n    n += 1\n    if n % 10_000 == 0:\n        print(n, end=' ')"
    code(cell).fill(slow)
    button(cell, "Run").click()
    expect(cell.locator(".cell_output pre")).to_contain_text("10000 20000 30000 ")
    button(cell, "Stop").click()
    code(cell).fill("while True:\n    print('much')")
    button(cell, "Run").click()
    expect(cell.locator(".cell_output pre")).to_contain_text("…")
    button(cell, "Stop").click()
    finished(cell)
    assert len(cell.locator(".cell_output pre").text_content()) < 51_000
    assert said(cell) == words(page, "stopped")


def test_stop_ends_the_cell_that_it_stands_in_and_the_others_run_on(open_page):
    page = open_page("averaging")
    first, second = exercise_cell(page, "1.3.1"), exercise_cell(page, "1.3.2")
    third = page.locator(".lab-cell:visible").nth(2)
    code(first).fill(ENDLESS)
    for cell in (first, second, third):
        button(cell, "Run").click()
    begun(page, first)
    button(second, "Stop").click()
    finished(second)
    assert said(second) == words(page, "stopped")
    begun(page, first)
    button(first, "Stop").click()
    finished(third)
    assert third.locator(".cell_output .verdict").count() == 1
    assert said(first) == words(page, "stopped")


def test_reset_during_a_run_ends_it_and_leaves_the_cell_as_published(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    published = cell.locator(".cell_output").inner_html()
    code(cell).fill("print('a')\n" + ENDLESS)
    button(cell, "Run").click()
    begun(page, cell)
    button(cell, "Reset").click()
    finished(cell)
    assert said(cell) == words(page, "wasReset")
    assert cell.locator(".cell_output").inner_html() == published
    assert run(cell, "print(6 * 7)") == "42"


def test_a_load_that_hangs_can_be_stopped_and_tried_again(open_page):
    page = open_page("copying")
    held = []
    page.route("**/python.json*", lambda route: held.append(route))
    cell = exercise_cell(page, "1.2.1")
    button(cell, "Run").click()
    expect(cell.get_by_role("status")).to_have_text(words(page, "loading"))
    button(cell, "Stop").click()
    finished(cell)
    assert said(cell) == words(page, "stopped")
    page.unroute("**/python.json*")
    assert run(cell, "print(6 * 7)") == "42"


def test_without_a_connection_the_cell_says_so_and_runs_when_it_is_back(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/copying.html", wait_until="networkidle")
    page.route(PART, lambda route: route.abort("internetdisconnected"))
    cell = exercise_cell(page, "1.2.1")
    run(cell)
    assert said(cell) == words(page, "notLoaded")
    problem = cell.locator(".lab-problem")
    assert problem.inner_text().startswith(words(page, "notLoaded"))
    expect(problem.get_by_role("link")).to_be_visible()
    run(cell)
    assert said(cell) == words(page, "notLoaded")
    page.unroute(PART)
    assert run(cell, "print(6 * 7)") == "42"
    context.set_offline(True)
    assert run(cell, "print(6 * 7 + 1)") == "43"  # what is here needs no connection
    context.close()


def test_opened_from_a_file_the_cell_says_why_and_the_rest_of_the_page_works(browser, site):
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((site / "book/copying.html").as_uri())
    cell = exercise_cell(page, "1.2.1")
    code(cell).fill("mine")
    run(cell)
    assert said(cell) == words(page, "fromFile")
    expect(cell.locator(".lab-problem").get_by_role("link")).to_be_visible()
    expect(page.locator("attention-playground svg").filter(visible=True).first).to_be_visible()
    page.reload()
    assert code(exercise_cell(page, "1.2.1")).input_value() == "mine"
    assert faults == []
    page.close()


def test_what_ends_the_page_python_elsewhere_is_an_error_like_any_other(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    for ending in ("SystemExit", "KeyboardInterrupt"):
        assert f"{ending} (line 2)" in run(cell, f"x = 1\nraise {ending}")
    assert PHRASES["missing"].format(name="input") in run(cell, "x = input()")


def test_what_python_refuses_to_go_on_with_is_told_and_the_next_run_works(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    for nonsense in (
        "raise SystemExit",
        "exit()",
        "x = [0] * 10**12",
        "def f(): f()\nf()",
        "((((",
        "\0",
    ):
        run(cell, nonsense)
        assert cell.locator(".lab-problem").inner_text() != ""
        assert run(cell, "print(6 * 7)") == "42"


def test_a_cell_may_ask_for_other_numbers_also_in_a_cell_above(open_page):
    page = open_page("keys")
    query, score = cell_with(page, "query = torch.tensor"), cell_with(page, "score = query @ key.T")
    use = "from attention_lab import variant\nquery = variant(7).tensors()[0][:1]"
    code(query).fill(use)
    assert run(score).startswith("tensor([[")
