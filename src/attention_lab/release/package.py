"""What students get of this package: it judges and draws, and has no answer of the course.

Left out are the files that hold answers and those for instructors. Comments go, and so do examples
in docstrings, for some show answers. A variant's line keeps its numbers, not what solves it.
"""

import ast
import io
import json
import re
import shutil
import tokenize
from doctest import DocTestParser

LEFT_OUT = (
    "answers.py",
    "page/presets.py",
    "certify.py",
    "geometry.py",  # it finds a query for any key
    "figures/reach.py",
    "cli.py",
    "__main__.py",
    "grading",
    "release",
)
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
            (package / name).unlink()  # raises where a file was renamed, and would be handed out
    for path in package.rglob("*.py"):
        path.write_text(without_examples(path.read_text("utf-8")), "utf-8")
    rows = json.loads((package / "variants.json").read_text("utf-8"))
    numbers = [row[:KEPT_OF_A_VARIANT] for row in rows]
    (package / "variants.json").write_text(json.dumps(numbers, separators=(",", ":")), "utf-8")
    (project / "README.md").write_text(ABOUT, "utf-8")
    _without_reach(package / "figures/__init__.py")
    settings = (project / "pyproject.toml").read_text("utf-8")
    (project / "pyproject.toml").write_text(without_scripts(settings), "utf-8")


def _without_reach(path):
    """Take the pictures of the page on what a query can reach out of those that are offered."""
    offered = re.sub(r"from attention_lab.figures.reach import .*\n", "", path.read_text("utf-8"))
    path.write_text(re.sub(r"(?m)^ *[\"'](ahead|solid)[\"'],\n", "", offered), "utf-8")


def without_examples(source):
    r'''A module without comments, and without examples in its docstrings.

    It is cut from the text: code that is written anew has the form of this Python, which an older
    one may not know.

    >>> print(without_examples("""\
    ... def half(x):  # of x
    ...     'Half of it.\\n\\n    >>> half(3)\\n    1.5\\n    '
    ...     return x / 2"""))
    def half(x):
        'Half of it.'
        return x / 2
    '''
    lines = source.split("\n")
    for begin, end, text in sorted([*_comments(source), *_docstrings(source, lines)], reverse=True):
        (first, left), (last, right) = begin, end
        lines[first : last + 1] = [lines[first][:left] + text + lines[last][right:]]
    return "\n".join(line.rstrip() if not line.strip() else line for line in lines)


def _comments(source):
    """Where comments stand: begin, end, and nothing instead; lines are counted from 0."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            before = token.line[: token.start[1]]
            line = token.start[0] - 1
            yield (line, len(before.rstrip())), (line, token.end[1]), ""


def _docstrings(source, lines):
    """Where docstrings stand, and what is left of each."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(source)):
        text = ast.get_docstring(node) if isinstance(node, documented) else None
        if text:
            parts = DocTestParser().parse(text)
            prose = "".join(part for part in parts if isinstance(part, str)).strip()
            place = node.body[0]
            ends = [
                (place.lineno - 1, place.col_offset),
                (place.end_lineno - 1, place.end_col_offset),
            ]
            begin, end = ((n, len(lines[n].encode()[:column].decode())) for n, column in ends)
            yield begin, end, repr(prose or " ")


def without_scripts(settings):
    r"""The project's settings without commands, whose module students do not have.

    >>> without_scripts('[a]\nx = 1\n\n[project.scripts]\nlab = "cli:main"\n\n[b]\ny = 2\n')
    '[a]\nx = 1\n\n[b]\ny = 2\n'
    """
    return re.sub(r"(?m)^\[project\.scripts\]\n(?:[^\[\n].*\n|\n)*", "", settings)
