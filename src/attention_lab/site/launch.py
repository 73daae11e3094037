"""From a page to its notebook, and to its source: a line of links below the title.

They are plain links, there without scripts. The first one leads to the notebook by the best way
there is; the cells that run in the page show it again where they lack something.
"""

from html import escape
from typing import NamedTuple
from urllib.parse import quote, urlencode

from attention_lab.site.executed import is_notebook
from attention_lab.site.notebooks import notebook_file, wheel_file
from attention_lab.site.origin import ENVIRONMENT, PUBLISHED

LINE = '<nav class="lab-launch d-print-none" aria-label="This page elsewhere"><ul>{}</ul></nav>'
# All open beside the book: what a reader has tried out on the page stays as it is. A download does
# so only where the page was opened from a file: browsers then show a file instead of saving it.
ITEM = '<li><a href="{address}" target="_blank" rel="noopener"{how}>{words}</a></li>'
NEW_TAB = '<span class="visually-hidden"> (new tab)</span>'


def setup(app):
    """Put the line into each page of the book when the page is written."""
    app.connect("html-page-context", _put_line)


class Link(NamedTuple):
    """Where to, and what is written on it."""

    words: str
    address: str
    download: bool = False


def _put_line(app, page, template, context, doctree):
    if doctree is None:  # the search, or a module's source
        return
    notebook = notebook_file(page) if is_notebook(app.env, page) else None
    source = app.env.doc2path(page, base=False)
    found = links(app.config.lab_origin, source, notebook, wheel_file(app))
    shown = [link._replace(address=_from_here(link, context)) for link in found]
    context["body"] = below_title(context["body"], line(shown))


def _from_here(link, context):
    """A link's address as seen from the page: what is downloaded lies on the site."""
    return context["pathto"](quote(link.address), 1) if link.download else link.address


def links(origin, source, notebook=None, package=None):
    """Where a page leads to; what needs a repository is left out where none is known.

    Args:
        origin: an Origin.
        source: the page's file in the repository.
        notebook: its notebook, below the site's root, if it has one.
        package: the package's wheel, below the site's root: it must lie beside a notebook that does
            not know from which site it is.

    Returns:
        List of Links, the best way to the notebook first.
    """
    found = []
    if notebook and origin.repository:
        found.append(Link("Open in Colab", colab(origin, notebook)))
        found.append(Link("Open in Binder", binder(origin, notebook)))
    if notebook:
        found.append(Link("Download notebook", notebook, download=True))
    if notebook and not origin.site:
        found.append(Link("Download its package", package, download=True))
    if origin.repository:
        found.append(Link("Edit on GitHub", edit(origin, source)))
    return found


def colab(origin, notebook):
    """Colab reads a published notebook from GitHub by itself.

    >>> from attention_lab.site.origin import Origin
    >>> colab(Origin("ada", "attention"), "notebooks/x.ipynb")
    'https://colab.research.google.com/github/ada/attention/blob/gh-pages/notebooks/x.ipynb'
    """
    path = quote(f"{origin.owner}/{origin.name}/blob/{PUBLISHED}/{notebook}")
    return f"https://colab.research.google.com/github/{path}"


def binder(origin, notebook):
    """Binder starts the rarely changed environment; in it nbgitpuller fetches what is published.

    One address is wrapped in another, three times: mybinder sends the browser to its server's
    ``urlpath``, nbgitpuller there sends it on to its own, and that is a path of JupyterLab's. What
    is fetched stands in a folder with the repository's name.
    """
    lab = quote(f"lab/tree/{origin.name}/{notebook}")
    pull = {"repo": origin.repository, "branch": PUBLISHED, "urlpath": lab}
    server = {"urlpath": f"git-pull?{urlencode(pull)}"}
    path = quote(f"{origin.owner}/{origin.name}/{ENVIRONMENT}")
    return f"https://mybinder.org/v2/gh/{path}?{urlencode(server)}"


def edit(origin, source):
    """GitHub's editor for a file; whoever may not write there is led to a fork of theirs."""
    return f"{origin.repository}/edit/{quote(f'{origin.branch}/{source}')}"


def line(links):
    """The links as HTML; nothing where there are none."""
    items = "".join(
        ITEM.format(
            address=escape(address),
            how=" download" if download else "",
            words=words if download else words + NEW_TAB,
        )
        for words, address, download in links
    )
    return LINE.format(items) if items else ""


def below_title(body, line):
    """A page's HTML with the line below its title; at its beginning where it has no title."""
    before, title_end, after = body.partition("</h1>")
    return f"{before}{title_end}\n{line}{after}" if title_end else f"{line}\n{body}"
