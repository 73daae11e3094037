"""The directive ``{worksheet} sheet``, or ``key``: attention by hand, to be printed."""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from attention_lab.site.argument import argument_of
from attention_lab.worksheet import SHEET
from attention_lab.worksheet.markdown import key_of, sheet_of

PARTS = {"sheet": sheet_of, "key": key_of}


def setup(app):
    """Add the directive."""
    app.add_directive("worksheet", Worksheet)


class Worksheet(SphinxDirective):
    """The sheet, or its key, on a page of its own when printed."""

    required_arguments = 1

    def run(self):
        """Parse the tables as if they stood in the chapter."""
        part = argument_of(self, PARTS)
        tables = self.parse_text_to_nodes(PARTS[part](SHEET))
        return [nodes.container("", *tables, classes=["worksheet", f"worksheet-{part}"])]
