"""The tables of sections on the first page: what stands in them is what their pages say."""

import re

import pytest
from bs4 import BeautifulSoup

from attention_lab.exercises import ALL, EXERCISES
from attention_lab.site.sections import PARTS, sections, table, tables
from tests.conftest import ROOT
from tests.tiny import HEADER, TinyBook

BOX = re.compile(r"^```\{exercise\} (\d+\.\d+\.\d+)", re.MULTILINE)
PAGES = sorted((ROOT / "book").glob("*.md"))


@pytest.fixture(scope="module")
def rows(site):
    """The rows of each table on the built page."""
    page = BeautifulSoup((site / "book/index.html").read_text("utf-8"), "html.parser")
    return [found.select("tbody tr") for found in page.select("table.table")]


def page(folder, name, number, *lines):
    """Write a page that has a number."""
    text = "\n".join([f"(sec-{name})=", f"# {number} About {name}", "", *lines, ""])
    path = folder / f"{name}.md"
    path.write_text(f"---\ntitle: any\n---\n\n{text}", "utf-8")
    return path


def test_an_exercise_is_listed_where_its_box_stands(rows):
    listed = {}
    for row in (row for part in rows for row in part):
        section, _, numbers = row.select("td")
        name = re.match(r"(\w+)\.html#", section.a["href"])[1]
        listed[name] = numbers.get_text(strip=True).split(", ") if numbers.get_text() else []
    standing = {path.stem: BOX.findall(path.read_text("utf-8")) for path in PAGES}
    assert listed == {name: standing[name] for name in listed}
    assert [number for numbers in listed.values() for number in numbers] == [
        task.number for task in ALL
    ]


def test_the_assignment_is_one_table_and_what_goes_beyond_the_other(rows):
    assigned, beyond = (" ".join(row.get_text(" ") for row in part) for part in rows)
    for task in ALL:
        assert (task.number in assigned, task.number in beyond) == (
            task in EXERCISES,
            task not in EXERCISES,
        )


def test_the_first_page_says_what_the_section_says(rows):
    for row in (row for part in rows for row in part):
        section, will, _ = row.select("td")
        name = re.match(r"(\w+)\.html#", section.a["href"])[1]
        html = (ROOT / f"_build/html/book/{name}.html").read_text("utf-8")
        told = BeautifulSoup(html, "html.parser")
        assert section.get_text() == told.h1.find(string=True)
        item = next(li for li in told.select("li") if li.get_text().startswith("You will "))
        assert item.get_text().strip() == f"You will {will.get_text()}."


def test_sections_are_in_the_order_of_their_numbers(tmp_path):
    made = [page(tmp_path, "ten", "1.10"), page(tmp_path, "nine", "1.9")]
    assert [section.label for section in sections(made)] == ["sec-nine", "sec-ten"]


def test_a_number_does_not_take_the_exercises_of_another(tmp_path):
    (found,) = sections([page(tmp_path, "ten", "1.10")])
    assert found.exercises == []


def test_a_section_without_exercises_belongs_to_what_comes_before_the_last_that_is_marked(tmp_path):
    numbers = ("1.1", "1.2", "1.3", "1.5", "1.11")
    made = [page(tmp_path, f"p{number[2:]}", number) for number in numbers]
    assigned, beyond = (re.findall(r"#sec-(\w+)", tables(made)[part]) for part in PARTS)
    assert (assigned, beyond) == (["p1", "p2", "p3"], ["p5", "p11"])


def test_a_page_without_a_number_and_a_title_within_code_are_no_section(tmp_path):
    path = tmp_path / "how.md"
    path.write_text(f"(sec-how)=\n# How to\n\n```md\n{HEADER}(sec-x)=\n# 1.7 X\n```\n", "utf-8")
    assert sections([path]) == []
    assert table([]).count("\n") == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sections", "assignment or beyond"),
        ("questions", "before or after"),
        ("worksheet", "sheet or key"),
    ],
)
def test_another_part_is_refused_with_those_there_are(tmp_path, name, expected):
    book = TinyBook(tmp_path)
    book.write_page(f"{HEADER}```{{{name}}} all\n```\n")
    built = book.build()
    assert built.returncode != 0
    line = HEADER.count("\n") + 1
    assert f"book/page.md:{line}: " in built.stderr
    assert f"Expected {expected} for {{{name}}}; got 'all'." in built.stderr
