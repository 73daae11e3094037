"""How many exercises are passed is shown, kept, and shared by the pages."""

from playwright.sync_api import expect

from attention_lab.course import course_answer
from attention_lab.exercises import ALL, EXERCISES
from attention_lab.fixtures import SEED
from tests.cells import answer_code, exercise_cell, run, words

ANSWERS = {task.number: answer_code(task.number, course_answer(task, SEED)) for task in ALL}


def progress(page):
    return page.locator(".lab-progress").inner_text()


def marks(page):
    """What is said of each exercise: passed, or not yet."""
    signs = page.locator(".lab-progress li [role=img]")
    return [signs.nth(i).get_attribute("aria-label") for i in range(signs.count())]


def test_a_pass_is_counted_once_and_stays(open_page):
    page = open_page("copying")
    assert words(page, "progress", 0, len(ALL)) in progress(page)
    assert words(page, "assigned", 0, len(EXERCISES)) in progress(page)
    assert words(page, "beyond", 0, len(ALL) - len(EXERCISES)) in progress(page)
    assert words(page, "onThisDevice") in progress(page)
    cell = exercise_cell(page, "1.2.2")
    run(cell)
    assert words(page, "progress", 0, len(ALL)) in progress(page)
    for _ in range(2):
        run(cell, ANSWERS["1.2.2"])
        assert words(page, "progress", 1, len(ALL)) in progress(page)
        assert words(page, "assigned", 1, len(EXERCISES)) in progress(page)
        assert words(page, "beyond", 0, len(ALL) - len(EXERCISES)) in progress(page)
    assert marks(page) == ["not yet", "passed", *(len(ALL) - 2) * ["not yet"]]
    run(cell, "print('broken')")
    page.reload()
    assert words(page, "progress", 1, len(ALL)) in progress(page)


def test_only_the_exercises_own_cell_counts_and_only_on_the_readers_numbers(open_page):
    page = open_page("copying")
    cell = exercise_cell(page, "1.2.1")
    run(cell, "check('1.2.2', 10 * key)")
    other = "from attention_lab import variant\nv = variant(7)\n"
    run(cell, other + "check('1.2.1', torch.tensor([v.key[0]]) * 50, v)")
    assert words(page, "progress", 0, len(ALL)) in progress(page)


def test_two_tabs_share_the_progress(open_page):
    page = open_page("copying")
    other = page.context.new_page()
    other.goto(page.url.replace("copying", "averaging"), wait_until="networkidle")
    run(exercise_cell(other, "1.3.1"), ANSWERS["1.3.1"])
    expect(page.locator(".lab-progress")).to_contain_text(words(page, "progress", 1, len(ALL)))
    run(exercise_cell(page, "1.2.1"), ANSWERS["1.2.1"])
    expect(other.locator(".lab-progress")).to_contain_text(words(page, "progress", 2, len(ALL)))
    page.goto(page.url.replace("copying", "index"))
    expect(page.locator(".lab-progress")).to_contain_text(words(page, "progress", 2, len(ALL)))
    assert marks(page) == ["passed", "not yet", "passed", *(len(ALL) - 3) * ["not yet"]]


def test_each_exercise_in_the_list_leads_to_its_section(open_page):
    page = open_page("index")
    links = page.locator(".lab-progress li").get_by_role("link")
    assert links.all_inner_texts() == [f"{task.number} {task.title}" for task in ALL]
    for address in links.evaluate_all("links => links.map(link => link.href)"):
        page.goto(address)
        assert page.locator(":target > :is(h2, h3)").count() == 1
        number = ".".join(address.rsplit("-", 3)[1:])
        assert page.locator(":target").locator(f'[data-exercise="{number}"]').count() == 1
