"""`make picture`: the picture of a page that the README shows."""

import sys
from pathlib import Path

from attention_lab.pdf.printing import chromium

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.page import served  # noqa: E402


def main():
    """Serve the book, for a page from a file cannot ask the judge, and take the picture."""
    with served() as address, chromium() as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        page.goto(f"{address}/averaging.html")
        take(page)


def take(page):
    """The playground of 1.3.2, a step louder than the window allows, with the judge's reason."""
    playground = page.locator("attention-playground").first
    playground.get_by_role("button", name="the window closes").click()
    playground.get_by_role("slider", name="Loudness").press("ArrowRight")
    playground.locator(".pg-why:not(:empty)").wait_for()
    playground.evaluate(
        "node => window.scrollTo(0, node.getBoundingClientRect().top + scrollY - 90)"
    )
    page.screenshot(path=ROOT / ".github/page.png")


if __name__ == "__main__":
    main()
