"""What cells import is there; nothing is loaded to see that."""

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import attention_lab
from attention_lab.authoring.cells import tree
from attention_lab.authoring.fault import Fault
from attention_lab.authoring.removed import names_in
from attention_lab.meant import meant

OURS = attention_lab.__name__
USUAL = (OURS, "math", "torch")


def faults(book):
    """Modules that there are not, and names that are not in a module of this package."""
    for page, cell in book.cells:
        nodes = [*ast.walk(tree(cell) or ast.Module([]))]
        tried = {inner for node in nodes if isinstance(node, ast.Try) for inner in ast.walk(node)}
        for node in nodes:
            if isinstance(node, (ast.Import, ast.ImportFrom)) and node not in tried:
                for what, todo in _of(node):
                    yield Fault(page.file, cell.first + node.lineno - 1, what, todo)


def _of(node):
    """What is wrong with an import: what, what to do."""
    modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    modules += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
    for module in modules:
        first = module.partition(".")[0]
        if first != OURS and find_spec(first) is None:
            yield f"There is no module {first!r}.", meant(first, USUAL)
        elif first == OURS and _names(module) is None:
            yield f"There is no module {module!r}.", f"It would be in src/{OURS}."
        elif first == OURS and isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name not in {*_names(module), "*"}:
                    yield (
                        f"There is no {alias.name!r} in {module}.",
                        meant(alias.name, _names(module)),
                    )


@cache
def _names(module):
    """The names in a module of this package, and its modules; None where it is none."""
    path = Path(attention_lab.__file__).parents[1].joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if module == OURS:
        made = {*attention_lab.__all__}
    elif not file.is_file():
        return None
    else:
        made, _ = names_in(ast.parse(file.read_text("utf-8")))
    return made | {inner.stem for inner in path.glob("*")}
