"""`make lab`: a chapter opens in JupyterLab as a notebook, and is saved as the text that it was."""

import os
import shlex
import shutil
import subprocess
import sys

import jupytext
import pytest
from jupytext.config import load_jupytext_config
from nbformat.v4 import new_code_cell

from tests.conftest import CHAPTERS, ROOT
from tests.jupyterlab import jupyter_lab, run, save, until_idle

PAGES = sorted({path.stem for path in (ROOT / "book").glob("*.md")} - set(CHAPTERS))
HEADER = (ROOT / "book/index.md").read_text("utf-8").partition("\n\n")[0]
CLEAN = f"{HEADER}\n\n# Title\n\n```{{code-cell}}\n:tags: [hide-input]\n\n1 + 1\n```\n"


def rewritten(text, change=lambda notebook: None):
    """What jupytext writes of a chapter's text, under the book's settings, after a change."""
    config = load_jupytext_config(ROOT / "book")
    notebook = jupytext.reads(text, fmt="md", config=config)
    change(notebook)
    return jupytext.writes(notebook, fmt="md", config=config)


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_read_as_a_notebook_is_written_as_the_same_text(name):
    text = (ROOT / f"book/{name}.md").read_bytes().decode()
    assert rewritten(text) == text
    assert text.startswith(HEADER)  # which the browser's tests show to be what JupyterLab writes
    assert len(jupytext.reads(text, fmt="md").cells) > text.count("```{code-cell}")


@pytest.mark.parametrize(
    ("written", "by_hand"),
    [
        ("format_name: myst\n", "format_name: myst\n    format_version: 0.13\n"),
        ("[hide-input]\n\n", "[hide-input]\n"),
        ("[hide-input]", "[ hide-input ]"),
        ("# Title\n", "# Title\n\n"),
        ("```\n", "```\n\n"),
    ],
)
def test_what_would_be_rewritten_at_the_first_save_is_noticed(written, by_hand):
    other = CLEAN.replace(written, by_hand)
    assert other != CLEAN
    assert rewritten(CLEAN) == CLEAN == rewritten(other)


def test_a_new_cell_is_plain_myst():
    def add(notebook):
        notebook.cells.append(new_code_cell("2 + 2", metadata={"tags": ["runnable"]}))
        notebook.cells.append(new_code_cell("3 + 3"))

    added = "\n```{code-cell}\n:tags: [runnable]\n\n2 + 2\n```\n\n```{code-cell}\n3 + 3\n```\n"
    assert rewritten(CLEAN, add) == CLEAN + added


@pytest.mark.parametrize(
    "note",
    [
        {"trusted": True, "collapsed": True, "scrolled": True, "execution": {"a": "b"}},
        {"jupyter": {"outputs_hidden": True, "source_hidden": True}},
        {"editable": True, "deletable": True, "slideshow": {"slide_type": ""}},
        {"jp-MarkdownHeadingCollapsed": True},
        {"vscode": {"languageId": "python"}},
    ],
    ids=lambda note: next(iter(note)),
)
def test_how_a_cell_looked_in_the_editor_stays_out(note):
    def look(notebook):
        for cell in notebook.cells:
            cell.metadata.update(note)
        notebook.metadata["widgets"] = {"state": {}}
        notebook.cells[0].metadata["tags"] = []  # what is left of a tag that was taken away

    assert rewritten(CLEAN, look) == CLEAN


def asked_for():
    """Environment, folder: from the command that `make lab` runs."""
    make = ["make", "--dry-run", "--silent", "lab"]
    recipe = subprocess.run(make, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    variable, program, folder = shlex.split(recipe.splitlines()[-1])
    assert program.endswith("/jupyter-lab")
    return dict([variable.split("=")]), folder


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A git repository with what `make lab` uses, all of it added."""
    folder = tmp_path_factory.mktemp("repository")
    for part in ("book", ".lab"):
        shutil.copytree(ROOT / part, folder / part, ignore=lambda *_: [".ipynb_checkpoints"])
    for command in ("init", "add --all"):
        subprocess.run(["git", *command.split()], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def lab(repository):
    """The JupyterLab that `make lab` starts; its address."""
    environment, folder = asked_for()
    with jupyter_lab(
        repository, options={"ServerApp.root_dir": folder}, environment=environment
    ) as address:
        yield address


@pytest.fixture
def page(browser, lab, repository):
    """JupyterLab with its list of files. Afterwards the files are as they were."""
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    page.set_default_timeout(60_000)
    page.goto(f"{lab}/lab?reset")
    yield page
    page.evaluate("jupyterapp.serviceManager.sessions.shutdownAll()")
    page.close()
    subprocess.run(["git", "checkout", "--", "."], cwd=repository, check=True, capture_output=True)


def double_click(page, name):
    """Open a file of the list, as a reader does."""
    page.locator(".jp-DirListing-item", has_text=name).dblclick()
    page.wait_for_function(
        "name => window.jupyterapp?.shell.currentWidget?.context?.path === name", arg=name
    )
    page.evaluate("jupyterapp.shell.currentWidget.context.ready")


def changes(repository):
    """The lines that git sees as changed, with their signs."""
    diff = ["git", "diff", "--unified=0"]
    lines = subprocess.run(diff, cwd=repository, check=True, capture_output=True, text=True).stdout
    return [x for x in lines.splitlines() if x[0] in "+-" and not x.startswith(("---", "+++"))]


def test_a_chapter_opened_run_and_saved_is_the_same_text(page, repository):
    before = os.stat(repository / "book/copying.md").st_mtime_ns
    double_click(page, "copying.md")
    assert page.locator(".jp-NotebookPanel").count() == 1
    until_idle(page)
    assert page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    page.locator(".verdict").first.wait_for()
    page.locator(".pg-handle:visible").first.wait_for()  # a widget, in this kind of notebook too
    outputs = page.evaluate(
        "jupyterapp.shell.currentWidget.content.model.toJSON().cells.map(c => c.outputs ?? null)"
    )
    kinds = [output["output_type"] for cell in outputs if cell for output in cell]
    assert "display_data" in kinds or "execute_result" in kinds
    assert "error" not in kinds
    save(page)
    assert os.stat(repository / "book/copying.md").st_mtime_ns > before  # it has been written
    assert changes(repository) == []


def test_an_edited_line_is_the_only_one_that_changes(page, repository):
    double_click(page, "copying.md")
    until_idle(page)
    page.evaluate(
        """() => {
            const { sharedModel } = jupyterapp.shell.currentWidget.content.model;
            const cell = sharedModel.cells.find(({ source }) => source.includes("cat_query = "));
            cell.setSource(cell.source.replace("flat_key[:1]", "flat_key[1:2]"));
        }"""
    )
    save(page)
    assert changes(repository) == ["-cat_query = flat_key[:1]", "+cat_query = flat_key[1:2]"]


def test_a_new_cell_runs_in_this_python_and_is_saved_as_plain_myst(page, repository):
    double_click(page, "index.md")
    until_idle(page)
    page.evaluate(
        """async () => {
            const notebook = jupyterapp.shell.currentWidget.content;
            notebook.activeCellIndex = 1;
            await jupyterapp.commands.execute("notebook:insert-cell-below");
            notebook.activeCell.model.sharedModel.setSource("import sys\\nsys.executable");
            notebook.activeCell.model.setMetadata("tags", ["hide-input"]);
        }"""
    )
    (printed,) = run(page, 2)
    assert printed.strip("'") == sys.executable
    save(page)
    new = ["```{code-cell}", ":tags: [hide-input]", "", "import sys", "sys.executable", "```", ""]
    assert sorted(changes(repository)) == sorted(f"+{line}" for line in new)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_cells_opens_as_text(name, page, repository):
    double_click(page, f"{name}.md")
    assert page.locator(".jp-FileEditor").count() == 1
    assert page.locator(".jp-NotebookPanel").count() == 0
    save(page)
    assert changes(repository) == []


def test_it_is_these_settings_that_keep_the_text(repository, browser):
    """Without them, a chapter opens as text, and jupytext names the kernel's language in it."""
    with jupyter_lab(repository / "book") as address:
        page = browser.new_page()
        page.goto(f"{address}/lab?reset")
        double_click(page, "index.md")
        assert page.locator(".jp-FileEditor").count() == 1
        notebook = {"path": "index.md", "factory": "Jupytext Notebook"}
        page.evaluate("how => jupyterapp.commands.execute('docmanager:open', how)", notebook)
        until_idle(page)
        save(page)
        page.close()
    assert "+```{code-cell} ipython3" in changes(repository)
    subprocess.run(["git", "checkout", "--", "."], cwd=repository, check=True, capture_output=True)
