"""A tiny book: one page, the real ``_config.yml``, and a package of its own in ``src/``."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import nbformat

from tests.conftest import ROOT

# What CI says of itself, and of the repository: a tiny book is built anywhere, and has no home.
OF_CI = {"CI", "GITHUB_REPOSITORY", "SITE_URL"}
# What takes long to make and is the same for every book, as the last build has kept it: under the
# digest of what it was made from, so that what has changed since is made anew.
KEPT = (ROOT / "_build/wheel", ROOT / "_build/parts")
HEADER = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# A page

Some prose.

"""
GOOD = HEADER + "```{code-cell}\nimport tiny\nprint('tiny says', tiny.WORD)\n```\n"


class TinyBook:
    """A book of one page in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "book").mkdir()
        (folder / "src").mkdir()
        shutil.copy(ROOT / "_config.yml", folder)
        (folder / "_toc.yml").write_text("format: jb-book\nroot: book/page\n")
        (folder / "node_modules").symlink_to(ROOT / "node_modules")
        (folder / "book/references.bib").write_text("")
        self.write_source("WORD = 'one'\n")
        for part in filter(Path.exists, KEPT):
            shutil.copytree(part, folder / part.relative_to(ROOT))

    def write_page(self, text):
        (self.folder / "book/page.md").write_text(text, "utf-8")

    def write_source(self, text):
        (self.folder / "src/tiny.py").write_text(text)

    def build(self, *options, **environment):
        """Run `jupyter-book build .`; returns what it says and how it ended."""
        building = self.begin(*options, **environment)
        said, warned = building.communicate()
        return subprocess.CompletedProcess(building.args, building.returncode, said, warned)

    def begin(self, *options, **environment):
        """Start `jupyter-book build .`; returns its process."""
        return subprocess.Popen(
            [Path(sys.executable).parent / "jupyter-book", "build", ".", *options],
            cwd=self.folder,
            env=self.environment() | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # Where tests run in the background they ignore Ctrl-C, and so would what they start.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def environment(self):
        """What a program that builds it finds: its package and ours, and nothing of CI."""
        kept = {name: value for name, value in os.environ.items() if name not in OF_CI}
        path = os.pathsep.join([str(self.folder / "src"), str(ROOT / "src")])
        return kept | {"PYTHONPATH": path}

    def shown(self):
        """The page as it was built."""
        return (self.folder / "_build/html/book/page.html").read_text("utf-8")

    def executed(self):
        """The page's notebook as it was executed."""
        path = self.folder / "_build/jupyter_execute/book/page.ipynb"
        return nbformat.read(path, as_version=4)


def cell(code, tags=""):
    return f"{HEADER}```{{code-cell}}\n:tags: [{tags}]\n\n{code}\n```\n"
