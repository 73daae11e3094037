"""What a page is about, in a sentence or two: what search engines show below its title.

It is the page's own beginning, in most chapters what a reader will do and learn there. An author
who wants another says so in the front matter, as ``myst: {html_meta: {description: …}}``.
"""

from html import escape

from docutils import nodes

# Pages whose title only their template knows.
BY_TEMPLATE = {"genindex": "Index", "search": "Search", "py-modindex": "Modules"}
LONGEST = 160  # characters: those who show it cut off what is beyond


def setup(app):
    """Describe each page when its text stands."""
    app.connect("html-page-context", _describe)


def _describe(app, page, template, context, doctree):
    """Say it in a ``<meta>``, and leave it in the context for the card."""
    said = _said_by_author(doctree) if doctree else None
    if said is None:
        said = context.get("lab_description") or (beginning(doctree) if doctree else "")
        said = said or f"{title_of(app, page, context)}: a page of {app.config.project}."
        context["metatags"] = context.get("metatags", "") + meta("name", "description", said)
    context["lab_description"] = said


def title_of(app, page, context):
    """A page's title without markup."""
    if page in app.env.titles:
        return app.env.titles[page].astext()
    return context.get("title") or BY_TEMPLATE.get(page, page)


def meta(kind, name, content):
    r"""A ``<meta>`` element; ``kind`` is ``name`` or ``property``.

    >>> meta("name", "description", 'What "q" is')
    '<meta name="description" content="What &quot;q&quot; is" />\n'
    """
    return f'<meta {kind}="{name}" content="{escape(content)}" />\n'


def _said_by_author(doctree):
    """What the front matter says, or None."""
    for node in doctree.findall(nodes.meta):
        if node.get("name") == "description":
            return node["content"]
    return None


def beginning(doctree):
    """The first paragraphs of a page, as many as fit; of one that is too long, its beginning.

    Args:
        doctree: the page's.

    Returns:
        Text without markup, of at most ``LONGEST`` characters; empty where there is none.
    """
    said = ""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.citation):
            continue  # a list of references does not say what it is
        longer = f"{said} {' '.join(paragraph.astext().split())}".strip()
        if said and len(longer) > LONGEST:
            break
        said = longer
    return shortened(said)


def shortened(text):
    """A text cut at the end of a sentence, or else of a word, where it is too long.

    >>> shortened("One sentence. " + 40 * "And another ")
    'One sentence.'
    >>> shortened(40 * "word ")[-10:]
    'word word…'
    """
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST]
    if ". " in kept:
        return kept[: kept.rindex(". ") + 1]
    return kept[: kept.rindex(" ")] + "…"
