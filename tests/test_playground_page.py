"""The playground on a page: what is moved, what follows, and where that stands in numbers."""

import math

import pytest

from attention_lab.arithmetic import dot
from attention_lab.exercises import EXERCISES
from attention_lab.fixtures import SEED
from attention_lab.page.data import exercise_data
from tests.playground import FLAT, SPACE, Playground, by_torch

RING = 1.2  # where the handle of a query is drawn in space; the sphere has radius 1
EAST = [0, 0]  # a view from along the first axis: the second is to the right, the third upwards


@pytest.fixture
def playground(open_page):
    """The one on the landing page."""
    return Playground(open_page("index"))


def in_space(playground, **parts):
    """Set parts of the state in space, as a link would."""
    playground.root.evaluate(
        "(element, space) => element.mounted.set({form: 'space', space})", {"view": EAST, **parts}
    )
    return playground


def test_it_begins_flat_with_weights_near_uniform(playground):
    assert playground.root.get_by_role("button", name=FLAT).get_attribute("aria-pressed") == "true"
    assert all(0.2 < weight < 0.5 for weight in playground.shown()["weights"])
    assert not playground.verdict.is_visible()


def test_dragging_the_handle_turns_the_flat_query_and_keeps_its_loudness(playground):
    loudness = math.hypot(*playground.query)
    playground.drag((0, 1), (-0.5, 0.5), (-1.25, 0))
    assert playground.query == pytest.approx([-loudness, 0], abs=0.01)
    # Straight down, the cat at the top is as far away as can be.
    playground.drag((-1, -1), (0, -0.7))
    assert playground.query == pytest.approx([0, -loudness], abs=0.01)
    assert playground.shown()["scores"][0] == pytest.approx(-loudness, abs=0.01)


def test_a_tap_on_a_word_points_at_it(playground):
    playground.page.mouse.click(*playground.client(0, 1))
    assert playground.query == pytest.approx([0, math.hypot(0.21, 0.21)], abs=0.01)
    weights = playground.shown()["weights"]
    assert max(weights) == weights[0]


def test_the_query_in_space_is_under_the_pointer_that_drags_it(playground):
    in_space(playground, rows=[[10, 0, 0]])  # towards the eye: the handle is in the middle
    assert playground.middle() == pytest.approx((0, 0))
    playground.drag((0.2, 0.1), (0.6, 0.48))
    assert playground.middle() == pytest.approx((0.6, 0.48), abs=0.02)
    # It is drawn at 1.2 times its direction, whose first entry is what is left of the length 1.
    y, z = 0.6 / RING, 0.48 / RING
    assert playground.query == pytest.approx(
        [10 * math.sqrt(1 - y**2 - z**2), 10 * y, 10 * z], abs=0.2
    )


def test_a_handle_that_is_taken_at_its_edge_does_not_jump(playground):
    for form, start in (("flat", [0.5, 0]), ("space", [3, 2, 1])):
        playground.root.evaluate(
            """(element, [form, query]) => element.mounted.set(form === "flat"
                ? {form, flat: {query}} : {form, space: {rows: [query]}})""",
            [form, start],
        )
        place = playground.middle()
        playground.drag(place, grip=(9, 5))
        assert playground.query == pytest.approx(start, abs=0.03)


def test_a_query_behind_the_sphere_stays_behind_until_it_is_dragged_over_the_rim(playground):
    in_space(playground, rows=[[-8, 4, 1]])
    playground.drag((0.5, 0.3), (0.2, 0.1))
    x, y, z = playground.query
    assert x < -7
    assert (y, z) == pytest.approx((9 * 0.2 / RING, 9 * 0.1 / RING), abs=0.2)
    playground.drag((0.8, 0.1), (1.4, 0.1), (0.5, 0))
    assert playground.query[0] > 7


def test_a_tap_in_space_points_to_that_place_on_the_front(playground):
    in_space(playground, rows=[[-2, 0, 0]])
    playground.page.mouse.click(*playground.client(0.6, 0))
    assert playground.query == pytest.approx([1.6, 1.2, 0], abs=0.05)
    playground.page.mouse.click(*playground.client(0, 1.3))  # beside the sphere: on its rim
    assert playground.query == pytest.approx([0, 0, 2], abs=0.05)


def test_dragging_the_picture_turns_the_view_and_nothing_else(playground):
    in_space(playground)
    before = playground.shown()
    mouse = playground.page.mouse
    x, y = playground.client(-0.7, -0.7)
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 40, y + 20)
    mouse.up()
    # Half a degree a pixel: what was taken follows, so the eye goes left and up.
    assert playground.state["space"]["view"] == [-20, 10]
    mouse.move(x, y)
    assert playground.state["space"]["view"] == [-20, 10]
    assert playground.shown() == before


def test_the_turn_buttons_turn_the_view_and_stop_before_the_pole(playground):
    in_space(playground)
    for way, view in (("right", [15, 0]), ("up", [15, 15]), ("left", [0, 15]), ("down", [0, 0])):
        playground.press(f"Look from further {way}")
        assert playground.state["space"]["view"] == view
    for _ in range(8):
        playground.press("Look from further up")
    assert playground.state["space"]["view"] == [0, 85]


def test_the_right_button_and_a_second_finger_move_nothing(playground):
    before = playground.query
    mouse = playground.page.mouse
    for place in (playground.middle(), (-0.5, 0.5)):
        mouse.move(*playground.client(*place))
        mouse.down(button="right")
        mouse.up(button="right")
        mouse.move(*playground.client(1, 0))
    assert playground.query == before
    mouse.move(*playground.client(*playground.middle()))
    mouse.down()
    playground.handle.evaluate(
        """handle => ["pointerdown", "pointermove", "pointerup"].forEach((type) =>
            handle.dispatchEvent(new PointerEvent(type, {pointerId: 99, bubbles: true})))"""
    )
    assert playground.query == before
    mouse.move(*playground.client(0, 1.25))  # the first one still holds it
    mouse.up()
    assert playground.query[0] == pytest.approx(0, abs=0.01)


def test_a_pointer_that_is_let_go_outside_the_window_lets_go(playground):
    mouse = playground.page.mouse
    mouse.move(*playground.client(*playground.middle()))
    mouse.down()
    mouse.move(-50, 300)
    after = playground.query
    assert after[0] < 0
    mouse.up()
    mouse.move(*playground.client(1, 0))
    assert playground.query == after


def test_the_direction_is_kept_while_the_loudness_is_nothing(playground):
    playground.slider("Loudness").press("Home")
    assert playground.query == [0, 0]
    for _ in range(5):
        playground.slider("Direction: who wins").press("ArrowRight")  # each a hundredth of 360°
    assert playground.query == [0, 0]
    playground.slider("Loudness").press("End")
    turn = math.radians(45 + 5 * 3.6)
    assert playground.query == pytest.approx([20 * math.cos(turn), 20 * math.sin(turn)])


def test_an_exercise_shows_its_target_and_is_not_passed_at_the_start(playground):
    for task in EXERCISES:
        playground.choose(task.number)
        shown = playground.shown()
        wanted = exercise_data(task, SEED)["wanted"][0]
        target = [dot(wanted, column) for column in zip(*SEED.value, strict=True)]
        assert shown["wanted"] == pytest.approx(wanted, abs=6e-4)
        assert shown["target"] == pytest.approx(target, abs=6e-4)
        assert shown["heading"] == f"✗ {task.number}: not yet"
        assert (shown["passed"], shown["sign"]) == (False, "≥")


def test_the_rows_of_an_exercise_are_set_one_by_one(playground):
    playground.choose("1.2.2")
    for row in range(4):
        playground.select("Row of the query").select_option(str(row))
        for name, number in zip("xyz", SEED.key[row], strict=True):
            playground.field(name).fill(str(10 * number))
        assert max(playground.shown()["weights"]) == playground.shown()["weights"][row] > 0.9
        assert playground.shown()["passed"] is (row == 3)  # the verdict is on all rows


def test_key_3_and_a_value_can_be_edited(playground):
    playground.press(SPACE)
    moves = playground.select("The handle moves")
    moves.select_option("key k2")
    playground.field("x").fill("0.9")
    state = playground.state["space"]
    assert state["key"][2] == [0.9, -0.48, -0.88]
    score = 0.6 * 0.9 - 0.3 * 0.48 - 0.3 * 0.88  # with the query (0.6, 0.3, 0.3)
    assert playground.shown()["scores"][2] == pytest.approx(score, abs=0.006)
    moves.select_option("value v1")
    assert playground.handle.count() == 0  # a value has no place among keys
    playground.field("z").fill("1")
    space = playground.state["space"]
    assert space["value"][1] == [0.37, -0.93, 1]
    (output,) = by_torch(space["rows"], space["key"], space["value"])[2].tolist()
    assert playground.shown()["output"] == pytest.approx(output, abs=6e-4)


def test_a_long_key_stays_in_the_picture_and_under_the_pointer(playground):
    in_space(playground, hand="k2", key=[*SEED.key[:2], [0, 3, 0], SEED.key[3]])
    assert math.hypot(*playground.middle()) < 1.4
    playground.drag((0.8, 0.6))
    assert playground.state["space"]["key"][2] == pytest.approx([1.66, 2, 1.5], abs=0.1)


def test_a_preset_leads_to_what_it_says(playground):
    for label, number in (
        ("copy v0", "1.2.1"),
        ("make k2, the third key, win", "1.4.2"),
        ("the window closes at β = 174", "1.3.2"),
    ):
        playground.press(label)
        assert playground.shown()["heading"] == f"✓ {number}: passed"
        assert playground.shown()["sign"] == "<"
    for axis, number in zip("xyz", playground.query, strict=True):
        playground.field(axis).fill(str(number * 175 / 174))
    assert playground.shown()["passed"] is False


def test_a_preset_after_a_fifth_key_was_moved_and_reset_bring_back_the_course_numbers(playground):
    playground.press(SPACE)
    playground.root.get_by_label("a fifth key").check()
    playground.select("The handle moves").select_option("key k4")
    playground.press("copy v0")
    assert playground.state["space"]["key"] == [list(row) for row in SEED.key]
    playground.press("Reset")
    assert playground.state["form"] == "flat"
    assert playground.query == [0.21, 0.21]
