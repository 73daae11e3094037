"""The playground's widget: what it says to the kernel, and what it does with what comes back."""

import json

import pytest
import torch

from attention_lab import Playground, given_query
from attention_lab.fixtures import SEED

HOST = "http://notebook.test/"
# A model as anywidget gives it: what is set, if it is news, is told to those who listen; what is
# sent is kept. What it holds it hands out as it is, so that who writes into that makes no news.
MODEL = """
window.heard = new Map();
window.sent = [];
window.saved = 0;
window.tell = (name, ...news) => [...(heard.get(name) ?? [])].forEach((hear) => hear(...news));
window.makeModel = (traits) => ({
  get: (name) => traits[name],
  set(name, value) {
    const news = JSON.stringify(value) !== JSON.stringify(traits[name]);
    traits[name] = value;
    if (news) tell(`change:${name}`);
  },
  save_changes: () => void saved++,
  send: (message) => void sent.push(structuredClone(message)),
  on: (name, hear) => heard.set(name, [...(heard.get(name) ?? []), hear]),
  off: (name, hear) => heard.set(name, heard.get(name).filter((other) => other !== hear)),
});
"""
SHOW = """async (traits) => {
  const { default: widget } = await import("/widget.js");
  window.model = makeModel(traits);
  window.takeAway = ["one", "two"].map((id) => {
    const el = document.body.appendChild(Object.assign(document.createElement("div"), { id }));
    return widget.render({ model, el });
  });
}"""


@pytest.fixture
def show(browser):
    """Show two views of one model in an empty page."""
    page, faults = browser.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route(HOST, lambda route: route.fulfill(content_type="text/html", body="<!doctype html>"))
    page.route(
        HOST + "widget.js",
        lambda route: route.fulfill(content_type="text/javascript", body=Playground._esm),
    )

    def shower(*arguments, **options):
        playground = Playground(*arguments, **options)
        page.goto(HOST)
        page.evaluate(MODEL)
        page.evaluate(SHOW, {"data": playground.data, "state": playground.state})
        return page

    yield shower
    page.close()
    assert faults == []


def numbers(page, view="#one"):
    """What stands in a view's number fields."""
    return [
        float(field.input_value()) for field in page.locator(f"{view} .pg-number:visible").all()
    ]


def why(page, view="#one"):
    return page.locator(f"{view} .pg-why")


def state(page):
    return page.evaluate("model.get('state')")


def from_the_kernel(page, rows):
    """The kernel sets the query."""
    now = state(page)
    page.evaluate(
        "state => model.set('state', state)", now | {"space": now["space"] | {"rows": rows}}
    )


def questions(page, count):
    """The questions to the kernel, once there are so many."""
    page.wait_for_function("count => sent.length >= count", arg=count)
    return page.evaluate("sent")


def reply(page, question, **said):
    page.evaluate("said => tell('msg:custom', said)", {"id": question["id"], **said})


def verdict(message):
    return {"diagnosis": message, "heading": message, "message": message}


def test_a_change_goes_to_the_model_once_and_to_the_other_view(show):
    page = show("1.2.1", query=[1, 2, 3])
    assert numbers(page) == numbers(page, "#two") == [1, 2, 3]
    page.locator("#one .pg-number:visible").first.fill("4")
    assert state(page)["space"]["rows"] == [[4, 2, 3]]
    assert numbers(page, "#two") == [4, 2, 3]
    assert page.evaluate("saved") == 1  # the other view has not sent it back


def test_what_the_kernel_sets_moves_the_handle_and_is_not_sent_back(show):
    page = show("1.2.1", query=[1, 2, 3])
    before = page.locator("#one .pg-handle:visible").get_attribute("transform")
    from_the_kernel(page, [[-5, 0, 1]])
    assert numbers(page) == numbers(page, "#two") == [-5, 0, 1]
    assert page.locator("#one .pg-handle:visible").get_attribute("transform") != before
    assert page.evaluate("saved") == 0


def test_an_echo_of_ones_own_change_changes_nothing(show):
    page = show("1.2.1", query=[1, 2, 3])
    page.locator("#one .pg-number:visible").first.fill("4")
    echo = state(page)
    page.evaluate("echo => tell('change:state', model.set('state', echo))", echo)
    assert state(page) == echo
    assert numbers(page) == [4, 2, 3]
    assert page.evaluate("saved") == 1


def test_every_change_is_news_to_the_model_and_none_writes_into_what_it_holds(show):
    page = show("1.2.1", query=[1, 2, 3])
    for number in (4, 5):
        page.evaluate("window.held = model.get('state')")
        page.locator("#one .pg-number:visible").first.fill(str(number))
        assert numbers(page, "#two") == [number, 2, 3]
        assert page.evaluate("held.space.rows[0][0]") != number
    assert page.evaluate("saved") == 2


def test_the_kernel_is_asked_with_all_that_it_needs(show):
    page = show("1.4.1")
    first, second = questions(page, 2)  # one a view, without a touch: the kernel is there
    assert first["id"] != second["id"]
    asked = first["judge"]
    assert asked["exercise"] == "1.4.1"
    assert asked["answer"] == list(SEED.key[2])
    assert asked["key"] == [list(row) for row in SEED.key]
    assert asked["value"] == [list(row) for row in SEED.value]
    assert torch.tensor(asked["query"]).equal(given_query("1.4.1"))
    assert json.loads(json.dumps(first)) == first


def test_each_view_hears_the_reply_to_its_own_question(show):
    page = show("1.2.1")
    first, second = questions(page, 2)
    reply(page, second, verdict=verdict("to the second"))
    assert why(page, "#two").inner_text() == "to the second"
    assert why(page, "#one").inner_text() == ""
    reply(page, first, verdict=verdict("to the first"))
    assert why(page, "#one").inner_text() == "to the first"
    assert why(page, "#two").inner_text() == "to the second"


def test_a_reply_that_comes_late_does_not_replace_a_newer_one(show):
    page = show("1.2.1")
    old = questions(page, 2)
    page.locator("#one .pg-number:visible").first.fill("4")
    new = questions(page, 4)[2:]
    for question in new:
        reply(page, question, verdict=verdict("new"))
    for question in old:
        reply(page, question, verdict=verdict("old"))
    assert [why(page, view).inner_text() for view in ("#one", "#two")] == ["new", "new"]


def test_an_error_in_the_kernel_is_shown_where_the_reason_would_stand(show):
    page = show("1.2.1")
    for question in questions(page, 2):
        reply(page, question, error="KeyError: 'judge'")
    assert why(page).inner_text() == "KeyError: 'judge'"


def test_a_reply_to_nobody_is_no_fault(show):
    page = show("1.2.1")
    reply(page, {"id": 7}, verdict=verdict("to whom?"))
    assert "to whom?" not in page.inner_text("body")


def test_a_view_that_is_taken_away_hears_no_more(show):
    page = show("1.2.1", query=[1, 2, 3])
    page.evaluate("takeAway[0]()")
    from_the_kernel(page, [[7, 8, 9]])
    assert numbers(page, "#one") == [1, 2, 3]
    assert numbers(page, "#two") == [7, 8, 9]
    assert page.evaluate("[...heard.values()].map((hears) => hears.length)") == [1, 1]


def test_use_says_how_in_a_cell(show):
    page = show("1.2.1")
    page.get_by_role("button", name="as my answer").first.click()
    assert 'check("1.2.1", playground.answer)' in page.locator("#one").inner_text()
