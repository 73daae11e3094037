"""The links below a title on built pages: for every reader, and from every clone."""

import subprocess
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from tests.axe import violations
from tests.cells import code, run
from tests.conftest import CHAPTERS
from tests.launching import Target, behind_binder, behind_colab
from tests.tiny import GOOD, HEADER, TinyBook

PAGE = HEADER + "```{code-cell}\nx = 1\n```\n\n```{code-cell}\n:tags: [runnable]\n\nprint(x)\n```\n"
TOC = """\
format: jb-book
root: book/page
chapters:
  - file: book/other
  - file: book/plain
"""
NOWHERE = {"GITHUB_REPOSITORY": "", "GITHUB_REF_NAME": "", "GITHUB_BASE_REF": "", "SITE_URL": ""}
SERVICES = ["Open in Colab (new tab)", "Open in Binder (new tab)"]
DOWNLOAD, EDIT = "Download notebook", "Edit on GitHub (new tab)"
PACKAGE = "Download its package"
LINKS = ".lab-launch a"
NO_PROXY = "http://127.0.0.1:9"  # where nothing listens; a new tab's request cannot be routed


def tiny_book(folder):
    """Two notebooks and a page that is none."""
    book = TinyBook(folder)
    (folder / "_toc.yml").write_text(TOC)
    book.write_page(PAGE)
    (folder / "book/other.md").write_text(GOOD)
    (folder / "book/plain.md").write_text("# Plain\n\nOnly prose.\n")
    return book


def build(book, **environment):
    """Build it, with no other origin than the one given; returns what was said."""
    built = book.build(**(NOWHERE | environment))
    assert built.returncode == 0, built.stdout + built.stderr
    return built.stdout


def links_of(book):
    """Each page's links: {page: {words: address}}."""
    found = {}
    for path in sorted((book.folder / "_build/html/book").glob("*.html")):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        found[path.stem] = {link.get_text(): link["href"] for link in page.select(LINKS)}
    return found


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A book that is built where CI says where it lives."""
    book = tiny_book(tmp_path_factory.mktemp("launch"))
    build(book, GITHUB_REPOSITORY="ada-1815/attention", GITHUB_REF_NAME="course/spring")
    return book


def test_every_link_ends_at_a_file_that_is_published_or_in_the_repository(book):
    pages = links_of(book)
    html, repository = book.folder / "_build/html", "https://github.com/ada-1815/attention"
    assert list(pages["plain"]) == [EDIT]
    for page in ("page", "other"):
        links = pages[page]
        assert list(links) == [*SERVICES, DOWNLOAD, EDIT]
        published = behind_colab(links[SERVICES[0]])
        assert published == Target(repository, "gh-pages", f"notebooks/{page}.ipynb")
        environment, opened = behind_binder(links[SERVICES[1]])
        assert environment == Target(repository, "binder", "")
        assert opened == published
        assert (html / published.path).is_file()
        assert (html / "book" / links[DOWNLOAD]).resolve() == html / published.path
    for page, links in pages.items():
        start = f"{repository}/edit/course/spring/"
        assert links[EDIT].startswith(start)
        source = book.folder / links[EDIT].removeprefix(start)
        assert source.resolve() == book.folder / f"book/{page}.md"
        assert source.is_file()


def test_another_remote_changes_every_link_and_nothing_runs_again(tmp_path):
    """As in a fork: the same files, built again after git's remote was set to another place."""
    book = tiny_book(tmp_path)
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "remote", "add", "origin", "https://github.com/ada-1815/a"], check=True)
    build(book)
    before = links_of(book)
    fork = "git@github.com:Bob-1847/Fork.of-it.git"
    subprocess.run([*git, "remote", "set-url", "origin", fork], check=True)
    assert "Executing notebook" not in build(book)
    after = links_of(book)
    assert before.keys() == after.keys() == {"page", "other", "plain"}
    for page, links in after.items():
        assert links.keys() == before[page].keys()
        for words, address in links.items():
            assert ("Bob-1847/Fork.of-it" in unquote(unquote(address))) == (words != DOWNLOAD)
    for path in (tmp_path / "_build/html").rglob("*.*"):
        if path.suffix in (".html", ".js", ".ipynb", ".xml"):
            assert "ada-1815" not in path.read_text("utf-8").lower(), path
    subprocess.run([*git, "remote", "remove", "origin"], check=True)
    build(book)
    package = tmp_path / "_build/html/book" / unquote(links_of(book)["page"][PACKAGE])
    assert package.resolve().parent == tmp_path / "_build/html/notebooks"
    assert package.suffix == ".whl"
    assert package.is_file()
    assert {page: list(links) for page, links in links_of(book).items()} == {
        "page": [DOWNLOAD, PACKAGE],
        "other": [DOWNLOAD, PACKAGE],
        "plain": [],
    }


@pytest.fixture
def tiny_page(book, browser):
    """The page of the tiny book, opened from its file; nothing gets from there to the internet."""
    contexts = []

    def opener(width=1280, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, proxy={"server": NO_PROXY}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto((book.folder / "_build/html/book/page.html").as_uri())
        return page

    yield opener
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_links_can_be_read_and_hit_and_axe_finds_nothing(tiny_page, width, scheme):
    page = tiny_page(width, color_scheme=scheme)
    expect(page.locator("html")).to_have_attribute("data-theme", scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    line = page.get_by_role("navigation", name="This page elsewhere")
    for name in (*SERVICES, DOWNLOAD, EDIT):
        box = line.get_by_role("link", name=name, exact=True).bounding_box()
        assert min(box["width"], box["height"]) >= 24
    title = page.locator("article h1").bounding_box()
    assert 0 <= line.bounding_box()["y"] - title["y"] - title["height"] < 48


def test_the_links_are_reached_by_key_in_order_and_the_focus_is_seen(tiny_page):
    page = tiny_page()
    page.locator("article h1").click()  # from where Tab goes on
    page.keyboard.press("Tab")  # to the title's own link
    for name in (*SERVICES, DOWNLOAD, EDIT):
        page.keyboard.press("Tab")
        link = page.locator(".lab-launch").get_by_role("link", name=name, exact=True)
        expect(link).to_be_focused()
        assert link.evaluate("link => getComputedStyle(link).outlineStyle") != "none"


def test_the_links_are_there_without_scripts_and_not_on_paper(tiny_page):
    page = tiny_page(java_script_enabled=False)
    expect(page.locator(LINKS).filter(visible=True)).to_have_count(4)
    page.emulate_media(media="print")
    expect(page.locator(LINKS).filter(visible=True)).to_have_count(0)


def test_a_cell_that_cannot_run_leads_to_colab_beside_the_page_and_the_text_stays(tiny_page, book):
    page = tiny_page()
    asked = []
    page.context.on("request", lambda request: asked.append(request.url))
    cell = page.locator(".lab-cell")
    run(cell, "mine = 7")
    links = [*cell.locator("a").all(), page.locator(LINKS).first]
    assert len(links) == 3  # what is said of the stand-in, what is said of the fault, the title's
    for link in links:
        with page.expect_popup():
            link.click()
        assert asked.pop() == links_of(book)["page"][SERVICES[0]]
        assert code(cell).input_value() == "mine = 7"
        assert page.url.endswith("/book/page.html")


def test_from_a_file_the_notebook_opens_beside_the_page(tiny_page):
    """No browser saves a file that lies on the disk already; but the page shall stay."""
    page = tiny_page()
    with page.expect_popup() as opened:
        page.get_by_role("link", name=DOWNLOAD, exact=True).click()
    assert opened.value.url.endswith("/_build/html/notebooks/page.ipynb")
    assert page.url.endswith("/book/page.html")


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_s_notebook_is_saved_under_its_name(open_page, site, name):
    """In the built book, whether or not it knows where it lives."""
    page = open_page(name, 390)
    with page.expect_download() as saved:
        page.locator(".lab-launch").get_by_role("link", name=DOWNLOAD, exact=True).click()
    assert saved.value.suggested_filename == f"{name}.ipynb"
    assert saved.value.path().read_bytes() == (site / f"notebooks/{name}.ipynb").read_bytes()
    assert len(page.context.pages) == 1


@pytest.mark.parametrize("name", ["references", "api"])
def test_a_page_without_cells_offers_no_notebook(open_page, name):
    page = open_page(name)
    assert page.locator(LINKS).all_text_contents() in ([], [EDIT])
