"""Of a page whose cells failed, the cause is told, and not what follows from it.

These cells made no numbers, and myst-nb warns of each place in the text that shows one.
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
    """Lets through what is not a number that a page with an error lacks."""

    def __init__(self):
        super().__init__()
        self.failed = set()

    def filter(self, record):
        """Whether to tell; remembers the pages that failed."""
        page, kind = getattr(record, "docname", ""), getattr(record, "subtype", "")
        if kind == "exec":
            self.failed.add(page)
        return kind != "glue" or page not in self.failed
