"""A page's text as plain Markdown, such as Jupyter and Colab show: no directive, role or label.

It is made from the resolved doctree, in which numbers, citations and references already stand.
What it does not know is a warning, and so fails the build, rather than something raw in a notebook.
"""

import re
from html import escape as html
from posixpath import join
from urllib.parse import quote, urljoin

from docutils import nodes
from sphinx.locale import admonitionlabels
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

logger = logging.getLogger(__name__)

ONLY_IN_THE_PAGE = {"page-only", "lab-progress", "toctree-wrapper"}
# What Markdown would take for its own, anywhere and at a line's start. A bracket is escaped only
# where it must be: some notebooks take an escaped one for a formula.
SPECIAL = re.compile(r"[\\`*_<&$]|~(?=~)|\](?=[(\[:])")
AT_THE_START = re.compile(r"^(?:[-+=#>]|\d+[.)](?=\s|$))", re.MULTILINE)
LANGUAGES = {"ipython3": "python", "default": "", "none": "", "text": ""}
BEGINS, ENDS = "<details>", "</details>"  # of what is folded
LISTS = (nodes.bullet_list, nodes.enumerated_list)
MARKS = {"strong": "**", "emphasis": "*"}
TAGS = {"subscript": "sub", "superscript": "sup"}


class Markdown:
    """Turns the nodes of one page into Markdown."""

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

    def blocks(self, parent):
        """The blocks in a node, one below the other."""
        return self.below(parent.children)

    def below(self, children):
        """Blocks, one below the other. What stands between two lists keeps them apart."""
        shown, last = [], None
        for node in children:
            if isinstance(node, LISTS) and type(node) is type(last):
                shown.append("<!-- -->")
            shown.append(self.block(node))
            last = node
        return "\n\n".join(filter(None, shown))

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
            f"A notebook cannot show a {type(node).__name__} yet. Write it in another way, wrap it "
            "in {div} of the class page-only, or teach attention_lab/site/markdown.py.",
            location=node,
        )
        return ""

    def nothing(self, node):
        """What a reader of the page does not see either."""
        return ""

    on_target = on_comment = on_index = on_substitution_definition = on_colspec = nothing

    # In a line

    def on_Text(self, node):  # noqa: N802 - as docutils calls it
        """Words, with nothing in them that Markdown would take for its own."""
        return SPECIAL.sub(r"\\\g<0>", node.astext())

    def on_inline(self, node):
        """Words with a meaning, but no look, of their own."""
        return self.text(node)

    on_abbreviation = on_generated = on_inline

    def on_strong(self, node):
        """Bold or slanted words."""
        mark = MARKS[type(node).__name__]
        return f"{mark}{self.text(node)}{mark}"

    on_emphasis = on_strong

    def on_subscript(self, node):
        """Raised or lowered words."""
        tag = TAGS[type(node).__name__]
        return f"<{tag}>{self.text(node)}</{tag}>"

    on_superscript = on_subscript

    def on_literal(self, node):
        """A piece of code, in more backticks than it holds."""
        code = node.astext()
        fence = "`" * (1 + max(map(len, re.findall("`+", code)), default=0))
        room = " " if code.startswith("`") or code.endswith("`") else ""
        return f"{fence}{room}{code}{room}{fence}"

    def on_math(self, node):
        """A formula in a line."""
        return f"${one_line(node.astext())}$"

    def on_reference(self, node):
        """A link to where the published page has what is meant."""
        words = self.text(node)
        link = self.link(node.get("refuri") or f"#{node['refid']}")
        return words.replace(words.strip(), f"[{words.strip()}]({link})", 1)

    def on_download_reference(self, node):
        """A link to a file that the site offers."""
        return f"[{self.text(node)}]({self.address(join('_downloads', node['filename']))})"

    def link(self, address):
        """An address as it stands in the page, for somebody who is elsewhere."""
        found = urljoin(f"/{self.page}", address)
        return self.site + found[1:] if found.startswith("/") else found

    def address(self, name):
        """Where a file of the site is."""
        return self.site + quote(name)

    # Blocks

    def on_paragraph(self, node):
        """A paragraph, none of whose lines begins like something else."""
        lines = "\n".join(line.strip() for line in self.text(node).splitlines())
        return AT_THE_START.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", lines)

    on_term = on_rubric = on_paragraph

    def on_literal_block(self, node):
        """Code to read, in a longer fence than it holds."""
        language, code = node.get("language", ""), node.astext().rstrip("\n")
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
        return f"{fence}{LANGUAGES.get(language, language)}\n{code}\n{fence}"

    on_doctest_block = on_literal_block

    def on_math_block(self, node):
        """A formula of its own, in one line, since it may stand in a quotation."""
        number = get_node_equation_number(self, node) if node["number"] else ""
        tag = rf" \tag{{{number}}}" if number else ""
        return f"$${one_line(node.astext())}{tag}$$"

    def on_bullet_list(self, node):
        """A list."""
        return self.listed(node, lambda n: "- ")

    def on_enumerated_list(self, node):
        """A list with numbers."""
        first = node.get("start", 1)
        return self.listed(node, lambda n: f"{first + n}. ")

    def listed(self, node, mark):
        """The items, with what hangs below each set in as far as its mark is wide."""
        items = [self.blocks(item) for item in node.children]
        loose = any(len(item.children) > 1 for item in node.children)
        shown = [
            mark(n) + item.replace("\n", "\n" + " " * len(mark(n))) for n, item in enumerate(items)
        ]
        return re.sub(r"(?m)^ +$", "", ("\n\n" if loose else "\n").join(shown))

    def on_table(self, node):
        """A table of one heading row."""
        rows = [[self.entry(entry) for entry in row] for row in node.findall(nodes.row)]
        if not any(node.findall(nodes.thead)):
            rows.insert(0, [""] * len(rows[0]))
        rows.insert(1, ["---"] * len(rows[0]))
        caption = [self.on_caption(title) + "\n" for title in node.findall(nodes.title)]
        return "\n".join(caption + ["| " + " | ".join(row) + " |" for row in rows])

    def entry(self, node):
        """An entry, in one line. A bar would end it, and in a formula it cannot be escaped."""
        for formula in node.findall(nodes.math):
            if "|" in formula.astext():
                logger.warning("In a table write \\vert for | in a formula.", location=node)
        return one_line(self.blocks(node)).replace("|", r"\|")

    def on_Admonition(self, node):  # noqa: N802 - as docutils calls it
        """A box: quoted, or folded where the page folds it."""
        titled = isinstance(node.children[0], nodes.title)
        name = type(node).__name__
        title = self.text(node.children[0]) if titled else admonitionlabels.get(name, name)
        body = self.below(node.children[titled:])
        if "dropdown" in node["classes"]:
            return folded(title, body)
        return quoted(f"**{title}**\n\n{body}")

    on_topic = on_sidebar = on_Admonition

    def on_block_quote(self, node):
        """A quotation."""
        return quoted(self.blocks(node))

    def on_attribution(self, node):
        """Who said it."""
        return f"— {self.text(node)}"

    def on_dropdown_main(self, node):
        """What unfolds at a click."""
        title, *rest = node.children
        words = next(title.findall(nodes.inline))
        return folded(words.astext(), self.below(rest))

    def on_section(self, node):
        """The text of a box, which sphinx-exercise calls a section."""
        return self.blocks(node)

    def on_container(self, node):
        """What is in it, unless only the page can do something with it."""
        return "" if ONLY_IN_THE_PAGE & set(node["classes"]) else self.blocks(node)

    on_compound = on_container

    def on_definition_list(self, node):
        """Words, each with what it means."""
        return self.blocks(node)

    def on_definition_list_item(self, node):
        """A word, then what it means, set in."""
        term, *definitions = node.children
        meaning = "\n\n".join(self.blocks(definition) for definition in definitions)
        return f"**{self.text(term)}**\n\n{quoted(meaning)}"

    def on_transition(self, node):
        """A line across."""
        return "---"

    def on_raw(self, node):
        """HTML, which notebooks show as pages do; what is for other formats is for neither."""
        shown = "html" in node["format"].split() and not ONLY_IN_THE_PAGE & set(node["classes"])
        return node.astext().strip() if shown else ""

    def on_image(self, node):
        """A picture, which the published page has; Sphinx has written its address there."""
        return f"![{one_line(node.get('alt', ''))}]({self.link(node['uri'])})"

    def on_caption(self, node):
        """What a figure, a table or a listing shows, with its number if it has one."""
        kind = type(node.parent).__name__
        number = self.builder.fignumbers.get(kind, {}).get("".join(node.parent["ids"][:1]))
        words = self.text(node)
        if number:
            form = self.builder.config.numfig_format[kind]
            words = f"{form % '.'.join(map(str, number))} {words}"
        return f"**{words}**"

    on_figure = on_legend = on_section


def one_line(text):
    """Text without line breaks."""
    return " ".join(text.split())


def quoted(text):
    """Each line behind a bar."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def folded(title, text):
    """Text below a title that unfolds it. The blank lines make Markdown of what is between them."""
    return f"{BEGINS}\n<summary>{html(title, quote=False)}</summary>\n\n{text}\n\n{ENDS}"
