"""The directive ``{needs} learn``: what a chapter needs beyond the others, named and installed.

``learn`` is an extra in ``pyproject.toml``. The page says what is in it, and the first cell of the
chapter's notebook installs that.
"""

import re
import tomllib

from sphinx.util.docutils import SphinxDirective

from attention_lab.site.wheel import PROJECT
from attention_lab.wording import listed

SAID = """\
:::{{note}}
This chapter needs more than the others: {packages}. Its notebook installs {them}.
:::"""


def setup(app):
    """Add the directive."""
    app.add_directive("needs", Needs)


def needed(env, page):
    """The names of the packages that a page needs beyond the others, in order."""
    return env.metadata.get(page, {}).get("needs", [])


class Needs(SphinxDirective):
    """A note; the page's metadata keep what was asked for."""

    required_arguments = 1

    def run(self):
        """Parse the note as if it stood in the chapter."""
        try:
            names = packages(self.arguments[0])
        except ValueError as error:
            raise self.error(str(error)) from error
        self.env.metadata[self.env.docname]["needs"] = names
        return self.parse_text_to_nodes(said(names))


def packages(extra):
    """The names of the packages in an extra of ``pyproject.toml``.

    Raises:
        ValueError: there is no such extra; says which there are.

    >>> packages("learn")
    ['tqdm']
    """
    if extra not in extras():
        raise ValueError(f"Expected one of the extras {listed(extras())}; got {extra!r}.")
    return [re.match(r"[\w.-]+", requirement)[0] for requirement in extras()[extra]]


def extras():
    """The extras in ``pyproject.toml``: names, and the requirements in each."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    return settings["project"]["optional-dependencies"]


def said(names):
    """The note, in MyST.

    >>> print(said(["tqdm"]))
    :::{note}
    This chapter needs more than the others: `tqdm`. Its notebook installs it.
    :::
    """
    them = "it" if len(names) == 1 else "them"
    return SAID.format(packages=listed(f"`{name}`" for name in names), them=them)
