"""`make serve`: the book at an address, built anew on every save.

sphinx-autobuild starts a new Python for each build, and that takes longer to import Sphinx, torch
and matplotlib than to build a page. Here each build is a fork of a process that has them. A fork
forgets this package, so that what was saved in `src/` counts.
"""

import gc
import importlib
import multiprocessing
import socket
import sys
from pathlib import Path

import yaml
from sphinx.cmd.build import main as build
from sphinx_autobuild import __main__ as autobuild
from sphinx_autobuild.build import Builder
from sphinx_autobuild.utils import show_message

OURS = "attention_lab"
HEAVY = (
    "anywidget",
    "matplotlib.pyplot",
    "scipy.optimize",
    "torch",
    "sphinx.builders.html",
    "myst_nb.sphinx_",
)
FAILED = "The build failed: see above. Pages that it could write are served, faults and all."
TAKEN = "Port {port} is taken, perhaps by another make serve. Call: make serve PORT={other}"


def main():
    """Load what every build needs, then serve; the words of the command are sphinx-autobuild's."""
    load(HEAVY)
    load(yaml.safe_load(Path("_config.yml").read_text("utf-8"))["sphinx"]["config"]["extensions"])
    gc.freeze()  # a fork has no need to look through all of that for what can be thrown away
    autobuild.Builder = ForkingBuilder
    autobuild.main()


def load(names):
    """Import what is here; what is missing is the build's to tell."""
    for name in names:
        if name.split(".")[0] != OURS and importlib.util.find_spec(name.split(".")[0]):
            importlib.import_module(name)


def forget(package):
    """Have a package imported anew by whoever imports it next."""
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        del sys.modules[name]


def ensure_free(address):
    """End at once where another program has the port, and not when the first build is done.

    Args:
        address: ``"host:port"``.
    """
    host, _, port = address.rpartition(":")
    with socket.socket() as asking:
        asking.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asking.bind((host, int(port)))
        except OSError:
            sys.exit(TAKEN.format(port=port, other=int(port) + 1))


class ForkingBuilder(Builder):
    """Builds in a fork of this process instead of in a new one."""

    def __init__(self, *words, url_host, **commands):
        """Know the words for Sphinx, and where the pages will be."""
        ensure_free(url_host)
        super().__init__(*words, url_host=url_host, **commands)

    def __call__(self, *, changed_paths):
        """Build; say what was changed, and where the pages are."""
        if changed_paths:
            show_message(f"Detected changes ({', '.join(path.name for path in changed_paths)})")
        fork = multiprocessing.get_context("fork").Process(target=self._build)
        fork.start()
        fork.join()
        if fork.exitcode:
            print(FAILED)
        show_message(f"Serving on {self.uri}")

    def _build(self):
        gc.disable()  # a build is short
        forget(OURS)
        sys.exit(build(self.sphinx_args))


if __name__ == "__main__":
    main()
