"""The first pages: what the book is called, and what is where."""

from html import escape

from attention_lab.pdf.pages import words

TITLE = """\
<header class="title-page">
<p class="book-title">{title}</p>
<p class="book-about">{about}</p>
<p class="book-version">{author}<br>Version {version}</p>
</header>"""
LINE = """\
<li><div class="line"><a href="#{id}">{title}</a><span class="dots"></span>\
<a class="on-page" href="#{id}"></a></div>"""


def title_page(title, about, author, version):
    """The first page, as HTML."""
    return TITLE.format(
        title=escape(title), about=escape(about), author=escape(author), version=escape(version)
    )


def contents(pages):
    """The table of contents: each page, and the sections of each.

    Args:
        pages: a list of Page, whose ids are those of the document.

    Returns:
        HTML; the numbers of the pages are left out, for printing to fill in.
    """
    lines = "\n".join(_entry(page) for page in pages)
    return f'<nav class="what-is-where">\n<h1>Contents</h1>\n<ul>\n{lines}\n</ul>\n</nav>'


def _entry(page):
    sections = "".join(
        f"{_line(heading.parent['id'], words(heading))}</li>\n"
        for heading in page.article.select("section > h2")
    )
    inner = f"\n<ul>\n{sections}</ul>" if sections else ""
    return f"{_line(page.id, page.title)}{inner}</li>"


def _line(name, title):
    return LINE.format(id=name, title=escape(title))
