"""Each chapter as a notebook, for Colab, Binder and whoever downloads it.

They are written to the site's folder ``notebooks``, and beside them the wheel that their first cell
installs.
"""

import shutil
from pathlib import Path, PurePosixPath

import nbformat
from nbformat.v4 import new_notebook
from sphinx.util import logging

from attention_lab.site.cells import COLLAPSED, TITLE, cells_of
from attention_lab.site.executed import executed_file, is_notebook
from attention_lab.site.first_cells import first_cells
from attention_lab.site.markdown import Markdown
from attention_lab.site.needs import needed
from attention_lab.site.wheel import python_needed, wheel

logger = logging.getLogger(__name__)

FOLDER = "notebooks"


def setup(app):
    """Write a page's notebook when the theme has done with the page."""
    app.connect("builder-inited", _put_wheel)
    app.connect("env-check-consistency", _refuse_same_names)
    app.connect("html-page-context", _write, priority=900)
    app.connect("build-finished", _tidy)


def notebook_file(page):
    """Where a page's notebook is, below the site's root.

    >>> notebook_file("book/copying")
    'notebooks/copying.ipynb'
    """
    return f"{FOLDER}/{PurePosixPath(page).name}.ipynb"


def notebook(cells):
    """Cells as a notebook for Jupyter and Colab."""
    folded = [cell.id for cell in cells if COLLAPSED in cell.metadata]
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "colab": {"collapsed_sections": folded},
    }
    return new_notebook(cells=cells, metadata=metadata)


def _refuse_same_names(app, env):
    """Fail the build where one notebook would take the place of another."""
    found = {}
    for page in sorted(env.found_docs):
        other = found.setdefault(notebook_file(page), page)
        if other != page and is_notebook(env, page) and is_notebook(env, other):
            logger.warning(f"{other} and {page} would both be {notebook_file(page)}: rename one.")


def wheel_file(app):
    """Where the package that the notebooks install is, below the site's root."""
    return f"{FOLDER}/{_wheel(app).name}"


def _put_wheel(app):
    if app.builder.format != "html":
        return
    folder = Path(app.outdir, FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.whl"):
        old.unlink()
    shutil.copy(_wheel(app), folder)


def _wheel(app):
    return wheel(Path(app.outdir).parent / "wheel")


def _write(app, page, template, context, doctree):
    if doctree is None or not is_notebook(app.env, page):
        return
    site = app.config.lab_origin.site
    markdown = Markdown(app.builder, page, site or "../")
    source = nbformat.read(executed_file(app, page), as_version=4).cells
    cells = cells_of(doctree, source, markdown)
    below_title = sum(cell.id == TITLE for cell in cells[:1])
    cells[below_title:below_title] = first_cells(
        title=app.config.project,
        page=markdown.address(markdown.page),
        wheel=_wheel(app).name,
        folder=site and f"{site}{FOLDER}/",
        python=python_needed(),
        others=needed(app.env, page),
    )
    made = notebook(cells)
    nbformat.validate(made)
    Path(app.outdir, notebook_file(page)).write_text(nbformat.writes(made) + "\n", "utf-8")


def _tidy(app, exception):
    """Take away the notebooks of pages that are no more."""
    pages = {Path(app.outdir, notebook_file(page)) for page in app.env.found_docs}
    for old in set(Path(app.outdir, FOLDER).glob("*.ipynb")) - pages:
        old.unlink()
