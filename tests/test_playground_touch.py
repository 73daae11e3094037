"""The playground on a phone: fingers, scrolling, and room for both."""

import pytest

from tests.playground import SPACE, Playground

# The page follows a finger with the next frame, or the one after it.
UNTIL_SCROLLED = """async (place) => {
    for (let frames = 0; scrollY < place; frames++) {
        if (frames > 600) throw new Error(`scrolled only to ${scrollY}, not ${place}`);
        await new Promise(requestAnimationFrame);
    }
}"""


def fingers(page):
    """Touch the screen: ("touchStart", place) and so on; no place where no finger is left."""
    session = page.context.new_cdp_session(page)

    def touch(kind, *places):
        points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    return touch


def test_a_tap_points_and_a_finger_drags_the_handle(open_page):
    playground = Playground(open_page("index", 390, has_touch=True, is_mobile=True))
    x, y = playground.client(0, 1)
    playground.page.touchscreen.tap(x, y)
    assert playground.query == pytest.approx([0, 0.297], abs=0.03)
    top, left = playground.client(0, 1.25), playground.client(-1.25, 0)
    touch = fingers(playground.page)
    scrolled = playground.page.evaluate("scrollY")
    touch("touchStart", top)
    touch("touchMove", (top[0] - 40, top[1] + 10))
    touch("touchMove", left)
    touch("touchEnd")
    assert playground.query == pytest.approx([-0.297, 0], abs=0.03)
    assert playground.page.evaluate("scrollY") == scrolled


@pytest.mark.parametrize("form", ["flat", "space"])
def test_a_finger_that_starts_on_the_picture_scrolls_the_page(open_page, form):
    playground = Playground(open_page("index", 390, has_touch=True, is_mobile=True))
    page = playground.page
    playground.root.evaluate("(element, form) => element.mounted.set({ form })", form)
    before = playground.state
    x, y = playground.client(-0.7, 0.2)
    touch = fingers(page)
    start = page.evaluate("scrollY")
    touch("touchStart", (x, y))
    for step in range(10, 200, 10):
        touch("touchMove", (x, y - step))
    touch("touchEnd")
    page.evaluate(UNTIL_SCROLLED, start + 100)
    assert playground.state == before


def test_a_finger_that_moves_sideways_turns_the_view_and_a_second_one_disturbs_nothing(open_page):
    playground = Playground(open_page("index", 390, has_touch=True, is_mobile=True))
    playground.press(SPACE)
    around, up = playground.state["space"]["view"]
    x, y = playground.client(-0.8, -0.8)
    touch = fingers(playground.page)
    touch("touchStart", (x, y))
    for step in (20, 40, 60):
        touch("touchMove", (x + step, y))
    touch("touchStart", (x + 60, y), (x + 90, y))
    touch("touchMove", (x + 60, y), (x + 150, y))
    touch("touchEnd")
    turned, same = playground.state["space"]["view"]
    assert same == up
    # 60 pixels are 30 degrees; the browser keeps the first few, until it is no tap.
    assert around - 30 <= turned <= around - 15


def test_everything_that_is_pressed_is_24_px_large(open_page):
    for width in (1280, 390, 320):
        page = open_page("copying", width, has_touch=width < 500)
        playground = Playground(page)
        playground.press("Copy link")
        for number in (None, "1.2.2", "1.4.1"):
            if number:
                playground.choose(number)
            small = playground.root.evaluate(
                """element => [...element.querySelectorAll("button, input, select, a, .pg-handle")]
                    .filter((node) => node.checkVisibility())
                    .map((node) => [node, node.getBoundingClientRect()])
                    .filter(([, box]) => box.width < 24 || box.height < 24)
                    .map(([node, box]) => [node.outerHTML.slice(0, 80), box.width, box.height])"""
            )
            assert small == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_large_numbers_do_not_widen_the_page_at_320_px(open_page):
    page = open_page("copying", 320)
    playground = Playground(page)
    for axis in "xyz":
        playground.field(axis).fill("-1000000")
    playground.press("Copy link")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
