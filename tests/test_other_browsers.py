"""The page's interactive parts in Firefox and WebKit; other tests go through them in Chromium."""

import json
import math
import os
import shutil
from contextlib import ExitStack

import pytest
from selenium.webdriver import Keys
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.support.ui import WebDriverWait

from attention_lab.exercises import ALL, exercise
from attention_lab.messages import PHRASES
from attention_lab.variants import variant
from tests.cells import ENDLESS, answer_code, words
from tests.conftest import serving
from tests.other_browsers import OPEN, Absent
from tests.playground import SHOWN, SPACE
from tests.reader import VISIBLE, Reader
from tests.test_guess_page import say

# Before a page's own scripts: what goes wrong is noted, and what the server's policy forbids.
WATCH = """<head><script>{
    const note = (what) => (sessionStorage.faults = (sessionStorage.faults ?? "") + what + "; ");
    addEventListener("error", ({message, target}) => note(message ?? target.outerHTML), true);
    addEventListener("unhandledrejection", ({reason}) => note(reason));
    addEventListener("securitypolicyviolation", ({blockedURI}) => note(`blocked: ${blockedURI}`));
    console.error = (...what) => note(what.join(" "));
}</script>"""
CELL = '[data-exercise="1.2.1"]'
GUESS = ".admonition.guess"
HANDLE = "attention-playground .pg-handle"
TRACK = 1.25  # how far from the middle the handle is, where the keys have 1


@pytest.fixture(scope="module")
def watched(site, tmp_path_factory):
    """The address of a copy of the site, whose pages note what goes wrong in them."""
    folder = tmp_path_factory.mktemp("watched") / "html"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("notebooks", "_sources"))
    for page in folder.rglob("*.html"):
        page.write_text(page.read_text("utf-8").replace("<head>", WATCH, 1), "utf-8")
    with serving(folder) as host:
        yield host


@pytest.fixture(scope="module", params=OPEN)
def session(request, watched, tmp_path_factory):
    """One browser for all tests. In CI a missing one is a failure; elsewhere a sentence tells."""
    folder = tmp_path_factory.mktemp(request.param)
    with ExitStack() as stack:
        try:
            driver = stack.enter_context(OPEN[request.param](folder))
        except Absent as absent:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(str(absent))
        yield Reader(driver, watched, folder)


@pytest.fixture
def reader(session):
    """A reader whose browser knows nothing of the book; afterwards nothing has gone wrong."""
    yield session
    faults = session.evaluate("sessionStorage.faults")
    session.evaluate("[localStorage.clear(), sessionStorage.clear()]")
    session.driver.get("about:blank")  # else a hash would lead within the same page
    assert faults is None


def test_formulas_are_set_and_nothing_is_wider_than_the_window(reader):
    reader.open("book/keys.html", 390)
    above, below = reader.evaluate(
        """[...document.querySelector("article mfrac").children].map(
            (part) => part.getBoundingClientRect().y)"""
    )
    assert above < below
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_theme_is_switched_and_kept(reader):
    reader.open("book/copying.html")
    ground = "getComputedStyle(document.body).backgroundColor"
    seen = {}
    for _ in range(3):
        seen[reader.evaluate("document.documentElement.dataset.theme")] = reader.evaluate(ground)
        reader.click(".theme-switch-button")
    assert set(seen) == {"light", "dark"}
    assert len(set(seen.values())) == 2
    while reader.evaluate("document.documentElement.dataset.mode") != "dark":
        reader.click(".theme-switch-button")
    reader.driver.refresh()
    assert reader.evaluate("document.documentElement.dataset.theme") == "dark"
    assert reader.evaluate(ground) == seen["dark"]


def test_the_menu_opens_in_a_narrow_window_and_leads_to_a_chapter(reader):
    reader.open("book/index.html", 390)
    menu = "dialog a, .bd-sidebar-primary a"
    assert reader.evaluate(VISIBLE, menu, "1.2 Copying") is None
    reader.click(".primary-toggle")
    reader.click(menu, "1.2 Copying")
    reader.until("location.pathname.endsWith('/copying.html')")


def test_a_guess_gets_its_reason_opens_the_answer_and_is_kept(reader):
    reader.open("book/copying.html")
    answer = "details.sd-dropdown > summary", "Answer"
    reader.click(f"{GUESS} button", say(reader, "commit"))
    assert reader.text(f"{GUESS} [role=status]") == say(reader, "first")
    assert reader.evaluate(VISIBLE, *answer) is None
    reader.click(f"{GUESS} label", "a third")
    reader.click(f"{GUESS} button", say(reader, "commit"))
    told = reader.text(f"{GUESS} [role=status]")
    assert told.startswith(say(reader, "wrong"))
    assert "share at loudness 0." in told
    assert reader.find(*answer)
    assert reader.evaluate("document.activeElement.innerText") == say(reader, "again")
    reader.driver.refresh()
    assert reader.find(*answer)
    assert reader.text(f"{GUESS} [role=status]") == told


def test_an_exercise_is_judged_and_a_pass_is_counted_and_kept(reader):
    reader.open("book/copying.html")
    shown = reader.run(CELL, answer_code("1.2.1", [[0.1, 0.1, 0.1]]))
    assert PHRASES["failed"].format(number="1.2.1") in shown
    assert words(reader, "progress", 0, len(ALL)) in reader.text(".lab-progress")
    good = answer_code("1.2.1", [[4.7, 6.5, 6.0]])
    shown = reader.run(CELL, good)
    assert PHRASES["passed"].format(number="1.2.1") in shown
    reader.driver.refresh()
    assert words(reader, "progress", 1, len(ALL)) in reader.text(".lab-progress")
    assert reader.find(f"{CELL} .lab-editor").get_property("value") == good


def test_a_cell_runs_by_keys_prints_and_tells_an_error_with_its_line(reader):
    reader.open("book/copying.html")
    reader.type(f"{CELL} .lab-editor", "print(“6 ✓”, 7)\nx = 1 / 0")
    reader.find(f"{CELL} .lab-editor").send_keys(Keys.CONTROL, Keys.ENTER)
    problem = f"{CELL} .lab-problem"
    reader.until("document.querySelector(arguments[0])", problem)
    assert reader.text(f"{CELL} .cell_output pre") == "6 ✓ 7"
    assert "ZeroDivisionError" in reader.text(problem)
    assert "line 2" in reader.text(problem)


def test_an_endless_loop_is_stopped_and_the_cell_runs_again(reader):
    reader.open("book/copying.html")
    reader.type(f"{CELL} .lab-editor", ENDLESS)
    reader.click(f"{CELL} button", "Run")
    status = f"{CELL} [role=status]"
    running = words(reader, "running")
    reader.until("document.querySelector(arguments[0]).innerText === arguments[1]", status, running)
    reader.click(f"{CELL} button", "Stop")
    assert reader.text(f"{CELL} .lab-problem") == words(reader, "stopped")
    assert reader.run(CELL, "print(6 * 7)") == "42"


def test_hints_unfold_one_by_one_and_reset_can_be_taken_back(reader):
    reader.open("book/copying.html")
    hints = ".hints details[open]"
    for n in range(1, len(exercise("1.2.1").hints) + 1):
        reader.click(".hints summary", PHRASES["hint"].format(n=n, all=3))
        assert len(reader.evaluate("[...document.querySelectorAll(arguments[0])]", hints)) == n
    reader.type(f"{CELL} .lab-editor", "mine = 1")
    reader.click(f"{CELL} button", "Reset")
    field = reader.find(f"{CELL} .lab-editor")
    assert "# TODO" in field.get_property("value")
    reader.click(f"{CELL} button", words(reader, "bringBack"))
    assert field.get_property("value") == "mine = 1"


def test_a_worked_example_is_run_where_it_stands(reader):
    reader.open("book/keys.html")
    cell = ".lab-cell:not([data-exercise])"
    reader.click(f"{cell} button", "Run")
    reader.until("!document.querySelector(arguments[0])", f"{cell} button[aria-disabled]")
    assert reader.run(cell, "print(6 * 7)") == "42"


# --- the playground ---------------------------------------------------------------------------


def query(reader):
    """The query in the plane."""
    return reader.evaluate(
        "document.querySelector('attention-playground').mounted.state.flat.query"
    )


def shown(reader):
    """The numbers beside the picture."""
    return reader.evaluate(f"({SHOWN})(document.querySelector('attention-playground'))")


def test_the_handle_is_dragged_and_turned_by_keys(reader):
    reader.open("book/index.html")
    scale, left, top = reader.evaluate(
        "(({a, e, f}) => [a, e, f])(arguments[0].ownerSVGElement.getScreenCTM())",
        reader.find(HANDLE),
    )
    length = math.hypot(*query(reader))
    start = [TRACK * x / length for x in query(reader)]
    actions = ActionBuilder(reader.driver, duration=50)
    for n, (x, y) in enumerate([start, (-0.5, 0.5), (-TRACK, 0)]):
        actions.pointer_action.move_to_location(round(left + scale * x), round(top - scale * y))
        if n == 0:
            actions.pointer_action.pointer_down()
    actions.pointer_action.pointer_up()
    actions.perform()
    assert query(reader) == pytest.approx([-length, 0], abs=0.02)
    reader.press(HANDLE, Keys.PAGE_UP, Keys.PAGE_UP, Keys.PAGE_UP)  # by 30 degrees each
    assert query(reader) == pytest.approx([0, -length], abs=0.02)


def test_a_slider_and_a_field_move_the_numbers_beside_the_picture(reader):
    reader.open("book/index.html")
    before = shown(reader)["weights"]
    reader.click(".pg-slider input")  # on its middle: 180 degrees, where the dog is near
    weights = shown(reader)["weights"]
    assert weights != before
    assert max(weights) == weights[1]
    turned = query(reader)
    assert turned[1] == pytest.approx(0, abs=0.03)
    reader.press(".pg-slider input", Keys.ARROW_RIGHT)
    assert query(reader)[1] < turned[1]
    reader.type(".pg-number[aria-label=x]", "-3,5")
    assert query(reader)[0] == -3.5
    assert shown(reader)["weights"][1] > weights[1]


def test_an_exercise_is_solved_in_the_playground_and_sent_to_its_cell(reader):
    reader.open("book/copying.html")
    reader.click("attention-playground button", SPACE)
    reader.find(".pg-select select")
    reader.driver.find_element("css selector", ".pg-select [value='1.2.1']").click()
    assert shown(reader)["passed"] is False
    for axis, number in zip("xyz", ("4.7", "6.5", "6.0")):
        reader.type(f".pg-number[aria-label={axis}]", number)
    assert shown(reader)["passed"] is True
    assert shown(reader)["heading"] == PHRASES["passed"].format(number="1.2.1")
    reader.until("document.querySelector('.pg-why').innerText")  # the judge has spoken
    reader.click("attention-playground button", "Use this query as my answer")
    assert PHRASES["passed"].format(number="1.2.1") in reader.run(CELL)


# --- what the reader keeps and finds ----------------------------------------------------------


def test_a_variant_is_judged_on_its_own_numbers_and_left_again(reader):
    reader.open("book/copying.html#variant=7")
    reader.find(".lab-variant")
    mine = [[30 * x for x in variant(7).key[0]]]
    assert PHRASES["passed"].format(number="1.2.1") in reader.run(CELL, answer_code("1.2.1", mine))
    reader.click(".lab-variant button", words(reader, "leaveVariant"))
    reader.until("!location.hash && !document.querySelector('.lab-variant')")
    assert "# TODO" in reader.find(f"{CELL} .lab-editor").get_property("value")


def test_a_text_is_kept_and_the_answers_are_handed_out_as_a_notebook(reader):
    reader.open("book/copying.html")
    reader.type(".lab-writeup", "Copies keep words.")
    reader.type(f"{CELL} .lab-editor", "mine = 1")
    reader.driver.refresh()
    assert reader.find(".lab-writeup").get_property("value") == "Copies keep words."
    reader.click(".lab-progress button", words(reader, "download"))
    (file,) = WebDriverWait(reader.folder, 30).until(lambda folder: [*folder.rglob("*.ipynb")])
    cells = json.loads(file.read_text("utf-8"))["cells"]
    file.unlink()
    ours = [cell["metadata"]["attention_lab"] | cell for cell in cells if cell["metadata"]]
    assert [cell["source"] for cell in ours if cell.get("exercise") == "1.2.1"] == ["mine = 1"]
    (text,) = [cell["text"] for cell in ours if cell.get("writeup") == "writeup-copying"]
    assert text == "Copies keep words."


def test_the_search_finds_a_word(reader):
    reader.open("search.html?q=entropy")
    reader.until("document.querySelectorAll('#search-results li a').length > 1")
