"""The playground for everyone: aloud, without scripts, from a file, in all colours."""

import gzip
import json
import re

import pytest
from playwright.sync_api import expect

from attention_lab import card
from attention_lab.figures.picture import COLOURS
from attention_lab.page.data import starting_state
from attention_lab.page.scripts import ELEMENT, HERE, classic
from tests.axe import violations
from tests.listening import LISTEN, heard
from tests.playground import SPACE, Playground, by_torch

SAID = ".pg-aloud"
# A judge who always says the same, after so many milliseconds.
JUDGE = """(wait) => {
    attentionLab.judge = async ({ exercise }) => {
        await new Promise((resolve) => setTimeout(resolve, wait));
        return { heading: `✗ ${exercise}: not yet`, diagnosis: "x", message: "Because." };
    };
}"""


def drag_a_lot(playground):
    playground.drag(*[(0.9 - 0.06 * i, 0.4) for i in range(30)])


def test_a_drag_says_nothing_until_the_reader_rests_and_then_the_weights_once(open_page):
    page = open_page("index", before=LISTEN)
    playground = Playground(page)
    heard(page)
    drag_a_lot(playground)
    assert heard(page) == []
    playground.root.locator(f"{SAID}:not(:empty)").wait_for(state="attached")
    weights = playground.shown()["weights"]
    ((_, said),) = heard(page)
    spoken = re.fullmatch(r"Weights: cat (.+), dog (.+), car (.+)\.", said).groups()
    assert [float(word) for word in spoken] == pytest.approx(weights, abs=0.0056)


def test_the_verdict_is_said_once_with_its_cause(open_page):
    page = open_page("copying", before=LISTEN)
    playground = Playground(page)
    page.evaluate(JUDGE, 0)
    heard(page)
    drag_a_lot(playground)
    assert heard(page) == []
    aloud = playground.root.locator(SAID)
    expect(aloud).to_contain_text("Because.")
    ((_, said),) = heard(page)
    assert said.startswith("Weights: k0 ")
    assert said.endswith(" ✗ 1.2.1: not yet. Because.")
    # To look from elsewhere changes no number: nothing is said. Another query of the same verdict
    # has other weights, and the same verdict is not said again.
    playground.press("Look from further right")
    playground.field("x").fill("0.1")
    expect(aloud).not_to_contain_text("Because.")
    ((_, again),) = heard(page)
    assert again.startswith("Weights: k0 ")


def test_a_verdict_that_comes_late_is_said_without_the_weights_again(open_page):
    page = open_page("copying", before=LISTEN)
    playground = Playground(page)
    page.evaluate(JUDGE, 1500)
    heard(page)
    playground.press("copy v0")
    aloud = playground.root.locator(SAID)
    expect(aloud).to_contain_text("Weights")
    expect(aloud).to_have_text("✗ 1.2.1: not yet. Because.")
    assert len(heard(page)) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, scheme):
    page = open_page("index", color_scheme=scheme)
    playground = Playground(page)
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page, "attention-playground") == []
        playground.choose("1.2.2")
        playground.root.get_by_label("a fifth key").check()
        assert violations(page, "attention-playground") == []
        playground.choose("1.4.1")
        playground.field("x").fill("nonsense")
        playground.root.locator(".pg-why:not(:empty)").wait_for()
        playground.press("Use this key as my answer")
        assert violations(page, "attention-playground") == []
        playground.press("Reset")


def test_the_tree_that_is_read_aloud_names_everything_and_repeats_no_number(open_page):
    playground = Playground(open_page("interactions"))
    tree = playground.root.aria_snapshot()
    for line in (
        '- region "Playground"',
        '- combobox "Exercise"',
        '- combobox "The handle moves"',
        '- checkbox "a fifth key"',
        '- slider "Key k2"',
        '- group "View"',
        '- button "Look from further left"',
        '- slider "Direction, around"',
        '- slider "Length of k2"',
        '- textbox "x": "-0.03"',
        '- button "x: turn the sign"',
        '- table "Scores and weights"',
        '- table "Output"',
    ):
        assert line in tree.replace("'", ""), tree
    label = playground.handle.get_attribute("aria-valuetext")
    assert label == "-94° around, -61° up, length 1.00"


def test_nothing_in_it_is_animated(open_page):
    page = open_page("interactions", reduced_motion="reduce")
    moving = page.locator("attention-playground").evaluate(
        """element => [element, ...element.querySelectorAll("*")].filter((node) => {
            const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(node);
            return !/^0s(, 0s)*$/.test(transitionDuration) || animationName !== "none"
                || scrollBehavior === "smooth";
        }).map((node) => node.outerHTML.slice(0, 80))"""
    )
    assert moving == []


def test_keys_are_told_apart_without_colours(open_page):
    page = open_page("index", forced_colors="active")
    playground = Playground(page)
    playground.press(SPACE)
    playground.root.get_by_label("a fifth key").check()
    dashes = (
        playground.root.locator("svg line.pg-key")
        .filter(visible=True)
        .evaluate_all("lines => lines.map(line => getComputedStyle(line).strokeDasharray)")
    )
    marks = playground.root.locator(".pg-table .pg-mark").evaluate_all(
        "marks => marks.map(mark => mark.getAttribute('d'))"
    )
    assert len(set(dashes)) == len(dashes) == 5
    assert len(set(marks)) == 5
    seen = (
        playground.root.locator("svg .pg-mark, svg .pg-dot")
        .filter(visible=True)
        .evaluate_all("all => all.map(mark => getComputedStyle(mark).fill)")
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground not in seen


@pytest.mark.parametrize(("name", "number"), [("index", None), ("interactions", "1.4.1")])
def test_without_scripts_there_is_a_figure_and_torchs_table(open_page, name, number):
    page = open_page(name, java_script_enabled=False)
    root = page.locator("attention-playground")
    assert root.locator("svg").first.is_visible()
    assert page.locator("attention-playground button, .lab-bar").count() == 0
    lines = root.locator("tbody tr").filter(visible=True)
    texts = [line.split() for line in lines.all_inner_texts()]
    if number is None:
        return
    space = starting_state(number)["space"]
    scores, weights, output = by_torch(space["rows"], space["key"], space["value"])
    for k in range(4):
        assert texts[k] == [f"k{k}", f"{scores[0, k]:.2f}", f"{weights[0, k]:.3f}"]
    assert texts[4] == ["output", *(f"{x:.3f}" for x in output[0])]


def test_a_book_that_is_opened_from_a_file_has_the_playground(browser, site):
    page = browser.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((site / "book/copying.html").as_uri())
    playground = Playground(page)
    playground.press("copy v0")
    assert playground.shown()["heading"] == "✓ 1.2.1: passed"
    expect(playground.why).to_contain_text("opened from a file")
    assert faults == []
    page.close()


def test_right_and_wrong_and_each_key_have_the_colours_of_cards_and_figures():
    style, marks = (
        (HERE / path).read_text("utf-8") for path in ("playground.css", "playground/marks.js")
    )
    assert f"--lab-right: {card.GREEN};" in style
    assert f"--lab-wrong: {card.ORANGE};" in style
    assert f"COLOURS = {json.dumps(COLOURS)};" in marks


def test_the_script_is_at_most_15_000_bytes_compressed():
    assert len(gzip.compress(classic(ELEMENT).encode(), 9)) <= 15_000
