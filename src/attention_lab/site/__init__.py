"""What this book adds to Sphinx, one idea a module, in the order in which they are set up.

They are imported then: who needs one of them should not pay for all.
"""

from importlib import import_module
from pathlib import Path

PARTS = (
    "buildinfo",
    "origin",
    "fresh",
    "side_by_side",
    "strict",
    "causes",
    "mathml",
    "labels",
    "hints",
    "rubrics",
    "needs",
    "guess",
    "questions",
    "sections",
    "worksheet",
    "page",
    "loading",
    "stylesheet",
    "description",
    "card",
    "extra_pages",
    "notebooks",
    "launch",
)


def setup(app):
    """Every output comes from this commit, every fault fails the build, no other host is asked."""
    for part in PARTS:
        import_module(f"{__name__}.{part}").setup(app)
    app.connect("config-inited", _add_static_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _add_static_files(app, config):
    static = Path(__file__).parent / "static"
    config.html_static_path.append(str(static))
    config.html_favicon = str(static / "favicon.svg")
    app.add_css_file("book.css")
