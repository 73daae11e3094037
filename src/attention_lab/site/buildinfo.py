"""What Sphinx notes for its next build is kept beside the site, and not published with it.

``.buildinfo`` holds a digest of the settings. Themes put whole paths into these, so that it is
another one wherever the environment lies: the one file that two builds of a commit did not share.
"""

import shutil
from pathlib import Path

NAME = ".buildinfo"


def setup(app):
    """Give Sphinx its note before it looks for it, and take it away when it has written one."""
    app.connect("config-inited", _give)
    app.connect("build-finished", _take)


def _give(app, config):
    if _kept(app).exists():
        shutil.copy(_kept(app), Path(app.outdir, NAME))


def _take(app, exception):
    note = Path(app.outdir, NAME)
    if note.exists():
        note.replace(_kept(app))


def _kept(app):
    """Each builder has a folder of its own, so each has a note of its own."""
    return Path(app.outdir).with_suffix(NAME)
