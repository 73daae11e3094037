"""The built site: every cell ran, every link leads somewhere, no other host is named."""

import json
import re
from urllib.parse import unquote, urldefrag, urlparse

import nbformat
import pytest

from attention_lab.exercises import ALL, EXERCISES
from attention_lab.site.cell_faults import faulty_cells
from tests.conftest import CHAPTERS


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_cell_ran_in_order_and_without_complaint(site, name):
    path = site.parent / f"jupyter_execute/book/{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    assert faulty_cells(notebook) == []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    streams = [output for cell in code for output in cell.outputs if "name" in output]
    assert {stream.name for stream in streams} <= {"stdout"}


@pytest.mark.parametrize("chapter", ["words", "loudness", "heads", "learned", "real"])
def test_a_chapter_beyond_constants_has_two_exercises_and_four_figures(pages, chapter):
    page = pages[f"book/{chapter}.html"]
    assert len(page.select(".admonition.exercise")) >= 2
    assert len(page.select("figure.picture")) >= 4


def test_no_page_loads_anything_from_another_host(pages):
    for name, page in pages.items():
        loads = page.select("script[src], img[src], iframe[src], source[src], link[href]")
        for element in loads:
            address = element.get("src") or element["href"]
            assert not urlparse(address).netloc, f"{name}: {element}"


def test_no_script_or_style_of_a_page_names_another_host(pages):
    for name, page in pages.items():
        for element in page(["script", "style"]):
            assert "://" not in element.get_text(), f"{name}: {element.get_text()[:200]}"


def test_no_style_sheet_loads_from_another_host(site):
    for path in site.rglob("*.css"):
        elsewhere = re.findall(
            r"(?:url\(|@import\s+)['\"]?(?:https?:)?//[^)'\"]+", path.read_text()
        )
        assert elsewhere == [], path


def test_every_link_inside_the_site_leads_to_a_page_and_a_place(site, pages):
    for name, page in pages.items():
        if name == "404.html":
            continue  # whose links begin where the site does: test_elsewhere.py
        for link in page("a", href=True):
            address, place = urldefrag(link["href"])
            if urlparse(address).scheme or link["href"] == "#":
                continue
            target = (site / name).parent / unquote(address) if address else site / name
            assert target.exists(), f"{name}: {link}"
            key = target.resolve().relative_to(site.resolve()).as_posix()
            if place and key in pages:
                assert pages[key].find(id=unquote(place)), f"{name}: {link}"


def test_formulas_are_mathml_with_nothing_left_of_their_source(pages):
    formulas = [formula for page in pages.values() for formula in page("math")]
    assert len(formulas) >= 10
    for formula in formulas:
        assert not re.search(r"[\\&${}]", formula.get_text()), formula
    assert not any(
        "mathjax" in str(script).lower() for p in pages.values() for script in p("script")
    )


def test_prose_has_its_numbers(pages):
    numbers = [
        number.get_text()
        for name in CHAPTERS
        for number in pages[f"book/{name}.html"].select(".pasted-text")
    ]
    assert len(numbers) >= 15
    assert all(re.fullmatch(r"\d+(\.\d+)?", number) for number in numbers)
    averaging = pages["book/averaging.html"].get_text()
    assert "opens at β = 2.78 and closes at β = 174.3" in averaging
    interactions = pages["book/interactions.html"].get_text()
    assert "Much thinner: 0.0106 instead of 0.104" in interactions


def test_hints_and_solutions_are_folded(pages):
    text = {name: pages[f"book/{name}.html"] for name in CHAPTERS}
    hints = [hint for page in text.values() for hint in page.select(".hints details")]
    assert len(hints) == sum(len(task.hints) for task in ALL)
    assert not any(hint.has_attr("open") for hint in hints)
    solutions = [block for page in text.values() for block in page.select("div.solution")]
    titles = [block.select_one(".admonition-title").get_text() for block in solutions]
    for task in ALL:
        mine = f"Solution to Exercise ({task.number}: "
        assert [title.startswith(mine) for title in titles].count(True) == 1
    assert all("dropdown" in block["class"] for block in solutions)


def test_what_a_cell_prints_is_one_piece(pages):
    for name in CHAPTERS:
        for output in pages[f"book/{name}.html"].select(".cell_output"):
            assert len(output.select(".output.stream")) <= 1


def test_every_exercise_of_the_assignment_says_how_to_work_on_other_numbers(pages):
    said = [
        details.get_text()
        for name in CHAPTERS
        for details in pages[f"book/{name}.html"].select(".variants details")
    ]
    assert len(said) == len(EXERCISES)
    for task in EXERCISES:
        assert sum(f'check("{task.number}", {task.function}(), mine)' in text for text in said) == 1


def test_hints_are_those_of_the_exercises(pages):
    whole = " ".join(" ".join(pages[f"book/{name}.html"].get_text().split()) for name in CHAPTERS)
    for task in ALL:
        for hint in task.hints:
            assert hint in whole


def test_every_page_has_one_title_and_the_search_knows_it(site, pages):
    for name in CHAPTERS:
        assert len(pages[f"book/{name}.html"].article("h1")) == 1
    index = re.fullmatch(r"Search\.setIndex\((.*)\)", (site / "searchindex.js").read_text())
    assert {f"book/{name}" for name in CHAPTERS} <= set(json.loads(index[1])["docnames"])


def test_the_file_that_make_names_leads_to_the_landing_page(site):
    assert "url=book/index.html" in (site / "index.html").read_text()
