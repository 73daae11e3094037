"""The Python that MicroPython finds in the page: plain modules, without what only a reader needs.

What the page calls is listed here; the rest is what these modules import from the package.
"""

from python_minifier import minify

from attention_lab.imported import PACKAGE, module_file, modules

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


def bare(source):
    r"""A module without comments, docstrings and blanks: half of it is left, and every name.

    >>> print(bare('def half(x):  # of x\n\n    "Half."\n    return x / 2'))
    def half(x):return x/2
    """
    return minify(source, remove_literal_statements=True, **dict.fromkeys(NEITHER, False))


def _package_paths():
    """The modules' files, and those that make packages of their folders."""
    files = {module_file(name).relative_to(PACKAGE) for name in modules(CALLED)}
    packages = {folder / "__init__.py" for file in files for folder in file.parents}
    return sorted(path.as_posix() for path in files | packages)
