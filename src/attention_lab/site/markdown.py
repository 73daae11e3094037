"""A page's text as plain Markdown, such as Jupyter and Colab show: no directive, role or label.

It is made from the resolved doctree, in which numbers, citations and references already stand.
What it does not know is a warning, and so fails the build, rather than something raw in a notebook.
"""

import re

from docutils import nodes
from sphinx.locale import admonitionlabels
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from attention_lab.site.inline import Inline, as_html, fence_for, formula, one_line

logger = logging.getLogger(__name__)

ONLY_IN_THE_PAGE = {"page-only", "lab-progress", "toctree-wrapper"}
# At the start of a line these would begin a list, a heading or a quotation.
AT_THE_START = re.compile(r"^(?:[-+=#>]|\d+[.)](?=\s|$))", re.MULTILINE)
LANGUAGES = {"ipython3": "python", "default": "", "none": "", "text": ""}
BEGINS, ENDS = "<details>", "</details>"  # of what is folded
LISTS = (nodes.bullet_list, nodes.enumerated_list)
ALIGNED = {"text-left": ":--", "text-center": ":-:", "text-right": "--:"}  # as MyST says it
IN_AN_ENTRY = (nodes.paragraph, nodes.image, nodes.math_block, nodes.raw, nodes.Invisible)
BLANK = re.compile(r"\n\s*\n")  # ends HTML in Markdown
# An address in HTML that depends on where the page is. "#x" does too.
NEARBY = re.compile(r"""<[^>]*\s(?:href|src)\s*=\s*["']?(?!["']|https?:|mailto:|data:)""")


class Markdown(Inline):
    """Turns the nodes of one page into Markdown."""

    def blocks(self, parent):
        """The blocks in a node, one below the other."""
        return self.below(parent.children)

    def below(self, children):
        """Blocks, one below the other."""
        pairs = zip([None, *children], children)
        shown = [part for last, node in pairs for part in (between(last, node), self.block(node))]
        return "\n\n".join(filter(None, shown))

    def on_paragraph(self, node):
        """A paragraph, none of whose lines begins like something else."""
        lines = "\n".join(line.strip() for line in self.text(node).splitlines())
        return AT_THE_START.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", lines)

    on_term = on_paragraph

    def on_rubric(self, node):
        """A heading that is in no list of contents."""
        return f"**{self.text(node)}**"

    def on_literal_block(self, node):
        """Code to read, in a longer fence than it holds."""
        language, code = node.get("language", ""), node.astext().rstrip("\n")
        fence = fence_for(code, least=3)
        return f"{fence}{LANGUAGES.get(language, language)}\n{code}\n{fence}"

    on_doctest_block = on_literal_block

    def on_math_block(self, node):
        """A formula of its own, in one line, since it may stand in a quotation."""
        number = get_node_equation_number(self, node) if node["number"] else ""
        tag = rf" \tag{{{number}}}" if number else ""
        return f"$${formula(node)}{tag}$$"

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
        rows = [list(row.children) for row in node.findall(nodes.row)]
        shown = [[self.entry(entry) for entry in row] for row in rows]
        if not any(node.findall(nodes.thead)):
            shown.insert(0, [""] * len(rows[0]))
        shown.insert(1, [aligned(entry) for entry in rows[-1]])
        caption = [self.on_caption(title) + "\n" for title in node.findall(nodes.title)]
        return "\n".join(caption + ["| " + " | ".join(row) + " |" for row in shown])

    def entry(self, node):
        """An entry, in one line. A bar would end it, and in a formula it cannot be escaped."""
        for math in node.findall(nodes.math):
            if "|" in math.astext():
                logger.warning("In a table write \\vert for | in a formula.", location=node)
        if {"morecols", "morerows"} & set(node.attributes):
            logger.warning("A notebook's table has no entries of several cells.", location=node)
        if not all(isinstance(block, IN_AN_ENTRY) for block in node.children):
            logger.warning("A notebook's table holds words, no lists or boxes.", location=node)
        blocks = filter(None, map(self.block, node.children))
        return "<br>".join(map(one_line, blocks)).replace("|", r"\|")

    def on_Admonition(self, node):  # noqa: N802 - as docutils calls it
        """A box: quoted, or folded where the page folds it."""
        titled = isinstance(node.children[0], nodes.title)
        title = node.children[0] if titled else self.label(node)
        body = self.below(node.children[titled:])
        if "dropdown" in node["classes"]:
            return folded(f"{self.number(node)}{as_html(title).strip()}", body)
        return quoted(f"**{self.title(title)}**\n\n{body}")

    on_topic = on_sidebar = on_Admonition

    def label(self, node):
        """What Sphinx writes above a box without a title, such as "Note"."""
        name = type(node).__name__
        return nodes.title("", str(admonitionlabels.get(name, name)))

    def title(self, node):
        """A title, behind the number that the page shows."""
        number = self.number(node.parent) if node.parent else ""
        return f"{number}{self.text(node).strip()}".strip()

    def number(self, node):
        """What Sphinx writes before a title, "Exercise 1 ": nothing where nothing is counted."""
        if isinstance(node, nodes.section):
            return self.section_number(node)
        name = "".join(node["ids"][:1])
        kind = name and self.builder.env.get_domain("std").get_enumerable_node_type(node)
        found = self.builder.fignumbers.get(kind, {}).get(name)
        if not found:
            return ""
        return self.builder.config.numfig_format[kind] % ".".join(map(str, found)) + " "

    def section_number(self, node):
        """Where the table of contents is ``numbered``: "2.1. "; a page's title has no anchor."""
        numbers = self.builder.secnumbers
        found = numbers.get(f"#{node['ids'][0]}") or numbers.get("")
        suffix = self.builder.config.html_secnumber_suffix
        return ".".join(map(str, found)) + suffix if found else ""

    def on_versionmodified(self, node):
        """Since when something is there."""
        return quoted(self.blocks(node))

    def on_block_quote(self, node):
        """A quotation."""
        return quoted(self.blocks(node))

    def on_attribution(self, node):
        """Who said it."""
        return f"— {self.text(node)}"

    def on_dropdown_main(self, node):
        """What unfolds at a click."""
        title, *rest = node.children
        return folded(as_html(next(title.findall(nodes.inline))), self.below(rest))

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

    def on_footnote(self, node):
        """A footnote, behind its number."""
        number, *rest = node.children
        return f"{self.block(number)} {self.below(rest)}"

    def on_sd_tab_label(self, node):
        """The title of a tab: a notebook shows tabs one below the other."""
        return f"**{self.text(node)}**"

    on_sd_tab_input = Inline.nothing

    def on_transition(self, node):
        """A line across."""
        return "---"

    def on_raw(self, node):
        """HTML, which notebooks show as pages do; what is for other formats is for neither."""
        shown = "html" in node["format"].split() and not ONLY_IN_THE_PAGE & set(node["classes"])
        if not shown:
            return ""
        html = node.astext().strip()
        if NEARBY.search(html):
            logger.warning(
                "A notebook is elsewhere: in HTML write a whole address, https://…, or write a "
                "link or an image in Markdown.",
                location=node,
            )
        return html if html.startswith("<pre") else BLANK.sub("\n", html)

    def on_caption(self, node):
        """What a figure, a table or a listing shows, with its number if it has one."""
        return f"**{self.title(node)}**"

    on_figure = on_legend = on_section


def between(last, node):
    """What keeps two lists apart, which would else be one."""
    return "<!-- -->" if isinstance(node, LISTS) and type(node) is type(last) else ""


def quoted(text):
    """Each line behind a bar."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def aligned(entry):
    """The mark below a column's heading."""
    return next((ALIGNED[name] for name in entry["classes"] if name in ALIGNED), "---")


def folded(title, text):
    """Text below a title, in HTML, that unfolds it. Blank lines make Markdown of the text."""
    return f"{BEGINS}\n<summary>{title}</summary>\n\n{text}\n\n{ENDS}"
