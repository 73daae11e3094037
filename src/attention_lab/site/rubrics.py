"""The directive ``{criteria} writeup-copying``: what earns a write-up its points, folded.

It is not called ``rubric``: to docutils that is a heading outside of the table of contents.
"""

from sphinx.util.docutils import SphinxDirective

from attention_lab.writeups import writeup


def setup(app):
    """Add the directive."""
    app.add_directive("criteria", Criteria)


class Criteria(SphinxDirective):
    """A dropdown with a row for each criterion of the rubric."""

    required_arguments = 1

    def run(self):
        """Parse the dropdown as if it stood in the chapter."""
        try:
            found = writeup(self.arguments[0])
        except ValueError as error:
            raise self.error(str(error)) from error
        return self.parse_text_to_nodes(folded_rubric(found))


def folded_rubric(writeup):
    """The rubric as a table in a dropdown, in MyST.

    >>> from attention_lab.writeups import Writeup
    >>> print(folded_rubric(Writeup("writeup-x", "X", ((2, "Says why."), (1, "Says how.")))))
    :::{dropdown} Rubric (3 points)
    | points | for |
    |---|---|
    | 2 | Says why. |
    | 1 | Says how. |
    :::
    """
    rows = [f"| {points} | {criterion} |" for points, criterion in writeup.rubric]
    title = f"Rubric ({writeup.points} points)"
    return "\n".join([f":::{{dropdown}} {title}", "| points | for |", "|---|---|", *rows, ":::"])
