"""What students get of this package: it judges and draws, and has no answer of the course.

Left out are the files that hold answers and those for instructors. Comments go, and so do examples
in docstrings, for some show answers. A variant's line keeps its numbers, not what solves it.
"""

import ast
import json
import re
import shutil
from doctest import DocTestParser

LEFT_OUT = ("answers.py", "page/presets.py", "certify.py", "cli.py", "grading", "release")
KEPT_OF_A_VARIANT = 3  # key, value and how far other weights may be; then come scale and directions
ABOUT = """\
# Attention Lab

The package behind the notebook *Understanding Attention*, for those who work through it:
`check` judges an answer, `hint` gives a hint, `Playground` lets you try by hand.
"""


def reduce_to_students(project):
    """Make a copy of the project one that students may have.

    Args:
        project: its folder, with ``src`` and ``pyproject.toml``.
    """
    package = project / "src/attention_lab"
    for name in LEFT_OUT:
        if (package / name).is_dir():
            shutil.rmtree(package / name)
        else:
            (package / name).unlink(missing_ok=True)
    for path in package.rglob("*.py"):
        path.write_text(without_examples(path.read_text("utf-8")), "utf-8")
    rows = json.loads((package / "variants.json").read_text("utf-8"))
    numbers = [row[:KEPT_OF_A_VARIANT] for row in rows]
    (package / "variants.json").write_text(json.dumps(numbers, separators=(",", ":")), "utf-8")
    (project / "README.md").write_text(ABOUT, "utf-8")
    settings = (project / "pyproject.toml").read_text("utf-8")
    (project / "pyproject.toml").write_text(without_scripts(settings), "utf-8")


def without_examples(source):
    r'''A module without comments, and without examples in its docstrings.

    >>> print(without_examples("""\
    ... def half(x):  # of x
    ...     'Half of it.\\n\\n    >>> half(3)\\n    1.5\\n    '
    ...     return x / 2"""), end="")
    def half(x):
        """Half of it."""
        return x / 2
    '''
    tree = ast.parse(source)
    for node in ast.walk(tree):
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        text = ast.get_docstring(node) if isinstance(node, documented) else None
        if text:
            parts = DocTestParser().parse(text)
            prose = "".join(part for part in parts if isinstance(part, str)).strip()
            node.body[0].value = ast.Constant(prose or " ")
    return ast.unparse(tree) + "\n"


def without_scripts(settings):
    r"""The project's settings without commands, whose module students do not have.

    >>> without_scripts('[a]\nx = 1\n\n[project.scripts]\nlab = "cli:main"\n\n[b]\ny = 2\n')
    '[a]\nx = 1\n\n[b]\ny = 2\n'
    """
    return re.sub(r"(?m)^\[project\.scripts\]\n(?:[^\[\n].*\n|\n)*", "", settings)
