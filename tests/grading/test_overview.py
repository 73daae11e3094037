"""The class overview: every mark is counted once, and an instructor finds what to do next."""

import pytest

from attention_lab.exercises import BEYOND
from attention_lab.grading.pages.counting import spread, tallies
from attention_lab.grading.pages.feedback import write_feedback
from attention_lab.grading.pages.overview import overview_page
from attention_lab.grading.report import Report, Student
from tests.axe import violations
from tests.grading.made_up import (
    DIAGNOSES,
    HOSTILE,
    QUESTIONS,
    all_hostile,
    broken,
    marked,
    missing,
    refused,
    report,
    right,
    verdict_of,
    whole_class,
)
from tests.grading.opened import foreign, opened


def written(tmp_path, reports, **more):
    """The path of the overview."""
    path = tmp_path / "overview.html"
    path.write_text(overview_page(reports, **more), "utf-8")
    return path


def small_class():
    """Five files, with numbers that can be counted by hand: scores 2, 1, 1, 0 and none."""
    leak, uneven = marked(verdict_of("leak")), marked(verdict_of("uneven"))
    first = marked(right("1.2.1"))
    return [
        report(first, marked(right("1.3.2")), file="b.ipynb", name="Bob"),
        report(first, leak, file="a.ipynb", name="ada"),
        report(first, leak, file="d.ipynb", name="Dan"),
        report(missing("1.2.1"), uneven, file="c.ipynb", name="Cleo"),
        broken("e.ipynb", name="Eve"),
    ]


def test_every_mark_is_counted_once():
    read = [handed_in for handed_in in whole_class() if not handed_in.error]
    counted = tallies(read)
    assert len(counted) == 6
    for tally in counted:
        assert tally.total == len(read) == sum(tally.groups().values())
    outcomes = {outcome for tally in counted for outcome in tally.outcomes}
    assert outcomes == DIAGNOSES | {"refused", "missing"}
    with_remark = sum(tally.groups()["remark"] for tally in counted)
    assert with_remark == sum(tally.count("right-output-wrong-weights") for tally in counted) > 0


def test_causes_come_with_the_most_frequent_first():
    _, tally = tallies(small_class()[:4])
    assert [(name, len(pairs)) for name, pairs in tally.causes] == [("leak", 2), ("uneven", 1)]


@pytest.mark.parametrize(
    ("scores", "most", "expected"),
    [
        ([0, 0, 12, 11.5], 12, {0: 2, 11: 1, 12: 1}),
        ([0, 13, 12], 13, {0: 1, 12: 2}),  # in steps of two: 12 and 13 are one
        ([99, 100, 7], 100, {0: 1, 90: 1, 100: 1}),
        ([0.25], 0.5, {0: 1}),
        ([7], 6, {6: 1}),  # more than there is, which a person may give
    ],
)
def test_scores_fall_into_a_dozen_steps(scores, most, expected):
    bins = spread(scores, most)
    assert {low: count for low, _, count in bins if count} == expected
    assert len(bins) <= 13
    assert [high for _, high, _ in bins[:-1]] == [low for low, _, _ in bins[1:]]


def test_at_one_glance(browser, tmp_path):
    with opened(browser, written(tmp_path, small_class())) as page:
        numbers = page.locator(".figures dd").all_inner_texts()
        assert numbers == ["5", "1", "1 of 2", "1 of 2"]
        assert page.locator(".glance").inner_text() == (
            "Hardest was 1.3.2: 1 of 4 passed. The most frequent cause is leak, 2 times."
        )
        said = page.locator(".exercise").last.inner_text()
        assert "✗ 3 failed: leak 2, uneven 1" in said
        assert "✓ 1 passed" in said
        assert "missing" not in said
        bars = page.locator(".histogram li").all_inner_texts()
        assert [text.split()[0] for text in bars] == ["1", "2", "1"]


def test_a_segment_is_as_wide_as_its_count(browser, tmp_path):
    with opened(browser, written(tmp_path, small_class())) as page:
        spans = page.locator(".bar").last.locator("span")
        widths = [spans.nth(n).bounding_box()["width"] for n in range(3)]
    assert widths[1] == pytest.approx(2 * widths[0], rel=0.02)  # leak 2, passed 1
    assert widths[2] == pytest.approx(widths[0], rel=0.02)  # uneven 1


def test_the_table_has_each_count(browser, tmp_path):
    with opened(browser, written(tmp_path, small_class())) as page:
        rows = [row.split() for row in page.locator(".counts tr").all_inner_texts()]
    assert rows == [
        ["diagnosis", "1.2.1", "1.3.2"],
        ["correct", "3", "1"],
        ["leak", "·", "2"],
        ["uneven", "·", "1"],
        ["missing", "1", "·"],
    ]


def test_who_needs_a_person_and_why(browser, tmp_path):
    handed_in = report(refused(), file="f.ipynb", name="Fay")
    handed_in.notes = ["It is on another variant."]
    with opened(browser, written(tmp_path, [*small_class(), handed_in])) as page:
        rows = page.locator("section[aria-labelledby=person] tbody tr")
        assert rows.count() == 2
        assert "The file is cut off: download it again." in rows.nth(0).inner_text()
        second = rows.nth(1).inner_text()
        assert "It is on another variant." in second
        assert "1.3.2, cell 14, line 3: `key` is not written out here." in second
        rows.nth(1).get_by_text("The answer to 1.3.2").click()
        assert "return 100 * (key[0] + key[1]) / 2" in rows.nth(1).inner_text()


def test_each_cause_has_an_example_and_those_who_got_it(browser, tmp_path):
    with opened(browser, written(tmp_path, small_class())) as page:
        row = page.locator("section[aria-labelledby=causes] tbody tr").first
        assert verdict_of("leak").message in row.inner_text()
        row.locator("summary").click()
        assert row.locator(".names").inner_text() == "ada, Dan"


def test_students_are_sorted_and_lead_to_their_pages(browser, tmp_path):
    reports = small_class()
    paths = write_feedback(reports, tmp_path / "a folder: 1#2?%41")
    page = written(tmp_path, reports, feedback=paths, beside=tmp_path)
    with opened(browser, page) as page:
        rows = page.locator(".students tbody tr")
        names = [row.split("\t")[0] for row in rows.all_inner_texts()]
        scores = [row.split("\t")[1] for row in rows.all_inner_texts()]
        addresses = page.locator(".students a").evaluate_all("all => all.map(a => a.href)")
    assert names == ["ada", "Bob", "Cleo", "Dan", "Eve"]
    assert scores == ["1 of 2", "2 of 2", "0 of 2", "1 of 2", "not read"]
    assert addresses == [paths[n].as_uri() for n in (1, 0, 3, 2, 4)]


def test_without_feedback_no_name_is_a_link():
    assert 'href="' not in overview_page(small_class()).partition("All students")[2]


@pytest.mark.parametrize("reports", [[], [broken()], [report()], [report(marked(right("1.2.1")))]])
def test_small_classes_have_a_page_too(browser, tmp_path, reports):
    with opened(browser, written(tmp_path, reports)) as page:
        assert violations(page) == []
        assert page.locator(".figures dd").first.inner_text() == str(len(reports))


def test_points_are_said_to_differ_where_some_write_ups_are_marked():
    reports = small_class()
    reports[0].writeup_points["writeup-copying"] = 5
    page = overview_page(reports)
    assert "of up to 8" in page  # 2 for the exercises, 6 for the write-up
    assert "7 of 8" in page


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, tmp_path, width, scheme):
    reports = whole_class()
    reports[0].marks |= {task.number: marked(right(task.number)) for task in BEYOND}
    paths = write_feedback(reports, tmp_path / "feedback", QUESTIONS)
    for feedback in ((), paths):
        path = written(tmp_path, reports, feedback=feedback, beside=tmp_path)
        with opened(browser, path, width, color_scheme=scheme) as page:
            page.locator("details").evaluate_all("all => all.forEach(d => { d.open = true })")
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_texts_are_shown_and_not_obeyed(browser, tmp_path):
    path = written(tmp_path, all_hostile())
    with opened(browser, path, 390) as page:
        assert foreign(page) == []
        assert page.locator("script").count() == 0
        text = page.locator("body").text_content()
        for sample in HOSTILE[:5]:
            assert sample in text
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert violations(page) == []


def test_two_students_of_one_name_and_none_at_all_are_told_apart():
    reports = [
        Report("a.ipynb", Student("Ada")),
        Report("b.ipynb", Student("Ada")),
        Report("c.ipynb", Student()),
    ]
    page = overview_page(reports, feedback=["x/1.html", "x/2.html", "x/3.html"])
    for address in ("x/1.html", "x/2.html", "x/3.html"):
        assert f'href="{address}"' in page
    assert "<bdi>c.ipynb</bdi>" in page
