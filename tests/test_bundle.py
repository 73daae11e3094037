"""The Python that is sent to the page: without what only a reader needs, and nothing is missing."""

import ast

import pytest

from attention_lab.imported import module_file, modules
from attention_lab.page.bundle import CALLED, bare, python_files
from attention_lab.stripping import DOCUMENTED, stripped
from tests.micropython import dotted, page_files, run_in_micropython

SOURCE = '''
"""Of the module."""

# A comment.
BASE = 2  # another


def doubled(x, *, by=BASE):
    """Of a function: "quoted"."""
    text = """no docstring # and no comment"""
    return x * by, text, f"{x:>4}|{'#'}"


def nothing():
    """Only this."""


class Thing:
    """Of a class."""

    """A text that does nothing."""

    @property
    def name(self):
        """Of a property."""
        return "# thing"
'''


def test_a_bare_module_does_the_same():
    full, stripped = {}, {}
    exec(SOURCE, full)
    exec(bare(SOURCE), stripped)
    for space in (full, stripped):
        thing = space["Thing"]().name
        space["came"] = space["doubled"](3), space["doubled"](1, by=5), space["nothing"](), thing
    assert stripped["came"] == full["came"]


def test_a_bare_module_has_no_docstrings_and_no_comments():
    text = bare(SOURCE)
    for gone in ("Of the module", "Of a", "Only this", "A comment", "another"):
        assert gone not in text
    for kept in ("no docstring # and no comment", "# thing"):
        assert kept in text


@pytest.mark.parametrize("source", ["", '"Only this."', "x = 1", "if 1:\n    'text'\n"])
def test_little_modules_can_be_bare(source):
    exec(bare(source), {})


def test_the_modules_are_those_that_serving_leads_to():
    asked_for = {"page.serve", "page.cell", "page.judging", "judge", "card", "notebook", "variants"}
    assert asked_for <= {*modules(CALLED)}
    # What draws, certifies or builds needs what MicroPython has not got.
    assert not {"figures", "geometry", "certify", "playground", "page.bundle"} & {*modules(CALLED)}


def test_what_leads_to_what_is_found_in_functions_too():
    assert modules(["page.judging"]) == modules(["page.judging", "judge", "card"])
    assert "fixtures" in modules(["notebook"])


def test_every_file_that_is_sent_is_used_and_none_is_missing():
    program = """
import sys
from attention_lab.page.data import playground_data
from attention_lab.page.serve import serve
playground_data()  # which fetches what shows answers: students' copies lack it
print(*sys.modules)
"""
    sent = {dotted(path) for path in python_files()}
    loaded = run_in_micropython(program).split()
    assert {name for name in loaded if name.startswith(("attention_lab", "torch"))} == sent


def test_the_tests_run_what_the_page_runs():
    assert page_files().items() >= python_files().items()


@pytest.mark.parametrize("name", modules(CALLED))
def test_what_is_sent_of_a_module_is_the_same_program(name):
    source = module_file(name).read_text("utf-8")
    sent, whole = (ast.parse(text) for text in (bare(source), stripped(source, lambda text: "")))
    assert ast.dump(sent) == ast.dump(whole)
    documented = [node for node in ast.walk(whole) if isinstance(node, DOCUMENTED)]
    assert not any(map(ast.get_docstring, documented))
