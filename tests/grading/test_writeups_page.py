"""The marker's page, typed on in a real browser; and its file, read back into reports."""

import csv
import io

import pytest
from playwright.sync_api import expect

from attention_lab.grading.pages.points import apply_points, columns, read_points
from attention_lab.grading.pages.writeups import writeups_page
from tests.axe import violations
from tests.grading.made_up import (
    HOSTILE,
    QUESTIONS,
    all_hostile,
    broken,
    marked,
    report,
    right,
    whole_class,
)
from tests.grading.opened import foreign, opened

COPYING, AVERAGING = (question.name for question in QUESTIONS)
HEADER = "file,student,question,row 1,row 2,row 3,points,comment\n"


def two_students():
    """Bob before Ada as they came; the page sorts them."""
    return [
        report(
            marked(right("1.2.1")),
            file=f"{name}.ipynb",
            name=name,
            texts=[(COPYING, f"{name} on copying\nin lines"), (AVERAGING, f"{name} on averages")],
        )
        for name in ("Bob", "Ada")
    ]


def written(tmp_path, reports, name="writeups.html"):
    """The path of the page."""
    path = tmp_path / name
    path.write_text(writeups_page(reports, QUESTIONS), "utf-8")
    return path


def article(page, name, question=COPYING):
    """One write-up on the page."""
    return page.locator(f'article[data-student="{name}"][data-name="{question}"]')


def type_points(page, name, points, question=COPYING):
    """Type into the fields of one write-up, as a marker does: Enter leads to the next."""
    article(page, name, question).locator("input").first.focus()
    for n, number in enumerate(points):
        if n:
            page.keyboard.press("Enter")
        page.keyboard.type(str(number))


def saved(page):
    """The file that the page hands out, as bytes."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save writeup-points.csv").click()
    assert download.value.suggested_filename == "writeup-points.csv"
    with open(download.value.path(), "rb") as file:
        return file.read()


def load(page, data):
    """Give the page a file."""
    page.get_by_label("Load a file").set_input_files(
        {"name": "points.csv", "mimeType": "text/csv", "buffer": data}
    )


def test_texts_stand_beside_their_rubric(browser, tmp_path):
    with opened(browser, written(tmp_path, two_students())) as page:
        one = article(page, "Ada")
        assert one.locator(".text").inner_text() == "Ada on copying\nin lines"
        for _, text in QUESTIONS[0].rubric:
            assert one.get_by_label(text).count() == 1
        assert one.locator("input").evaluate_all("all => all.map(i => i.max)") == ["2", "1", "3"]
        text, rubric = one.locator(".text").bounding_box(), one.locator("ol").bounding_box()
        assert text["x"] + text["width"] < rubric["x"]


def test_points_are_summed_and_progress_is_told(browser, tmp_path):
    with opened(browser, written(tmp_path, two_students())) as page:
        progress = page.locator("#progress")
        expect(progress).to_have_text("0 of 4 marked")
        type_points(page, "Ada", [1.5, 0])
        expect(progress).to_have_text("0 of 4 marked, 1 begun")
        expect(article(page, "Ada").locator("output")).to_have_text("1.5 of 6")
        page.keyboard.press("Enter")
        page.keyboard.type("2")
        expect(progress).to_have_text("1 of 4 marked")
        expect(article(page, "Ada").locator("output")).to_have_text("3.5 of 6")
        expect(article(page, "Ada").locator(".state")).to_have_text("✓ marked")


def test_a_number_out_of_range_is_shown_and_neither_counted_nor_saved(browser, tmp_path):
    with opened(browser, written(tmp_path, two_students())) as page:
        type_points(page, "Ada", [1, 1, 4])
        expect(page.locator("#progress")).to_have_text("0 of 4 marked, 1 begun")
        expect(page.locator("[aria-invalid=true]")).to_have_count(1)
        expect(article(page, "Ada").locator("output")).to_have_text("Expected a number from 0 to 3")
        assert violations(page) == []
        data = saved(page)
        expect(page.locator("#note")).to_contain_text("without 1 that cannot be")
    assert read_points(data, QUESTIONS) == {}


def test_arrow_keys_step_by_half_a_point_and_buttons_fill(browser, tmp_path):
    with opened(browser, written(tmp_path, two_students())) as page:
        article(page, "Ada").locator("input").first.focus()
        for _ in range(3):
            page.keyboard.press("ArrowUp")
        assert article(page, "Ada").locator("input").first.input_value() == "1.5"
        article(page, "Bob").get_by_role("button", name="All points").click()
        expect(article(page, "Bob").locator("output")).to_have_text("6 of 6")
        article(page, "Bob").get_by_role("button", name="None").click()
        expect(article(page, "Bob").locator("output")).to_have_text("0 of 6")
        expect(page.locator("#progress")).to_have_text("1 of 4 marked, 1 begun")


def test_a_reload_keeps_and_two_classes_do_not_mix(browser, tmp_path):
    path = written(tmp_path, two_students())
    other = two_students()
    other[1].writeups[COPYING] = "Another Ada, another class, a file of the same name"
    other_path = written(tmp_path, other, "other.html")
    context = browser.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    type_points(page, "Ada", [2, 1, 0.5])
    article(page, "Ada").get_by_label("Comment").fill("Good.\nGo on.")
    page.reload()
    expect(page.locator("#progress")).to_have_text("1 of 4 marked")
    assert article(page, "Ada").locator("textarea").input_value() == "Good.\nGo on."
    page.goto(other_path.as_uri())
    expect(page.locator("#progress")).to_have_text("0 of 4 marked")
    context.close()


def test_where_nothing_is_kept_the_page_says_so_and_goes_on(browser, tmp_path):
    refuse = "Storage.prototype.setItem = () => { throw new DOMException('full'); };"
    context = browser.new_context()
    context.add_init_script(refuse)
    page = context.new_page()
    page.goto(written(tmp_path, two_students()).as_uri())
    type_points(page, "Ada", [2, 1, 0.5])
    expect(page.locator("#note")).to_contain_text("save the file before you close")
    assert read_points(saved(page), QUESTIONS)["Ada.ipynb", COPYING] == (3.5, "")
    context.close()


@pytest.mark.parametrize(
    "comment", ['=1+1; "quoted", ümlaut\n-second line', "\uff1d1+1", "'\uff20x"]
)
def test_from_the_page_into_the_score_and_back_into_a_page(browser, tmp_path, comment):
    reports = two_students()
    with opened(browser, written(tmp_path, reports)) as page:
        type_points(page, "Ada", [2, 0.5, 3])
        article(page, "Ada").get_by_label("Comment").fill(comment)
        type_points(page, "Bob", [0, 0], AVERAGING)
        type_points(page, "Bob", [1], COPYING)  # begun only
        data = saved(page)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == columns(QUESTIONS)
    assert len(rows) == 5
    assert rows[1][-1] == "'" + comment
    read = read_points(data, QUESTIONS)
    assert read == {
        ("Ada.ipynb", COPYING): (5.5, comment),
        ("Bob.ipynb", AVERAGING): (0, ""),
    }
    bob, ada = reports
    bob.max_writeup_points, ada.max_writeup_points = {}, {}  # the rubrics say what there is
    assert apply_points(reports, read, QUESTIONS) == []
    assert (ada.score, ada.max_score) == (6.5, 7)  # 1 of 1 for 1.2.1, 5.5 of 6
    assert (bob.score, bob.max_score) == (1, 5)  # 1 of 1, and 0 of 4: marked, so it counts
    assert ada.writeup_comments[COPYING] == comment
    with opened(browser, written(tmp_path, reports, "again.html")) as page:
        expect(page.locator("#progress")).to_have_text("0 of 4 marked")
        load(page, data)
        expect(page.locator("#progress")).to_have_text("2 of 4 marked, 1 begun")
        assert article(page, "Ada").locator("textarea").input_value() == comment
        assert saved(page) == data
        page.reload()
        expect(page.locator("#progress")).to_have_text("2 of 4 marked, 1 begun")


EXCEL = (
    "file;student;question;row 1;row 2;row 3;points;comment\r\n"
    f"Ada.ipynb;Ada;{COPYING};1,5;1;3;5,5;Schön; genug\r\n"
).replace("Schön; genug", '"Schön; genug"')


@pytest.mark.parametrize(
    "data",
    [
        EXCEL.encode("utf-8-sig"),
        EXCEL.encode("cp1252"),
        EXCEL.replace("; genug", "_").replace(";", "\t").replace("_", "; genug").encode("utf-16"),
        EXCEL.replace("\r\n", "\r\n;;;;;;;\r\n").encode(),  # a spreadsheet's empty rows
        EXCEL.replace("5,5", "").encode(),
        EXCEL.replace("1,5;1;3", ";;").encode(),  # only a sum
        EXCEL.upper().replace("ADA.IPYNB", "Ada.ipynb").replace(COPYING.upper(), COPYING)
        .replace("SCHÖN; GENUG", "Schön; genug").encode(),
    ],
    ids=["bom", "cp1252", "utf16-tabs", "empty rows", "no sum", "only sum", "capitals"],
)  # fmt: skip
def test_what_a_spreadsheet_makes_of_the_file_is_read(data):
    assert read_points(data, QUESTIONS) == {("Ada.ipynb", COPYING): (5.5, "Schön; genug")}


def test_the_page_reads_what_a_spreadsheet_made_of_its_file(browser, tmp_path):
    for data in (EXCEL.encode("utf-8-sig"), EXCEL.encode("cp1252"), EXCEL.encode("utf-16")):
        context = browser.new_context()
        page = context.new_page()
        page.goto(written(tmp_path, two_students()).as_uri())
        load(page, data)
        expect(page.locator("#progress")).to_have_text("1 of 4 marked")
        expect(article(page, "Ada").locator("output")).to_have_text("5.5 of 6")
        assert article(page, "Ada").locator("textarea").input_value() == "Schön; genug"
        context.close()


def test_the_page_says_what_in_a_file_is_not_its_own(browser, tmp_path):
    with opened(browser, written(tmp_path, two_students())) as page:
        load(page, b"none,of,ours\n1,2,3\n")
        expect(page.locator("#note")).to_contain_text(
            "there is no column called file or question or row 1"
        )
        rows = f"gone.ipynb,,{COPYING},1,1,1,3,\nAda.ipynb,,{COPYING},,,,5,\n"
        load(page, (HEADER + rows).encode())
        expect(page.locator("#note")).to_contain_text("1 in the file are not on this page")
        expect(page.locator("#note")).to_contain_text("1 have only a sum")
        expect(page.locator("#progress")).to_have_text("0 of 4 marked")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (f"a,,{COPYING},3,1,1,,", r"Line 2: .* from 0 to 2 for row 1 .*got '3'"),
        (f"a,,{COPYING},,,,6.5,", r"Line 2: .* from 0 to 6 for all points; got '6.5'"),
        (f"a,,{COPYING},-1,1,1,,", r"from 0 to 2 .*got '-1'"),
        (f"a,,{COPYING},nan,1,1,,", "got 'nan'"),
        (f"a,,{COPYING},1e0,1,1,,", "got '1e0'"),
        (f"a,,{COPYING},٢,1,1,,", "got '٢'"),
        (f"a,,{COPYING},01. Mai,1,1,,", "got '01. Mai'"),
        (f"a,,{COPYING},1,1,1,4,", r"Line 2: .* the sum of the rows, 3; got 4"),
        (f"a,,{COPYING},1,1,1,3.25,", "the sum of the rows, 3; got 3.25"),
        (f"a,,{AVERAGING},1,1,1,,", r"Line 2: expected nothing for row 3, .*2 rows; got '1'"),
        (
            "a,,writeup-other,1,1,1,,",
            f"Line 2: .*one of {COPYING}, {AVERAGING}; got 'writeup-other'",
        ),
        (f'a,,{COPYING},1,1,1,,"x\ny"\na,,{COPYING},1,1,1,,', "Line 4: .* once; line 2 has it"),
        (f"a,,{COPYING},1,1,1,,{'x' * 200_000}", "Line 2: .*field larger"),
    ],
)
def test_points_that_cannot_be_are_refused_with_their_line(row, words):
    with pytest.raises(ValueError, match=words):
        read_points(HEADER + row + "\n", QUESTIONS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is empty"),
        ("file,points\na,1\n", "question is not among file, points"),
        ("\n\nnonsense", "Line 3: expected columns called file, question and points"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(text, words):
    with pytest.raises(ValueError, match=words):
        read_points(text, QUESTIONS)


def test_what_is_not_marked_is_left_out_and_does_not_count():
    rows = f"a,,{COPYING},1,,1,,half\nb,,{COPYING},,,,,\nc,,{COPYING},0,0,0,,\n"
    assert read_points(HEADER + rows, QUESTIONS) == {("c", COPYING): (0, "")}


def test_points_for_no_submission_are_told():
    reports = [*two_students(), broken("broken.ipynb")]
    read = {
        ("Ada.ipynb", COPYING): (4, ""),
        ("gone.ipynb", COPYING): (3, ""),
        ("broken.ipynb", AVERAGING): (2, ""),
    }
    nowhere = [("gone.ipynb", COPYING), ("broken.ipynb", AVERAGING)]
    assert apply_points(reports, read, QUESTIONS) == nowhere
    assert [handed_in.score for handed_in in reports] == [1, 5, 0]


def test_the_order_can_be_by_student_and_names_can_be_hidden(browser, tmp_path):
    with opened(browser, written(tmp_path, two_students())) as page:

        def order():
            data = "all => all.map(a => [a.dataset.student, a.dataset.name])"
            return [tuple(pair) for pair in page.locator("article").evaluate_all(data)]

        names, questions = ("Ada", "Bob"), (COPYING, AVERAGING)
        assert order() == [(name, question) for question in questions for name in names]
        type_points(page, "Bob", [2, 1, 0.5])
        page.get_by_label("Order").select_option("student by student")
        assert order() == [(name, question) for name in names for question in questions]
        expect(article(page, "Bob").locator("output")).to_have_text("3.5 of 6")
        page.get_by_label("Hide names").check()
        assert "Ada.ipynb" not in page.locator("main").inner_text()
        heading = article(page, "Ada").locator("h2").inner_text()
        assert heading.startswith("Why copy? · no. 1")
        assert "Ada" not in heading


def test_next_unmarked_goes_on_and_begins_again(browser, tmp_path):
    with opened(browser, written(tmp_path, two_students())) as page:
        focused = "document.activeElement.closest('article').dataset.student"
        button = page.get_by_role("button", name="Next unmarked")
        type_points(page, "Ada", [2, 1, 0.5])
        button.click()
        assert page.evaluate(focused) == "Bob"
        for name, question in (("Ada", AVERAGING), ("Bob", AVERAGING)):
            article(page, name, question).get_by_role("button", name="None").click()
        button.click()
        assert page.evaluate(focused) == "Bob"  # on copying, above the one touched last
        article(page, "Bob").get_by_role("button", name="None").click()
        button.click()
        expect(page.locator("#note")).to_have_text("All are marked.")


def test_tab_leads_through_everything_and_out(browser, tmp_path):
    with opened(browser, written(tmp_path, two_students()[:1])) as page:
        stops = []
        for _ in range(40):
            page.keyboard.press("Tab")
            here = page.evaluate(
                "[...document.querySelectorAll('body *')].indexOf(document.activeElement)"
            )
            if here < 0:
                break
            stops.append(here)
            ring = "e => getComputedStyle(e).outlineStyle"
            shown = page.locator(":focus").evaluate(ring)
            around = page.locator(":focus").evaluate(
                "e => getComputedStyle(e.parentElement).outlineStyle"
            )
            assert "solid" in (shown, around)
    # next, load, save, order, names; 3 + 2 fields, twice two buttons, two comments
    assert len(stops) == len(set(stops)) == 5 + 5 + 4 + 2


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browser, tmp_path, width, scheme):
    path = written(tmp_path, whole_class()[-6:])
    with opened(browser, path, width, color_scheme=scheme) as page:
        type_points(page, page.locator("article").first.get_attribute("data-student"), [2, 1, 3])
        page.get_by_role("button", name="Next unmarked").click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for reports in ([], [broken()]):
        with opened(browser, written(tmp_path, reports), width, color_scheme=scheme) as page:
            assert violations(page) == []
            assert "There is no write-up to mark." in page.locator("main").inner_text()


def test_hostile_texts_are_shown_and_saved_and_never_run(browser, tmp_path):
    reports = all_hostile()
    with opened(browser, written(tmp_path, reports), 390) as page:
        assert foreign(page) == []
        assert page.locator("script").count() == 1
        texts = page.locator(".text").all_text_contents()
        for sample in HOSTILE[:5]:
            assert sample in texts
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.get_by_role("button", name="All points").evaluate_all(
            "all => all.forEach(b => b.click())"
        )
        data = saved(page)
        assert foreign(page) == []
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert not any(cell.startswith(tuple("=+-@\t\r")) for row in rows for cell in row)
    assert apply_points(reports, read_points(data, QUESTIONS), QUESTIONS) == []
    read = [handed_in for handed_in in reports if not handed_in.error]
    assert all(handed_in.writeup_points == {COPYING: 6, AVERAGING: 4} for handed_in in read)


def test_only_the_pages_own_script_may_run(browser, tmp_path):
    path = written(tmp_path, two_students())
    html = path.read_text("utf-8").replace("<main>", "<main><script>planted = 1</script>")
    path.write_text(html.replace("<h1>", "<h1 onclick='planted = 1'>"), "utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator("h1").click()
    assert page.evaluate("typeof planted") == "undefined"
    expect(page.locator("#progress")).to_have_text("0 of 4 marked")
    context.close()
