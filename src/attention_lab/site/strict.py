"""A build with a warning, or with a cell that did not run, fails; a plain `jupyter-book build` too.

All warnings are shown before the build fails, and the next build rereads every page, so that a
fault cannot hide in pages that Sphinx believes it has dealt with.
"""

from pathlib import Path

from sphinx.application import ENV_PICKLE_FILENAME
from sphinx.util import logging

from attention_lab.site.cell_faults import faulty_cells
from attention_lab.site.executed import executed, is_notebook

TODO = """\
Each warning above fails the build. Mend them and build again.
Where something no longer holds, mend the text and the code around it, or take other numbers."""

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
        if is_notebook(app.env, page):
            text = Path(app.env.doc2path(page)).read_text("utf-8")
            for line, fault in faulty_cells(executed(app, page), text):
                logger.warning(fault, location=(page, line))
    if app._warncount:
        Path(app.doctreedir, ENV_PICKLE_FILENAME).unlink(missing_ok=True)
        logger.info(TODO)
