r"""What a chapter shows to students: its MyST text without what gives a solution away.

It is cut from the text itself. To hide it on the page would not do: the page's source, the search
and the notebook are all made from that text, and keep what is hidden.

An author marks what is to go: a solution by ``{solution-start}`` and ``{solution-end}``, a cell by
the tag ``solution`` or ``spoiler``, prose by ``:::{div} spoiler``, any other directive by
``:class: spoiler`` (a fold: ``:class-container:``). A page that is a spoiler as a whole stands in
``_config.yml`` under ``lab_spoilers``, one that is not for students under ``lab_instructors``. A
mark in any other place or spelling is refused. So are a model answer and a worksheet's key without
a mark, and a comment, which would be published with the page's source.
"""

import re

from attention_lab.exercises import ALL
from attention_lab.fixtures import SEED

FENCE = re.compile(  # behind a mark of backticks there are no more of them
    r"(?!`++.*`)(?P<mark>(?P<sign>[`~:])(?P=sign){2,})(?:\{(?P<name>[\w:-]+)\})?(?P<said>.*)"
)
OPTION = re.compile(r":(?:tags|class(?:-container)?):.*(?<![\w-])(?:solution|spoiler)(?![\w-])")
# What is left of a mark that was not understood: on a fence, on an option, in YAML, in HTML.
LEFT = re.compile(
    r"(?i)(?:^[\s>*-]*(?:[`~:]{3,}|:[\w-]+:|(?:tags|class)\s*:).*|\{[^}]*|<\w[^>]*)"
    r"\b(?:solution|spoiler)s?\b"
)
# An answer by its name, which was not marked.
ANSWERS = re.compile(r"\{dropdown\}\s*A model answer|\{worksheet\}\s*key")
CODE = ("code-cell", "code-block", "code")  # directives whose text is not prose
COMMENT = re.compile(r"^\s*%|<!--")
WORK = re.compile(r"^`{3,}\{exercise\}|^:tags:.*\bexercise\b", re.MULTILINE)  # what is handed in


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
    kept = []
    for number, part, marked in _parts(text, name):
        if marked and WORK.search(part):
            _refuse(name, number, part, "no exercise within what students do not get")
        if not marked:
            _refuse_if_left(name, number, part)
        kept.append("\n" * part.endswith("\n") if marked else part)
    return _with_own_query("".join(kept))


def removed(text):
    """The parts of a chapter that ``cut`` takes away."""
    return [part.removesuffix("\n") for _, part, marked in _parts(text, "") if marked]


def _parts(text, name, above=0):
    """The text in pieces: the number of the first line, the piece, and whether it is to go."""
    held, begin = "", 0  # a solution, from the line in which it begins
    for number, block, directive in _blocks(text, name, above):
        if directive == "solution-start":
            if begin:
                _refuse(name, number, block, f"the solution of line {begin} to end first")
            begin = number
        held += block if begin else ""
        if directive == "solution-end":
            if not begin:
                _refuse(name, number, block, "a solution to begin above")
            yield begin, held, True
            held, begin = "", 0
        elif begin:
            continue
        elif not directive or directive in CODE or _is_marked(block, directive):
            yield number, block, _is_marked(block, directive)
        else:  # prose, in which there may be more fences
            lines = block.splitlines(keepends=True)
            head = min(len(_head(block)), len(lines) - 1)
            yield number, "".join(lines[:head]), False
            yield from _parts("".join(lines[head:-1]), name, number + head - 1)
            yield number + len(lines) - 1, lines[-1], False
    if begin:
        _refuse(name, begin, held, "a solution to end with {solution-end}")


def _blocks(text, name, above):
    """Each fence with all that is in it, and each line between fences; where, what, which kind."""
    block, fence, begin = "", None, 0
    for number, line in enumerate(text.splitlines(keepends=True), above + 1):
        if not fence:
            fence, begin = FENCE.fullmatch(line.rstrip()), number
            block = ""
        elif _closes(line.strip(), fence):
            yield begin, block + line, fence["name"]
            fence = None
            continue
        if fence:
            block += line
        else:
            yield number, line, None
    if fence:
        _refuse(name, begin, block, "this fence to be closed by one like it")


def _closes(line, fence):
    return len(line) >= len(fence["mark"]) and set(line) == {fence["sign"]}


def _head(block):
    """The first line of a directive and its options: all before its first empty line."""
    first, *rest = block.split("\n\n")[0].splitlines()
    return [first, *(rest if rest and rest[0].startswith((":", "---")) else [])]


def _is_marked(block, directive):
    """Whether a directive is one to go, by its first line or one of its options."""
    if not directive:
        return False
    first, *options = _head(block)
    div = directive == "div" and FENCE.match(first)["said"].strip() == "spoiler"
    return div or any(map(OPTION.match, options))


def _refuse_if_left(name, number, part):
    """Refuse a mark, an answer, a hidden text: anywhere in prose, on the head of code."""
    fence = FENCE.match(part)
    code = fence and fence["name"] in (None, *CODE) and fence["sign"] != ":"
    head = len(_head(part)) if fence else 0
    for row, line in enumerate(part.splitlines()):
        if code and row >= head:
            return
        in_head = 0 < row < head and re.search(r"(?i)\b(?:solution|spoiler)s?\b", line)
        if LEFT.search(line) or ANSWERS.search(line) or in_head:
            _refuse(name, number + row, line, "what gives a solution away to begin and to end")
        if COMMENT.search(line):
            _refuse(name, number + row, line, "no comment, which the page's source would show")


def _refuse(name, number, block, expected):
    line = block.splitlines()[0]
    raise ValueError(
        f"{name}:{number}: Expected {expected}, as attention_lab.release.cutting says; "
        f"got {line!r}."
    )


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
    for task in ALL:
        if task.kind == "key":
            call = re.compile(rf"^{re.escape(checked(task))}$", re.MULTILINE)
            mine = f"{place_for(task)}\n{checked(task, 'my_query')}"
            text = call.sub(lambda _, mine=mine: mine, text)
    return text
