"""Every picture says in words what it shows, for who cannot see it."""

import ast
import re

from attention_lab.authoring.cells import tree
from attention_lab.authoring.fault import Fault

FOLDER = "src/attention_lab/figures"
WORDLESS = {"matplotlib", "pylab", "seaborn", "plotly", "PIL", "IPython"}
IMAGE = re.compile(r"<(?:img|svg)\b(?![^>]*\b(?:alt|aria-label)\s*=\s*[\"'][^\"'])[^>]*>", re.I)
TODO = "Say in a sentence what there is to see."


def faults(book):
    """Pictures without words, in chapters and in the functions that draw."""
    for page in book.pages:
        yield from _in_text(page)
        for directive in page.directives("image", "figure"):
            if not directive.option("alt").strip():
                what = f"The {{{directive.name}}} has no alt text."
                yield Fault(page.file, directive.line, what, f"Add an option :alt:. {TODO}")
        for cell in page.cells:
            yield from _in_cell(page, cell)
    for path in sorted((book.project / FOLDER).glob("*.py")):
        yield from _drawn(path, path.relative_to(book.project).as_posix())


def _in_text(page):
    for text in page.texts:
        for token, line in text.placed:
            if token.type == "image" and not token.content.strip():
                what = "The image has no alt text."
                yield Fault(page.file, line, what, f"Write it into the brackets. {TODO}")
    for number, line in enumerate(page.text.splitlines(), 1):
        if IMAGE.search(line):
            yield Fault(page.file, number, "The image has no alt text.", f'Add alt="…". {TODO}')


def _in_cell(page, cell):
    """Cells that draw with what leaves no words."""
    for node in ast.walk(tree(cell) or ast.Module([])):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            if name.partition(".")[0] in WORDLESS:
                what = f"A picture that a cell draws with {name} has no alt text."
                todo = f"Draw it in a function of {FOLDER}, which returns its words too."
                yield Fault(page.file, cell.first + node.lineno - 1, what, todo)


def _drawn(path, file):
    """Functions marked ``@drawn`` that return no words beside their figure."""
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        marks = getattr(function, "decorator_list", [])
        if not any(getattr(mark, "id", "") == "drawn" for mark in marks):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Return) and not _has_words(node.value):
                what = f"{function.name} returns no alt text and table beside its figure."
                yield Fault(file, node.lineno, what, f"return figure, words, table. {TODO}")


def _has_words(returned):
    """Whether figure, words and table are returned, or what another function returns."""
    if not isinstance(returned, ast.Tuple):
        return isinstance(returned, ast.Call)
    if len(returned.elts) < 3:
        return False
    words = returned.elts[1]
    return not isinstance(words, ast.Constant) or bool(str(words.value or "").strip())
