"""The pages that no file of the book stands for: its bare address, and what answers a wrong one.

A host shows ``404.html`` for whatever it does not have, at any depth, so its links begin where the
site does. The bare address leads to the first page; it also says what the book is to those who
look at an address and do not follow it.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from attention_lab.site.description import beginning

# What is relative to a page's own address; where in the page it stays is not.
RELATIVE = re.compile(r"""((?:href|src|action|data-content_root)=")(?![a-z]+:|[/#])(?:\./)?""")


def setup(app):
    """Write both as Sphinx writes its index."""
    app.connect("html-collect-pages", _pages)
    app.connect("build-finished", _place_links, priority=850)  # when stylesheet.py has linked


def _pages(app):
    yield "404", {"title": "No such page"}, "missing.html"
    first = app.config.root_doc
    if first != "index":
        about = beginning(app.env.get_doctree(first))
        yield "index", {"title": app.config.project, "lab_description": about}, "front.html"


def _place_links(app, exception):
    if exception or app.builder.format != "html":
        return
    page = Path(app.outdir, "404.html")
    site = urlsplit(app.config.lab_origin.site or "/").path
    page.write_text(placed(page.read_text("utf-8"), site), "utf-8")


def placed(html, site):
    """A page whose links begin where the site does, so that it can stand for any address.

    Args:
        html: the page, as it lies at the site's top.
        site: the path of the site on its host; it ends in a slash.

    >>> placed('<a href="book/a.html#b"><a href="#c"><img src="./d.svg">', "/attention/")
    '<a href="/attention/book/a.html#b"><a href="#c"><img src="/attention/d.svg">'
    """
    return RELATIVE.sub(rf"\g<1>{site}", html)
