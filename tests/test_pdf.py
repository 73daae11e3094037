"""The joined book: all of the site once and in order, and each link leads to a place in it."""

from collections import Counter

import pytest
import yaml
from bs4 import BeautifulSoup

from attention_lab.pdf.__main__ import about
from attention_lab.pdf.join import join
from attention_lab.pdf.pages import words
from tests.conftest import PAGES, ROOT

WIDTH = round((210 - 2 * 22) / 25.4 * 96)  # of an A4 page between its margins, in CSS pixels
ABOUT = {"title": "T", "about": "A", "author": "N", "version": "1"}


@pytest.fixture(scope="module")
def document(site):
    return join(site, ROOT / "_toc.yml", about(ROOT))


@pytest.fixture(scope="module")
def articles(site):
    """The articles as they are on the site, in the order of the pages."""
    texts = ((site / f"book/{page}.html").read_text("utf-8") for page in PAGES)
    return [BeautifulSoup(text, "html.parser").article for text in texts]


def lost(document):
    """All that refers to a place in the document that is not there."""
    known = {element["id"] for element in document.select("[id]")}
    names = [link["href"][1:] for link in document.select("a[href^='#']")]
    names += [use["xlink:href"][1:] for use in document.find_all("use")]
    for element in document.select("[clip-path], [style*='url(']"):
        text = element.get("clip-path", "") + element.get("style", "")
        names += [part.partition(")")[0] for part in text.split("url(#")[1:]]
    return sorted(set(names) - known)


def repeated(document):
    ids = Counter(element["id"] for element in document.select("[id]"))
    return [name for name, count in ids.items() if count > 1]


def titles(article):
    for link in article.select(".headerlink"):
        link.decompose()
    return [words(heading) for heading in article.select("h1, h2, h3, h4")]


def test_every_heading_of_the_site_is_there_once_and_in_order(document, articles):
    joined = document.select("article")
    assert [article["id"] for article in joined] == [f"book-{page}" for page in PAGES]
    for article, original in zip(joined, articles, strict=True):
        added = {id(heading) for heading in article.select(".answers :is(h2, h3)")}
        kept = [h for h in article.select("h1, h2, h3, h4") if id(h) not in added]
        assert [words(heading) for heading in kept] == titles(original)


def test_the_contents_lists_the_sections_in_order(document):
    listed = [words(link) for link in document.select("nav .line > a:first-child")]
    assert listed == [words(heading) for heading in document.select("article :is(h1, h2)")]


def test_every_link_leads_to_a_place_in_the_document_or_to_another_site(document):
    assert repeated(document) == []
    assert lost(document) == []
    hrefs = {link["href"] for link in document.select("a[href]")}
    assert {href.partition(":")[0] for href in hrefs if href[0] != "#"} == {"https"}
    assert len(hrefs) > 150


def test_every_figure_and_exercise_is_there_once(document, articles):
    def seen(tree):
        figures = Counter(figure["aria-label"] for figure in tree.select("svg[role=img]"))
        formulas = Counter(map(words, tree.select(".math")))
        codes = Counter(map(words, tree.select("pre")))
        return figures + formulas + codes

    before = sum(map(seen, articles), Counter())
    assert before.total() > 500
    assert seen(document) == before
    names = [task["id"] for article in articles for task in article.select(".exercise")]
    joined = [task["id"].partition("--")[2] for task in document.select(".exercise")]
    assert joined == names


def test_what_is_only_for_the_screen_is_not_on_paper(document):
    assert document.select("script, button, input, details, .headerlink, .lab-launch") == []


def test_hints_and_solutions_are_not_beside_their_exercise(document, articles):
    for article, original in zip(document.select("article"), articles, strict=True):
        for kind in (".hints", ".solution", ".guess-reasons"):
            assert len(article.select(kind)) == len(original.select(kind))
        for answer in article.select(".hints, .solution"):
            assert answer.find_parent(class_="answers")
        for cell in article.select(".cell.tag_exercise"):
            task = cell.find_previous(class_="exercise")
            note = task.find_next(class_="answers-at")
            there = article.find(id=note.a["href"][1:])
            assert len(there.select(".hints, .solution")) == 2
            assert words(there.h3) == words(task.select_one(".admonition-title"))


def test_no_reason_is_read_before_its_answer(document):
    for guess in document.select(".guess"):
        assert guess.select(".guess-reasons") == []
    for reasons in document.select(".guess-reasons"):
        fold = reasons.find_parent(class_="fold")
        assert reasons.find_parent(class_="answers") or words(fold.p) == "Answer", reasons


TOO_WIDE = """width => [...document.querySelectorAll("main *, nav *")].filter(element => {
  const box = element.getBoundingClientRect();
  return !element.closest("svg svg, svg *, math *") && box.width && box.right > width + 1;
}).map(element => element.outerHTML.slice(0, 100))"""


def test_nothing_is_wider_than_the_paper(browser, document, tmp_path):
    path = tmp_path / "book.html"
    path.write_text(str(document), "utf-8")
    sheet = browser.new_page(viewport={"width": WIDTH, "height": 900})
    sheet.emulate_media(media="print")
    sheet.goto(path.as_uri())
    assert sheet.evaluate(TOO_WIDE, WIDTH) == []
    sheet.add_style_tag(content="@media print { .bd-article pre { white-space: pre !important; } }")
    sheet.evaluate("document.querySelector('pre').textContent = 'x'.repeat(200)")
    assert sheet.evaluate(TOO_WIDE, WIDTH) != []
    sheet.close()


def tiny(folder, **articles):
    """A site of the given articles with its table of contents, joined."""
    (folder / "book").mkdir(exist_ok=True)
    for name, article in articles.items():
        text = f"<html lang='en'><head></head><body>{article}</body></html>"
        (folder / f"book/{name}.html").write_text(text, "utf-8")
    root, chapter, *below = ({"file": f"book/{name}"} for name in articles)
    toc = {"format": "jb-book", "root": root["file"], "chapters": [chapter]}
    chapter |= {"sections": below} if below else {}
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), "utf-8")
    return lambda address=None: join(folder, folder / "_toc.yml", ABOUT, address)


def page(inner):
    return f"<article class='bd-article'><section id='top'><h1>P</h1>{inner}</section></article>"


def test_equal_ids_of_two_pages_become_two(tmp_path):
    link = "<a class='x' href='two.html#top'>there</a> <a href='#top'>here</a>"
    document = tiny(tmp_path, one=page(link), two=page(""), three=page(""))()
    assert [a["id"] for a in document("article")] == ["book-one", "book-two", "book-three"]
    there, here = document.select("article p a, article section > a")
    assert (there["href"], here["href"]) == ("#book-two--top", "#book-one--top")
    assert repeated(document) == lost(document) == []


def test_an_id_twice_on_a_page_stays_once(tmp_path):
    twice = "<svg><defs><path id='m1'></path></defs><use xlink:href='#m1'></use></svg>" * 2
    document = tiny(tmp_path, one=page(twice), two=page(""))()
    assert repeated(document) == lost(document) == []
    assert len(document("use")) == 2


def test_a_link_to_nothing_is_told(tmp_path):
    make = tiny(tmp_path, one=page("<a href='two.html#gone'>x</a>"), two=page(""))
    with pytest.raises(ValueError, match=r"book/one: expected #gone on book/two\.html"):
        make()


@pytest.mark.parametrize(
    ("address", "expected"),
    [(None, None), ("https://ada.github.io/a/", "https://ada.github.io/a/genindex.html#x")],
)
def test_what_is_no_page_of_the_book_is_linked_where_it_is_published(tmp_path, address, expected):
    make = tiny(tmp_path, one=page("<a href='../genindex.html#x'>index</a>"), two=page(""))
    section = make(address).select_one("article section")
    assert words(section) == "Pindex"
    assert (section.a and section.a["href"]) == expected


def test_a_page_that_is_not_built_is_named(tmp_path):
    make = tiny(tmp_path, one=page(""), two=page(""))
    (tmp_path / "book/two.html").unlink()
    with pytest.raises(FileNotFoundError, match=r"two\.html; it is not there. `make book`"):
        make()


def test_a_page_without_an_article_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"article\.bd-article in book/two\.html"):
        tiny(tmp_path, one=page(""), two="<p>other theme</p>")()


def test_a_title_may_hold_any_sign(tmp_path):
    text = page("").replace("P", 'Say "q &lt; k"')
    document = tiny(tmp_path, one=text, two=page(""))()
    assert '@top-left { content: "Say \\"q < k\\""; }' in document.style.string
    assert words(document.select_one("nav .line > a")) == 'Say "q < k"'
