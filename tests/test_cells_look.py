"""How cells and what is kept look: for every reader, on every screen, on paper, without scripts."""

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.cells import answer_code, button, code, exercise_cell, run

# Everything that the scripts have put into a page, beside the playground.
OURS = ".lab-cell, .lab-progress, .lab-typed, .lab-variant, .admonition.guess"
# How tall each cell's code is: in its field, and as it stood there before the scripts came.
FIELD_AND_CODE = """(all) => all.map((input) => {
    const tall = () => input.getBoundingClientRect().height;
    const field = tall();
    input.querySelector(".lab-typed").hidden = true;
    input.querySelector("[class^=highlight]").hidden = false;
    return [field, tall()];
})"""
FIRST_USE = 260_000  # bytes
LONG = "# " + 40 * "a long line of a comment, " + "ends here"


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_before_and_after_a_run_and_no_page_scrolls_sideways(
    open_page, width, scheme
):
    page = open_page("copying", width, color_scheme=scheme, hash="#variant=137")
    page.locator(".solution .toggle-button").first.click()
    assert page.evaluate(f"document.querySelectorAll('{OURS}').length") > 10
    assert violations(page, OURS) == []
    run(exercise_cell(page, "1.2.1"), answer_code("1.2.1", [[1.0, 2.0, 3.0]]))
    run(exercise_cell(page, "1.2.2"), LONG + "\nprint(' '.join(map(str, range(200))))\n1 / 0")
    page.locator(".guess input").first.check()
    page.get_by_role("button", name="That is my guess").first.click()
    page.locator(".lab-writeup").fill("text")
    assert violations(page, OURS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_at_a_cell_that_cannot_run(open_page):
    page = open_page("copying", 390)
    run(exercise_cell(page, "1.2.1"), "import numpy")
    assert violations(page, OURS) == []


def test_a_printed_page_has_the_whole_of_what_was_typed(open_page):
    page = open_page("copying")
    typed = LONG + "".join(f"\nline_{i} = {i}" for i in range(60))
    cell = exercise_cell(page, "1.2.1")
    code(cell).fill(typed)
    page.locator(".lab-writeup").fill(40 * "Many words of my own. ")
    page.emulate_media(media="print")
    expect(code(cell)).to_be_hidden()
    expect(button(cell, "Run")).to_be_hidden()
    for frame, text in (
        (cell.locator(".lab-typed"), typed),
        (page.locator(".lab-typed").last, None),
    ):
        shown = frame.evaluate("frame => getComputedStyle(frame, '::after').content")
        assert shown not in ("none", '""')
        wide = "frame => [frame.scrollWidth, frame.clientWidth]"
        scroll, client = frame.evaluate(wide)
        assert scroll <= client
        if text:
            assert "line_59 = 59" in shown
            assert "ends here" in shown
    page.emulate_media(media="screen")
    expect(code(cell)).to_be_visible()


def test_the_editor_shows_all_lines_and_scrolls_by_itself(open_page):
    page = open_page("copying", 320)
    field = code(exercise_cell(page, "1.2.1"))
    field.fill(LONG + 30 * "\nx = 1")
    height, inside = field.evaluate("f => [f.clientHeight, f.scrollHeight]")
    assert inside <= height + 1
    assert field.evaluate("f => f.scrollWidth > f.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "mouse"])
def test_a_field_is_as_tall_as_the_code_that_it_takes_the_place_of(open_page, phone):
    page = open_page("keys", 390, has_touch=phone, is_mobile=phone)
    heights = page.locator(".cell_input:has(.lab-typed)").evaluate_all(FIELD_AND_CODE)
    assert len(heights) > 5
    for field, code_before in heights:
        assert field == pytest.approx(code_before, abs=0.1)


def test_forced_colours_leave_fields_and_buttons_their_borders(open_page):
    page = open_page("copying", forced_colors="active")
    cell = exercise_cell(page, "1.2.1")
    for part in (code(cell), button(cell, "Run"), button(cell, "Reset")):
        style = part.evaluate(
            "e => { const s = getComputedStyle(e); return [s.borderTopWidth, s.borderTopStyle]; }"
        )
        assert style == ["1px", "solid"]
    run(cell)
    edge = cell.locator(".verdict").evaluate("e => getComputedStyle(e).borderLeftStyle")
    assert edge == "solid"


def test_without_scripts_code_and_published_outputs_can_be_read_and_nothing_is_dead(open_page):
    page = open_page("copying", java_script_enabled=False)
    cell = page.locator(".tag_exercise").first
    assert cell.locator("pre").first.is_visible()
    assert "get_query121" in cell.inner_text()
    assert cell.locator(".verdict").is_visible()
    assert page.locator("textarea, .lab-button, article input").count() == 0
    assert page.locator(".lab-progress").inner_text() != ""


def test_python_comes_with_the_first_run_and_is_light(open_page):
    page = open_page("copying")
    received = []
    page.context.on("response", lambda response: received.append(response))
    page.reload(wait_until="networkidle")
    parts = [r.url.split("?")[0].rsplit("/", 1)[1] for r in received]
    assert not {"worker.js", "micropython.mjs", "micropython.wasm", "python.json"} & set(parts)
    assert "variants.json" not in parts
    received.clear()
    cell = exercise_cell(page, "1.2.1")
    run(cell)
    first = {r.url.split("?")[0].rsplit("/", 1)[1]: r for r in received}
    assert set(first) == {"worker.js", "micropython.mjs", "micropython.wasm", "python.json"}
    assert all(r.headers["content-encoding"] == "gzip" for r in received)
    assert sum(int(r.headers["content-length"]) for r in received) <= FIRST_USE
    received.clear()
    run(cell)
    assert received == []
