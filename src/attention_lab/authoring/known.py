"""What the build knows: directives, each with its class, and roles.

Those that a chapter mostly has are known without setting up Sphinx, which takes two seconds. Any
other name is asked of the extensions in ``_config.yml``, for an author may have added some.
"""

import io
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from pkgutil import resolve_name
from tempfile import TemporaryDirectory
from warnings import catch_warnings, simplefilter

import yaml
from docutils.parsers.rst import directives, roles
from docutils.parsers.rst.languages import en
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace

from attention_lab.meant import meant

# Where the classes of directives are; "" is for those that MyST-NB and MyST-Parser read themselves.
HOMES = {
    "attention_lab.site.guess": {"guess": "Guess"},
    "attention_lab.site.hints": {"hints": "Hints"},
    "attention_lab.site.needs": {"needs": "Needs"},
    "attention_lab.site.questions": {"questions": "Questions", "results": "Results"},
    "attention_lab.site.rubrics": {"criteria": "Criteria"},
    "attention_lab.site.sections": {"sections": "Sections"},
    "attention_lab.site.worksheet": {"worksheet": "Worksheet"},
    "docutils.parsers.rst.directives.admonitions": {
        name: name.capitalize()
        for name in ("admonition", "caution", "hint", "important", "note", "tip", "warning")
    },
    "docutils.parsers.rst.directives.images": {"image": "Image"},
    "docutils.parsers.rst.directives.tables": {"list-table": "ListTable"},
    "sphinx.directives.code": {"code-block": "CodeBlock", "literalinclude": "LiteralInclude"},
    "sphinx.directives.other": {"include": "Include", "seealso": "SeeAlso"},
    "sphinx.directives.patches": {
        **{"code": "Code", "csv-table": "CSVTable", "figure": "Figure"},
        **{"math": "MathDirective", "rubric": "Rubric"},
    },
    "sphinx_design.dropdown": {"dropdown": "DropdownDirective"},
    "sphinx_design.extension": {"div": "Div"},
    "sphinx_design.tabs": {"tab-set": "TabSetDirective", "tab-item": "TabItemDirective"},
    "sphinx_exercise.directive": {
        "exercise": "ExerciseDirective",
        "solution-start": "SolutionStartDirective",
        "solution-end": "SolutionEndDirective",
    },
    "sphinxcontrib.bibtex.directives": {"bibliography": "BibliographyDirective"},
}
DIRECTIVES = {"code-cell": "", "raw-cell": "", "eval-rst": ""} | {
    name: f"{module}:{found}"
    for module, classes in HOMES.items()
    for name, found in classes.items()
}
ROLES = (
    *("cite", "cite:p", "cite:t", "cite:ps", "cite:ts", "cite:alp"),
    *("eq", "numref", "ref", "doc", "term", "download", "any"),
    *("glue", "glue:text", "glue:md", "glue:any"),
    *("abbr", "code", "emphasis", "strong", "sub", "sup", "math", "kbd"),
    *("py:func", "py:class", "py:meth", "py:mod"),
)
BARE = ("py", "std")  # domains whose names need no prefix
# Jupyter Book's own extensions, for a book that names none.
USUAL = (
    *("sphinx_togglebutton", "myst_nb", "jupyter_book", "sphinx_external_toc", "sphinx_design"),
    *("sphinx_book_theme", "sphinxcontrib.bibtex"),
)


class Known:
    """What the build of a project knows."""

    def __init__(self, project):
        self.project = project

    def directive(self, name):
        """The class of a directive; None for those that MyST reads, and where there is none."""
        if name in DIRECTIVES:
            return resolve_name(DIRECTIVES[name]) if DIRECTIVES[name] else None
        return self._all["directive"].get(name)

    def lacks(self, kind, name):
        """What to do about a name that the build does not know; "" if it knows it.

        Args:
            kind: "directive" or "role".
            name: of one.
        """
        likely = DIRECTIVES if kind == "directive" else ROLES
        if name in likely or not self._all[kind] or name in self._all[kind]:
            return ""
        return meant(name, get_close_matches(name, {*likely, *self._all[kind]}) or likely)

    @cached_property
    def _all(self):
        settings = yaml.safe_load((self.project / "_config.yml").read_text("utf-8"))
        theirs = settings.get("sphinx") or {}
        named = (theirs.get("config") or {}).get("extensions") or USUAL
        return registered((*named, *(theirs.get("extra_extensions") or ())))


@cache
def registered(extensions):
    """All that a build with these extensions knows: classes by name, for both kinds.

    Empty where it cannot begin, as with an extension that is not installed: then it is the build
    that says so, and no name is to blame.
    """
    # An extension adds its endings to this table, which would else be that of all later builds.
    endings = {".rst": "restructuredtext"}
    settings = {"extensions": [*extensions], "source_suffix": endings, "bibtex_bibfiles": ["a.bib"]}
    with TemporaryDirectory() as made, docutils_namespace(), catch_warnings():
        simplefilter("ignore")
        folder = Path(made)
        (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n", "utf-8")
        (folder / "a.bib").write_text("", "utf-8")
        places = folder, None, folder / "out", folder / "trees", "dummy"
        try:
            return _of(Sphinx(*places, settings, status=None, warning=io.StringIO()))
        except SphinxError:
            return {"directive": {}, "role": {}}


def _of(app):
    """What docutils, Sphinx and the extensions of a build have registered."""
    found = {
        "directive": _docutils_classes() | directives._directives,
        "role": dict.fromkeys(en.roles) | roles._roles,
    }
    for domain in app.env.domains.values():
        for kind, theirs in (("directive", domain.directives), ("role", domain.roles)):
            found[kind] |= {f"{domain.name}:{name}": one for name, one in theirs.items()}
            found[kind] |= theirs if domain.name in BARE else {}
    return found


def _docutils_classes():
    """The directives that docutils brings."""
    home = "docutils.parsers.rst.directives"
    return {
        name: resolve_name(f"{home}.{module}:{found}")
        for name, (module, found) in directives._directive_registry.items()
    }
