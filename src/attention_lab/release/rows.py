"""Numbers that pass: every row of a text is judged, in whatever way its numbers are written.

A row is three numbers and no more, between commas or blanks. What stands in the text for a reason
is in ``TAUGHT``. A row that passes is looked for in the assignment's exercises, of all others only
the course's own answers: beyond the assignment the numbers are many.
"""

import ast
import re

from attention_lab.answers import answer
from attention_lab.exercises import ALL, BEYOND, EXERCISES, words
from attention_lab.fixtures import SEED, WORD_ANGLES
from attention_lab.grading.constants.limits import Refused
from attention_lab.grading.constants.literal import value_of
from attention_lab.judge import judge

# Rows that pass some exercise and may be read by all, each with the reason.
GIVEN = [
    tuple(round(x, 2) + 0.0 for x in row)
    for table in (
        *(table for task in BEYOND for fixture in task.fixtures for table in fixture),
        words.EMBEDDING,
        words.W_K,
        words.W_V,
    )
    for row in table
]
TAUGHT = {
    **dict.fromkeys(GIVEN, "a number of an exercise: everybody is given it"),
    **dict.fromkeys(SEED.key, "a key: everybody is given it"),
    **dict.fromkeys(SEED.value, "a value: everybody is given it"),
    tuple(map(float, WORD_ANGLES)): "angles of the words in the plane",
    (0.0, 0.0, 0.0): "where playgrounds and sums begin; in an exercise's own cell it is refused",
    (0.0, 0.0, 0.09): "a corner of the mark that playground.js draws for the output",
    (0.0, 2.0, 3.0): "the values that 1.4 averages with a query of its own",
    (0.4686, 0.0997, 0.1396): "how far the output moves when v3 is doubled",
    (1.0, 1.0, 1.0): "proportions of a box in figures/space.py",
    (1.5, 2.0, 1.0): "the query of 1.1; as a key it is so long that it wins 1.4.2",
    (1.0, 2.0, 3.0): "the first numbers, counted",
    (1.0, 10.0, 100.0): "marks on an axis",
    (10.0, 100.0, 1000.0): "marks on an axis",
    (0.0, 6.0, 11.0): "places of tokens in 1.9",
    (2.0, 3.0, 6.0): "places of tokens in 1.9",
    (3.0, 5.0, 6.0): "places of tokens in 1.9",
    (0.6186, 0.1127, 0.1147): "weights between three boats in 1.9",
    (0.8177, 0.0696, 0.0473): "weights between three boats in 1.9",
    (4000.0, 16.0, 16.0): "the size of a tensor in 1.8",
    (4000.0, 16.0, 8.0): "the size of a tensor in 1.8",
}
NUMBER = r"(?:-\s*)?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?"
NAME = r"""(?:["']?[a-z]["']?\s*:\s*)?"""  # {"x": 4.7, "y": 6.5}
A_NUMBER = re.compile(NUMBER, re.I)
ROW = re.compile(rf"(?<![\w.-]){NUMBER}(?:(?:\s*[,;|&]\s*|\s+){NAME}{NUMBER})*(?!\w|\.\d)", re.I)
TABLE = re.compile(rf"(?<![\w.-]){NUMBER}(?:[^\w.+-]{{1,40}}{NAME}{NUMBER})*(?!\w|\.\d)", re.I)
# A query in LaTeX is a column. In a notebook's JSON each backslash is doubled.
COLUMN = re.compile(rf"(?<![\w.-]){NUMBER}(?:\s*\\\\+\s*{NUMBER})*(?!\w|\.\d)", re.I)
# Formulas have blanks or a dot between a number and a key, and the key's number below it.
SUBSCRIPTS = str.maketrans("\u2080\u2081\u2082\u2083", "0123")
SIDE_BY_SIDE = re.compile(r"(?<=\d)(?:\s|\\+[,;:!])*(?=k_\{?\d)")
KEY_IN_LATEX = re.compile(r"\bk_(?:(\d)|\{(\d)\})")
DOT = re.compile(r"\\+(?:cdot|times)(?![a-z])")
# From, to and how many; an angle and a place in a drawing.
NO_ROW = re.compile(r"\b(?:linspace|logspace|rotate)\s*\([^()]*\)")
NEAR = 0.005 + 1e-9  # to two decimals an answer is itself

KEY = r"(?:\bk\d\b|\bkey\s*\[[\d\s:]*\]|\bkey\b)"
TENSOR = r"(?:\btorch\s*\.\s*)?\btensor\s*\([\s\[\d.,\]e-]*\)"
SUM = rf"\(+\s*{KEY}\s*\+\s*{KEY}\s*\)(?:\s*/\s*2\s*\))?"
VECTOR = rf"(?:{SUM}|{TENSOR}|{KEY})"
TIMES = r"[*\u00b7\u00d7]"
PRODUCT = re.compile(
    rf"(?<![\w.]){NUMBER}\s*{TIMES}\s*{VECTOR}|{VECTOR}\s*(?:{TIMES}|/)\s*{NUMBER}"
)
KNOWN = "def f():\n key = torch.tensor({})\n k0, k1, k2, k3 = key[0], key[1], key[2], key[3]\n"

FUNCTION = re.compile(
    r"\bdef\s+(\w+)\s*\(\s*\)\s*(?:->[^:]*)?:(.*?)(?=\bdef\b|\bcheck\s*\(|\Z)", re.S
)
# In a notebook's JSON each line has its quotes.
PLACEHOLDER = re.compile(
    r"""[^()]*\breturn\s+torch\s*\.\s*tensor\s*\((?:nan\b|\\+n|[\[\],\s"'\\])+\)(?!\s*[-+*/.@])"""
)


def answers_in(text):
    """The rows of a text that the course gives as answers, wherever they stand: told as lines."""
    for run in TABLE.finditer(text):
        row = _numbers(run[0])
        for n in range(len(row) - 2):
            for number, wanted in ANSWERS:
                found = row[n : n + len(wanted)]
                if len(found) == len(wanted) and all(
                    abs(a - b) <= NEAR for a, b in zip(found, wanted)
                ):
                    yield f"the answer to {number}"


def passing_in(text):
    """The rows, tables and products of a text that pass an exercise: told as lines."""
    text = NO_ROW.sub("", text)
    for run in (*ROW.finditer(text), *COLUMN.finditer(text)):
        row = _numbers(run[0])
        if len(row) == 3 and tuple(row) not in TAUGHT:
            yield from _passing(run[0], [row])
    for run in TABLE.finditer(text):
        row = _numbers(run[0])
        if len(row) == 12:
            yield from _passing(run[0], [row[n : n + 3] for n in range(0, 12, 3)])
            yield from _passing(run[0], [row[n::4] for n in range(4)])
    for product in PRODUCT.finditer(_as_code(text)):
        yield from _passing(product[0], _value(product[0]))


def _as_code(text):
    r"""A text with the formulas' ways to multiply a key as code has them.

    >>> _as_code(r"$10\,k_0$ or $10 \cdot k_{0}$")
    '$10*k0$ or $10 * k0$'
    """
    text = SIDE_BY_SIDE.sub("*", text.translate(SUBSCRIPTS))
    return DOT.sub("*", KEY_IN_LATEX.sub(r"k\1\2", text))


def filled_in(text):
    """Functions of exercises that return anything but placeholders: told as lines."""
    functions = {task.function: task.number for task in ALL}
    for name, body in FUNCTION.findall(text):
        if name in functions and not _is_placeholder(body):
            yield f"an answer in {name}() of {functions[name]}"


def _is_placeholder(body):
    """Whether a function begins with its remark and returns nothing but nans."""
    return PLACEHOLDER.match(body) is not None


def _value(expression):
    """Rows of numbers that an expression between the keys is worth; none if it is no such thing."""
    expression = " ".join(re.sub(TIMES, "*", expression).split())
    expression = re.sub(r"(?<!\w)(?<!torch\.)(?<!torch \. )tensor", "torch.tensor", expression)
    source = KNOWN.format([list(row) for row in SEED.key]) + f" return {expression}\n"
    try:
        value = value_of(ast.parse(source).body[0])
    except (Refused, SyntaxError):
        return []
    return value if isinstance(value[0], list) else [value]


def _passing(text, rows):
    """Says which exercises some rows pass, if they do."""
    passed = [
        task.number
        for task in EXERCISES
        if len(rows) == len(task.wanted)
        and judge(task, rows if task.kind == "query" else rows[0]).passed
    ]
    if passed:
        yield f"{' '.join(text.split())!r}, which passes {', '.join(passed)}"


def _numbers(text):
    """The numbers of a text.

    >>> _numbers('"x":4.7, "y": .5, - 5.9e-01')
    [4.7, 0.5, -0.59]
    """
    return [float("".join(number.split())) for number in A_NUMBER.findall(text)]


def _answers():
    """Each row of each answer with the exercise; a row of zeros says nothing."""
    for task in ALL:
        rows = answer(task, SEED) or []
        for row in [rows] if task.kind == "key" else rows:
            if any(row):
                yield task.number, row


ANSWERS = list(_answers())
