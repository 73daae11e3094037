"""The one style sheet: what no page uses is gone, and nothing looks different for it."""

import pytest
from fontTools.ttLib import TTFont

from attention_lab.site.icons import FULL, icons_in
from attention_lab.site.pruning import pruned, words_used
from attention_lab.site.stylesheet import FONT, OURS, THEIRS
from tests.conftest import ROOT
from tests.tiny import TinyBook

STATIC = ROOT / "_build/html/_static"
# What each element looks like, what stands before and behind it included.
LOOKS = """() => {
    document.getAnimations().forEach((one) => one.finish());
    const seen = ["display", "position", "color", "backgroundColor", "font", "content",
        "margin", "padding", "border", "width", "height", "float", "opacity", "visibility",
        "textDecorationLine", "listStyle", "flex", "gap", "gridTemplateColumns", "overflow",
        "boxShadow", "whiteSpace", "verticalAlign", "zIndex", "transform", "order"];
    const all = document.querySelectorAll("body *:not(svg *, script, math *)");
    return [...all].flatMap((one) => ["", "::before", "::after"].map((part) => {
        const style = getComputedStyle(one, part || null);
        const looks = part && style.content === "none" ? [] : seen.map((name) => style[name]);
        return `${one.tagName}.${one.className} ${part} ${looks.join("|")}`;
    }));
}"""
SWAP = """(sheets) => Promise.all(sheets.map((sheet) => new Promise((done) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: `../_static/${sheet}`, onload: done });
    document.head.append(link);
}))).then(() => {
    document.querySelector('link[href*="lab.css"]').remove();
    document.body.offsetWidth; // so that the browser knows that it needs the other font
    return document.fonts.ready.then(() => true);
})"""


def linked(names):
    """The sheets of these names that the build has, as addresses."""
    return [
        path.relative_to(STATIC).as_posix() for name in names for path in sorted(STATIC.glob(name))
    ]


@pytest.mark.parametrize("name", ["copying", "words", "api", "references", "../search"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_looks_as_with_all_sheets(open_page, name, width):
    page = open_page(name, width, reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    lean = page.evaluate(LOOKS)
    root = "./" if name.startswith("..") else "../"
    page.evaluate(SWAP.replace("../_static", f"{root}_static"), linked((*THEIRS, *OURS)))
    full = page.evaluate(LOOKS)
    assert len(lean) > 300
    different = [pair for pair in zip(lean, full, strict=True) if pair[0] != pair[1]]
    assert not different, "\n".join(different[0])


def test_it_is_less_than_half_of_what_it_is_made_from():
    whole = sum((STATIC / name).stat().st_size for name in linked((*THEIRS, *OURS)))
    assert (STATIC / "lab.css").stat().st_size < whole / 2


def test_every_icon_that_the_sheet_shows_is_in_the_font():
    icons = icons_in((STATIC / "lab.css").read_text("utf-8"))
    assert len(icons) >= 10
    lean, full = (set(TTFont(STATIC / name).getBestCmap()) for name in (FONT, FULL))
    assert set(map(ord, icons)) & full == lean  # a few others are in a font of brands, unused
    assert len(lean) < len(full) / 20


def test_the_version_of_the_sheet_is_the_same_on_every_page_and_says_what_it_is_made_from():
    sheet = (STATIC / "lab.css").read_text("utf-8")
    pages = [p for p in STATIC.parent.rglob("*.html") if STATIC not in p.parents]
    versions = {p.read_text("utf-8").partition("lab.css?v=")[2][:8] for p in pages} - {""}
    (version,) = versions
    assert f"/* {version} */" in sheet[:60]


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a:hover > .b{x: y}", ".a:hover > .b{x: y}"),
        (".a .c{x: y}", ""),
        (".c,.b{x: y}", ".b{x: y}"),
        ("p, #c, #a{x: y}", "p,#a{x: y}"),
        (".a:not(.c), .a:is(.c, .b) {x: y}", ".a:not(.c),.a:is(.c, .b){x: y}"),
        ("@media print{.c{x: y} .a{x: y}}", "@media print{.a{x: y}}"),
        ("@supports (x: y){@media print{.c{x: y}}}", ""),
        ("@keyframes c{to{x: y}}", "@keyframes c{to{x: y}}"),
        ("/* why */ /*! MIT */ .a{x: y}", "/*! MIT */.a{x: y}"),
        ('@charset "UTF-8"; @font-face{src: url(c)}', ""),
        (r".sm\:a{x: y}", ""),
    ],
)
def test_a_rule_stays_when_an_element_can_have_it(css, kept):
    assert pruned(css, {"a", "b"}) == kept


def test_a_class_that_only_a_script_gives_is_used():
    used = words_used(['<p class="a">b c-d</p>'], ["one.classList.add('e-f')"])
    assert {"a", "e-f"} <= used
    assert not {"b", "c-d"} & used  # which are read, not worn


def test_a_sheet_that_is_in_no_list_is_a_warning(tmp_path):
    tiny_book = TinyBook(tmp_path)
    tiny_book.write_page("# A page\n\nText.\n")
    config = tiny_book.folder / "_config.yml"
    (tiny_book.folder / "extra").mkdir()
    (tiny_book.folder / "extra/new.css").write_text(".a {}")
    text = config.read_text("utf-8").replace(
        "  config:\n",
        "  config:\n    html_css_files: [new.css]\n    html_static_path: [extra]\n",
        1,
    )
    config.write_text(text, "utf-8")
    done = tiny_book.build()
    assert done.returncode != 0
    assert "got _static/new.css too" in done.stdout + done.stderr
