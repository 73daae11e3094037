"""A student's feedback page: the judge's words, the student's own work, and nothing else."""

import re
import sys
import unicodedata
from html import escape

import pytest

from attention_lab.card import as_html, offer
from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES
from attention_lab.fixtures import SEED
from attention_lab.grading.pages.feedback import feedback_page, page_names, write_feedback
from attention_lab.grading.report import Report, Student
from attention_lab.grading.shown import LONGEST
from tests.axe import violations
from tests.grading.made_up import (
    DIAGNOSES,
    HOSTILE,
    QUESTIONS,
    all_hostile,
    broken,
    hostile,
    marked,
    missing,
    refused,
    report,
    right,
    verdict_of,
    whole_class,
)
from tests.grading.opened import foreign, opened


def written(tmp_path, handed_in):
    """The path of its page."""
    return write_feedback([handed_in], tmp_path / "feedback", QUESTIONS)[0]


def of_every_kind():
    """A report in which there is something of everything."""
    marks = [marked(verdict_of("leak")), refused("1.3.1"), missing("1.4.1")]
    texts = [("writeup-copying", "Because\n\nof names."), ("writeup-averaging", "")]
    handed_in = report(marked(right("1.2.1")), *marks, texts=texts)
    handed_in.writeup_points = {"writeup-copying": 4.5}
    handed_in.writeup_comments = {"writeup-copying": "Say how it fails."}
    return handed_in


@pytest.mark.parametrize("diagnosis", sorted(DIAGNOSES))
def test_a_verdict_is_the_card_of_the_notebook_without_the_offer_of_a_hint(diagnosis):
    verdict = verdict_of(diagnosis)
    page = feedback_page(report(marked(verdict)))
    card = as_html(verdict)
    if offer(verdict):
        card, found = re.subn(f"<div[^>]*>{re.escape(escape(offer(verdict)))}</div>", "", card)
        assert found == 1
    assert card in page
    assert "Stuck?" not in page


def test_it_shows_what_happened_where_and_the_points(browser, tmp_path):
    with opened(browser, written(tmp_path, of_every_kind())) as page:
        assert page.locator("h1").inner_text() == "Feedback for Ada Lovelace"
        assert "5.5 of 10 points so far" in page.locator("header").inner_text()
        rows = page.locator("tbody tr").first.locator("xpath=..").locator("> tr")
        cells = [row.split("\t") for row in rows.all_inner_texts()]
        assert [(" ".join(what.split()), points) for _, what, points in cells] == [
            ("✓passed", "1 of 1"),
            ("✗not yet", "0 of 1"),
            ("?not read: a person must look", "0 of 1"),
            ("○no answer found", "0 of 1"),
            ("✎marked", "4.5 of 6"),
            ("…nothing handed in", "\N{EN DASH}"),
        ]
        refusal = page.locator(".box.refused").inner_text()
        assert "`key` is not written out here." in refusal
        assert "cell 14, line 3" in refusal
        assert "return 100 * (key[0] + key[1]) / 2" in page.locator("pre").nth(2).inner_text()
        assert page.locator("div.text").inner_text() == "Because\n\nof names."
        assert "Say how it fails." in page.locator("main").inner_text()
        link = page.get_by_role("link", name="1.3.1")
        link.click()
        assert page.locator(":target").inner_text().startswith("1.3.1 Average all values")


def test_without_refusals_the_points_are_final():
    assert "so far" not in feedback_page(report(marked(right("1.2.1"))))


def test_a_file_that_could_not_be_read_says_why_and_gives_no_points():
    page = feedback_page(broken())
    assert "The file is cut off: download it again." in page
    assert "points" not in page.split("</style>")[1]


def test_notes_and_other_students_are_not_shown():
    reports = whole_class()
    handed_in = reports[7]
    assert handed_in.notes
    page = feedback_page(handed_in, QUESTIONS)
    assert "variant 137" in page
    assert "variant 12" not in page
    assert not any(other.student.name in page for other in reports if other is not handed_in)
    assert not any(other.file in page for other in reports if other is not handed_in)


def test_no_answer_of_the_course_is_shown():
    failed = [row for row in map(verdict_of, sorted(DIAGNOSES)) if not row]
    pages = "".join(feedback_page(report(marked(verdict, answer="0"))) for verdict in failed)
    for task in EXERCISES:
        answer = course_answer(task, SEED)
        rows = answer if task.kind == "query" else [answer]
        for row in (row for row in rows if any(row)):
            assert ", ".join(f"{x:g}" for x in row) not in pages


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, tmp_path, width, scheme):
    four_rows = report(marked(verdict_of("permuted")), *[marked(verdict_of("too-loud"))])
    for handed_in in (of_every_kind(), four_rows, broken(), report(), hostile(4)):
        path = written(tmp_path, handed_in)
        with opened(browser, path, width, color_scheme=scheme) as page:
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_headings_go_down_one_at_a_time(browser, tmp_path):
    with opened(browser, written(tmp_path, of_every_kind())) as page:
        levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:]))


def test_on_paper_it_is_light_and_whole(browser, tmp_path):
    with opened(browser, written(tmp_path, of_every_kind()), color_scheme="dark") as page:
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
            "rgb(255, 255, 255)"
        )
        assert page.locator("pre").first.is_visible()


@pytest.mark.parametrize("n", range(len(HOSTILE)))
def test_hostile_texts_are_shown_and_not_obeyed(browser, tmp_path, n):
    handed_in = hostile(n)
    with opened(browser, written(tmp_path, handed_in)) as page:
        assert foreign(page) == []
        assert page.locator("script").count() == 0
        code = page.locator("pre").first.text_content()
        text = page.locator("div.text").first.text_content()
    for shown in (code, text):
        if HOSTILE[n].isprintable() and len(HOSTILE[n]) < LONGEST:
            assert shown == HOSTILE[n]
        elif len(HOSTILE[n]) > LONGEST:
            assert shown.startswith("x" * LONGEST + "\n[… and 80000 characters more")


def test_unseen_characters_are_named_and_lines_stay_lines(browser, tmp_path):
    with opened(browser, written(tmp_path, hostile(5))) as page:
        shown = page.locator("pre").first.text_content()
    assert shown == "[U+202E]gnirts[U+2066]␀␇␛[31m[U+009B][U+DFFF][U+D800][U+FFFE]"
    with opened(browser, written(tmp_path, hostile(7))) as page:
        assert page.locator("pre").first.text_content() == "line\nbreak\nand\ttab"


def test_a_policy_would_stop_what_escaping_let_through(browser, tmp_path):
    path = written(tmp_path, report())
    path.write_text(path.read_text("utf-8").replace("<main>", "<main><script>x = 1</script>"))
    context = browser.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.evaluate("typeof x") == "undefined"
    context.close()


def test_names_are_safe_stable_and_unique():
    reports = [*all_hostile(), *whole_class(), *whole_class()]
    reports += [
        Report(f"{n}.ipynb", Student(name)) for n, name in enumerate(("CON", "con", "..", ""))
    ]
    reports += [Report("a.ipynb", Student("A" * 5000))]
    names = page_names(reports)
    assert names == page_names(reports)
    assert len({name.casefold() for name in names}) == len(reports)
    for name in names:
        assert set(name) & set('/\\:*?"<>|\0') == set()
        assert not any(unicodedata.category(sign).startswith("C") for sign in name)
        assert len(name.encode()) <= 120
        assert name.rpartition("-")[0] not in ("", ".", "..")
        assert name.endswith(".html")
    assert names[len(all_hostile())].startswith("ada-lovelace-")
    assert page_names([Report("b.ipynb", Student("李善蘭"))])[0].startswith("李善蘭-")


def test_the_name_does_not_hang_on_the_rest_of_the_class():
    reports = whole_class()
    assert page_names(reports[5:6]) == page_names(reports)[5:6]


def test_a_folder_gets_a_page_a_report_and_nothing_else(tmp_path):
    reports = all_hostile()
    paths = write_feedback(reports, tmp_path / "new/feedback", QUESTIONS)
    assert len(paths) == len(reports)
    assert {path.parent for path in paths} == {tmp_path / "new/feedback"}
    assert sorted(tmp_path.rglob("*.html")) == sorted(paths)
    assert paths[0].read_text("utf-8") == feedback_page(reports[0], QUESTIONS)


def test_an_earlier_page_is_replaced_and_other_files_are_left_alone(tmp_path):
    handed_in = report(marked(verdict_of("leak")))
    (path,) = write_feedback([handed_in], tmp_path)
    (tmp_path / "mine.txt").write_text("mine")
    better = report(marked(right("1.3.2")))
    assert write_feedback([better], tmp_path) == [path]
    assert "passed" in path.read_text("utf-8")
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_pages_that_are_nobodys_any_more_are_deleted(tmp_path):
    """So that a folder that is handed out has no marks of an earlier run beside the new ones."""
    _, new = write_feedback([report(file="a.ipynb"), report(file="b.ipynb")], tmp_path)
    (tmp_path / "mine.html").write_text("mine")
    write_feedback([report(file="b.ipynb")], tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {new.name, "mine.html"}


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_is_no_page_of_ours_is_not_overwritten(tmp_path, kind):
    reports = [report(file="a.ipynb"), report(file="b.ipynb")]
    taken = tmp_path / page_names(reports)[1]
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("mine")
    if kind == "file":
        taken.write_text("<p>mine</p>")
    elif kind == "folder":
        taken.mkdir()
    else:
        taken.symlink_to(elsewhere)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(FileExistsError, match=r"Expected room .* Move it away"):
        write_feedback(reports, tmp_path)
    assert sorted(tmp_path.iterdir()) == before
    assert elsewhere.read_text() == "mine"


def test_where_jinja_is_missing_a_sentence_says_what_to_install(monkeypatch):
    from attention_lab.grading.pages import drawing

    monkeypatch.setitem(sys.modules, "jinja2", None)
    drawing._environment.cache_clear()
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'attention-lab\[grade\]'"):
        feedback_page(report())
    monkeypatch.undo()
    assert "Feedback" in feedback_page(report())
