"""A state travels: in a link, into an exercise's cell, to another variant."""

import json
import math

import pytest
from playwright.sync_api import expect

from attention_lab.exercises import exercise
from attention_lab.fixtures import SEED
from attention_lab.page.data import exercise_data, playground_data
from attention_lab.variants import variant
from tests.playground import SPACE, Playground, link

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
COURSE = [list(row) for row in SEED.key]


def test_a_link_opens_the_same_state_elsewhere(open_page):
    playground = Playground(open_page("index", before=NO_CLIPBOARD))
    playground.choose("1.4.1")
    playground.field("y").fill("0.36")
    playground.press("Look from further right")
    playground.press("Copy link")
    address = playground.root.get_by_label("Link to this state").input_value()
    other = Playground(open_page("index", hash="#" + address.split("#")[1]))
    assert other.state == in_six_digits(playground.state)
    assert other.shown() == playground.shown()
    # The link is that of the state in which it was made, so it goes when the state does.
    playground.press("Look from further right")
    assert not playground.root.get_by_label("Link to this state").is_visible()


def in_six_digits(state):
    """The state as a link carries it."""
    return json.loads(json.dumps(state), parse_float=lambda x: float(f"{float(x):.6g}"))


def test_a_link_can_be_opened_in_the_page_where_it_was_made(open_page):
    page = open_page("index")
    playground = Playground(page)
    page.evaluate(
        "hash => { location.hash = hash }", link({"form": "flat", "flat": {"query": [0, 3]}})
    )
    expect(playground.field("x")).to_have_value("0")
    assert playground.query == [0, 3]


def test_a_link_is_copied_where_the_browser_lets_it(open_page):
    page = open_page("index", permissions=["clipboard-read", "clipboard-write"])
    playground = Playground(page)
    playground.press("Copy link")
    playground.root.get_by_text("The link is copied").wait_for()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address.startswith(page.url.split("#")[0] + "#play=")


def hostile_links():
    """Texts that are no state of ours, by what is wrong with them."""
    space = {"exercise": "1.2.1", "rows": [[1, 2, 3]]}
    wrong = {
        "a row that is no place": {"row": "length"},
        "a row that is a method": {"row": "at"},
        "a row that is not there": {"row": 1},
        "a hand that nobody has": {"hand": "k9"},
        "a hand between keys": {"hand": "k1.5"},
        "a hand that is an object": {"hand": {}},
        "a hand of the prototype": {"hand": "constructor"},
        "too many rows": {"rows": [[1, 2, 3]] * 2},
        "a short row": {"rows": [[1, 2]]},
        "texts for numbers": {"rows": [["1", "2", "3"]]},
        "something that looks like rows": {"rows": {"0": [1, 2, 3], "length": 1}},
        "a number beyond all dials": {"rows": [[1e9, 0, 0]]},
        "nothing for a number": {"rows": [[None, 0, 0]]},
        "an exercise that there is not": {"exercise": "9.9.9"},
        "an exercise of the prototype": {"exercise": "__proto__"},
        "HTML for an exercise": {"exercise": "<img src=x onerror=alert(1)>"},
        "three keys": {"key": COURSE[:3], "value": COURSE[:3]},
        "a key more than values": {"key": COURSE + [[0, 0, 0]]},
        "thousands of keys": {"key": COURSE * 1000, "value": COURSE * 1000},
        "a view of one angle": {"view": [1]},
    }
    texts = {
        name: json.dumps({"form": "space", "space": space | part}) for name, part in wrong.items()
    }
    texts |= {
        "no JSON": "{",
        "null": "null",
        "a number": "7",
        "a list": "[[[]]]",
        "HTML": "<script>alert(1)</script>",
        "a form that there is not": '{"form": "toString"}',
        "more than a float holds": '{"form": "flat", "flat": {"query": [1e999, 0]}}',
        "not a number": '{"form": "flat", "flat": {"query": [NaN, 0]}}',
        "a text for a space": '{"form": "space", "space": "abc"}',
        "a query of three in the plane": '{"form": "flat", "flat": {"query": [1, 2, 3]}}',
    }
    return texts


def test_links_that_are_broken_or_hostile_change_nothing(open_page):
    page = open_page("index", hash=link("{"))  # open_page reports any script error
    playground = Playground(page)
    start = playground_data()["state"]
    assert playground.state == start | {"space": playground.state["space"]}
    before = playground.state
    opened = playground.root.evaluate(
        """(element, texts) => Object.entries(texts).map(([name, text]) => {
            element.mounted.open(text);
            return [name, element.mounted.state];
        })""",
        hostile_links(),
    )
    assert [name for name, state in opened if state != before] == []


def test_a_link_with_a_prototype_in_it_pollutes_nothing(open_page):
    text = (
        '{"form": "flat", "__proto__": {"x": 1}, "flat": {"query": [1, 0], "__proto__": {"x": 1}}}'
    )
    page = open_page("index", hash=link(text))
    assert Playground(page).query == [1, 0]
    assert page.evaluate("({}).x === undefined")


def verdict_of(page, number):
    """Run an exercise's cell and read the card's first line."""
    cell = page.locator(f'[data-exercise="{number}"]')
    cell.get_by_role("button", name="Run", exact=True).click()
    card = cell.locator(".verdict[data-passed]")
    card.wait_for(timeout=30_000)
    return card.locator("strong").first.text_content()


def test_an_answer_found_by_dragging_runs_in_the_cell_on_the_page_with_the_same_verdict(open_page):
    page = open_page("copying")
    playground = Playground(page)
    for label, mark in (("Reset", "✗"), ("copy v0", "✓")):
        playground.press(label)
        heading = playground.shown()["heading"]
        assert heading[0] == mark
        playground.press("Use this query as my answer")
        playground.root.get_by_text("Written into exercise 1.2.1.").wait_for()
        code = page.locator('[data-exercise="1.2.1"] textarea').input_value()
        assert f"torch.tensor({[[round(float(x), 4) for x in playground.query]]})" in code
        assert verdict_of(page, "1.2.1") == heading


def test_an_answer_from_the_landing_page_waits_in_the_cell_of_its_chapter(open_page):
    page = open_page("index")
    playground = Playground(page)
    playground.press("make k2, the third key, win")
    playground.press("Use this key as my answer")
    playground.root.get_by_role("link", name="Go to 1.4.2").click()
    page.wait_for_url("**/interactions.html*")
    assert verdict_of(page, "1.4.2") == "✓ 1.4.2: passed"


def test_what_was_found_with_other_keys_is_no_answer_to_the_exercise(open_page):
    playground = Playground(open_page("copying"))
    use = playground.root.get_by_role("button", name="Use this query as my answer")
    assert use.is_visible()
    playground.select("The handle moves").select_option("value v1")
    playground.field("x").fill("0")
    assert not use.is_visible()
    assert "no answer to it" in playground.root.locator(".pg-remark").text_content()
    playground.press("Reset")
    assert use.is_visible()


def test_in_1_4_the_ring_is_where_the_score_is_at_its_bound(open_page):
    playground = Playground(open_page("interactions"))
    data = exercise_data(exercise("1.4.1"), SEED)
    (query,), slab = data["query"], data["slab"]
    lines = playground.root.locator(".pg-slab")
    # From along the query the rings are circles, as wide as a height of score / |q| leaves them.
    angle = math.degrees(math.atan2(query[1], query[0]))
    up = math.degrees(math.atan2(query[2], math.hypot(*query[:2])))
    playground.root.evaluate(
        "(element, view) => element.mounted.set({space: {...element.mounted.state.space, view}})",
        [angle, up],
    )
    for line, score in zip((0, 2), slab, strict=True):
        numbers = lines.nth(line).get_attribute("d").replace("M", " ").replace("L", " ").split()
        radii = [math.hypot(float(x), float(y)) for x, y in zip(numbers[::2], numbers[1::2])]
        height = score / math.hypot(*query)
        assert len(radii) > 70
        assert radii == pytest.approx([math.sqrt(1 - height**2)] * len(radii), abs=2e-3)
    assert (
        "between 63.54 and 64.52: it is -29.70."
        in playground.root.locator(".pg-remark").text_content()
    )
    playground.field("x").fill("0.56")
    score = 55.5 * 0.56 - 57.5 * 0.48 - 0.5 * 0.88
    assert f"it is {score:.2f}." in playground.root.locator(".pg-remark").text_content()


def test_of_a_fifth_key_the_hull_says_whether_a_query_copies_it(open_page):
    playground = Playground(open_page("index"))
    playground.press(SPACE)
    remark, faces = (
        playground.root.locator(".pg-remark"),
        playground.root.locator("svg path.pg-hull"),
    )
    drawn = "paths => paths.filter(path => path.getAttribute('d')).length"
    assert faces.evaluate_all(drawn) == 0
    playground.root.get_by_label("a fifth key").check()
    assert "k4 lies inside the hull" in remark.text_content()
    assert faces.evaluate_all(drawn) == 4  # a tetrahedron: the inner key is no corner
    playground.select("The handle moves").select_option("key k4")
    playground.field("x").fill("-2")
    assert "k4 is a corner of the hull" in remark.text_content()
    assert faces.evaluate_all(drawn) == 6  # a fifth corner outside takes a face and adds three


def test_a_variant_in_the_address_gives_the_playground_its_keys(open_page):
    page = open_page("interactions", hash="#variant=137")
    playground = Playground(page)
    fixture = variant(137)
    expected = playground_data(fixture)
    expect(playground.field("x")).to_have_value(f"{fixture.key[2][0]:g}", timeout=30_000)
    space = playground.state["space"]
    assert space["value"] == [list(row) for row in fixture.value]
    assert space["rows"] == expected["exercises"][4]["query"]
    labels = playground.root.locator(".pg-presets button").all_text_contents()
    assert labels == [one["label"] for one in expected["presets"]]
    playground.press("make k2, the third key, win")
    assert playground.shown()["heading"] == "✓ 1.4.2: passed"
    assert playground.state["space"]["key"][:2] == [list(row) for row in fixture.key[:2]]
