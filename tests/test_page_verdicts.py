"""The page judges as the judge does, on answers that are wrong in a known way.

They are typed into an exercise's cell, sent from the playground, and measured by the playground.
"""

import json
import math
import re

import pytest
import torch

from attention_lab.card import heading, measure
from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES
from attention_lab.fixtures import SEED
from attention_lab.judge import judge
from attention_lab.messages import PHRASES
from attention_lab.notebook import check
from attention_lab.page.data import exercise_data
from attention_lab.page.scripts import PLAYGROUND, joined
from tests.executed import exercise_cells
from tests.wrong_answers import BEYOND, UNUSABLE, WRONG_ANSWERS

# The course has no exercise that cannot be solved, so the page cannot be asked about that one.
OF_THE_COURSE = [row for row in WRONG_ANSWERS if isinstance(row[0], str)]
ON_THE_SEED = [row for row in OF_THE_COURSE if row[-1] == SEED]
ON_THE_AXES = [row for row in OF_THE_COURSE if row[-1] != SEED]
# A page takes other keys and values as a line of variants.json: in hundredths, with the scale of
# the course's own query, here that on the course's keys, and a certificate, which no verdict uses.
IN_HUNDREDTHS = [[100 * (i == j) for j in range(4)] for i in range(4)]
AXES = (0, [IN_HUNDREDTHS, IN_HUNDREDTHS, 20, 100, IN_HUNDREDTHS])


# --- typed into the exercise's cell -----------------------------------------------------------

GAP = re.compile(r"torch\.tensor\(\[.*?\]\)\n", re.DOTALL)  # what a reader replaces


@pytest.mark.parametrize("form", ["list", "tensor"])
@pytest.mark.parametrize(
    ("rows", "variant"), [(ON_THE_SEED, None), (ON_THE_AXES, AXES)], ids=["seed", "axes"]
)
def test_an_answer_typed_into_its_cell_gets_the_card_that_a_notebook_shows(
    page_python, rows, variant, form
):
    cards = [
        card_in_a_notebook(number, answer, fixture, form) for number, answer, *_, fixture in rows
    ]
    rows = [
        (number, answer, card)
        for (number, answer, *_), card in zip(rows, cards)
        if card is not None
    ]
    assert len(rows) >= 20
    typed = [typed_into_its_cell(number, answer, form) for number, answer, _ in rows]
    for cell, (number, _, card), shown in zip(
        typed, rows, page_python.run(typed, variant), strict=True
    ):
        passed = {number: card.passed}
        assert shown == {"printed": "", "html": card._repr_html_(), "passed": passed}, cell[0]


def card_in_a_notebook(number, answer, fixture, form):
    """The card there; None where torch makes no tensor of the answer, which is an error."""
    try:
        return check(number, torch.tensor(answer) if form == "tensor" else answer, fixture)
    except (TypeError, ValueError, RuntimeError):
        return None


def typed_into_its_cell(number, answer, form):
    """The exercise's cell with an answer in its gap, and the cells to run first."""
    source, before = exercise_cells()[number]
    typed = f"torch.tensor({code(answer)})\n" if form == "tensor" else f"{code(answer)}\n"
    source, gaps = GAP.subn(lambda gap: typed, source)
    assert gaps == 1
    return source, before


def code(answer):
    """An answer as a reader types it."""
    if isinstance(answer, list):
        return f"[{', '.join(map(code, answer))}]"
    if isinstance(answer, float) and not math.isfinite(answer):
        return f"torch.{answer}"
    if answer is print or answer is ...:
        return "print" if answer is print else "..."
    return repr(answer)


# --- sent from the playground -----------------------------------------------------------------


def test_an_answer_sent_from_the_playground_gets_the_judges_words(page_python):
    rows = [row for row in OF_THE_COURSE if is_json(row[1])]
    assert len(rows) >= 60
    requests = [
        {"exercise": number, "answer": answer, "key": fixture.key, "value": fixture.value}
        for number, answer, *_, fixture in rows
    ]
    replies = page_python.page.evaluate(
        "requests => Promise.all(requests.map(attentionLab.judge))", requests
    )
    for (number, answer, *_, fixture), reply in zip(rows, replies, strict=True):
        verdict = judge(number, answer, fixture)
        errors = reply.pop("error"), verdict.error
        assert errors[0] == errors[1] or math.isclose(*errors, rel_tol=1e-12), answer
        assert reply == {
            "passed": verdict.passed,
            "tolerance": verdict.tolerance,
            "diagnosis": verdict.diagnosis,
            "heading": heading(verdict),
            "measure": measure(verdict),
            "message": verdict.message,
        }


def is_json(answer):
    """Whether JSON can carry it to the page: finite numbers, and what else JSON has."""
    try:
        return json.loads(json.dumps(answer, allow_nan=False), parse_int=float) == answer
    except (TypeError, ValueError):
        return False


# --- measured by the playground ---------------------------------------------------------------

# What the playground itself shows at once, before the judge has been asked.
AT_ONCE = f"""
cases => {{
  {joined(PLAYGROUND)}
  return cases.map(({{ task, answer, key, value, phrases }}) => {{
    const keys = task.kind === "key" ? key.with(task.edits, answer) : key;
    const rows = task.kind === "key" ? task.query : answer;
    const results = rows.map((row) => attend(row, keys, value));
    const {{ error }} = measured(task.wanted, results, value);
    const verdict = makeVerdict({{ phrases }});
    verdict.show(task, error, null);
    return {{ error, passed: verdict.node.dataset.passed, said: verdict.node.innerText }};
  }});
}}"""
COURSE_ANSWERS = [(task.number, course_answer(task, SEED), SEED) for task in EXERCISES]


def test_the_playground_shows_at_once_what_the_judge_will_say(page_python):
    not_shown = [row[:2] for row in UNUSABLE + BEYOND]
    rows = [(row[0], row[1], row[-1]) for row in WRONG_ANSWERS if row[:2] not in not_shown]
    rows += COURSE_ANSWERS
    found = page_python.page.evaluate(AT_ONCE, [measurable(*row) for row in rows])
    assert {case["passed"] for case in found} == {"true", "false"}
    for (task, answer, fixture), shown in zip(rows, found, strict=True):
        verdict = judge(task, answer, fixture)
        assert shown["error"] == pytest.approx(verdict.error, rel=1e-9, abs=1e-12), (task, answer)
        assert shown["passed"] == str(verdict.passed).lower(), (task, answer)
        heading = PHRASES["passed" if verdict else "failed"].format(number=verdict.exercise)
        assert shown["said"].startswith(heading), (task, answer)


def measurable(task, answer, fixture):
    """A case as the script above takes it."""
    by_number = {one.number: one for one in EXERCISES}
    return {
        "task": exercise_data(by_number.get(task, task), fixture),
        "answer": answer,
        "key": fixture.key,
        "value": fixture.value,
        "phrases": PHRASES,
    }
