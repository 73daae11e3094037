"""A page's cells: code as in its source, text as in its resolved doctree, no outputs.

What the page folds around cells, such as a solution, becomes a folded heading: JupyterLab and Colab
fold all that stands below one, up to the next.
"""

from typing import NamedTuple

from docutils import nodes
from nbformat.v4 import new_code_cell, new_markdown_cell
from sphinx.util import logging

from attention_lab.exercises import ALL
from attention_lab.site.markdown import BEGINS, ENDS, between
from attention_lab.writeups import WRITE_HERE

logger = logging.getLogger(__name__)

FOLDED_CODE = {"hide-input", "hide-cell", "remove-input"}  # tags of cells whose code the page hides
HIDDEN = {"jupyter": {"source_hidden": True}, "cellView": "form"}  # in JupyterLab, in Colab
TITLE = "title"  # the id of the cell with the page's title, if the page begins with it
COLLAPSED = "jp-MarkdownHeadingCollapsed"  # in JupyterLab; in Colab it is the notebook that says so


class Heading(NamedTuple):
    """A title; folded if what it heads is for the reader to unfold."""

    text: str
    folded: bool


class Code(NamedTuple):
    """A cell to run, by its place in the source."""

    place: int


class Answer(NamedTuple):
    """Where the reader writes a text, by the label of its exercise."""

    name: str


def cells_of(doctree, source, markdown):
    """The cells of a page's notebook; their ids are the same on every build.

    Args:
        doctree: of the page, resolved.
        source: the cells of the page's source, of which the code is taken.
        markdown: a Markdown, which writes the text.
    """
    parts = list(_joined(_flow(doctree, markdown)))
    title = [_cell(parts.pop(0), TITLE, source)] if _is_title(*parts[:1]) else []
    return title + [_cell(part, f"cell-{n}", source) for n, part in enumerate(parts)]


def _is_title(part=None):
    """Whether a part is a text that begins with a title of the page."""
    return isinstance(part, str) and part.startswith("# ")


def _cell(part, name, source):
    """A cell, by what it is made from."""
    if isinstance(part, Code):
        return _code_cell(source[part.place], name)
    if isinstance(part, Answer):
        ours = {"attention_lab": {"writeup": part.name}}
        return new_markdown_cell(WRITE_HERE, id=part.name, metadata=ours)
    if isinstance(part, Heading):
        return new_markdown_cell(part.text, id=name, metadata={COLLAPSED: True, "id": name})
    return new_markdown_cell(part, id=name)


def _code_cell(cell, name):
    tags = cell.metadata.get("tags", [])
    metadata = {"tags": tags} if tags else {}
    if FOLDED_CODE & set(tags):
        metadata |= HIDDEN
    number = exercise_in(cell.source) if "exercise" in tags else None
    if number:
        name = f"exercise-{number.replace('.', '-')}"
        metadata["attention_lab"] = {"exercise": number}
    return new_code_cell(cell.source, id=name, metadata=metadata)


def exercise_in(source):
    """The number of the exercise whose function a cell defines, or None.

    >>> exercise_in("def get_query121():")
    '1.2.1'
    """
    return next((task.number for task in ALL if f"def {task.function}(" in source), None)


def _joined(parts):
    """Texts that follow each other as one text."""
    waiting = []
    for part in [*filter(None, parts), None]:
        if waiting and not _goes_on(waiting[-1], part):
            yield "\n\n".join(waiting)
            waiting = []
        if isinstance(part, Heading) and not part.folded:
            waiting.append(part.text)
        elif isinstance(part, str):
            waiting.append(part)
        elif part:
            yield part


def _goes_on(above, part):
    """Whether a part belongs into the cell of the text above it.

    A heading begins a cell, and a page's title is one. So does a text below a fold, for which
    notebooks leave no margin.
    """
    if _is_title(above) or not isinstance(part, str):
        return False
    return part.startswith(BEGINS) or not above.endswith(ENDS)


def _flow(parent, markdown, level=0):
    """What a page holds, in its order: texts, and Heading, Code, Answer."""
    for last, node in zip([None, *parent.children], parent.children):
        if is_cell(node):
            yield Code(int(node["cell_index"]))
        elif isinstance(node, nodes.title):
            yield Heading(f"{'#' * level} {markdown.title(node)}", _is_folded(parent))
        elif isinstance(node, nodes.section) or _holds_cells(node):
            _refuse_to_fold_more(node, markdown)
            yield from _flow(node, markdown, level + isinstance(node.children[0], nodes.title))
        else:
            yield between(last, node)
            yield markdown.block(node)
            if "writeup" in getattr(node, "attributes", {}).get("classes", []):
                yield Answer(node["label"])


def is_cell(node):
    """Whether a node is a cell to run, with its code and its outputs."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def _holds_cells(node):
    return any(map(is_cell, node.findall(nodes.container)))


def _is_folded(node):
    return "dropdown" in node["classes"]


def _refuse_to_fold_more(node, markdown):
    """Fail the build where a folded heading would hide more than what it heads."""
    if not _is_folded(node):
        return
    for after in node.parent[node.parent.index(node) + 1 :]:
        if isinstance(after, nodes.section) or (_holds_cells(after) and _is_folded(after)):
            return
        if _holds_cells(after) or markdown.block(after):
            logger.warning(
                "A notebook folds what follows too, up to the next heading: expected a heading "
                "behind this, or nothing.",
                location=node,
            )
            return
