"""Which pages have cells to run, and a page's notebook as it ran."""

from contextlib import suppress
from pathlib import Path

import nbformat
from jupyter_cache import get_cache

from attention_lab.site.cell_faults import faulty_cells


def is_notebook(env, page):
    """Whether a page has cells to run."""
    return "kernelspec" in env.metadata.get(page, {})


def executed_file(app, page):
    """The path of a page's notebook as it ran."""
    return Path(app.outdir).parent / "jupyter_execute" / f"{page}.ipynb"


def executed(app, page):
    """A page's notebook as it ran.

    Where myst-nb 1.4 took the outputs from its cache, it shows them in the page and leaves them out
    of the notebook that it writes; they are put back into that file here.
    """
    path = executed_file(app, page)
    notebook = nbformat.read(path, as_version=4)
    if faulty_cells(notebook) and app.config.nb_execution_mode == "cache":
        with suppress(KeyError):
            _, ran = get_cache(app.config.nb_execution_cache_path).merge_match_into_notebook(
                notebook
            )
            for cell, cell_that_ran in zip(notebook.cells, ran.cells, strict=True):
                if cell.cell_type == "code":
                    cell.execution_count = cell_that_ran.execution_count
                    cell.outputs = cell_that_ran.outputs
            nbformat.write(notebook, path)
    return notebook
