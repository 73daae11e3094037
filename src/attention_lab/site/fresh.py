"""Cached outputs are used only when everything that they were made from is the same.

jupyter-cache knows a chapter by its cells. A cell's output also depends on the package, the data
and the installed libraries, and Sphinx does not reread a page when only those have changed
(MyST-NB issue 299). So their digest names the cache's folder, and is a setting whose change makes
Sphinx reread every page. CI runs every cell, always.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from sphinx.application import ENV_PICKLE_FILENAME

MADE_FROM = ("src", "book/data", "requirements.txt", "pyproject.toml")
NOT_SOURCE = {"__pycache__", ".ipynb_checkpoints"}


def setup(app):
    """Name the cache by its sources before myst-nb looks for it."""
    app.add_config_value("cells_made_from", "", "env")
    app.connect("config-inited", _use_cache_of_these_sources)
    app.connect("env-purge-doc", _forget_module_pages, priority=1)  # before viewcode forgets them


def digest(root):
    """A digest of what cells' outputs depend on, beside the chapter itself.

    Args:
        root: the folder that holds ``_config.yml``.
    """
    return hashlib.sha256((sys.version + files_digest(root, MADE_FROM)).encode()).hexdigest()[:16]


def files_digest(root, names):
    """A digest of files, and of what is in folders, as somebody wrote them.

    Args:
        root: the folder that holds them.
        names: their names below it.
    """
    seen = hashlib.sha256()
    for path in _sources(Path(root), names):
        seen.update(path.relative_to(root).as_posix().encode())
        seen.update(hashlib.sha256(path.read_bytes()).digest())
    return seen.hexdigest()


def _sources(root, names):
    """The files, in a fixed order."""
    for name in names:
        for path in sorted([root / name, *(root / name).rglob("*")]):
            made_by_tools = any(
                part in NOT_SOURCE or part.endswith(".egg-info") for part in path.parts
            )
            if path.is_file() and not made_by_tools:
                yield path


def _use_cache_of_these_sources(app, config):
    config.cells_made_from = digest(app.srcdir)
    caches = Path(app.outdir).parent / ".jupyter_cache"
    config.nb_execution_cache_path = str(caches / config.cells_made_from)
    if os.environ.get("CI"):
        config.nb_execution_mode = "force"
        Path(app.doctreedir, ENV_PICKLE_FILENAME).unlink(missing_ok=True)  # reread every page
    for outdated in set(caches.glob("*")) - {Path(config.nb_execution_cache_path)}:
        shutil.rmtree(outdated)


def _forget_module_pages(app, env, docname):
    """Have the listings of modules written anew to which a changed page links.

    viewcode writes one anew only when the module has changed. But which of its functions can be
    linked to depends on the page that documents them.
    """
    for module, entry in getattr(env, "_viewcode_modules", {}).items():
        if entry and docname in entry[2].values():  # what is used there, and by which page
            listing = Path(app.outdir, "_modules", *module.split(".")).with_suffix(".html")
            listing.unlink(missing_ok=True)
