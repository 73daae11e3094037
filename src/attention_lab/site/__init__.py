"""What this book adds to Sphinx, one idea a module. ``setup`` reads as the list."""

from pathlib import Path

from attention_lab.site import fresh, hints, mathml, strict


def setup(app):
    """Every output comes from this commit, every fault fails the build, no other host is asked."""
    fresh.setup(app)
    strict.setup(app)
    mathml.setup(app)
    hints.setup(app)
    app.connect("config-inited", _add_styles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _add_styles(app, config):
    config.html_static_path.append(str(Path(__file__).parent / "static"))
    app.add_css_file("book.css")
