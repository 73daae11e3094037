"""What the page needs to run: its scripts, its Python, and what they must know of the book.

All of it is written to ``_static/lab/``, from this commit's own modules and from the npm package
that ``package.json`` names. A page loads the scripts; its Python comes when it is first asked for.
"""

import hashlib
import json
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.errors import ConfigError
from sphinx_exercise.nodes import exercise_subtitle

from attention_lab.exercises import ALL
from attention_lab.imported import PACKAGE
from attention_lab.page.scripts import ELEMENT, PAGE, classic
from attention_lab.site.cells import exercise_in, is_cell
from attention_lab.site.parts import parts

MICROPYTHON = "node_modules/@micropython/micropython-webassembly-pyscript"
ENGINE = ("micropython.mjs", "micropython.wasm")
TERSER = "node_modules/terser/bin/terser"
STYLES = ("page.css", "figures.css", "guess.css", "playground.css", "print.css")
SCRIPTS = ("book.js", "page.js", "playground.js")  # in this order: each needs those before it
VARIANT_SETUP = """\
from functools import partial

from attention_lab import check, given_query, variant

mine = variant({number})
key, value = mine.tensors()
check, given_query = partial(check, fixture=mine), partial(given_query, fixture=mine)"""


def setup(app):
    """Write the parts once the chapters are read, before Sphinx copies its static files."""
    app.connect("config-inited", _make_room)
    app.connect("builder-inited", _refuse_unless_fetched)
    app.connect("env-updated", _write_parts)
    app.connect("html-page-context", _leave_widgets_out, priority=900)  # myst-nb has put them in
    for style in STYLES:
        app.add_css_file(f"lab/{style}")
    for script in SCRIPTS:
        app.add_js_file(f"lab/{script}", loading_method="defer")


def _leave_widgets_out(app, page, template, context, doctree):
    """The page shows the element, so the state of the widget beside it would only be weight."""
    state = "application/vnd.jupyter.widget-state+json"
    context["script_files"] = [
        script
        for script in context.get("script_files", [])
        if getattr(script, "attributes", {}).get("type") != state
    ]


def _make_room(app, config):
    folder = _folder(app)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    config.html_static_path.append(str(folder.parent))


def _refuse_unless_fetched(app):
    """Say at once what is missing, not after all chapters have run."""
    needed = [*(f"{MICROPYTHON}/{name}" for name in ENGINE), TERSER]
    missing = [name for name in needed if not Path(app.srcdir, name).exists()]
    if _is_html(app) and missing:
        raise ConfigError(
            f"Expected {Path(missing[0]).name} in {Path(missing[0]).parent}; it is not there. "
            "`make book` fetches it, and so does `npm ci` in the book's folder."
        )


def _is_html(app):
    """Nothing runs in a PDF or in plain text."""
    return app.builder.format == "html"


def _folder(app):
    return Path(app.outdir).parent / "page/lab"


def _write_parts(app, env):
    if not _is_html(app):
        return
    folder = _folder(app)
    for name in (*STYLES, "worker.js"):
        shutil.copy(PACKAGE / "page" / name, folder)
    shutil.copy(PACKAGE / "variants.json", folder)
    loader, engine = (Path(app.srcdir, MICROPYTHON, name) for name in ENGINE)
    kept = parts(Path(app.outdir).parent / "parts", loader, Path(app.srcdir, TERSER))
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    shutil.copy(engine, folder)
    (folder / "page.js").write_text(classic(PAGE), "utf-8")
    (folder / "playground.js").write_text(classic(ELEMENT), "utf-8")
    book = json.dumps(book_data(app.builder, env) | {"version": _digest(folder)})
    (folder / "book.js").write_text(f"globalThis.attentionLabBook = {book};\n", "utf-8")


def _digest(folder):
    """Changes whenever a part does, so that no browser mixes old parts with new ones."""
    seen = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        seen.update(path.name.encode() + path.read_bytes())
    return seen.hexdigest()[:8]


def book_data(builder, env):
    """What the scripts must know of the book, beside the page that they are on.

    Args:
        builder: Sphinx's, which knows how a page is called.
        env: Sphinx's, which has read the pages.

    Returns:
        Dict: the ``exercises`` in the course's order and the ``writeups``, each with the page that
        it is on and its ``href``; ``variantSetup``, the cell that puts a notebook on a variant.
    """
    found, writeups = {}, []
    for page in sorted(env.found_docs):
        tree, address = env.get_doctree(page), builder.get_target_uri(page)
        found |= _exercises(tree, address)
        writeups += _writeups(tree, address)
    return {
        "exercises": [
            {name: getattr(task, name) for name in ("number", "title", "function", "points")}
            | found[task.number]
            for task in ALL
            if task.number in found
        ],
        "writeups": writeups,
        "variantSetup": VARIANT_SETUP,
    }


def _exercises(tree, address):
    """The exercises on a page by number: their cells as published, and the cell to run first."""
    cells = [*filter(is_cell, tree.findall(nodes.container))]
    found = {}
    for cell in cells:
        if "tag_exercise" in cell["classes"]:
            source = _source(cell)
            found[exercise_in(source)] = {
                "source": source,
                "setup": _source(cells[0]),
                "page": address,
                "href": f"{address}#{_section(cell)}",
            }
    return found


def _source(cell):
    return next(cell.findall(nodes.literal_block)).astext().rstrip("\n")


def _section(node):
    """The id of the section that a node is in; empty on a page without a heading."""
    while node and not isinstance(node, nodes.section):
        node = node.parent
    return node["ids"][0] if node else ""


def _writeups(tree, address):
    """The questions on a page that ask for a text: exercises of the class ``writeup``."""
    return [
        {
            "name": node["label"],
            "title": next(node.findall(exercise_subtitle)).astext(),
            "prompt": "\n\n".join(text.astext() for text in node.findall(nodes.paragraph)),
            "page": address,
        }
        for node in tree.findall(nodes.Admonition)
        if "writeup" in node.get("classes", [])
    ]
