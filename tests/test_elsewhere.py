"""The site where there is no network, no server or no script, and what says what it is."""

import re
import struct

import pytest
from playwright.sync_api import expect

from attention_lab.site.card import HEIGHT, WIDTH, picture
from attention_lab.site.description import LONGEST
from tests.conftest import CHAPTERS
from tests.playground import Playground


@pytest.fixture
def from_file(browser, site):
    """Open a page from its file, where there is no network; afterwards nothing went wrong."""
    faults, contexts = [], []

    def opener(name, width=1280):
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}))
        contexts[-1].set_offline(True)
        page = contexts[-1].new_page()
        page.on("request", lambda asked: asked.url.startswith("http") and faults.append(asked.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        address, _, query = name.partition("?")
        page.goto(f"{(site / address).as_uri()}?{query}", wait_until="load")
        return page

    yield opener
    for context in contexts:
        context.close()
    assert faults == []


def test_from_a_file_the_front_page_leads_to_the_book_and_its_menu_on(from_file):
    page = from_file("index.html", 390)
    page.wait_for_url("**/book/index.html")
    page.locator(".primary-toggle:visible").first.click()
    page.get_by_role("link", name="1.2 Copying").filter(visible=True).first.click()
    page.wait_for_url("**/copying.html")


def test_from_a_file_formulas_guesses_colours_and_the_playground_work(from_file):
    page = from_file("book/averaging.html")
    expect(page.locator("math").filter(visible=True).first).to_be_visible()
    guess = page.locator(".guess").first
    guess.get_by_role("radio").first.check()
    guess.get_by_role("button").first.click()
    expect(guess.get_by_role("status")).not_to_be_empty()
    before = page.locator("html").get_attribute("data-theme")
    page.locator(".theme-switch-button").filter(visible=True).first.click()
    assert page.locator("html").get_attribute("data-theme") != before
    playground = Playground(page)
    asked = playground.query
    playground.slider("Loudness").press("ArrowRight")
    assert playground.query != asked


@pytest.mark.parametrize("where", ["served", "from a file"])
def test_a_word_of_the_text_is_found(open_page, from_file, where):
    page = open_page("../search") if where == "served" else from_file("search.html")
    field = page.locator("main input[name=q]")
    field.fill("softmax")
    field.press("Enter")
    found = page.locator("#search-results a", has_text="1.1 Meet the keys")
    expect(found.first).to_be_visible()
    found.first.click()
    page.wait_for_url("**/book/keys.html*")


@pytest.mark.parametrize("name", ["../search", "keys"])  # its page, and the dialog over others
def test_the_glass_beside_the_field_of_the_search_does_not_lie_on_its_words(open_page, name):
    page = open_page(name)
    page.locator(".search-button:visible, .search-button-field:visible").first.click()
    form = page.locator("form.bd-search:visible")
    glass, field = form.locator(".fa-magnifying-glass").bounding_box(), form.locator("input")
    inset = field.evaluate("(field) => parseFloat(getComputedStyle(field).paddingLeft)")
    assert glass["width"] > 0
    assert glass["x"] + glass["width"] <= field.bounding_box()["x"] + inset


@pytest.mark.parametrize("name", CHAPTERS)
def test_without_scripts_a_chapter_can_be_read(open_page, name):
    page = open_page(name, java_script_enabled=False)
    hidden = page.locator("article math, article figure.picture").evaluate_all(
        """(all) => all.filter((one) => !one.closest("details:not([open]), .worksheet-key")
                && (one.getBoundingClientRect().height < 5 || !one.checkVisibility()))
            .map((one) => one.outerHTML.slice(0, 200))"""
    )
    assert hidden == []
    for playground in page.locator("attention-playground").all():
        expect(playground.locator("svg").first).to_be_visible()
        assert playground.locator("table td").count() >= 4  # its numbers, as text
    assert len(page.locator("article").inner_text().split()) > 200


def test_text_comes_before_scripts(pages):
    for name, page in pages.items():
        for script in page("script", src=True):
            assert script.has_attr("defer"), f"{name}: {script}"


def test_every_page_says_what_it_is_about_and_no_other_page_says_the_same(pages):
    said = {}
    for name, page in pages.items():
        (about,) = page("meta", attrs={"name": "description"})
        assert 20 <= len(about["content"]) <= LONGEST, name
        said.setdefault(about["content"], []).append(name)
    same = [sorted(names) for names in said.values() if len(names) > 1]
    assert same == [["book/index.html", "index.html"]]  # the one only leads to the other


def test_a_chapter_is_described_by_its_own_beginning(pages):
    about = pages["book/copying.html"].find("meta", attrs={"name": "description"})["content"]
    assert about.startswith("You will make attention return one value, then all four in order.")


def test_every_page_has_the_icon(pages, site):
    for name, page in pages.items():
        (icon,) = page("link", rel="icon")
        at = site if icon["href"].startswith("/") else (site / name).parent
        assert icon["href"].endswith("_static/favicon.svg")
        assert name == "404.html" or (at / icon["href"]).exists(), name


def test_a_published_page_has_a_card(published):
    text = (published.folder / "book/copying.html").read_text("utf-8")
    said = dict(
        re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"', text)
    )
    page = f"{published.address}book/copying.html"
    assert said["og:title"] == "1.2 Copying"
    assert said["og:url"] == page
    assert f'<link rel="canonical" href="{page}" />' in text
    assert said["og:description"].startswith("You will make attention return one value")
    assert said["twitter:card"] == "summary_large_image"
    image = published.folder / said["og:image"].removeprefix(published.address)
    head = image.read_bytes()[:24]
    assert struct.unpack(">II", head[16:]) == (WIDTH, HEIGHT) == (1200, 630)


def test_the_card_of_the_bare_address_is_that_of_the_book(published):
    text = (published.folder / "index.html").read_text("utf-8")
    assert 'property="og:title" content="Understanding Attention"' in text
    assert 'content="Attention is a lookup that never quite decides.' in text


def test_the_picture_of_a_card_is_the_same_bytes_each_time():
    first, second = (picture("A title", "from this") for _ in range(2))
    assert first == second
    assert picture("Another title", "from this") != first


@pytest.mark.parametrize("at", ["nothing", "book/nothing.html", "a/b/c/d"])
def test_a_wrong_address_shows_a_page_whose_links_work(browser, published, at):
    page = browser.new_page()
    body = (published.folder / "404.html").read_text("utf-8")
    page.route(
        f"{published.address}{at}",
        lambda route: route.fulfill(status=404, body=body, content_type="text/html"),
    )
    failed = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("response", lambda got: got.ok or got.url.endswith(at) or failed.append(got.url))
    page.goto(f"{published.address}{at}", wait_until="networkidle")
    assert failed == []
    assert page.locator("h1").filter(visible=True).inner_text() == "No such page"
    menu = page.get_by_role("link", name="1.2 Copying").filter(visible=True)
    assert menu.evaluate("link => getComputedStyle(link).textDecorationLine") == "none"  # styled
    menu.click()
    page.wait_for_url(f"{published.address}book/copying.html")
    page.close()
