"""One style sheet with what the pages use, where thirteen had all that they might.

Nine tenths of the theme's rules, and all but a dozen of its icons, are for pages unlike these. What
a page uses is known when all are written: every class and id stands in a tag, or in a script.
"""

import hashlib
import posixpath
import re
from pathlib import Path

from sphinx.util import logging

from attention_lab.site.icons import FACE, font_of, icons_in
from attention_lab.site.pruning import WORD, pruned, words_used

logger = logging.getLogger(__name__)

# In the order of the cascade; of these, only what is used.
THEIRS = (
    "basic.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "togglebutton.css",
    "copybutton.css",
    "mystnb.*.css",
    "exercise.css",
    "sphinx-design.min.css",
)
OURS = (
    "lab/page.css",
    "lab/figures.css",
    "lab/guess.css",
    "lab/playground.css",
    "book.css",
    "lab/print.css",
)
# What gives an element a class when the page runs.
SCRIPTS = (
    "scripts/pydata-sphinx-theme.js",
    "scripts/sphinx-book-theme.js",
    "copybutton.js",
    "togglebutton.js",
    "searchtools.js",
    "sphinx_highlight.js",
    "lab/page.js",
    "lab/playground.js",
    "lab/python.json",
)
SHEET, FONT = "lab.css", "icons.woff"
LINK = re.compile(rf"(?<=_static/{re.escape(SHEET)}\?v=)\w*")


def setup(app):
    """Link the one sheet in every page; write it when all pages stand."""
    app.connect("html-page-context", _link_no_other, priority=900)
    app.connect("build-finished", _write, priority=800)  # others write theirs at the end, too


def _link_no_other(app, page, template, context, doctree):
    """The sheet stands in ``templates/static/webpack-macros.html``; say so if one is missing."""
    for sheet in context.get("css_files", []):
        name = Path(sheet.filename)
        if not any(name.match(known) for known in (*THEIRS, *OURS)):
            logger.warning(
                f"Expected the style sheets of stylesheet.py; got {name} too: add it there, "
                "or no page will have it.",
                location=page,
            )
    context["css_files"] = []


def _write(app, exception):
    if exception or app.builder.format != "html":
        return
    site = Path(app.outdir)
    static = site / "_static"
    pages = sorted(path for path in site.rglob("*.html") if static not in path.parents)
    texts = {path: path.read_text("utf-8") for path in pages}
    theirs = {path: path.read_text("utf-8") for path in _files(static, THEIRS)}
    used = words_used(texts.values(), [path.read_text("utf-8") for path in _files(static, SCRIPTS)])
    used &= {word for text in theirs.values() for word in WORD.findall(text)}
    ours = [path.read_text("utf-8") for path in _files(static, OURS)]
    version = _digest([*theirs.values(), *ours, *sorted(used)])
    if not _is_of(static, version):
        lean = "".join(_moved(pruned(text, used), path, static) for path, text in theirs.items())
        font = font_of(icons_in(lean), static)
        sheet = f'@charset "UTF-8";/* {version} */\n{lean}{FACE}{"".join(ours)}'
        (static / FONT).write_bytes(font)
        (static / SHEET).write_text(sheet, "utf-8")
    for path, text in texts.items():
        linked = LINK.sub(version, text)
        if linked != text:
            path.write_text(linked, "utf-8")


def _files(static, names):
    """The files of these names that this book has, in their order."""
    return [path for name in names for path in sorted(static.glob(name))]


def _digest(texts):
    """Changes with what the sheet is made from, this package's own code included."""
    seen = hashlib.sha256()
    for name in ("stylesheet.py", "pruning.py", "icons.py"):
        seen.update(Path(__file__).with_name(name).read_bytes())
    for text in texts:
        seen.update(f"{text}\0".encode())
    return seen.hexdigest()[:8]


def _is_of(static, version):
    """True if the sheet that stands there is the one of this version."""
    sheet = static / SHEET
    return sheet.exists() and f"/* {version} */" in sheet.read_text("utf-8").partition("\n")[0]


def _moved(css, path, static):
    """A sheet's text with addresses as seen from the folder of the one sheet."""
    folder = path.parent.relative_to(static).as_posix()
    return re.sub(
        r"url\((?![\"']?(?:data:|#))[\"']?([^\"')]+)[\"']?\)",
        lambda found: f"url({posixpath.normpath(posixpath.join(folder, found[1]))})",
        css,
    )
