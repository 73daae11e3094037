"""The playground by keyboard: the handle, the dials, the fields, and the way between them."""

import math

import pytest
from playwright.sync_api import expect

from tests.playground import SPACE, Playground

SAID = "expected a number such as 0.47, got"
# What has the focus, and whether that can be seen.
FOCUS = """() => {
    const node = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    const ring = node.matches(".pg-handle") && getComputedStyle(node.firstChild);
    return {
        inside: !!node.closest("attention-playground"),
        seen: ring
            ? outlineStyle === "none" && ring.stroke !== "none"
            : outlineStyle !== "none" && parseFloat(outlineWidth) >= 1,
        place: [...document.querySelectorAll("attention-playground *")].indexOf(node),
    };
}"""


@pytest.fixture
def playground(open_page):
    """The one on the landing page."""
    return Playground(open_page("index"))


def degrees(vector):
    """Azimuth and elevation; in the plane the angle alone."""
    around = math.degrees(math.atan2(vector[1], vector[0]))
    return (around, *(math.degrees(math.atan2(z, math.hypot(*vector[:2]))) for z in vector[2:]))


def test_arrow_and_page_keys_turn_the_handle_in_the_plane(playground):
    for key, angle in (
        ("ArrowRight", 50),
        ("ArrowUp", 55),
        ("ArrowLeft", 50),
        ("ArrowDown", 45),
        ("Shift+ArrowRight", 75),
        ("PageUp", 105),
        ("PageDown", 75),
    ):
        playground.handle.press(key)
        assert degrees(playground.query)[0] == pytest.approx(angle)
        assert playground.handle.get_attribute("aria-valuenow") == str(angle)
    assert math.hypot(*playground.query) == pytest.approx(math.hypot(0.21, 0.21))


def test_arrow_and_page_keys_turn_the_handle_in_space_and_stop_at_the_pole(playground):
    playground.press(SPACE)
    around, up = degrees(playground.query)
    for key, turn, rise in (
        ("ArrowRight", 5, 0),
        ("ArrowUp", 0, 5),
        ("Shift+ArrowLeft", -30, 0),
        ("PageUp", 0, 30),
        ("ArrowDown", 0, -5),
    ):
        playground.handle.press(key)
        around, up = around + turn, up + rise
        assert degrees(playground.query) == pytest.approx((around, up))
    for _ in range(4):
        playground.handle.press("PageUp")
    assert degrees(playground.query)[1] == pytest.approx(90)
    playground.handle.press("PageDown")
    assert degrees(playground.query) == pytest.approx((around, 60))


def test_a_handle_without_length_gets_one_from_the_first_arrow_key(playground):
    playground.slider("Loudness").press("Home")
    assert playground.query == [0, 0]
    playground.handle.press("ArrowUp")
    assert math.hypot(*playground.query) == pytest.approx(0.3)


def test_dials_do_what_the_keys_of_a_slider_do(playground):
    around = playground.slider("Direction: who wins")
    for key, angle in (
        ("Home", 0),
        ("ArrowRight", 3.6),  # a hundredth of the way
        ("PageUp", 39.6),  # a tenth
        ("ArrowUp", 43.2),
        ("PageDown", 7.2),
        ("ArrowLeft", 3.6),
        ("Home", 0),
        ("ArrowLeft", 0),
    ):
        around.press(key)
        assert degrees(playground.query)[0] == pytest.approx(angle, abs=0.01)
    around.press("End")
    assert around.input_value() == "1"  # 360° is not taken for 0°
    loudness = playground.slider("Loudness")
    loudness.press("End")
    assert playground.query == pytest.approx([20, 0])
    loudness.press("PageDown")
    assert playground.query == pytest.approx([20 * 0.9**3, 0])  # finer near 0: cubic
    assert loudness.get_attribute("aria-valuetext") == "14.6"


def test_a_field_takes_numbers_as_people_and_phones_write_them(playground):
    field = playground.field("x")
    for typed, number in (("0,5", 0.5), ("−0.25", -0.25), ("\u20132", -2), (" 3 ", 3), (".5", 0.5)):
        field.fill(typed)
        assert playground.query[0] == number
    field.fill("1e-2")
    assert playground.query[0] == 0.01
    assert playground.root.get_by_role("alert").filter(visible=True).count() == 0


def test_a_number_that_is_not_yet_finished_is_no_mistake(playground):
    field = playground.field("x")
    field.fill("")
    said = playground.root.get_by_role("alert").filter(visible=True)
    for typed in ("-", "-.", "−", "1e", "1e-", "+"):
        field.fill("")
        field.press_sequentially(typed)
        assert said.count() == 0, typed
    field.fill("-")
    field.press("Tab")
    expect(field).to_have_value(str(playground.query[0]))


def test_nonsense_in_a_field_gets_a_sentence_and_the_old_number_comes_back(playground):
    field, said = playground.field("y"), playground.root.get_by_role("alert").filter(visible=True)
    for typed in ("abc", "1.2.3", "<b>", "1e", "0x10", "Infinity"):
        field.fill(typed + "!")
        assert said.text_content() == f"y: {SAID} “{typed}!”."
        assert field.get_attribute("aria-invalid") == "true"
        assert playground.query == [0.21, 0.21]
    field.fill("-1e9")
    assert said.text_content() == "y: expected a number up to 1000000, got “-1e9”."
    field.press("Tab")
    assert said.count() == 0
    assert field.input_value() == "0.21"
    assert field.get_attribute("aria-invalid") == "false"


def test_the_sign_is_turned_without_a_minus_and_without_rounding(playground):
    playground.field("x").fill("0.123456")
    playground.press("x: turn the sign")
    assert playground.query[0] == -0.123456
    assert playground.field("x").input_value() == "-0.123"
    playground.press("x: turn the sign")
    assert playground.query[0] == 0.123456


def test_an_exercise_is_solved_by_keyboard_alone(playground):
    page = playground.page
    playground.root.get_by_role("button", name=SPACE).press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert playground.state["space"]["exercise"] == "1.2.1"
    # The direction of k0, (0.47, 0.65, 0.60), is 54° around and 37° up; at 27° and 24° it begins.
    for key, times in (("ArrowRight", 5), ("ArrowUp", 3)):
        for _ in range(times):
            playground.handle.press(key)
    playground.slider("Loudness").focus()
    while playground.shown()["passed"] is False and playground.query[0] < 20:
        page.keyboard.press("ArrowRight")
    assert playground.shown()["passed"]


def test_tab_goes_through_everything_in_order_with_a_focus_that_can_be_seen(playground):
    playground.choose("1.2.2")
    page = playground.page
    visible = playground.root.evaluate(
        """element => {
            const all = [...element.querySelectorAll("*")];
            const stops = "button, input, select, a[href], [tabindex='0']";
            const isStop = (node) => node.matches(stops) && node.checkVisibility();
            return all.flatMap((node, i) => isStop(node) ? [i] : []);
        }"""
    )
    playground.root.get_by_role("button").first.focus()
    visited = []
    for _ in visible:
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["inside"]:
            assert focus["seen"], visited
            visited.append(focus["place"])
    assert [visible[0], *visited] == visible
    assert not page.evaluate(FOCUS)["inside"]  # and out again: nothing traps it
