"""The Python that MicroPython finds in the page: plain modules, without what only a reader needs.

What the page calls is listed here; the rest is what these modules import from the package.
"""

import ast
from pathlib import Path

from python_minifier import minify

PACKAGE = Path(__file__).parents[1]
CALLED = ("page.serve",)
# What else the minifier may do, and then it is another program.
NEITHER = (
    *("combine_imports", "constant_folding", "convert_posargs_to_args", "hoist_literals"),
    *("remove_annotations", "remove_builtin_exception_brackets", "remove_explicit_return_none"),
    *("remove_dead_branches", "remove_object_base", "remove_pass", "rename_locals"),
)


def python_files():
    """The package and the stand-in for torch as MicroPython finds them: path to text."""
    files = {f"/lib/attention_lab/{path}": PACKAGE / path for path in _package_paths()}
    stand_in = PACKAGE / "page/torch"
    for path in sorted(stand_in.rglob("*.py")):
        files[f"/lib/torch/{path.relative_to(stand_in).as_posix()}"] = path
    return {name: bare(path.read_text("utf-8")) for name, path in files.items()}


def modules(called=CALLED):
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


def bare(source):
    r"""A module without comments, docstrings and blanks: half of it is left, and every name.

    >>> print(bare('def half(x):  # of x\n\n    "Half."\n    return x / 2'))
    def half(x):return x/2
    """
    return minify(source, remove_literal_statements=True, **dict.fromkeys(NEITHER, False))


def _package_paths():
    """The modules' files, and those that make packages of their folders."""
    files = {module_file(name).relative_to(PACKAGE) for name in modules()}
    packages = {folder / "__init__.py" for file in files for folder in file.parents}
    return sorted(path.as_posix() for path in files | packages)


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
