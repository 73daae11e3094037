"""The directive ``{hints} 1.2.1``: an exercise's hints, each folded, from ``exercises.py``."""

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from attention_lab.exercises import exercise
from attention_lab.messages import PHRASES


def setup(app):
    """Add the directive."""
    app.add_directive("hints", Hints)


class Hints(SphinxDirective):
    """One dropdown a hint, so that a reader opens no more than needed."""

    required_arguments = 1

    def run(self):
        """Parse the hints as if they stood in the chapter."""
        try:
            hints = exercise(self.arguments[0]).hints
        except ValueError as error:
            raise self.error(str(error)) from error
        folded = [
            f":::{{dropdown}} {PHRASES['hint'].format(n=n, all=len(hints))}\n{hint}\n:::\n"
            for n, hint in enumerate(hints, 1)
        ]
        container = nodes.container(classes=["hints"])
        self.state.nested_parse(
            StringList("\n".join(folded).splitlines(), self.get_location()),
            self.content_offset,
            container,
        )
        return [container]
