"""A fault planted in a tiny book fails its build, and keeps failing it until it is mended."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from attention_lab.site.cell_faults import faulty_cells
from attention_lab.site.fresh import digest
from tests.conftest import ROOT
from tests.jupyterlab import free_port
from tests.tiny import GOOD, HEADER, TinyBook, cell


@pytest.fixture
def tiny(tmp_path):
    return TinyBook(tmp_path)


NEVER_INSTALL = ("-o", ".venv/installed", "-o", "node_modules/.installed")
FAULTS = {
    "an error in a cell": (cell("1 / 0"), "ZeroDivisionError"),
    "an error that is allowed and does not come": (
        cell("1 / 1", "raises-exception"),
        "raised nothing",
    ),
    "a cell that is skipped": (cell("1 / 1", "skip-execution"), "was not run"),
    "unexpected words on stderr": (
        cell("import sys; print('oh', file=sys.stderr)"),
        "stderr",
    ),
    "words on stderr in a cell that is removed": (
        cell("import sys; print('oh', file=sys.stderr)", "remove-cell"),
        "wrote to stderr",
    ),
    "a warning from a library": (cell("import warnings; warnings.warn('old')"), "stderr"),
    "a broken reference": (HEADER + "See [](#nowhere).\n", "nowhere"),
    "a broken link to a page": (HEADER + "See [it](nowhere.md).\n", "nowhere"),
    "a citation of nothing": (HEADER + "See {cite}`nobody1999`.\n", "nobody1999"),
    "an unknown directive": (HEADER + "```{warming}\n```\n", "warming"),
    "a number that no cell has glued": (HEADER + "It is {glue:text}`lost:.2f`.\n", "lost"),
    "hints for no exercise": (HEADER + "```{hints} 9.9.9\n```\n", "no exercise '9.9.9'"),
    "a formula that MathML is not made from": (
        HEADER + "$$\\begin{aligned} a &= b \\end{aligned}$$\n",
        "aligned",
    ),
    "what a notebook cannot show": (HEADER + "```{eval-rst}\n| a line\n```\n", "line_block"),
    "a bar in a table's formula": (HEADER + "| a |\n| --- |\n| $\\lbrace\\|$ |\n", "vert"),
    "text that a notebook would fold with a solution": (
        HEADER
        + "```{exercise}\n:label: ex\nAsk.\n```\n```{solution-start} ex\n:class: dropdown\n```\n"
        + "```{code-cell}\n1\n```\n```{solution-end}\n```\n\nNot part of it.\n",
        "expected a heading",
    ),
    "cells in a page without the header": ("# Page\n\n```{code-cell}\n1\n```\n", "code-cell"),
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """A book with a page for each fault, built twice: what was said each time, and the statuses."""
    book = TinyBook(tmp_path_factory.mktemp("faulty"))
    book.write_page(GOOD)
    toc = "format: jb-book\nroot: book/page\nchapters:\n"
    for n, (text, _) in enumerate(FAULTS.values()):
        (book.folder / f"book/fault-{n}.md").write_text(text, "utf-8")
        toc += f"  - file: book/fault-{n}\n"
    (book.folder / "_toc.yml").write_text(toc)
    builds = [book.build() for _ in range(2)]
    return [built.stderr for built in builds], [built.returncode for built in builds]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_a_warning_of_its_page_and_is_told_again_by_the_next_build(faulty, fault):
    page, (_, said) = f"/book/fault-{[*FAULTS].index(fault)}.md", FAULTS[fault]
    for told in faulty[0]:
        ours = re.findall(rf"{page}\b.*(?:WARNING|ERROR): .*", told)
        assert any(said in line for line in ours), ours


def test_a_warning_fails_the_build_each_time(faulty, tiny):
    _, statuses = faulty
    assert 0 not in statuses
    tiny.write_page(HEADER + "See [](#nowhere).\n")  # one alone is enough
    assert [tiny.build().returncode != 0 for _ in range(2)] == [True, True]


def test_a_number_is_not_missed_where_the_cells_before_it_broke_off(tiny):
    shown = "It is {{glue:text}}`{}:.2f`.\n"
    tiny.write_page(cell("1 / 0") + shown.format("lost"))
    (tiny.folder / "book/other.md").write_text(GOOD + shown.format("unmade"), "utf-8")
    (tiny.folder / "_toc.yml").write_text(
        "format: jb-book\nroot: book/page\nchapters:\n  - file: book/other\n"
    )
    for _ in range(2):
        told = tiny.build().stderr
        assert "ZeroDivisionError" in told
        assert "lost" not in told
        assert "unmade" in told


def test_a_page_without_a_fault_is_not_blamed(faulty):
    assert not any("/book/page.md" in build for build in faulty[0])


def test_a_good_book_builds_and_a_mended_one_too(tiny):
    tiny.write_page(cell("1 / 0"))
    assert tiny.build().returncode != 0
    tiny.write_page(GOOD)
    built = tiny.build()
    assert built.returncode == 0, built.stdout + built.stderr
    assert "tiny says one" in tiny.shown()


def test_a_change_in_the_package_refreshes_the_page(tiny):
    tiny.write_page(GOOD)
    assert tiny.build().returncode == 0
    tiny.write_source("WORD = 'two'\n")
    built = tiny.build()
    assert built.returncode == 0, built.stdout + built.stderr
    assert "tiny says two" in tiny.shown()
    assert "tiny says one" not in tiny.shown()


def test_a_function_that_is_listed_later_can_be_linked_to(tiny):
    tiny.write_source("def one():\n    '''One.'''\n\n\ndef two():\n    '''Two.'''\n")
    for members in ("one", "one, two"):
        listing = f"```{{eval-rst}}\n.. automodule:: tiny\n   :members: {members}\n```\n"
        tiny.write_page("# A page\n\n" + listing)
        assert tiny.build().returncode == 0
    assert 'id="two"' in (tiny.folder / "_build/html/_modules/tiny.html").read_text("utf-8")


def test_outputs_from_the_cache_stand_in_the_page_and_in_the_executed_notebook(tiny):
    tiny.write_page(GOOD)
    assert "Executing notebook" in tiny.build().stdout
    tiny.write_page(GOOD + "\nMore prose.\n")
    built = tiny.build()
    assert "Using cached notebook" in built.stdout
    assert "tiny says one" in tiny.shown()
    assert "More prose" in tiny.shown()
    assert faulty_cells(tiny.executed()) == []
    assert "tiny says one" in str(tiny.executed())


def test_ci_runs_every_cell_though_there_is_a_cache(tiny):
    tiny.write_page(GOOD)
    assert tiny.build().returncode == 0
    built = tiny.build(CI="true")
    assert built.returncode == 0, built.stdout + built.stderr
    assert "Executed notebook" in built.stdout
    assert "cached" not in built.stdout


def test_an_unchanged_book_executes_nothing(tiny):
    tiny.write_page(GOOD)
    tiny.build()
    built = tiny.build()
    assert built.returncode == 0
    assert "Executing notebook" not in built.stdout


def test_make_serve_shows_the_book_and_rebuilds_on_save(tiny):
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy2(ROOT / name, tiny.folder)
    (tiny.folder / ".venv").symlink_to(sys.prefix)
    tiny.write_page(GOOD)
    port = free_port()
    with (tiny.folder / "serve.log").open("w+") as log:
        server = subprocess.Popen(
            ["make", *NEVER_INSTALL, "serve", f"PORT={port}"],
            cwd=tiny.folder,
            env=tiny.environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_until_shown(f"http://127.0.0.1:{port}/book/page.html", "tiny says one")
            tiny.write_page(GOOD + "\nSaved just now.\n")
            wait_until_shown(f"http://127.0.0.1:{port}/book/page.html", "Saved just now.")
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()
        log.seek(0)
        said = log.read()
    assert f"http://127.0.0.1:{port}" in said
    assert "WARNING:" not in said


def wait_until_shown(address, text, seconds=60):
    """Ask for a page until it contains a text; fail when it never does."""
    seen = ""
    for _ in range(4 * seconds):
        with contextlib.suppress(OSError), urllib.request.urlopen(address) as answer:
            seen = answer.read().decode()
            if text in seen:
                return
        time.sleep(0.25)
    pytest.fail(f"{address} does not show {text!r}: {seen[:2000]}")


@pytest.mark.parametrize("changed", ["src/a.py", "src/deep/b.json", "book/data/c.txt"])
def test_the_digest_follows_sources_data_and_requirements(tmp_path, changed):
    path = tmp_path / changed
    path.parent.mkdir(parents=True)
    digests = [digest(tmp_path)]
    for step in (lambda: path.write_text("1"), lambda: path.write_text("2"), path.unlink):
        step()
        digests.append(digest(tmp_path))
    assert len(set(digests)) == 3
    assert digests[0] == digests[-1]


def test_the_digest_follows_the_requirements_and_a_renamed_file(tmp_path):
    (tmp_path / "requirements.txt").write_text("torch==1\n")
    first = digest(tmp_path)
    (tmp_path / "requirements.txt").write_text("torch==2\n")
    assert digest(tmp_path) != first
    (tmp_path / "src").mkdir()
    (tmp_path / "src/a.py").write_text("1")
    second = digest(tmp_path)
    (tmp_path / "src/a.py").rename(tmp_path / "src/b.py")
    assert digest(tmp_path) != second


def test_the_digest_ignores_what_tools_leave_behind(tmp_path):
    first = digest(tmp_path)
    for name in ("src/__pycache__/a.pyc", "src/lab.egg-info/PKG-INFO"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("1")
    assert digest(tmp_path) == first
