"""How pages look where the theme alone would look worse: measured in a browser."""

import re

import pytest

from attention_lab.site.mathml import to_mathml

SPACE = '<mspace width="0.167em"/>'
COLOURS = """() => ["table.table a", ".admonition a"].map((which) =>
    getComputedStyle(document.querySelector(`.bd-article ${which}`)).color)"""
# How far the link to a source reaches below its signature, and whether it meets what stands there.
SOURCES = """() => [...document.querySelectorAll("dt.sig")].filter((dt) => dt.querySelector(
    ".viewcode-link")).map((dt) => {
        const link = dt.querySelector(".viewcode-link").getBoundingClientRect();
        const words = [...dt.children].filter((one) => !one.querySelector(".viewcode-link"));
        const gaps = words.flatMap((word) => [...word.getClientRects()])
            .filter((box) => box.bottom > link.top && box.top < link.bottom)
            .map((box) => link.left - box.right);
        return [link.bottom - dt.getBoundingClientRect().bottom, Math.min(...gaps, 99)];
    })"""
# Whether the first letter of a line in a signature is a comma.
COMMAS = """() => [...document.querySelectorAll("dt.sig")].filter((dt) =>
    [...dt.childNodes].some((node) => {
        if (node.nodeType !== Node.TEXT_NODE || !node.data.startsWith(",")) return false;
        const range = document.createRange();
        range.setStart(node, 0);
        range.setEnd(node, 1);
        const before = node.previousSibling.getClientRects();
        return range.getBoundingClientRect().top > before[before.length - 1].bottom - 2;
    })).map((dt) => dt.textContent)"""
# How far captions reach out of the boxes of their tables, which scroll.
CAPTIONS = """() => [...document.querySelectorAll(".numbers caption")].map((caption) => {
    caption.closest("details").open = true;
    const box = caption.closest(".numbers > div");
    box.scrollLeft = 60;
    const inner = box.getBoundingClientRect(), outer = caption.getBoundingClientRect();
    return [box.scrollLeft, outer.left - inner.left, outer.right - inner.right];
})"""
INSIDE = """() => [...document.querySelectorAll(".pg")].flatMap((frame) => {
    const edge = frame.getBoundingClientRect().right;
    return [...frame.querySelectorAll("input, select, button, table")]
        .filter((one) => one.getBoundingClientRect().right > edge)
        .map((one) => one.outerHTML);
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_links_in_tables_have_the_colour_of_those_in_boxes(open_page, scheme):
    in_table, in_box = open_page("index", color_scheme=scheme).evaluate(COLOURS)
    assert in_table == in_box


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_link_to_a_source_keeps_its_distance(open_page, width):
    found = open_page("api", width).evaluate(SOURCES)
    assert len(found) > 20
    for below, beside in found:
        assert below <= 0.5
        assert beside >= 8


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_no_line_of_a_signature_begins_with_a_comma(open_page, width):
    assert open_page("api", width).evaluate(COMMAS) == []


def test_nothing_on_the_page_of_functions_is_described_by_its_kind(site):
    text = re.sub(r"<[^>]+>", "", (site / "book/api.html").read_text("utf-8"))
    assert "Alias for field number" not in text
    assert "Convert a number or string" not in text


def test_the_caption_of_a_wide_table_is_in_sight(open_page):
    page = open_page("loudness", 390)
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    found = page.evaluate(CAPTIONS)
    assert any(scrolled > 20 for scrolled, *_ in found)
    for _, left, right in found:
        assert left >= -1
        assert right <= 1


@pytest.mark.parametrize("name", ["copying", "interactions"])
def test_no_control_of_a_playground_is_outside_of_its_frame(open_page, name):
    for width in (1280, 390, 320):
        assert open_page(name, width).evaluate(INSIDE) == []


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (r"\log n", f"<mi>log</mi>{SPACE}<mi>n</mi>"),
        (r"2 \ln 16", f"<mn>2</mn>{SPACE}<mi>ln</mi>{SPACE}<mn>16</mn>"),
        (r"\frac{1}{2} \ln 3", f"</mfrac>{SPACE}<mi>ln</mi>{SPACE}<mn>3</mn>"),
        (r"\alpha_i \log \alpha_i", f"</msub>{SPACE}<mi>log</mi>{SPACE}<msub>"),
        (r"-\log(n)", '<mo>−</mo><mi>log</mi><mo stretchy="false">'),
    ],
)
def test_the_name_of_a_function_stands_apart(formula, shown):
    assert shown in to_mathml(formula).replace("&#x02212;", "−").replace(">-<", ">−<")


def test_a_number_with_a_comma_within_is_one_number():
    assert "<mrow><mn>10,001,000</mn></mrow>" in to_mathml("10{,}001{,}000")
    listed = to_mathml("(1,2)")  # two numbers
    assert "<mn>1</mn>" in listed
    assert "<mn>2</mn>" in listed


def test_the_space_before_a_link_is_not_underlined(site):
    html = (site / "book/copying.html").read_text("utf-8")
    assert 'Solution to <a class="reference internal" href="#ex-121">Exercise (1.2.1' in html
