"""The directive ``{hints} 1.2.1``: what helps with an exercise, folded, made from its data.

Its hints, one by one, and how to work on other numbers.
"""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from attention_lab.course import course_answer
from attention_lab.exercises import exercise
from attention_lab.fixtures import SEED
from attention_lab.messages import PHRASES
from attention_lab.variants import COUNT

OTHER_NUMBERS = """\
:::{{dropdown}} Other numbers
There are {count} other sets of keys and values.
Write your answer for one of them, and check it there:

```python
from attention_lab import {names}, variant_for

mine = variant(7)  # or variant_for("your number", "your course")
key, value = mine.tensors()
{query}check("{number}", {function}(), mine{own})
```
:::
"""


def setup(app):
    """Add the directive."""
    app.add_directive("hints", Hints)


class Hints(SphinxDirective):
    """One dropdown a hint, so that a reader opens no more than needed."""

    required_arguments = 1

    def run(self):
        """Parse the dropdowns as if they stood in the chapter."""
        try:
            task = exercise(self.arguments[0])
        except ValueError as error:
            raise self.error(str(error)) from error
        hints = [self._container("hints", "\n".join(folded_hints(task)))]
        others = other_numbers(task)
        return hints + ([self._container("variants", others)] if others else [])

    def _container(self, name, text):
        return nodes.container("", *self.parse_text_to_nodes(text), classes=[name])


def folded_hints(task):
    """Each hint as a dropdown, in MyST."""
    labels = [
        PHRASES["hint"].format(n=n, all=len(task.hints)) for n in range(1, len(task.hints) + 1)
    ]
    return [f":::{{dropdown}} {label}\n{hint}\n:::\n" for label, hint in zip(labels, task.hints)]


def other_numbers(task):
    """How to work on another variant, in MyST; nothing where an exercise has numbers of its own.

    Where the course has no answers, as in the copy for students, the query is the reader's own.
    """
    if task.fixtures:
        return ""
    names, query, own = "variant", "", ""
    if task.kind == "key" and course_answer(exercise(task.query_of), SEED):
        names = "given_query, variant"
        query = f'query = given_query("{task.number}", mine)\n'
    elif task.kind == "key":
        query = f"query = torch.tensor([[nan, nan, nan]])  # your answer to {task.query_of} there\n"
        own = ", own_query=query"
    return OTHER_NUMBERS.format(
        count=COUNT, number=task.number, function=task.function, query=query, names=names, own=own
    )
