"""What several tests share: the built book, and a browser to read it with."""

import contextlib
import functools
import gzip
import http.server
import os
import shutil
import threading
from pathlib import Path

import pytest
import yaml
from hypothesis import Phase, settings

ROOT = Path(__file__).parents[1]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
PAGES = [Path(page).name for page in (TOC["root"], *(entry["file"] for entry in TOC["chapters"]))]


def _has_cells(page):
    return "\nkernelspec:" in (ROOT / f"book/{page}.md").read_text("utf-8").partition("\n# ")[0]


CHAPTERS = tuple(filter(_has_cells, PAGES))
# As strict as a school may be: nothing from elsewhere, and no text becomes code but WebAssembly.
# The theme has scripts and styles in its pages.
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'"
)

# The first example pays for the import of torch, which says nothing about our code.
settings.register_profile("lab", deadline=None)
# Where a test is expected to fail, the first example is as good as the smallest.
settings.register_profile("mutants", deadline=None, phases=[Phase.explicit, Phase.generate])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "lab"))


@pytest.fixture(scope="session")
def site():
    """The folder of the built book. `make test` builds it before the tests run."""
    folder = ROOT / "_build/html"
    assert (folder / "index.html").exists(), "There is no built book. Run `make book` first."
    return folder


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site as a host does: compressed, under a policy. Says nothing."""

    def end_headers(self):
        """Every answer carries the policy, a worker's script too."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_GET(self):
        """A file, compressed; anything else as usual."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture(scope="session")
def pages(site):
    """Every page of the site by its path below the site's top, parsed: to be read, not changed."""
    from bs4 import BeautifulSoup

    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
        if site / "_static" not in path.parents
    }


@contextlib.contextmanager
def answering(handler):
    """A server on a free port of this machine, which answers as a handler does; its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def serving(folder):
    """A folder as a host serves it: the address, for as long as the context lasts."""
    return answering(functools.partial(Handler, directory=str(folder)))


@pytest.fixture(scope="session")
def address(site):
    """Where the chapters are served on this machine."""
    with serving(site) as host:
        yield f"{host}/book"


@pytest.fixture(scope="session")
def published(tmp_path_factory):
    """The book as CI publishes it for ada/attention, served on this machine, which is its site."""
    from tests.published import publish

    with publish(tmp_path_factory.mktemp("published")) as site:
        yield site


@pytest.fixture(scope="session")
def colab(tmp_path_factory):
    """A virtual environment with what Colab has, and none of ours."""
    from tests.fresh import Fresh

    fresh = Fresh(tmp_path_factory.mktemp("colab"))
    assert "attention-lab" not in fresh.packages
    return fresh


@pytest.fixture
def open_page(browser, address):
    """Open a page; afterwards look at what it asked for and what went wrong."""
    asked, faults, contexts = [], [], []

    def opener(name, width=1280, *, hash="", before="", **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        if before:
            page.add_init_script(before)
        page.goto(f"{address}/{name}.html{hash}", wait_until="networkidle")
        return page

    yield opener
    for context in contexts:
        context.close()
    host = address.removesuffix("/book")
    assert [url for url in asked if not url.startswith((host, "data:", "blob:"))] == []
    assert faults == []


@pytest.fixture(scope="session")
def browser():
    """A real Chromium. In CI a missing one is a failure; elsewhere a sentence says what to do."""
    from playwright.sync_api import sync_playwright

    from attention_lab.pdf.printing import BROWSERS

    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        missing = "There is no Chromium here; on Debian: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def page_python(browser, address):
    """The Python of the page, in a page of the built book."""
    from tests.worker import PagePython

    page = browser.new_page()
    page.goto(f"{address}/keys.html")
    yield PagePython(page)
    page.close()
