"""The PDF of two chapters, and single pages on paper: what a browser makes of the style sheets."""

import io
import re
import shutil
import subprocess
import sys
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader
from pypdf.generic import ArrayObject

from attention_lab.pdf import printing
from attention_lab.pdf.join import join
from attention_lab.pdf.pages import words
from attention_lab.pdf.printing import print_book
from tests.conftest import ROOT
from tests.test_pdf import ABOUT, page, tiny

# What heads something, and is not to be left alone at a page's end.
HEADS = "h1, h2, h3, summary, caption, thead, .admonition-title"
TOC = "format: jb-book\nroot: book/before\nchapters:\n  - file: book/copying\n"


@pytest.fixture(scope="module")
def two(site, browser, tmp_path_factory):
    """Two chapters: the joined document and the PDF."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "_toc.yml").write_text(TOC, "utf-8")
    document = join(site, folder / "_toc.yml", ABOUT | {"title": "Two chapters"})
    return document, PdfReader(io.BytesIO(print_book(document, folder, browser=browser)))


@pytest.fixture(scope="module")
def texts(two):
    """What is written on each page of the PDF."""
    return [sheet.extract_text() for sheet in two[1].pages]


def bookmarks(outline):
    """The titles of an outline, one below the other."""
    for entry in outline:
        yield from bookmarks(entry) if isinstance(entry, list) else [" ".join(entry.title.split())]


def wrong_numbers(document, texts):
    """The headings in the contents that are not on the page whose number stands there."""
    wrong = []
    for link in document.select("nav a.on-page"):
        title = words(document.find(id=link["href"][1:]).find(["h1", "h2"]))
        if squeezed(title) not in squeezed(texts[int(link.string) - 1]):
            wrong.append(title)
    return wrong


def squeezed(text):
    return re.sub(r"\s", "", text)


def test_it_has_pages_of_the_paper_asked_for_and_a_title(two):
    _, reader = two
    assert len(reader.pages) > 8
    assert {tuple(map(int, sheet.mediabox[2:])) for sheet in reader.pages} == {(595, 842)}
    assert reader.metadata.title == "Two chapters"
    assert "Two chapters" in reader.pages[0].extract_text()


def test_its_bookmarks_are_the_headings(two):
    document, reader = two
    headings = [words(h) for h in document.select("nav h1, article :is(h1, h2, h3, h4)")]
    assert list(bookmarks(reader.outline)) == headings


def test_the_numbers_in_the_contents_are_those_of_the_pages(two, texts):
    document, _ = two
    assert len(document.select("nav a.on-page")) > 10
    assert wrong_numbers(document, texts) == []
    planted = BeautifulSoup(str(document), "html.parser")
    planted.select("nav a.on-page")[3].string = "1"
    assert len(wrong_numbers(planted, texts)) == 1


def test_every_link_is_a_place_in_it_or_at_another_host(two):
    document, reader = two
    annotations = [a.get_object() for sheet in reader.pages for a in sheet.get("/Annots", [])]
    inside = Counter(link["/Dest"] for link in annotations if "/Dest" in link)
    assert set(inside) <= set(reader.named_destinations)
    assert {f"/{link['href'][1:]}" for link in document.select("a[href^='#']")} == set(inside)
    outside = {link["/A"]["/URI"] for link in annotations if "/A" in link}
    assert outside == {link["href"] for link in document.select("a[href^=http]")}


def test_text_code_and_answers_are_in_it_as_text(texts):
    text = squeezed("".join(texts))
    for part in ("loudness = torch.logspace(-1, 2, 400)", "1.2.1: not yet", "Rubric (6 points)"):
        assert squeezed(part) in text
    assert text.index("twothirds:") > text.index("0.69atlength1")


def test_it_is_tagged_and_says_what_its_pictures_show(two):
    document, reader = two
    assert reader.root_object["/MarkInfo"]["/Marked"]
    said = {str(tag["/Alt"]) for tag in tags(reader.root_object["/StructTreeRoot"])}
    assert {svg["aria-label"] for svg in document.select("article svg[role=img]")} <= said


def tags(tag):
    """The elements of a PDF's structure that have a text instead."""
    tag = tag.get_object()
    if isinstance(tag, list):
        for inner in tag:
            yield from tags(inner)
    elif isinstance(tag, dict):
        if "/Alt" in tag:
            yield tag
        yield from tags(tag.get("/K", ArrayObject()))


def test_each_page_says_which_chapter_it_is_of(texts):
    heads = [text.splitlines()[0].strip() for text in texts]
    assert Counter(heads)["1.2 Copying"] > 4
    assert Counter(heads)["Before you begin"] > 4


def test_two_printings_are_the_same_bytes(browser, tmp_path):
    table = "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>"
    make = tiny(tmp_path, one=page(table), two=page(""))
    first = print_book(make(), tmp_path, browser=browser)
    other = browser.new_page()
    other.set_content("<p>x</p>" * 9)
    other.close()
    assert print_book(make(), tmp_path, browser=browser) == first
    assert b"(D:1980" in first
    assert b"(node00000000)" in first


def test_numbers_that_never_hold_are_told(browser, tmp_path, monkeypatch):
    rounds = iter(range(9))
    monkeypatch.setattr(printing, "places", lambda pdf: {"book-one": next(rounds)})
    document = tiny(tmp_path, one=page(""), two=page(""))()
    with pytest.raises(printing.Unsettled, match="after 4 printings they still change"):
        print_book(document, tmp_path, browser=browser)


def test_without_a_browser_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(printing.shutil, "which", lambda name: None)
    with pytest.raises(FileNotFoundError, match="apt-get install chromium"):
        printing.program(fetched=tmp_path / "chrome")


def test_the_command_prints_what_is_built_and_says_where_it_is(tmp_path):
    for name in ("_config.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    command = [sys.executable, "-m", "attention_lab.pdf", "--root", tmp_path, "--html", tmp_path]
    tiny(tmp_path, one=page("<p>x</p>"), two=page(""))
    done = subprocess.run([*command, "--paper", "Letter"], capture_output=True, text=True)
    path = tmp_path / "_build/attention-lab.pdf"
    assert (done.stdout, done.stderr) == (f"Open {path}\n", "")
    reader = PdfReader(path)
    assert tuple(map(int, reader.pages[0].mediabox[2:])) == (612, 792)
    assert "Version 0.1.0" in reader.pages[0].extract_text()
    (tmp_path / "book/two.html").unlink()
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("Expected ")
    assert done.stderr.endswith("two.html; it is not there. `make book` builds it.\n")


def test_a_page_printed_from_the_dark_is_light_and_as_the_reader_unfolded_it(open_page):
    sheet = open_page("copying", color_scheme="dark")
    sheet.emulate_media(media="print", color_scheme="dark")
    assert sheet.locator("button:visible, .lab-editor:visible, nav:visible").count() == 0
    assert sheet.locator("h1:visible").all_inner_texts() == ["1.2 Copying"]
    ink = "element => getComputedStyle(element).color"
    assert sheet.locator("article p:visible").first.evaluate(ink) == "rgb(17, 17, 17)"
    assert sheet.get_by_text("The direction is right, the voice is low").count() == 1
    assert sheet.get_by_text("The direction is right, the voice is low").is_visible() is False
    assert sheet.get_by_text("import torch.nn.functional").is_visible()
    sheet.emulate_media(media="screen")
    sheet.get_by_text("Hint 3 of 3").first.click()
    sheet.emulate_media(media="print")
    heads = sheet.locator(f"article :is({HEADS})").filter(visible=True)
    broken = "all => all.filter(one => getComputedStyle(one).breakAfter !== 'avoid')"
    assert heads.evaluate_all(f"{broken} .map(one => one.outerHTML.slice(0, 100))") == []
    assert sheet.locator("article summary:visible").count() == 1
    assert sheet.get_by_text("The direction is right, the voice is low").is_visible()
    assert sheet.get_by_text("Point the query along k0").is_visible() is False
