"""The built pages in the order of ``_toc.yml``, each reduced to what can stand on paper."""

from pathlib import Path

from bs4 import BeautifulSoup
from sphinx_external_toc.parsing import parse_toc_yaml

# What is only for the screen.
SCREEN_ONLY = (
    ".headerlink, .lab-launch, .lab-progress, .page-only, .toctree-wrapper, .viewcode-link, "
    ".sd-summary-state-marker, .numbers, script, data"
)


class Page:
    """A page of the book.

    Attributes:
        name: as in ``_toc.yml``, ``book/keys``.
        html: the whole page.
        article: what is to be read on it.
    """

    def __init__(self, name, html):
        self.name = name
        self.html = BeautifulSoup(html, "html.parser")
        self.article = self.html.select_one("article.bd-article")
        if self.article is None:
            raise ValueError(f"Expected an article.bd-article in {name}.html; there is none.")
        for element in self.article.select(SCREEN_ONLY):
            element.decompose()

    @property
    def id(self):
        """What the page is called within the one document."""
        return self.name.replace("/", "-")

    @property
    def title(self):
        """Its first heading, in words."""
        return words(self.article.h1)

    @property
    def styles(self):
        """The addresses of its style sheets, as seen from the page."""
        return [link["href"] for link in self.html.select('head link[rel~="stylesheet"]')]


def words(element):
    """The text of an element in one line.

    >>> words(BeautifulSoup("<h1> Copying,<br> <b>softly</b></h1>", "html.parser").h1)
    'Copying, softly'
    """
    return " ".join(element.get_text().split())


def read_pages(site, toc):
    """Read the pages of a built site.

    Args:
        site: its folder.
        toc: the ``_toc.yml`` that it was built from.

    Returns:
        A list of Page.

    Raises:
        FileNotFoundError: a page is not there.
    """
    return [Page(name, _text(Path(site, f"{name}.html"))) for name in order(toc)]


def order(toc):
    """The names of a book's pages, as ``_toc.yml`` orders them."""
    book = parse_toc_yaml(toc)

    def below(name):
        yield name
        for tree in book[name].subtrees:
            for item in tree.items:
                if item in book:  # and no address of another site
                    yield from below(item)

    return list(below(book.root.docname))


def _text(path):
    if not path.exists():
        raise FileNotFoundError(
            f"Expected the page {path}; it is not there. `make book` builds it."
        )
    return path.read_text("utf-8")
