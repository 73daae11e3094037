"""What is taken out of students' package is what tells answers; what is left does the same."""

import ast
import json
import re
import shutil
import tokenize
import tomllib

import pytest

from attention_lab.release.package import (
    LEFT_OUT,
    for_students,
    reduce_to_students,
    without_examples,
)
from attention_lab.variants import from_row, variant
from tests.conftest import ROOT

PACKAGE = ROOT / "src/attention_lab"
# What has answers, or finds them.
TELLING = (
    "answers.py certify.py figures/reach.py page/presets.py authoring geometry grading release"
)
MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "src", folder / "src")
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder)
    reduce_to_students(folder)
    return folder


def code(source):
    """A module's code without its docstrings, to compare."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
        if isinstance(node, kinds) and ast.get_docstring(node) is not None:
            node.body[0].value = ast.Constant("")
    return ast.dump(tree)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_keeps_its_code_and_loses_examples_and_comments(path, tmp_path):
    source = path.read_text("utf-8")
    bare = without_examples(source)
    assert code(bare) == code(source)
    for node in ast.walk(ast.parse(bare)):
        kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
        assert ">>>" not in ((isinstance(node, kinds) and ast.get_docstring(node)) or "")
    written = tmp_path / "module.py"
    written.write_text(bare, "utf-8")
    with tokenize.open(written) as file:
        kinds = {token.type for token in tokenize.generate_tokens(file.readline)}
    assert tokenize.COMMENT not in kinds


def test_prose_around_an_example_stays():
    source = 'def f():\n    """Half.\n\n    >>> f()\n    4.7\n\n    And more.\n    """\n'
    assert without_examples(source) == 'def f():\n    """Half.\n\n\nAnd more."""\n'


def test_code_stays_letter_for_letter_so_that_older_pythons_read_it():
    source = "x = {'a': 1}\nsaid = f\"{x['a']}\" + 'Ö' ;y  =  '# no comment'\n"
    assert without_examples(source) == source


def test_what_tells_answers_is_left_out(copy):
    left = {path.relative_to(copy / "src/attention_lab").as_posix() for path in copy.rglob("*")
            if path.is_relative_to(copy / "src/attention_lab")}  # fmt: skip
    assert not left & set(LEFT_OUT)
    assert set(LEFT_OUT) >= set(TELLING.split())
    assert {"judge.py", "notebook.py", "session.py", "page/data.py", "site/page.py"} <= left


def test_a_variants_line_has_its_numbers_and_no_way_to_its_answers(copy):
    rows = json.loads((copy / "src/attention_lab/variants.json").read_text())
    assert {len(row) for row in rows} == {3}
    mine, whole = from_row(7, rows[7]), variant(7)
    assert (mine.key, mine.value, mine.scale) == (whole.key, whole.value, None)


def test_its_readme_is_its_own(copy):
    assert (copy / "README.md").read_text() != (ROOT / "README.md").read_text()


def test_settings_have_no_commands_and_only_the_extras_that_chapters_need():
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    kept = tomllib.loads(for_students((ROOT / "pyproject.toml").read_text("utf-8")))
    del ours["project"]["scripts"]
    extras = ours["project"]["optional-dependencies"]
    assert kept["project"]["optional-dependencies"].keys() == {"learn", "real", "extract"}
    for name in ("book", "grade", "dev"):
        del extras[name]
    assert kept == ours


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_to_be_left_out_has_to_be_there(name, tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "src/attention_lab")
    (tmp_path / "src/attention_lab" / name).rename(tmp_path / "src/attention_lab/renamed")
    with pytest.raises(FileNotFoundError, match=re.escape(f"Expected src/attention_lab/{name}")):
        reduce_to_students(tmp_path)


def test_what_students_get_imports_nothing_that_is_left_out(copy):
    """Inside functions too, unless it is the course's answers, which are asked for in vain."""
    gone = {name.removesuffix(".py").replace("/", ".") for name in LEFT_OUT}
    for path in (copy / "src").rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module:
                assert node.module.removeprefix("attention_lab.") not in gone, path
