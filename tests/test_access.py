"""Every page of the site, on every screen, in light and dark: nothing keeps a reader out."""

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.conftest import CHAPTERS, ROOT

HTML = ROOT / "_build/html"
# As the built site has them, the listings of modules and the page for wrong addresses included.
PAGES = sorted(
    path.relative_to(HTML).with_suffix("").as_posix()
    for path in HTML.rglob("*.html")
    if "_static" not in path.parts and path != HTML / "index.html"  # which only leads on
)
SETTLED = 500  # milliseconds: 300 after a change of width the theme looks which boxes scroll


def test_the_pages_are_all_that_a_reader_can_come_to():
    assert {f"book/{name}" for name in (*CHAPTERS, "references", "api")} <= set(PAGES)
    assert {"404", "search", "genindex", "py-modindex", "_modules/index"} <= set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page, name):
    page = open_page(f"../{name}", reduced_motion="reduce")  # else it sees a button change colour
    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(SETTLED)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("html")).to_have_attribute("data-theme", scheme)
            assert violations(page) == [], (width, scheme)


def test_axe_is_asked_for_targets_that_a_finger_hits(open_page):
    page = open_page("keys")
    style = "position: fixed; top: 300px; width: 9px; height: 9px; padding: 0; overflow: hidden"
    page.evaluate(
        """(style) => [300, 310].forEach((x) => document.querySelector("main").insertAdjacentHTML(
               "beforeend", `<button style="${style}; left: ${x}px">x</button>`))""",
        style,
    )
    assert any(fault.startswith("target-size: ") for fault in violations(page, "main"))
