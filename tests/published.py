"""The book as CI publishes it, on a server of this machine that remembers what it was asked for."""

import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, answering
from tests.tiny import OF_CI

REPOSITORY = "ada/attention"


class Site:
    """A folder of published files, its address, and the paths that were asked for."""

    def __init__(self, folder):
        self.folder = folder
        self.asked = []
        self.address = None

    def notebook(self, name):
        """The path of a chapter's notebook."""
        return self.folder / f"notebooks/{name}.ipynb"

    @property
    def wheel(self):
        """The path of the package that was built with the notebooks."""
        (wheel,) = (self.folder / "notebooks").glob("*.whl")
        return wheel


class Handler(http.server.SimpleHTTPRequestHandler):
    """Notes the paths that it is asked for, and says nothing."""

    def __init__(self, site, *args):
        self.site = site
        super().__init__(*args, directory=str(site.folder))

    def log_message(self, form, *args):
        """Note, say nothing."""
        self.site.asked.append(self.path)


@contextlib.contextmanager
def publish(folder):
    """Build the book in a folder as CI does for a repository, and serve it."""
    site = Site(folder / "_build/html")
    with answering(functools.partial(Handler, site)) as host:
        site.address = f"{host}/"
        build(folder, GITHUB_REPOSITORY=REPOSITORY, GITHUB_REF_NAME="main", SITE_URL=site.address)
        yield site


def build(folder, **environment):
    """Build this book into another folder, from the outputs that the last build has kept."""
    kept = ROOT / "_build/.jupyter_cache"
    if kept.exists():
        shutil.copytree(kept, folder / "_build/.jupyter_cache", dirs_exist_ok=True)
    ours = {name: value for name, value in os.environ.items() if name not in OF_CI}
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    done = subprocess.run(
        [jupyter_book, "build", ROOT, "--path-output", folder],
        env=ours | environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
