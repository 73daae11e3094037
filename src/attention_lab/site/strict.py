"""A build with a warning, or with a cell that did not run, fails; a plain `jupyter-book build` too.

All warnings are shown before the build fails, and the next build rereads every page, so that a
fault cannot hide in pages that Sphinx believes it has dealt with.
"""

from contextlib import suppress
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.util import logging

from attention_lab.site.cell_faults import faulty_cells

logger = logging.getLogger(__name__)


def setup(app):
    """Show every warning, then end with exit status 1 if there was one."""
    app.keep_going = True
    app.connect("build-finished", _look_for_faults, priority=900)


def _look_for_faults(app, exception):
    """Warn of cells that did not run. After a warning make Sphinx forget what it has read."""
    if exception:
        return
    for page in sorted(app.env.found_docs):
        if "kernelspec" in app.env.metadata.get(page, {}):
            text = Path(app.env.doc2path(page)).read_text("utf-8")
            for line, fault in faulty_cells(_executed(app, page), text):
                logger.warning(fault, location=(page, line))
    if app._warncount:
        Path(app.doctreedir, ENV_PICKLE_FILENAME).unlink(missing_ok=True)
        logger.info("Each warning above fails the build. Mend them and build again.")


def executed_file(app, page):
    """The path of a page's notebook as it ran."""
    return Path(app.outdir).parent / "jupyter_execute" / f"{page}.ipynb"


def _executed(app, page):
    """The page's notebook as it ran.

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
