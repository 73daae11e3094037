"""What runs in the page comes with the book: all of it, this commit's, and nothing else."""

import json
import re

import pytest
from docutils import nodes
from docutils.utils import new_document

from attention_lab import check, variant
from attention_lab.exercises import ALL
from attention_lab.imported import PACKAGE
from attention_lab.page.bundle import python_files
from attention_lab.page.scripts import ELEMENT, PAGE, classic
from attention_lab.site.page import ENGINE, SCRIPTS, STYLES, VARIANT_SETUP, _digest, _exercises
from tests.tiny import HEADER, TinyBook


@pytest.fixture(scope="module")
def parts(site):
    return site / "_static/lab"


def book_data(folder):
    text = (folder / "_static/lab/book.js").read_text("utf-8")
    return json.loads(re.fullmatch(r"globalThis\.attentionLabBook = (\{.*\});\n", text)[1])


def test_the_parts_are_all_there_and_nothing_else(parts):
    assert {path.name for path in parts.iterdir()} == {
        *STYLES,
        *SCRIPTS,
        *ENGINE,
        "worker.js",
        "python.json",
        "names.json",
        "variants.json",
    }


def test_the_parts_are_those_of_this_commit(parts):
    assert (parts / "page.js").read_text("utf-8") == classic(PAGE)
    assert (parts / "playground.js").read_text("utf-8") == classic(ELEMENT)
    assert json.loads((parts / "python.json").read_text("utf-8")) == python_files()
    for name in (*STYLES, "worker.js"):
        assert (parts / name).read_bytes() == (PACKAGE / "page" / name).read_bytes()
    assert (parts / "variants.json").read_bytes() == (PACKAGE / "variants.json").read_bytes()


def test_every_page_of_the_book_loads_the_scripts_in_order_once_it_is_read(pages):
    for name, page in pages.items():
        ours = [script for script in page("script", src=True) if "/lab/" in script["src"]]
        wanted = list(SCRIPTS) if name.startswith("book/") else []
        assert [script["src"].split("/")[-1].split("?")[0] for script in ours] == wanted, name
        for script in ours:
            assert script.has_attr("defer"), name
            assert re.search(r"\?v=[0-9a-f]{8}$", script["src"]), script


def test_no_page_has_or_loads_anything_of_a_widget(pages):
    for name, page in pages.items():
        text = str(page)
        for trace in ("vnd.jupyter.widget", "html-manager", "requirejs", "require.min.js"):
            assert trace not in text, f"{name}: {trace}"
    assert pages["book/averaging.html"].find("attention-playground")


def test_the_book_names_its_exercises_in_order_with_the_place_of_each(site, pages):
    exercises = book_data(site)["exercises"]
    assert [exercise["number"] for exercise in exercises] == [task.number for task in ALL]
    for exercise, task in zip(exercises, ALL, strict=True):
        assert (exercise["title"], exercise["function"]) == (task.title, task.function)
        page, anchor = exercise["href"].split("#")
        assert exercise["page"] == page
        section = pages[page].find(id=anchor)
        cell = section.find(class_="tag_exercise").pre.get_text()
        assert exercise["source"].split() == cell.split()
        assert f"def {task.function}(" in exercise["source"]
        assert "nan" in exercise["source"]
        first = pages[page].article.find(class_="cell").pre.get_text()
        assert exercise["setup"].split() == first.split()
        assert "import" in exercise["setup"]


def test_the_book_names_its_two_writeups(site, pages):
    data = book_data(site)
    assert len(data["writeups"]) == 2
    for writeup in data["writeups"]:
        block = pages[writeup["page"]].find(id=writeup["name"])
        assert writeup["title"] in block.get_text()
        for paragraph in writeup["prompt"].split("\n\n"):
            assert paragraph.split()[0] in block.get_text()


def test_the_version_in_the_book_is_that_of_its_parts(site, parts, tmp_path):
    copy = tmp_path / "lab"
    copy.mkdir()
    for path in parts.iterdir():
        if path.name != "book.js":
            (copy / path.name).write_bytes(path.read_bytes())
    assert book_data(site)["version"] == _digest(copy)


def test_the_version_follows_names_and_contents(tmp_path):
    (tmp_path / "a.js").write_text("1")
    versions = [_digest(tmp_path)]
    for step in (
        lambda: (tmp_path / "a.js").write_text("2"),
        lambda: (tmp_path / "a.js").rename(tmp_path / "b.js"),
        lambda: (tmp_path / "c.wasm").write_bytes(b"\0"),
    ):
        step()
        versions.append(_digest(tmp_path))
    assert len(set(versions)) == len(versions)
    assert _digest(tmp_path) == versions[-1]


def test_the_cell_that_puts_a_notebook_on_a_variant_does_so():
    names = {}
    exec(VARIANT_SETUP.replace("{number}", "7"), names)
    for mine, given in zip((names["key"], names["value"]), variant(7).tensors(), strict=True):
        assert mine.equal(given)
    answer = [[1, 2, 3]]
    assert vars(names["check"]("1.2.1", answer)) == vars(check("1.2.1", answer, variant(7)))


def test_an_exercise_on_a_page_without_a_heading_leads_to_the_page():
    page = new_document("page")
    cell = nodes.container(nb_element="cell_code", classes=["cell", "tag_exercise"])
    source = "def get_query121():\n    return 1\n"
    cell += nodes.literal_block(source, source)
    page += cell
    found = _exercises(page, "page.html")
    assert found["1.2.1"]["href"] == "page.html#"
    assert found["1.2.1"]["source"] == source.rstrip("\n")


FORK = f"""{HEADER}
```{{code-cell}}
from attention_lab import Playground
Playground("1.2.1")
```

A playground, but no exercise of the course.
"""


@pytest.fixture(scope="module")
def fork(tmp_path_factory):
    """A book of somebody else's, built."""
    book = TinyBook(tmp_path_factory.mktemp("fork"))
    book.write_page(FORK)
    built = book.build()
    assert built.returncode == 0, built.stdout + built.stderr
    return book


def test_a_book_without_exercises_has_a_playground_all_the_same(fork, browser):
    data = book_data(fork.folder / "_build/html")
    assert (data["exercises"], data["writeups"]) == ([], [])
    page, faults = browser.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((fork.folder / "_build/html/book/page.html").as_uri())
    page.get_by_role("region", name="Playground").wait_for()
    assert faults == []
    page.close()


def test_a_pdf_gets_the_picture(fork):
    built = fork.build("--builder", "latex")
    assert built.returncode == 0, built.stdout + built.stderr
    (document,) = (fork.folder / "_build/latex").glob("*.tex")
    (name,) = re.findall(r"includegraphics\{\{(\w+)\}\.png\}", document.read_text("utf-8"))
    assert (fork.folder / f"_build/latex/{name}.png").exists()


def test_plain_text_gets_the_table(fork):
    built = fork.build("--builder", "custom", "--custom-builder", "text")
    assert built.returncode == 0, built.stdout + built.stderr
    text = (fork.folder / "_build/text/book/page.txt").read_text("utf-8")
    assert re.search(r"key +score +weight\n +k0 +0\.66 +0\.376\n", text)


def test_without_the_engine_the_build_says_at_once_how_to_get_it(tmp_path):
    book = TinyBook(tmp_path)
    book.write_page(FORK)
    (tmp_path / "node_modules").unlink()
    built = book.build()
    assert built.returncode != 0
    said = built.stdout + built.stderr
    assert "Expected micropython.mjs in node_modules/" in said
    assert "`make book` fetches it" in said
    assert "Executing notebook" not in said
