"""The write-ups: their rubrics are data, which the chapters show and the questions belong to."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from attention_lab.writeups import WRITEUPS, writeup
from tests.conftest import CHAPTERS, ROOT
from tests.tiny import HEADER, TinyBook

CHAPTER = {name: (ROOT / f"book/{name}.md").read_text("utf-8") for name in CHAPTERS}
PROSE = "\n".join(CHAPTER.values())


def test_they_are_the_questions_of_the_chapters_in_the_course_order():
    asked = re.findall(r"```\{exercise\} (.*)\n:class: writeup\n:label: (\S+)", PROSE)
    assert [(found.title, found.name) for found in WRITEUPS] == asked
    assert len(asked) == 2


@pytest.mark.parametrize("found", WRITEUPS, ids=lambda found: found.name)
def test_the_chapter_shows_the_rubric_behind_its_question_and_repeats_none_of_it(found):
    (chapter,) = [text for text in CHAPTER.values() if f":label: {found.name}\n" in text]
    question = chapter.index(f":label: {found.name}\n")
    assert chapter.count(f"```{{criteria}} {found.name}\n```") == 1
    assert question < chapter.index("{criteria}") < chapter.index("{dropdown} A model answer")
    for _, criterion in found.rubric:
        assert criterion not in PROSE


@pytest.mark.parametrize("found", WRITEUPS, ids=lambda found: found.name)
def test_a_rubric_gives_whole_points_for_sentences_of_their_own(found):
    assert found.points == 6  # as students have been told
    assert all(type(points) is int and points > 0 for points, _ in found.rubric)
    assert len({criterion for _, criterion in found.rubric}) == len(found.rubric)
    assert all("|" not in criterion for _, criterion in found.rubric)  # ends a cell of a table


def test_one_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(ValueError, match=r"'essay': expected one of writeup-copying, writeup-av"):
        writeup("essay")


def test_page_and_notebook_show_the_rubric_folded(tmp_path):
    book = TinyBook(tmp_path)
    book.write_page(HEADER + "```{criteria} writeup-copying\n```\n")
    built = book.build()
    assert built.returncode == 0, built.stdout + built.stderr
    rows = [(str(points), criterion) for points, criterion in WRITEUPS[0].rubric]

    folded = BeautifulSoup(book.shown(), "html.parser").select_one("details")
    assert folded.summary.get_text(strip=True) == "Rubric (6 points)"
    assert not folded.has_attr("open")
    cells = [[td.get_text(strip=True) for td in tr("td")] for tr in folded.tbody("tr")]
    assert [(points, plain(text)) for points, text in cells] == [
        (points, plain(text)) for points, text in rows
    ]

    notebook = json.loads((tmp_path / "_build/html/notebooks/page.ipynb").read_text("utf-8"))
    text = "".join("".join(cell["source"]) for cell in notebook["cells"])
    assert "<summary>Rubric (6 points)</summary>\n\n| points | for |\n| --- | --- |\n| 2 | " in text
    for points, criterion in rows:
        assert plain(f"| {points} | {criterion} |") in plain(text)


def plain(text):
    """Letters and digits only: pages have other quotation marks."""
    return re.sub(r"[^\w\s]", "", text)


def test_a_rubric_of_no_write_up_fails_the_build(tmp_path):
    book = TinyBook(tmp_path)
    book.write_page(HEADER + "```{criteria} essay\n```\n")
    built = book.build()
    assert built.returncode != 0
    assert "no write-up 'essay'" in built.stdout + built.stderr
