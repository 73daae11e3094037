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
# where it must be: some notebooks take an escaped one for a formula. And some, unlike the rest,
# strike out what is between two single tildes.
SPECIAL = re.compile(r"[\\`*_<&$~]|\](?=[(\[:])")
ALT = re.compile(rf"{SPECIAL.pattern}|[\[\]]")
ESCAPED = r"\\\g<0>"
AT_THE_START = re.compile(r"^(?:[-+=#>]|\d+[.)](?=\s|$))", re.MULTILINE)
LANGUAGES = {"ipython3": "python", "default": "", "none": "", "text": ""}
BEGINS, ENDS = "<details>", "</details>"  # of what is folded
LISTS = (nodes.bullet_list, nodes.enumerated_list)
ALIGNED = {"text-left": ":--", "text-center": ":-:", "text-right": "--:"}  # as MyST says it
IN_AN_ENTRY = (nodes.paragraph, nodes.image, nodes.math_block, nodes.raw, nodes.Invisible)
COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")  # in a formula, where \% is a percent sign
BLANK = re.compile(r"\n\s*\n")  # ends HTML in Markdown
# An address in HTML that depends on where the page is. "#x" does too.
NEARBY = re.compile(r"""<[^>]*\s(?:href|src)\s*=\s*["']?(?!["']|https?:|mailto:|data:)""")


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
        """Blocks, one below the other."""
        pairs = zip([None, *children], children)
        shown = [part for last, node in pairs for part in (between(last, node), self.block(node))]
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
            f"A notebook cannot show a {type(node).__name__} yet. Write it in another way, put it "
            "between `:::{div} page-only` and `:::`, or teach src/attention_lab/site/markdown.py.",
            location=located(node),
        )
        return ""

    def nothing(self, node):
        """What a reader of the page does not see either."""
        return ""

    on_target = on_comment = on_index = on_substitution_definition = on_colspec = nothing

    # In a line

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
        fence = "`" * (1 + max(map(len, re.findall("`+", code)), default=0))
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

    # Blocks

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
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
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

    on_sd_tab_input = nothing

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

    def on_image(self, node):
        """A picture, which the published page has; Sphinx has written its address there."""
        alt, link = one_line(node.get("alt", "")), self.link(node["uri"])
        if "width" in node:
            return f'<img src="{html(link)}" alt="{html(alt)}" width="{html(node["width"])}">'
        return f"![{ALT.sub(ESCAPED, alt)}]({link})"

    def on_caption(self, node):
        """What a figure, a table or a listing shows, with its number if it has one."""
        return f"**{self.title(node)}**"

    on_figure = on_legend = on_section


def between(last, node):
    """What keeps two lists apart, which would else be one."""
    return "<!-- -->" if isinstance(node, LISTS) and type(node) is type(last) else ""


def located(node):
    """The node, or the nearest around it that knows its line in the source."""
    while node.line is None and node.parent is not None:
        node = node.parent
    return node


def one_line(text):
    """Text without line breaks."""
    return " ".join(text.split())


def quoted(text):
    """Each line behind a bar."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def formula(node):
    """A formula in one line, without its author's comments: they would hide what follows."""
    return one_line(COMMENT.sub(r"\1", node.astext()))


def aligned(entry):
    """The mark below a column's heading."""
    return next((ALIGNED[name] for name in entry["classes"] if name in ALIGNED), "---")


def as_html(node):
    """Words where no Markdown is read: code and formulas as such, nothing else with a look."""
    if isinstance(node, nodes.Text):
        return html(node.astext(), quote=False)
    if isinstance(node, nodes.math):
        return f"${html(formula(node), quote=False)}$"
    inside = "".join(map(as_html, node.children))
    return f"<code>{inside}</code>" if isinstance(node, nodes.literal) else inside


def folded(title, text):
    """Text below a title, in HTML, that unfolds it. Blank lines make Markdown of the text."""
    return f"{BEGINS}\n<summary>{title}</summary>\n\n{text}\n\n{ENDS}"
