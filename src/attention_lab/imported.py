"""Which modules of this package a module needs: those that it imports, and what these import."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent


def modules(called):
    """The modules that are needed: those called, and every sibling that these import."""
    found, open_ = [], list(called)
    while open_:
        name = open_.pop()
        if name not in found:
            found.append(name)
            open_ += siblings(name)
    return sorted(found)


def siblings(name):
    """The modules of the package that a module imports, wherever in it the import stands.

    To import a module is to import the packages that it is in.
    """
    asked = [dotted.removeprefix("attention_lab.") for dotted in imports(name)]
    found = [module for dotted in asked for module in _longest_module(dotted)]
    return found + [package for module in found for package in _packages_of(module)]


def imports(name):
    """All that a module imports, in dotted form: ``math``, ``attention_lab.judge.Verdict``."""
    for node in ast.walk(ast.parse(module_file(name).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (f"{module}.{alias.name}" for alias in node.names)


def module_file(name):
    """The file of a module, or the one that makes a package of a folder."""
    path = PACKAGE / name.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _packages_of(module):
    """``page`` of ``page.cell``."""
    parts = module.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts))]


def _longest_module(dotted):
    """The module that a dotted name begins with: ``page.cell.run`` is in ``page.cell``."""
    parts = dotted.split(".")
    names = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return [name for name in names if module_file(name).exists()][:1]
