"""What a page says, as Markdown: read again by a Markdown parser it says the same."""

from types import SimpleNamespace

import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from sphinx import addnodes

from attention_lab.site.inline import as_html
from attention_lab.site.markdown import Markdown, folded, quoted

BUILDER = SimpleNamespace(get_target_uri=lambda page: f"{page}.html", images={}, fignumbers={})
WRITER = Markdown(BUILDER, "book/copying", "https://ada.github.io/attention/")
# Everything that Markdown could take for its own, between letters, digits and spaces.
WORDS = (
    st.text(alphabet="abé 1.)*_`[](){}<>&;#~|!+-=$\\:/'\"", min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
CODE = st.text(alphabet="ab `*$\\_|", min_size=1).filter(lambda text: text == text.strip() != "")
FORMULA = st.sampled_from(["x", r"e^{-2}", r"\alpha_i", r"q \cdot k", "a < b"])


def parser():
    """As CommonMark says, with the tables, strikethrough and formulas of notebooks."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(dollarmath_plugin)


def read_inline(tokens):
    """Inline tokens as a list of (kind, text); what is bold or slanted is flat here."""
    said, kind = [], "text"
    for token in tokens:
        if token.type in ("strong_open", "em_open"):
            kind = token.tag
        elif token.type in ("strong_close", "em_close"):
            kind = "text"
        elif token.type == "softbreak":
            said.append((kind, " "))
        elif token.type in ("code_inline", "math_inline"):
            said.append((token.type, token.content))
        else:
            assert token.type == "text", token
            if token.content:
                said.append((kind, token.content))
    return together(said)


def together(said):
    """Neighbours of the same kind as one."""
    joined = []
    for kind, text in said:
        if joined and joined[-1][0] == kind == "text":
            joined[-1] = (kind, joined[-1][1] + text)
        else:
            joined.append((kind, text))
    return joined


KINDS = {
    "text": nodes.Text,
    "strong": lambda text: nodes.strong("", "", nodes.Text(text)),
    "em": lambda text: nodes.emphasis("", "", nodes.Text(text)),
    "code_inline": lambda text: nodes.literal("", text),
    "math_inline": lambda text: nodes.math("", text),
}
INLINE = st.one_of(
    st.tuples(st.sampled_from(["strong", "em"]), WORDS),
    st.tuples(st.just("code_inline"), CODE),
    st.tuples(st.just("math_inline"), FORMULA),
)


@given(WORDS)
def test_plain_words_stay_what_they_are(words):
    shown = WRITER.block(nodes.paragraph("", words))
    (opening, line, closing) = parser().parse(shown)
    assert (opening.type, closing.type) == ("paragraph_open", "paragraph_close")
    assert read_inline(line.children) == [("text", words)]


def test_single_tildes_strike_nothing_out():
    """In JupyterLab they would; the parser here wants two."""
    assert WRITER.block(nodes.paragraph("", "~/a to ~/b")) == r"\~/a to \~/b"


@given(WORDS, INLINE, WORDS)
def test_words_between_others_keep_their_look(before, middle, after):
    said = [("text", f"{before} "), middle, ("text", f" {after}")]
    paragraph = nodes.paragraph("", "", *(KINDS[kind](text) for kind, text in said))
    (_, line, _) = parser().parse(WRITER.block(paragraph))
    assert read_inline(line.children) == together(said)


@given(st.lists(WORDS, min_size=2, max_size=4))
def test_lines_of_a_paragraph_stay_lines_of_it(lines):
    paragraph = nodes.paragraph("", "\n".join(lines))
    (_, line, _) = parser().parse(WRITER.block(paragraph))
    assert read_inline(line.children) == [("text", " ".join(lines))]


@given(st.lists(st.text(alphabet="ab `~\t#", max_size=9), min_size=1, max_size=5), st.booleans())
def test_code_stays_as_it_is_even_in_a_quotation(lines, in_a_quotation):
    code = "\n".join(lines).rstrip("\n")
    shown = WRITER.block(nodes.literal_block(code, code, language="python"))
    if in_a_quotation:
        shown = quoted(shown)
        code = "\n".join(line.rstrip() for line in code.splitlines())
    fences = [token for token in parser().parse(shown) if token.type == "fence"]
    assert [(fence.info, fence.content.rstrip("\n")) for fence in fences] == [
        ("python", code.rstrip("\n"))
    ]


@pytest.mark.parametrize(
    ("language", "shown"),
    [("ipython3", "python"), ("default", ""), ("none", ""), ("bash", "bash")],
)
def test_a_language_is_called_as_markdown_calls_it(language, shown):
    block = nodes.literal_block("", "x", language=language)
    assert WRITER.block(block) == f"```{shown}\nx\n```"


LEAF = WORDS.map(lambda words: ("paragraph", words))
TREE = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.tuples(st.just("blockquote"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(
            st.sampled_from(["bullet_list", "ordered_list"]),
            st.lists(st.lists(inner, min_size=1, max_size=2), min_size=1, max_size=3),
        ),
    ),
    max_leaves=8,
)
LISTS = {"bullet_list": nodes.bullet_list, "ordered_list": nodes.enumerated_list}


def as_nodes(tree):
    kind, inside = tree
    if kind == "paragraph":
        return nodes.paragraph("", inside)
    if kind == "blockquote":
        return nodes.block_quote("", *map(as_nodes, inside))
    items = [nodes.list_item("", *map(as_nodes, item)) for item in inside]
    return LISTS[kind]("", *items)


def as_read(tokens):
    """The blocks of a list of tokens, as a tree of the same form."""
    blocks = []
    while tokens and not tokens[0].type.endswith("_close"):
        token = tokens.pop(0)
        kind = token.type.removesuffix("_open")
        if kind == "paragraph":
            (words,) = read_inline(tokens.pop(0).children)
            blocks.append((kind, words[1]))
        elif kind == "html_block":  # what keeps two lists apart
            assert token.content.strip() == "<!-- -->"
            continue
        elif kind == "blockquote":
            blocks.append((kind, as_read(tokens)))
        elif kind == "list_item":
            blocks.append(as_read(tokens))
        else:
            assert kind in LISTS, kind
            blocks.append((kind, as_read(tokens)))
        tokens.pop(0)
    return blocks


@given(TREE)
def test_lists_and_quotations_in_each_other_stay_where_they_are(tree):
    shown = WRITER.block(as_nodes(tree))
    assert as_read(parser().parse(shown)) == [tree]


def test_a_list_with_numbers_begins_where_it_began():
    items = [nodes.list_item("", nodes.paragraph("", word)) for word in "ab"]
    assert WRITER.block(nodes.enumerated_list("", *items, start=9)) == "9. a\n10. b"


@given(TREE)
def test_what_is_folded_is_markdown_inside(tree):
    shown = folded(as_html(nodes.Text("A <title>")), WRITER.block(as_nodes(tree)))
    tokens = parser().parse(shown)
    opening, closing = tokens.pop(0), tokens.pop()
    assert opening.content.split("\n")[:2] == [
        "<details>",
        "<summary>A &lt;title&gt;</summary>",
    ]
    assert closing.content == "</details>"
    assert as_read(tokens) == [tree]


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=5))
def test_a_table_keeps_its_entries(rows):
    def row(words):
        return nodes.row("", *(nodes.entry("", nodes.paragraph("", word)) for word in words))

    head, *body = map(row, rows)
    group = nodes.tgroup("", nodes.thead("", head), nodes.tbody("", *body), cols=3)
    shown = WRITER.block(nodes.table("", group))
    lines = [token for token in parser().parse(shown) if token.type == "inline"]
    assert [read_inline(line.children) for line in lines] == [
        [("text", word)] for words in rows for word in words
    ]


@pytest.mark.parametrize(
    ("attributes", "link"),
    [
        (
            {"refuri": "keys.html#sec-keys"},
            "https://ada.github.io/attention/book/keys.html#sec-keys",
        ),
        ({"refuri": "../index.html"}, "https://ada.github.io/attention/index.html"),
        ({"refuri": "#ex-121"}, "https://ada.github.io/attention/book/copying.html#ex-121"),
        (
            {"refid": "equation-ratio"},
            "https://ada.github.io/attention/book/copying.html#equation-ratio",
        ),
        ({"refuri": "https://example.org/a?b#c"}, "https://example.org/a?b#c"),
        ({"refuri": ""}, "https://ada.github.io/attention/book/copying.html"),  # the page itself
        ({"refuri": "https://example.org/a)_(b)"}, "https://example.org/a%29_%28b%29"),
    ],
)
def test_a_link_leads_to_the_published_page(attributes, link):
    reference = nodes.reference("", " there", **attributes)
    assert WRITER.block(reference) == f" [there]({link})"


def test_where_no_site_is_known_a_link_leads_to_the_page_beside_the_notebooks():
    local = Markdown(BUILDER, "book/copying", "../")
    assert local.block(nodes.reference("", "x", refuri="keys.html")) == "[x](../book/keys.html)"


def test_a_formula_of_its_own_stands_in_one_line_with_its_number():
    """In a quotation a second line would begin with the quotation's mark."""
    config = SimpleNamespace(math_numfig=False, numfig=False)
    writer = Markdown(SimpleNamespace(**vars(BUILDER), config=config), "book/copying", "../")
    block = nodes.math_block("", "a =\n  b", number=3, label="x")
    assert writer.block(block) == r"$$a = b \tag{3}$$"
    block["number"] = None
    assert writer.block(block) == "$$a = b$$"


@pytest.mark.parametrize("name", ["page-only", "lab-progress"])
def test_what_only_the_page_can_do_is_left_out(name):
    box = nodes.container("", nodes.paragraph("", "The page counts."), classes=[name])
    assert WRITER.block(box) == ""


def test_html_is_kept_and_what_is_for_other_formats_is_not():
    assert WRITER.block(nodes.raw("", "<hr>", format="html")) == "<hr>"
    assert WRITER.block(nodes.raw("", r"\hrule", format="latex")) == ""


def test_a_formula_has_no_comments_which_in_one_line_would_hide_the_rest():
    assert (
        WRITER.block(nodes.math("", "50\\% % half\n+ x \\\\% break\n+ y")) == "$50\\% + x \\\\ + y$"
    )


def test_words_in_a_fold_s_title_are_html_since_no_markdown_is_read_there():
    title = nodes.title("", "a_b < ", nodes.math("", "x < y"), nodes.literal("", "c_d"))
    title += nodes.reference("", "*e", refuri="https://example.org")
    assert as_html(title) == "a_b &lt; $x &lt; y$<code>c_d</code>*e"
    box = nodes.admonition("", title, nodes.paragraph("", "f"), classes=["dropdown"])
    assert f"<summary>{as_html(title)}</summary>" in WRITER.block(box)


@pytest.mark.parametrize(
    ("kind", "shown"),
    [(addnodes.literal_strong, "**ls**"), (addnodes.literal_emphasis, "*ls*")],
)
def test_a_look_that_sphinx_adds_is_that_of_the_nearest_known(kind, shown):
    assert WRITER.block(kind("", "ls")) == shown


@given(st.text(alphabet="ab[]()*_`$<>!\\", min_size=1))
def test_an_image_keeps_its_description(words):
    (_, line, _) = parser().parse(WRITER.block(nodes.image(alt=words, uri="dot.png")))
    (image,) = line.children
    assert image.type == "image"
    assert "".join(token.content for token in image.children) == words


def test_an_image_keeps_its_width():
    image = nodes.image(alt='a "dot"', uri="../_images/dot.png", width="50%")
    assert WRITER.block(image) == (
        '<img src="https://ada.github.io/attention/_images/dot.png" alt="a &quot;dot&quot;" '
        'width="50%">'
    )


def test_html_is_one_piece_for_markdown_which_a_blank_line_would_end():
    assert WRITER.block(nodes.raw("", "<p>\n\n    a\n\n</p>", format="html")) == "<p>\n    a\n</p>"
    listing = "<pre>\n\na</pre>"
    assert WRITER.block(nodes.raw("", listing, format="html")) == listing


ENTRY = nodes.entry("", nodes.paragraph("", "a"), nodes.paragraph("", "b|c"))


def test_paragraphs_of_an_entry_are_lines_of_it():
    assert WRITER.entry(ENTRY) == r"a<br>b\|c"


@pytest.mark.parametrize(
    ("node", "warning"),
    [
        (nodes.line_block(), "cannot show a line_block yet"),
        (nodes.raw("", '<img src="dot.png">', format="html"), "in HTML write a whole address"),
        (nodes.raw("", "<a class=x href = keys.html>", format="html"), "write a whole address"),
        (nodes.entry("", nodes.bullet_list()), "holds words, no lists"),
        (nodes.entry("", nodes.paragraph(), morecols=1), "no entries of several cells"),
        (nodes.entry("", nodes.paragraph("", "", nodes.math("", "|x|"))), r"write \vert for |"),
    ],
)
def test_what_a_notebook_cannot_show_is_a_warning(node, warning, caplog):
    (WRITER.entry if isinstance(node, nodes.entry) else WRITER.block)(node)
    (said,) = caplog.messages
    assert warning in said


def test_a_warning_says_in_which_line(caplog):
    part = nodes.line_block()
    box = nodes.container("", nodes.container("", part))
    box.line = 7
    WRITER.block(part)
    (record,) = caplog.records
    assert record.location in (box, "<unknown>:7")  # as it is, or as Sphinx shows it


@pytest.mark.parametrize(
    "html", ['<a href="https://example.org">', "<a name='x'>", '<p title="src=x">', "a src=x"]
)
def test_html_that_leads_nowhere_or_everywhere_is_fine(html, caplog):
    assert WRITER.block(nodes.raw("", html, format="html")) == html
    assert caplog.messages == []
