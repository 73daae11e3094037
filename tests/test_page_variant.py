"""``#variant=137`` puts the page on other numbers, which the judge in CPython knows too."""

import json

import pytest
from playwright.sync_api import expect

from attention_lab import check
from attention_lab.course import course_answer
from attention_lab.exercises import ALL, EXERCISES
from attention_lab.variants import COUNT, variant
from tests.cells import FORBIDDEN, answer_code, chapter_of, code, exercise_cell, run, verdict, words

NUMBER = 137
MINE = variant(NUMBER)
HASH = f"#variant={NUMBER}"


def rounded(answer):
    return json.loads(json.dumps(answer), parse_float=lambda text: round(float(text), 3))


@pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)
def test_the_cells_judge_on_the_variant_as_the_notebook_does(open_page, task):
    page = open_page(chapter_of(task.number), hash=HASH)
    cell = exercise_cell(page, task.number)
    answer = rounded(course_answer(task, MINE))
    run(cell, answer_code(task.number, answer))
    expected = check(task.number, answer, MINE)
    assert expected
    assert not check(task.number, answer) or task.number == "1.3.1"
    html = page.evaluate(
        "html => Object.assign(document.createElement('div'), {innerHTML: html}).innerHTML",
        expected._repr_html_(),
    )
    assert verdict(cell) == html
    assert words(page, "progress", 1, len(ALL)) in page.locator(".lab-progress").inner_text()


def test_the_page_says_which_numbers_it_works_on_and_shows_them(open_page):
    page = open_page("interactions", hash=HASH)
    notice = page.get_by_role("complementary", name=f"Variant {NUMBER}")
    assert words(page, "variant", NUMBER) in notice.inner_text()
    rows = [row.split() for row in notice.locator("tr").all_inner_texts()]
    wanted = [[f"k{i}", *(f"{x:.2f}" for x in row)] for i, row in enumerate(MINE.key)]
    wanted += [[f"v{i}", *(f"{x:.2f}" for x in row)] for i, row in enumerate(MINE.value)]
    assert rows == wanted
    cell = exercise_cell(page, "1.4.1")
    printed = run(cell, "print(key)\nprint(given_query('1.4.1'))")
    query = course_answer(next(t for t in EXERCISES if t.number == "1.3.2"), MINE)[0]
    numbers = [
        float(x)
        for x in printed.replace("tensor", "")
        .strip("()[]\n")
        .translate(str.maketrans("()[],", "     "))
        .split()
    ]
    assert numbers == pytest.approx([x for row in MINE.key for x in row] + query, rel=1e-4)


def test_the_variant_stays_for_the_next_page_until_the_reader_goes_back(open_page):
    page = open_page("copying", hash=HASH)
    page.goto(page.url.split("#")[0].replace("copying", "averaging"))
    notice = page.get_by_role("complementary", name=f"Variant {NUMBER}")
    notice.get_by_role("button", name=words(page, "leaveVariant")).click()
    expect(notice).to_have_count(0)
    expect(exercise_cell(page, "1.3.1")).to_be_visible()
    page.goto(page.url.replace("averaging", "copying"))
    expect(exercise_cell(page, "1.2.1")).to_be_visible()
    expect(notice).to_have_count(0)


def test_leaving_the_variant_in_the_page_that_was_linked_to_forgets_the_address_too(open_page):
    page = open_page("copying", hash=HASH)
    page.get_by_role("button", name=words(page, "leaveVariant")).click()
    page.wait_for_function("!location.hash")
    expect(exercise_cell(page, "1.2.1")).to_be_visible()
    assert page.locator(".lab-variant").count() == 0


def test_each_variant_has_its_own_texts_and_the_address_may_change(open_page):
    page = open_page("copying")
    code(exercise_cell(page, "1.2.1")).fill("the course's")
    for chosen in (NUMBER, 0):
        page.evaluate(f"location.hash = 'variant={chosen}'")
        expect(page.get_by_role("complementary", name=f"Variant {chosen}")).to_be_visible()
        assert "# TODO" in code(exercise_cell(page, "1.2.1")).input_value()
        code(exercise_cell(page, "1.2.1")).fill(f"variant {chosen}")
    page.evaluate(f"location.hash = 'variant={NUMBER}'")
    expect(page.get_by_role("complementary", name=f"Variant {NUMBER}")).to_be_visible()
    expect(code(exercise_cell(page, "1.2.1"))).to_have_value(f"variant {NUMBER}")
    page.get_by_role("button", name=words(page, "leaveVariant")).click()
    expect(code(exercise_cell(page, "1.2.1"))).to_have_value("the course's")


@pytest.mark.parametrize("asked", ["999", str(COUNT), "x", "", "length", "-1", "1e2", "<b>"])
def test_an_unknown_variant_is_told_and_forgotten(open_page, asked):
    page = open_page("copying", hash=f"#variant={asked}")
    sentence = words(page, "unknownVariant", asked, COUNT)
    assert page.locator("article").get_by_text(sentence).is_visible()
    assert run(exercise_cell(page, "1.2.1"), "print(key[0])").startswith("tensor([0.4700")
    page.goto(page.url.split("#")[0].replace("copying", "averaging"))
    expect(exercise_cell(page, "1.3.1")).to_be_visible()
    assert page.locator(".lab-problem, .lab-variant").count() == 0


def test_where_the_other_numbers_cannot_be_had_the_page_says_so(browser, address):
    page = browser.new_page()
    page.route("**/variants.json*", lambda route: route.abort())
    page.goto(f"{address}/copying.html{HASH}")
    expect(page.locator("article .lab-problem")).to_have_text(words(page, "noVariant"))
    assert run(exercise_cell(page, "1.2.1"), "print(key[0])").startswith("tensor([0.4700")
    page.close()


def test_a_variant_works_where_nothing_is_kept(open_page):
    page = open_page("copying", hash=HASH, before=FORBIDDEN)
    expect(page.get_by_role("complementary", name=f"Variant {NUMBER}")).to_be_visible()
    page.get_by_role("button", name=words(page, "leaveVariant")).click()
    expect(page.locator(".lab-variant")).to_have_count(0)
