"""`make picture`: the picture of a page that the README shows."""

import functools
import http.server
import shutil
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]


def main():
    """Serve the book, for a page from a file cannot ask the judge, and take the picture."""
    handler = functools.partial(
        http.server.SimpleHTTPRequestHandler, directory=str(ROOT / "_build/html")
    )
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": 1200, "height": 800})
            page.goto(f"http://127.0.0.1:{server.server_port}/book/averaging.html")
            take(page)
            browser.close()
        server.shutdown()


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
