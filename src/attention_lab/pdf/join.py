"""All pages of a built book as one HTML document, ready to be printed."""

from html import escape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse

from bs4 import BeautifulSoup

from attention_lab.pdf.contents import contents, title_page
from attention_lab.pdf.links import connect
from attention_lab.pdf.pages import read_pages
from attention_lab.pdf.unfolding import unfold

STYLE = Path(__file__).with_name("whole.css")
DOCUMENT = """\
<!DOCTYPE html>
<html lang="{lang}" data-theme="light" data-mode="light" class="whole-book">
<head>
<meta charset="utf-8">
<title>{title}</title>
{links}
<style>
{style}
</style>
</head>
<body>
{first}
<main class="bd-main"><div class="bd-content"><div class="bd-article-container">
</div></div></main>
</body>
</html>
"""
# The chapter's title at the head of each of its pages: a page box of its own for each chapter.
NAMED_PAGE = """\
#{id} {{ page: {id}; }}
@page {id} {{ @top-left {{ content: "{title}"; }} }}
"""


def join(site, toc, about, address=None):
    """Join the pages of a built site.

    Args:
        site: its folder.
        toc: the ``_toc.yml`` that it was built from.
        about: Dict with ``title``, ``about``, ``author`` and ``version``, for the first page.
        address: where the site is published, or None.

    Returns:
        The document, a BeautifulSoup. Its links of class ``on-page`` are empty: there the number
        of the page that they lead to is to stand.
    """
    pages = read_pages(site, toc)
    for page in pages:
        unfold(page.article)
    connect(pages, address)
    text = DOCUMENT.format(
        lang=pages[0].html.html.get("lang", "en"),
        title=escape(about["title"]),
        links="\n".join(_sheets(site, pages)),
        style=STYLE.read_text("utf-8") + "".join(map(_named_page, pages)),
        first=f"{title_page(**about)}\n{contents(pages)}",
    )
    document = BeautifulSoup(text, "html.parser")
    document.select_one(".bd-article-container").extend(page.article for page in pages)
    return document


def _sheets(site, pages):
    """A link to each style sheet that a page has, in their order."""
    found = {}
    for page in pages:
        for style in page.styles:
            path = unquote(urlparse(urljoin(f"/{page.name}.html", style)).path)
            found[Path(site, path.lstrip("/")).resolve().as_uri()] = None
    return [f'<link rel="stylesheet" href="{escape(address)}">' for address in found]


def _named_page(page):
    title = page.title.replace("\\", "\\\\").replace('"', '\\"')
    return NAMED_PAGE.format(id=page.id, title=title)
