"""What *Download my answers* hands out: a notebook that runs, and that says what the page said."""

import json
from dataclasses import replace

import nbformat
import pytest
import torch
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from playwright.sync_api import expect

from attention_lab.course import course_answer
from attention_lab.exercises import exercise
from attention_lab.fixtures import SEED
from attention_lab.grading.marking import Rules, mark
from attention_lab.grading.report import FAILED, MISSING, PASSED, Student
from attention_lab.variants import variant, variant_for
from tests.cells import (
    FORBIDDEN,
    NUMBERS,
    answer_code,
    chapter_of,
    code,
    exercise_cell,
    run,
    verdict,
    words,
)

ESSAY = "Copies keep “exact” words.\n\n# no heading\n- a list, $x^2$ and <b>tags</b>"
QUIRKS = "# “quotes”, \\ and {braces} $& 100 % ✓\n"


def downloaded(page):
    """The notebook that the button hands out, checked to be one."""
    button = page.get_by_role("button", name=words(page, "download"))
    with page.expect_download() as caught:
        button.click()
    name = caught.value.suggested_filename
    expect(page.locator(".lab-progress [role=status]")).to_have_text(
        words(page, "downloaded", name)
    )
    assert name.endswith(".ipynb")
    with open(caught.value.path(), encoding="utf-8") as file:
        notebook = nbformat.from_dict(json.load(file))
    nbformat.validate(notebook)  # ids included: their form, and that each stands once
    return notebook


def ours(notebook, kind):
    """The cells that the grader looks for, by exercise or by write-up."""
    found = [cell for cell in notebook.cells if kind in cell.metadata.get("attention_lab", {})]
    names = [cell.metadata.attention_lab[kind] for cell in found]
    assert len(set(names)) == len(names)
    return dict(zip(names, found))


def cards_of(notebook):
    """Run a notebook from top to bottom in a kernel; the card of each exercise, as HTML."""
    NotebookClient(notebook, timeout=120).execute()
    return {
        number: cell.outputs[-1].data["text/html"]
        for number, cell in ours(notebook, "exercise").items()
    }


def fill_in(page, fixture, good):
    """Type right answers to these exercises, and a hundredth of it to others, on two pages.

    Returns:
        For each exercise that was run the card that the page shows, as HTML.
    """
    cards = {}
    for number in ("1.2.1", "1.2.2", "1.4.2"):
        site = page.url.rsplit("/", 1)[0]
        page.goto(f"{site}/{chapter_of(number)}.html", wait_until="networkidle")
        factor = 1 if number in good else 0.01
        answer = torch.tensor(course_answer(exercise(number), fixture)) * factor
        cell = exercise_cell(page, number)
        run(cell, QUIRKS + answer_code(number, answer.tolist()))
        cards[number] = verdict(cell)
    return cards


@pytest.mark.parametrize("number", [None, 137])
def test_the_notebook_holds_everything_and_judges_as_the_page_did(open_page, number):
    page = open_page("index", hash="" if number is None else f"#variant={number}")
    fixture = SEED if number is None else variant(number)
    good = {"1.2.1", "1.4.2"}
    shown = fill_in(page, fixture, good)
    page.goto(page.url.replace("interactions", "index"), wait_until="networkidle")
    notebook = downloaded(page)
    assert notebook.metadata.attention_lab == {"variant": number}
    cards = cards_of(notebook)
    assert list(cards) == NUMBERS
    assert {name for name, card in cards.items() if 'data-passed="true"' in card} == good
    for name, card in shown.items():
        assert BeautifulSoup(card, "html.parser") == BeautifulSoup(cards[name], "html.parser")
    assert "not-finite" in cards["1.3.1"]  # its page was never opened: as published


def known_as(number):
    """The rules of a course and a student in it who has this variant."""
    if number is None:
        return Rules(), Student("Ada", "1")
    who = next(str(n) for n in range(100_000) if variant_for(str(n), "nlp").number == number)
    return Rules("nlp"), Student("Ada", who)


@pytest.mark.parametrize("number", [None, 137])
def test_the_grader_marks_it_as_the_page_judged(open_page, number):
    page = open_page("index", hash="" if number is None else f"#variant={number}")
    fill_in(page, SEED if number is None else variant(number), good={"1.2.1", "1.4.2"})
    page.goto(page.url.replace("interactions", "index"), wait_until="networkidle")
    rules, student = known_as(number)
    rules = replace(rules, points=dict.fromkeys(NUMBERS, 1))  # what is beyond the assignment, too
    report = mark("answers.ipynb", student, nbformat.writes(downloaded(page)).encode(), rules)
    statuses = {name: found.status for name, found in report.marks.items()}
    assert statuses == dict.fromkeys(NUMBERS, MISSING) | {
        "1.2.1": PASSED,
        "1.2.2": FAILED,
        "1.4.2": PASSED,
    }
    assert report.notes == []


def test_the_readers_words_are_in_it_as_they_were_typed(open_page):
    page = open_page("copying")
    typed = QUIRKS.replace("“", '"').replace("”", '"') + "print(\n"  # broken, and still theirs
    code(exercise_cell(page, "1.2.1")).fill(QUIRKS + "print(\n")
    page.locator(".lab-writeup").fill(ESSAY)
    notebook = downloaded(page)
    assert ours(notebook, "exercise")["1.2.1"].source == typed
    writeups = ours(notebook, "writeup")
    assert list(writeups) == ["writeup-copying", "writeup-averaging"]
    assert writeups["writeup-copying"].metadata.attention_lab.text == ESSAY
    assert writeups["writeup-copying"].source.endswith(ESSAY)
    assert "Why is that valuable in language modelling?" in writeups["writeup-copying"].source
    assert writeups["writeup-averaging"].metadata.attention_lab.text == ""


def test_where_nothing_is_kept_the_notebook_has_what_stands_on_the_page(open_page):
    page = open_page("copying", before=FORBIDDEN)
    code(exercise_cell(page, "1.2.1")).fill("mine = 1")
    page.locator(".lab-writeup").fill(ESSAY)
    notebook = downloaded(page)
    assert ours(notebook, "exercise")["1.2.1"].source == "mine = 1"
    assert ours(notebook, "writeup")["writeup-copying"].metadata.attention_lab.text == ESSAY


def test_the_answers_of_a_variant_do_not_get_into_the_courses(open_page):
    page = open_page("copying", hash="#variant=3")
    code(exercise_cell(page, "1.2.1")).fill("of variant 3")
    page.get_by_role("button", name=words(page, "leaveVariant")).click()
    expect(page.locator(".lab-variant")).to_have_count(0)
    expect(exercise_cell(page, "1.2.1")).to_be_visible()
    notebook = downloaded(page)
    assert notebook.metadata.attention_lab == {"variant": None}
    assert "# TODO" in ours(notebook, "exercise")["1.2.1"].source
