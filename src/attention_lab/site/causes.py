"""Of a page whose cells broke off, the cause is told, and not what follows from it.

The cells after it made no numbers, and myst-nb warns of each place in the text that shows one.
"""

import logging


def setup(app):
    """Look at every warning before Sphinx counts it."""
    app.connect("builder-inited", _look_first)


def _look_first(app):
    causes = Causes()
    for handler in logging.getLogger("sphinx").handlers:
        handler.filters.insert(0, causes)


class Causes(logging.Filter):
    """Lets through what is not a number that a broken-off page lacks."""

    def __init__(self):
        super().__init__()
        self.broken_off = set()

    def filter(self, record):
        """Whether to tell; remembers the pages that broke off."""
        page, kind = getattr(record, "docname", ""), getattr(record, "subtype", "")
        if kind == "exec":
            self.broken_off.add(page)
        return kind != "glue" or page not in self.broken_off
