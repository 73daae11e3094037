"""The site in a real browser, as a reader meets it."""

import pytest

from tests.conftest import CHAPTERS

PAGES = (*CHAPTERS, "references", "instructors", "api")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_no_other_host_and_is_no_wider_than_the_screen(open_page, name):
    page = open_page(name)
    for folded in (True, False):
        if not folded:
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            page.evaluate("document.querySelectorAll('.toggle-button').forEach(b => b.click())")
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, folded


def test_the_menu_opens_at_390_px_and_leads_to_a_chapter(open_page):
    page = open_page("index", 390)
    menu = page.locator("#pst-primary-sidebar-modal, #pst-primary-sidebar").get_by_role(
        "link", name="1.2 Copying"
    )
    assert not any(menu.nth(i).is_visible() for i in range(menu.count()))
    page.locator(".primary-toggle:visible").first.click()
    opened = menu.filter(visible=True).first
    opened.wait_for()
    opened.click()
    page.wait_for_url("**/copying.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cards_and_pictures_stand_on_the_pages_own_background(open_page, scheme):
    page = open_page("averaging", color_scheme=scheme)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    plates = page.evaluate(
        """[...document.querySelectorAll('figure.picture, div.verdict')].map(
            shown => getComputedStyle(shown.parentElement).backgroundColor)"""
    )
    assert len(plates) >= 8
    assert set(plates) == {"rgba(0, 0, 0, 0)"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_in_a_picture_have_the_colour_of_the_text(open_page, scheme):
    page = open_page("copying", color_scheme=scheme)
    letters, prose = page.evaluate(
        """[[...document.querySelectorAll('figure.picture text')].map(
               letter => getComputedStyle(letter).fill),
            getComputedStyle(document.querySelector('article p')).color]"""
    )
    assert set(letters) == {prose}


def test_a_hint_and_a_solution_unfold(open_page):
    page = open_page("copying", 390)
    hint = page.get_by_text("Which direction gives k0 the highest score")
    assert not hint.is_visible()
    page.get_by_text("Hint 1 of 3").first.click()
    assert hint.is_visible()
    reasoning = page.get_by_text("Ten times k0 is loud enough")
    assert not reasoning.is_visible()
    page.locator("div.solution .toggle-button").first.click()
    reasoning.wait_for(state="visible")
