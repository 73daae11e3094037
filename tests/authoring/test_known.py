"""Each directive and role that the check takes for known is known to the build, as the same."""

import pytest
import yaml

from attention_lab.authoring.known import DIRECTIVES, ROLES, Known, registered
from tests.conftest import ROOT

SETTINGS = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["sphinx"]["config"]


@pytest.fixture(scope="module")
def built():
    """What a build with the book's extensions knows."""
    return registered(tuple(SETTINGS["extensions"]))


def test_the_directives_are_those_of_the_build(built):
    known = Known(ROOT)
    read_elsewhere = {"code-cell", "raw-cell", "eval-rst"}
    assert {name for name in DIRECTIVES if not known.directive(name)} == read_elsewhere
    others = {
        name: (known.directive(name), built["directive"].get(name))
        for name, where in DIRECTIVES.items()
        if where and known.directive(name) is not built["directive"].get(name)
    }
    assert others == {}


def test_the_roles_are_known_to_the_build(built):
    assert [name for name in ROLES if name not in built["role"]] == []
    assert "glue:txt" not in built["role"]


@pytest.mark.parametrize(
    ("kind", "rare", "wrong", "todo"),
    [
        ("directive", "card-carousel", "card-carusel", "Did you mean card-carousel?"),
        ("directive", "glue:figure", "glue:figur", "Did you mean glue:figure?"),
        ("directive", "parsed-literal", "parsed-litteral", "Did you mean parsed-literal?"),
        ("role", "bdg-primary", "bdg-primry", "Did you mean bdg-primary?"),
        ("role", "py:attr", "py:atr", "Did you mean py:attr?"),
        ("role", "guilabel", "guilable", "Did you mean guilabel?"),
    ],
)
def test_what_a_chapter_rarely_has_is_asked_of_the_extensions(kind, rare, wrong, todo):
    known = Known(ROOT)
    assert known.lacks(kind, rare) == ""
    assert known.lacks(kind, wrong) == todo


def test_a_directive_of_an_extension_that_an_author_adds_is_known(tmp_path):
    (tmp_path / "_config.yml").write_text("sphinx:\n  extra_extensions: [sphinx.ext.graphviz]\n")
    assert Known(tmp_path).lacks("directive", "graphviz") == ""
    (tmp_path / "_config.yml").write_text("title: None\n")
    assert Known(tmp_path).lacks("directive", "graphviz") != ""


def test_where_the_build_cannot_begin_no_name_is_blamed(tmp_path):
    (tmp_path / "_config.yml").write_text("sphinx:\n  extra_extensions: [no_such]\n")
    known = Known(tmp_path)
    assert known.lacks("directive", "graphviz") == ""
    assert known.directive("graphviz") is None
