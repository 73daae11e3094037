"""Links within one document: each id once, and what led from page to page leads to a place here."""

import re
from urllib.parse import unquote, urldefrag, urljoin

NAMED = ("aria-labelledby", "aria-describedby", "for", "headers")  # attributes that list ids
WITHIN = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")  # as in clip-path and in style
ROOT = "https://book.invalid/"  # stands for the site's folder while addresses are resolved


def connect(pages, address=None):
    """Make the ids of all pages different and the links between the pages internal.

    Args:
        pages: a list of Page; their articles are changed.
        address: where the site is published, for links to what is no page of the book. Where that
            is not known they become plain text.

    Raises:
        ValueError: a link leads to an id that is not on its page; says which.
    """
    known = {page.name: _rename(page) for page in pages}
    for page in pages:
        for element in page.article.find_all(True):
            _point_inside(element, page)
        for link in page.article.select("a[href]"):
            _lead(link, page, known, address)


def _rename(page):
    """Give each id its page's name; return those that there were. A second one of a name goes."""
    known = set()
    for element in page.article.select("[id]"):
        if element["id"] in known:
            del element["id"]
        else:
            known.add(element["id"])
            element["id"] = _within(page.id, element["id"])
    page.article["id"] = page.id
    return known


def _within(page, name):
    return f"{page}--{name}"


def _point_inside(element, page):
    """References of an element to ids of its own page, all but links."""
    for attribute in NAMED:
        if attribute in element.attrs:
            names = " ".join(element.get_attribute_list(attribute)).split()
            element[attribute] = " ".join(_within(page.id, name) for name in names)
    if element.get("xlink:href", "").startswith("#"):
        element["xlink:href"] = f"#{_within(page.id, element['xlink:href'][1:])}"
    for attribute, text in element.attrs.items():
        if isinstance(text, str) and "url(" in text:
            element[attribute] = WITHIN.sub(
                lambda found: f"url(#{_within(page.id, found[1])})", text
            )


def _lead(link, page, known, address):
    """A link of a page: to a place in the document, to another site, or to the published one."""
    target, name = urldefrag(urljoin(f"{ROOT}{page.name}.html", link["href"]))
    if not target.startswith(ROOT):
        return
    path = target.removeprefix(ROOT)
    there = path.removesuffix(".html")
    if there in known:
        name = unquote(name)
        if name and name not in known[there]:
            raise ValueError(f"{page.name}: expected #{name} on {path}; it is not there.")
        start = there.replace("/", "-")
        link.attrs = {"href": f"#{_within(start, name) if name else start}"} | _class_of(link)
    elif address:
        link["href"] = urljoin(address, path) + (f"#{name}" if name else "")
    else:
        link.unwrap()


def _class_of(link):
    return {"class": link["class"]} if "class" in link.attrs else {}
