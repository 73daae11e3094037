"""Modules of JavaScript, joined to the one script that a page or a notebook loads.

Browsers refuse ES modules to a book that is opened from a file, and a notebook's widget is a single
text. So the modules are joined, here and not by a bundler: an installed package must be able to do
it where there is no Node. A module's ``import`` takes names from its siblings and stands on one
line; two modules must not use the same name at their top level, which the browser would refuse.
"""

import re
from pathlib import Path

# A page's own script: cells that run, guesses, write-ups.
PAGE = (
    "elements.js",
    *(
        f"runner/{name}.js"
        for name in (
            "words",
            "store",
            "engine",
            "editor",
            "output",
            "cell",
            "variant",
            "progress",
            "answer",
            "download",
            "writeup",
        )
    ),
    "guess.js",
    "runner/page.js",
)

ELEMENT = ()
HERE = Path(__file__).parent
IMPORT = re.compile(r'^import \{[^}]*\} from "(\./|\.\./)[\w./]+";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=function|async function|const|class)", re.MULTILINE)


def joined(paths):
    """The modules as one text whose names are its own.

    Args:
        paths: of the modules below this folder, each behind those that it imports from.

    Raises:
        ValueError: an import or an export is left that a classic script cannot have.
    """
    text = "".join(EXPORT.sub("", IMPORT.sub("", _read(path))) for path in paths)
    left = re.search(r"^(import|export)\b.*", text, re.MULTILINE)
    if left:
        raise ValueError(
            f"Expected one-line imports from siblings and named exports; got {left[0]}"
        )
    return text


def classic(paths):
    r"""The modules as a script for a page: it runs at once and leaves no names behind.

    >>> classic([])
    '"use strict";\n(() => {\n})();\n'
    """
    return f'"use strict";\n(() => {{\n{joined(paths)}}})();\n'


def _read(path):
    return (HERE / path).read_text("utf-8")
