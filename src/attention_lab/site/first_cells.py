"""What stands first in every notebook: where it is from, how work is kept, and the installation.

The package comes from the wheel that was built with the notebook. ``pip`` leaves alone what is
there and new enough, so Colab keeps its own torch.
"""

from nbformat.v4 import new_code_cell, new_markdown_cell

from attention_lab.site.cells import HIDDEN

WELCOME = """\
*This notebook is a chapter of [{title}]({page}), with all of its text. Run the cells from top to \
bottom: select one and press Shift + Enter.*

> **Keep your work**
>
> In Colab choose *File → Save a copy in Drive* first: otherwise your work is lost when the tab \
closes. In Binder nothing is kept: choose *File → Download* before you leave. On your own machine \
reload the page once the installation below is done: only then can a playground be drawn."""

INSTALL = '''\
# Installs what the notebook needs, if it is not there. Your torch stays as it is.
from importlib.metadata import distributions
from pathlib import Path

wheel = "{wheel}"
version = wheel.split("-")[1]
others = {others}
{elsewhere}

def missing():
    """Whether the package is not there, or is that of another notebook; or another package."""
    found = {{package.version for package in distributions(name="attention-lab")}}
    lacking = [name for name in others if not [*distributions(name=name)]]
    return lacking or not found & {{version, version.split("+")[0]}}  # without the +: a checkout


if missing():
    %pip install --quiet {{wheel}} {{" ".join(others)}}'''

ELSEWHERE = """\
if not Path(wheel).exists():
    wheel = "{folder}" + wheel
"""

CHECK = '''\
if missing():
    class NotInstalled(Exception):
        """Says what to do, in one sentence."""

        def _render_traceback_(self):
            return [str(self)]

    raise NotInstalled("{sentence}")'''

# True whatever the reason: no network, an old Python, no pip, or a package that pip had to put
# where a kernel looks only when it starts.
SENTENCE = (
    "The package attention_lab could not be installed, for the reason that pip gives above: it "
    "needs Python {python} or newer and {remedy}; then restart the kernel and run the cells from "
    "the top."
)
ONLINE = "either the internet or {folder}{wheel} beside this notebook"
BESIDE = "{wheel}, which was built with this notebook, beside it"


def first_cells(title, page, wheel, folder, python, others=()):
    """The cells.

    Args:
        title: the book's.
        page: the address of the published page.
        wheel: the file name of the package's wheel.
        folder: the address of the published notebooks, where the wheel lies too; None if unknown.
        python: the oldest Python that the package runs in.
        others: names of packages that are installed too.
    """
    others = list(others)
    elsewhere = ELSEWHERE.format(folder=folder) if folder else ""
    remedy = (ONLINE if folder else BESIDE).format(wheel=wheel, folder=folder)
    install = INSTALL.format(wheel=wheel, elsewhere=elsewhere, others=others)
    check = CHECK.format(sentence=SENTENCE.format(python=python, remedy=remedy))
    return [
        new_markdown_cell(WELCOME.format(title=title, page=page), id="welcome"),
        new_code_cell(install, id="install", metadata={"needs": others}),
        new_code_cell(check, id="check", metadata=HIDDEN),
    ]
