"""What stands in a line of a page, as plain Markdown: words, code, formulas, links, pictures."""

import re
from html import escape as html
from posixpath import join
from urllib.parse import quote, urljoin

from docutils import nodes
from sphinx.util import logging

logger = logging.getLogger(__name__)

# What Markdown would take for its own. A bracket is escaped only where it must be: some notebooks
# take an escaped one for a formula. And some, unlike the rest, strike out what is between two
# single tildes.
SPECIAL = re.compile(r"[\\`*_<&$~]|\](?=[(\[:])")
ALT = re.compile(rf"{SPECIAL.pattern}|[\[\]]")
ESCAPED = r"\\\g<0>"
COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")  # in a formula, where \% is a percent sign


class Inline:
    """Turns the nodes of a line into Markdown; ``markdown.py`` adds the blocks."""

    def __init__(self, builder, page, site):
        """Know where links lead.

        Args:
            builder: Sphinx's, which knows how pages, images and numbers are called.
            page: the page's name, ``"book/copying"``.
            site: the address that all pages start with; ends in a slash.
        """
        self.builder = builder
        self.site = site
        self.page = builder.get_target_uri(page)

    def text(self, parent):
        """What stands in one line of a node."""
        return "".join(map(self.block, parent.children))

    def block(self, node):
        """A node as Markdown, by the method for its class or the nearest class above."""
        for kind in type(node).__mro__:
            method = getattr(self, f"on_{kind.__name__}", None)
            if method:
                return method(node)
        return self.unknown(node)

    def unknown(self, node):
        """Fail the build: a reader would see something raw, or miss something."""
        logger.warning(
            f"A notebook cannot show a {type(node).__name__} yet. Write it in another way, put it "
            "between `:::{div} page-only` and `:::`, or teach src/attention_lab/site/markdown.py.",
            location=located(node),
        )
        return ""

    def nothing(self, node):
        """What a reader of the page does not see either."""
        return ""

    on_target = on_comment = on_index = on_substitution_definition = on_colspec = nothing

    def on_Text(self, node):  # noqa: N802 - as docutils calls it
        """Words, with nothing in them that Markdown would take for its own."""
        return SPECIAL.sub(ESCAPED, node.astext())

    def on_inline(self, node):
        """Words with a meaning, but no look, of their own."""
        return self.text(node)

    on_abbreviation = on_generated = on_inline

    def on_strong(self, node):
        """Bold words."""
        return f"**{self.text(node)}**"

    def on_emphasis(self, node):
        """Slanted words."""
        return f"*{self.text(node)}*"

    def on_subscript(self, node):
        """Lowered words."""
        return f"<sub>{self.text(node)}</sub>"

    def on_superscript(self, node):
        """Raised words, and the number of a footnote, in the text and before the footnote."""
        return f"<sup>{self.text(node)}</sup>"

    on_footnote_reference = on_label = on_superscript

    def on_literal(self, node):
        """A piece of code, in more backticks than it holds."""
        code = node.astext()
        fence = fence_for(code)
        room = " " if code.startswith("`") or code.endswith("`") else ""
        return f"{fence}{room}{code}{room}{fence}"

    def on_math(self, node):
        """A formula in a line."""
        return f"${formula(node)}$"

    def on_reference(self, node):
        """A link to where the published page has what is meant."""
        words = self.text(node)
        link = self.link(node["refuri"] if "refuri" in node else f"#{node['refid']}")
        return words.replace(words.strip(), f"[{words.strip()}]({link})", 1)

    def on_download_reference(self, node):
        """A link to a file that the site offers."""
        return f"[{self.text(node)}]({self.address(join('_downloads', node['filename']))})"

    def link(self, address):
        """An address as it stands in the page, for somebody who is elsewhere."""
        found = urljoin(f"/{self.page}", address)
        found = self.site + found[1:] if found.startswith("/") else found
        return found.replace("(", "%28").replace(")", "%29")  # Markdown ends a link at one

    def address(self, name):
        """Where a file of the site is."""
        return self.site + quote(name)

    def on_image(self, node):
        """A picture, which the published page has; Sphinx has written its address there."""
        alt, link = one_line(node.get("alt", "")), self.link(node["uri"])
        if "width" in node:
            return f'<img src="{html(link)}" alt="{html(alt)}" width="{html(node["width"])}">'
        return f"![{ALT.sub(ESCAPED, alt)}]({link})"


def located(node):
    """The node, or the nearest around it that knows its line in the source."""
    while node.line is None and node.parent is not None:
        node = node.parent
    return node


def one_line(text):
    """Text without line breaks."""
    return " ".join(text.split())


def fence_for(code, least=1):
    """More backticks than stand together anywhere in the code.

    >>> fence_for("a `b`"), fence_for("a", least=3)
    ('``', '```')
    """
    return "`" * max(least, 1 + max(map(len, re.findall("`+", code)), default=0))


def formula(node):
    """A formula in one line, without its author's comments: they would hide what follows."""
    return one_line(COMMENT.sub(r"\1", node.astext()))


def as_html(node):
    """Words where no Markdown is read: code and formulas as such, nothing else with a look."""
    if isinstance(node, nodes.Text):
        return html(node.astext(), quote=False)
    if isinstance(node, nodes.math):
        return f"${html(formula(node), quote=False)}$"
    inside = "".join(map(as_html, node.children))
    return f"<code>{inside}</code>" if isinstance(node, nodes.literal) else inside
