"""Modules of JavaScript, joined to the one script that a page or a notebook loads.

Browsers refuse ES modules to a book that is opened from a file, and a notebook's widget is a single
text. So the modules are joined, here and not by a bundler: an installed package must be able to do
it where there is no Node. A module's ``import`` takes names from its siblings and stands on one
line, and no two modules use the same name at their top level. Comments that have lines to
themselves stay behind: they are a sixth of the text.
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
            "needed",
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
            "folds",
        )
    ),
    "playground/fields.js",
    "guess.js",
    "results.js",
    "runner/page.js",
)

# The playground, and what makes it an element of a page or a widget in a notebook.
PLAYGROUND = (
    "elements.js",
    *(
        f"playground/{name}.js"
        for name in (
            "attention",
            "space",
            "state",
            "marks",
            "rest",
            "flat",
            "sphere",
            "drag",
            "fields",
            "controls",
            "tables",
            "verdict",
            "speech",
            "panel",
            "forms",
            "mount",
        )
    ),
)
ELEMENT = (*PLAYGROUND, "playground/element.js")
WIDGET = (*PLAYGROUND, "playground/widget.js")
HERE = Path(__file__).parent
IMPORT = re.compile(r'^import \{[^}]*\} from "(\./|\.\./)[\w./]+";\n', re.MULTILINE)
TOP_LEVEL = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
COMMENT = re.compile(r"^ */\*\*(?:[^*]|\*(?!/))*\*/\n|^ *//.*\n", re.MULTILINE)
EXPORT = re.compile(r"^export (?=function|async function|const|class)", re.MULTILINE)


def joined(paths):
    """The modules as one text.

    Args:
        paths: of the modules below this folder, each behind those that it imports from.

    Raises:
        ValueError: two modules use a name at their top level, or an import or export is left that
            a classic script cannot have.
    """
    home = {}
    for path in paths:
        for name in TOP_LEVEL.findall(_read(path)):
            if name in home:
                raise ValueError(
                    f"Expected {name} in one module; it is in {home[name]} and {path}."
                )
            home[name] = path
    text = "".join(EXPORT.sub("", IMPORT.sub("", _read(path))) for path in paths)
    text = COMMENT.sub("", text)
    left = re.search(r"^(import|export)\b.*", text, re.MULTILINE)
    if left:
        raise ValueError(f"Expected one-line imports from siblings, named exports; got {left[0]}")
    return text


def classic(paths):
    r"""The modules as a script for a page: it runs at once and leaves no names behind.

    >>> classic([])
    '"use strict";\n(() => {\n})();\n'
    """
    return f'"use strict";\n(() => {{\n{joined(paths)}}})();\n'


def _read(path):
    return (HERE / path).read_text("utf-8")
