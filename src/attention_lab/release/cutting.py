r"""What a chapter shows to students: its MyST text without what gives a solution away.

It is cut from the text itself. To hide it on the page would not do: the page's source, the search
and the notebook are all made from that text, and keep what is hidden.

An author marks what is to go: a solution by ``{solution-start}`` and ``{solution-end}``, a cell by
the tag ``solution`` or ``spoiler``, prose by ``:::{div} spoiler``, any other directive by
``:class: spoiler`` in its first line. A page that is a spoiler as a whole stands in ``_config.yml``
under ``lab_spoilers``.
"""

import re

from attention_lab.exercises import EXERCISES
from attention_lab.fixtures import SEED

MARKED = re.compile(
    r"""
    ^```\{solution-start\}.*?^```\{solution-end\}\n```$
    | ^(?P<cell>`{3,})\{code-cell\}[^\n]*\n:tags:[ ]\[[^\]\n]*\b(?:solution|spoiler)\b.*?^(?P=cell)$
    | ^(?P<div>:{3,}|`{3,})\{div\}[ ]spoiler$.*?^(?P=div)$
    | ^(?P<any>:{3,}|`{3,})\{[\w-]+\}[^\n]*\n:class:[^\n]*\bspoiler\b.*?^(?P=any)$
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
# What is left of a mark that was not understood: an option in another place, a fence not closed.
LEFT = re.compile(r"\{solution|^:(?:tags|class):.*\b(?:solution|spoiler)\b|\{div\} +spoiler", re.M)


def cut(text, name):
    r"""A chapter's text without its solutions, and with a place for the reader's own query.

    Args:
        text: of the chapter.
        name: of its file, for the message.

    Raises:
        ValueError: a mark is there that could not be followed; says in which line.

    >>> cut("Guess.\n\n:::{div} spoiler\nIt is 7.\n:::\n\nWell done.\n", "a.md")
    'Guess.\n\n\n\nWell done.\n'
    """
    kept = MARKED.sub("", text)
    left = LEFT.search(kept)
    if left:
        line = kept[kept.rfind("\n", 0, left.start()) + 1 :].splitlines()[0]
        number = text.splitlines().index(line) + 1
        raise ValueError(
            f"{name}:{number}: Expected what gives a solution away to begin and to end as "
            f"attention_lab.release.cutting says; got {line!r}."
        )
    return _with_own_query(kept)


def removed(text):
    """The parts of a chapter that ``cut`` takes away."""
    return [found[0] for found in MARKED.finditer(text)]


def place_for(task):
    """The line in which readers paste the query that stays while they edit a key.

    >>> from attention_lab.exercises import exercise
    >>> place_for(exercise("1.4.1"))
    'my_query = torch.tensor([[nan, nan, nan]])  # your answer to 1.3.2'
    """
    row = ", ".join(["nan"] * len(SEED.key[0]))
    return f"my_query = torch.tensor([[{row}]])  # your answer to {task.query_of}"


def checked(task, own_query=""):
    """The call that judges an exercise.

    >>> from attention_lab.exercises import exercise
    >>> checked(exercise("1.4.1"), "my_query")
    'check("1.4.1", get_key141(), own_query=my_query)'
    """
    query = f", own_query={own_query}" if own_query else ""
    return f'check("{task.number}", {task.function}(){query})'


def _with_own_query(text):
    """The course's query is a solution. A page's cell runs alone, so it has a place for one's own.

    Only whole lines are calls: what prose says of one stays.
    """
    for task in EXERCISES:
        if task.kind == "key":
            call = re.compile(rf"^{re.escape(checked(task))}$", re.MULTILINE)
            mine = f"{place_for(task)}\n{checked(task, 'my_query')}"
            text = call.sub(lambda _, mine=mine: mine, text)
    return text
