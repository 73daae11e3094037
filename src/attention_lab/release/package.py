"""What students get of this package: it judges and draws, and has no answer of the course.

Left out are the files that hold answers and those for instructors. Comments go, and so do examples
in docstrings, for some show answers. A variant's line keeps its numbers, not what solves it.
"""

import json
import re
import shutil
from doctest import DocTestParser

from attention_lab.stripping import stripped

LEFT_OUT = (
    "answers.py",
    "page/presets.py",
    "geometry",
    "figures/reach.py",
    "certify.py",
    "cli.py",
    "__main__.py",
    "grading",
    "release",
    "authoring",
    "building",
    "pdf",
)
NOT_THEIRS = ("book", "grade", "dev")  # extras
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

    Raises:
        FileNotFoundError: what is to be left out is not there, so it may be elsewhere.
    """
    package = project / "src/attention_lab"
    for name in LEFT_OUT:
        if not (package / name).exists():
            raise FileNotFoundError(
                f"Expected src/attention_lab/{name}, to leave it out; it is not there. "
                "If it has another name now, say so in attention_lab.release.package.LEFT_OUT."
            )
        if (package / name).is_dir():
            shutil.rmtree(package / name)
        else:
            (package / name).unlink()
    for path in package.rglob("*.py"):
        path.write_text(without_examples(path.read_text("utf-8")), "utf-8")
    rows = json.loads((package / "variants.json").read_text("utf-8"))
    numbers = [row[:KEPT_OF_A_VARIANT] for row in rows]
    (package / "variants.json").write_text(json.dumps(numbers, separators=(",", ":")), "utf-8")
    (project / "README.md").write_text(ABOUT, "utf-8")
    settings = (project / "pyproject.toml").read_text("utf-8")
    (project / "pyproject.toml").write_text(for_students(settings), "utf-8")


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
    return stripped(source, _without_examples)


def _without_examples(docstring):
    parts = DocTestParser().parse(docstring)
    return "".join(part for part in parts if isinstance(part, str)).strip()


def for_students(settings):
    r"""The project's settings without the command and the extras of those who make the book.

    What a chapter needs beyond the others stays: its page says so and its notebook installs it.

    >>> for_students('[a]\nx = 1\n\n[project.scripts]\nlab = "cli:main"\n\n[b]\ny = 2\n')
    '[a]\nx = 1\n\n[b]\ny = 2\n'
    >>> for_students('dev = [\n    "ruff",  # style\n]\nlearn = ["tqdm"]\ngrade = ["x"]\n')
    'learn = ["tqdm"]\n'
    """
    commands = r"^\[project\.scripts\]\n(?:[^\[\n].*\n|\n)*"
    extras = rf"^(?:{'|'.join(NOT_THEIRS)}) = \[[^\]]*\].*\n"
    return re.sub(extras, "", re.sub(commands, "", settings, flags=re.M), flags=re.M)
