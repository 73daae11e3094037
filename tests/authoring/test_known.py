"""Each directive and role that the check takes for known is known to the build."""

import io

import pytest
import yaml
from docutils.parsers.rst import directives, roles
from docutils.parsers.rst.languages import en
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from attention_lab.authoring.fences import DIRECTIVES
from attention_lab.authoring.prose import ROLES
from tests.conftest import ROOT

BARE = ("std", "py")  # domains whose names need no prefix

# Where torch is loaded by another test, Sphinx's look at modules comes upon its deprecated names.
pytestmark = pytest.mark.filterwarnings("ignore:.*torch.distributed:FutureWarning")


@pytest.fixture(scope="module")
def registered(tmp_path_factory):
    """Whether the book's extensions know a name, as a kind: a directive or a role."""
    folder = tmp_path_factory.mktemp("empty")
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n")
    (folder / "references.bib").write_text("")
    names = yaml.safe_load((ROOT / "_config.yml").read_text())["sphinx"]["config"]["extensions"]
    # An extension adds its endings to this table, which would else be that of all later builds.
    endings = {".rst": "restructuredtext"}
    changed = {"extensions": names, "bibtex_bibfiles": ["references.bib"], "source_suffix": endings}
    with docutils_namespace():
        app = Sphinx(
            *(folder, None, folder / "out", folder / "trees", "dummy"),
            confoverrides=changed,
            status=None,
            warning=io.StringIO(),
        )
        # MyST-Parser itself reads eval-rst.
        docutils = {
            "directive": {"eval-rst", *directives._directives, *en.directives},
            "role": {*roles._roles, *en.roles},
        }

        def is_known(kind, name):
            prefix, _, last = name.rpartition(":")
            within = [app.env.get_domain(one) for one in ([prefix] if prefix else BARE)]
            return name in docutils[kind] or any(getattr(one, kind)(last) for one in within)

        yield is_known


def test_the_directives_are_known_to_the_build(registered):
    assert [name for name in DIRECTIVES if not registered("directive", name)] == []
    assert not registered("directive", "dropdwon")


def test_the_roles_are_known_to_the_build(registered):
    assert [name for name in ROLES if not registered("role", name)] == []
    assert not registered("role", "glue:txt")
