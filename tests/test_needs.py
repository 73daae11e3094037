"""What a chapter needs beyond the others: its page says so, and its notebook installs that."""

import nbformat
import pytest

from attention_lab.site.needs import extras, packages, said
from tests.tiny import HEADER, TinyBook

CELL = "```{code-cell}\n1 + 1\n```\n"


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Build a page with these texts between its title and its cell; what came of it."""

    def builder(*parts):
        book = TinyBook(tmp_path_factory.mktemp("book"))
        book.write_page(HEADER + "\n".join([*parts, CELL]))
        return book, book.build()

    return builder


@pytest.fixture(scope="module")
def needing(build):
    book, done = build("```{needs} extract\n```\n")
    assert done.returncode == 0, done.stderr
    return book


@pytest.fixture(scope="module")
def plain(build):
    book, done = build()
    assert done.returncode == 0, done.stderr
    return book


def install_cell(book):
    notebook = nbformat.read(book.folder / "_build/html/notebooks/page.ipynb", as_version=4)
    return next(cell.source for cell in notebook.cells if cell.id == "install")


def test_the_page_names_what_it_needs(needing):
    assert packages("extract") == ["safetensors", "tokenizers", "huggingface_hub"]
    for name in packages("extract"):
        assert f'<span class="pre">{name}</span>' in needing.shown()
    assert "Its notebook installs them." in needing.shown()


def test_the_notebook_installs_it_beside_the_package(needing, plain):
    assert f"\nothers = {packages('extract')}\n" in install_cell(needing)
    assert "\nothers = []\n" in install_cell(plain)
    for book in (needing, plain):
        assert '%pip install --quiet {wheel} {" ".join(others)}' in install_cell(book)


@pytest.mark.parametrize(
    ("others", "wheel", "missing"),
    [
        ([], None, False),
        (["pytest"], None, False),  # it is here: this test runs
        (["pytest", "no-such-package"], None, True),
        ([], "attention_lab-9.9+other-py3-none-any.whl", True),
    ],
)
def test_it_is_looked_for_before_it_is_installed(plain, others, wheel, missing):
    code = install_cell(plain).split("\n\nif missing():")[0]
    lines = code.splitlines()
    code = "\n".join(line for line in lines if not line.startswith(("others =", "    wheel =")))
    if wheel:
        code = "\n".join(
            f"wheel = {wheel!r}" if line.startswith("wheel =") else line
            for line in code.splitlines()
        )
    space = {"others": others}
    exec(code.replace("if not Path(wheel).exists():", ""), space)
    assert bool(space["missing"]()) is missing


def test_an_extra_that_is_not_there_fails_the_build_and_is_told_what_there_is(build):
    _, done = build("```{needs} lern\n```\n")
    assert done.returncode != 0
    assert "got 'lern'" in done.stderr
    assert "learn" in done.stderr


def test_every_extra_can_be_named():
    for extra in extras():
        assert all(name in said(packages(extra)) for name in packages(extra))
