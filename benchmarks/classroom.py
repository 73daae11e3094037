"""Notebooks as a class would hand them in, alike for us, nbgrader and otter-grader.

Each defines the exercises' functions with numbers of its own, right or wrong, tests them in cells
of its own, which the others execute, and holds pictures and a text, so that it is as large as a
real one.
"""

import base64
import json
import random

from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES
from attention_lab.fixtures import SEED

ASSIGNMENT, NOTEBOOK = "attention", "attention.ipynb"
PICTURE = 30_000  # bytes of an output; a figure of the book has about as many
SETUP = f"""\
import torch
import torch.nn.functional as F

key = torch.tensor({[list(row) for row in SEED.key]})
value = torch.tensor({[list(row) for row in SEED.value]})


def attention(query, key, value):
    return F.scaled_dot_product_attention(query, key, value, scale=1)


def check_query(query, target, key, value):
    return (target - attention(query, key, value)).abs().max()
"""


def notebook(number):
    """The submission of this number, as bytes: the same in every run."""
    chance = random.Random(number)
    cells = [_code(SETUP)]
    for task in EXERCISES:
        cells.append(_text(f"## Exercise {task.number}\n\n{task.title}. " + "Read this. " * 50))
        cells.append(_code(_definition(task, chance), grade_id=task.function, solution=True))
        cells.append(_code(test_of(task), grade_id=f"test_{task.function}", points=task.points))
        cells.append(_code("attention(key, key, value)", picture=chance.randbytes(PICTURE)))
    cells.append(_text("### Write-up part:\n\n" + "A name must come back letter for letter. " * 30))
    whole = {"cells": cells, "metadata": _metadata(), "nbformat": 4, "nbformat_minor": 5}
    for n, cell in enumerate(cells):
        cell["id"] = f"cell-{n}"
    return json.dumps(whole, indent=1).encode()


def test_of(task):
    """What the others execute to mark an exercise."""
    target = f"value[{list(task.wanted[0])}].mean(0)" if len(task.wanted) == 1 else "value"
    if task.kind == "query":
        return f"assert check_query({task.function}(), {target}, key, value) < {task.tolerance}"
    query = f"get_query{task.query_of.replace('.', '')}()"
    lines = ["m_key = key.clone()", f"m_key[{task.edits}] = {task.function}()"]
    return "\n".join([*lines, f"assert check_query({query}, {target}, m_key, value) < 0.05"])


def _definition(task, chance):
    """An answer: that of the course, louder or softer, or turned, in a style of its own."""
    numbers = course_answer(task, SEED)
    loudness = chance.choice([0.1, 0.5, 1, 1, 1, 2])
    head = f"def {task.function}():\n"
    if chance.random() < 0.5:
        return f"{head}    scale = {loudness}\n    return scale * torch.tensor({numbers})"
    return f"{head}    answer = torch.tensor({numbers})\n    return {loudness} * answer"


def _text(source):
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True)}


def _code(source, picture=None, **ours):
    outputs = []
    if picture:
        data = {"image/png": base64.b64encode(picture).decode(), "text/plain": ["<Figure>"]}
        outputs = [{"data": data, "metadata": {}, "output_type": "display_data"}]
    metadata = {}
    if ours:
        graded = "points" in ours
        metadata["nbgrader"] = {
            "grade": graded,
            "locked": graded,
            "schema_version": 3,
            "solution": not graded,
            "task": False,
            **ours,
        }
    return {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": metadata,
        "outputs": outputs,
        "source": source.splitlines(keepends=True),
    }


def _metadata():
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"kernelspec": kernel, "language_info": {"name": "python"}}
