"""What this book adds to Sphinx, one idea a module. ``setup`` reads as the list."""

from pathlib import Path

from attention_lab.site import (
    buildinfo,
    card,
    description,
    extra_pages,
    fresh,
    guess,
    hints,
    labels,
    launch,
    loading,
    mathml,
    needs,
    notebooks,
    origin,
    page,
    questions,
    rubrics,
    side_by_side,
    strict,
    stylesheet,
    worksheet,
)


def setup(app):
    """Every output comes from this commit, every fault fails the build, no other host is asked."""
    buildinfo.setup(app)
    origin.setup(app)
    fresh.setup(app)
    side_by_side.setup(app)
    strict.setup(app)
    mathml.setup(app)
    labels.setup(app)
    hints.setup(app)
    rubrics.setup(app)
    needs.setup(app)
    guess.setup(app)
    questions.setup(app)
    worksheet.setup(app)
    page.setup(app)
    loading.setup(app)
    stylesheet.setup(app)
    description.setup(app)
    card.setup(app)
    extra_pages.setup(app)
    notebooks.setup(app)
    launch.setup(app)
    app.connect("config-inited", _add_static_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _add_static_files(app, config):
    static = Path(__file__).parent / "static"
    config.html_static_path.append(str(static))
    config.html_favicon = str(static / "favicon.svg")
    app.add_css_file("book.css")
