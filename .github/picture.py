"""`make picture`: the picture of a page that the README shows."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]


def main():
    """Open the section on averaging, unfold the second solution, show its figure."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        page.goto((ROOT / "_build/html/book/averaging.html").as_uri())
        page.locator("div.solution .toggle-button").nth(1).click()
        page.wait_for_timeout(500)
        figure = page.locator("div.solution figure.picture").first
        figure.scroll_into_view_if_needed()
        page.mouse.wheel(0, 40)
        page.wait_for_timeout(500)
        page.screenshot(path=ROOT / ".github/page.png")
        browser.close()


if __name__ == "__main__":
    main()
