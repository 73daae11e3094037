"""What the playground knows of the course: everything comes from the exercises and a fixture.

Plain Python, so that the page can ask for it on another variant.
"""

import math

from attention_lab.arithmetic import scores_of
from attention_lab.attempt import Attempt
from attention_lab.course import course_answer
from attention_lab.exercises import BEYOND, EXERCISES, exercise, wanted_weights
from attention_lab.fixtures import INNER_SHARES, SEED, WORD_ANGLES, WORDS
from attention_lab.messages import PHRASES
from attention_lab.slab import passing_scores

# Where the reader begins: near enough to the middle that all weights are alike, and no answer.
FLAT_START = [0.21, 0.21]
START = [0.6, 0.3, 0.3]
VIEW = [5, 20]  # azimuth and elevation, as in the figures


# What the buttons for ready-made states say; those that show an answer are in presets.py.
LABELS = {
    "soft": "point at the dog, softly",
    "loud": "the same, ten times as loud",
}


def playground_data(fixture=SEED, start=None):
    """All that the playground needs, as nested lists and dicts of plain numbers and texts.

    Args:
        fixture: the keys and values.
        start: the state to begin with, from ``starting_state``; flat if left out.
    """
    return {
        "state": start or starting_state(fixture=fixture),
        "flat": {"names": list(WORDS), "key": word_keys()},
        "space": {
            "key": rows(fixture.key),
            "value": rows(fixture.value),
            "fifth": {"key": mixture(fixture.key), "value": mixture(fixture.value)},
        },
        "exercises": [
            exercise_data(task, fixture) for task in EXERCISES if playable(task, fixture)
        ],
        "presets": presets(fixture),
        "phrases": {name: PHRASES[name] for name in ("passed", "failed")},
        "variant": getattr(fixture, "number", None),
    }


def starting_state(number=None, form=None, fixture=SEED, fifth=False):
    """Where to begin: a state that solves nothing.

    Args:
        number: of the exercise that is chosen; none if left out.
        form: ``"flat"`` or ``"space"``; where there is an exercise or a fifth key, space.
        fixture: the keys and values.
        fifth: whether there is a fifth key, inside the hull of the four.

    Raises:
        ValueError: there is no such exercise, or what it needs is left out of students' copies.
    """
    task = exercise(number) if number else None
    if task in BEYOND:
        raise ValueError(f"The playground shows the course's keys; {number} has keys of its own.")
    if task and not playable(task, fixture):
        raise ValueError(f"This copy has no answers of the course: {number} cannot be played with.")
    query = [START] * len(task.wanted) if task else [START]
    if task and task.kind == "key":
        query = course_answer(exercise(task.query_of), fixture)
    extra = [mixture(fixture.key)], [mixture(fixture.value)]
    key, value = rows(fixture.key), rows(fixture.value)
    return {
        "form": form or ("space" if task or fifth else "flat"),
        "flat": {"query": FLAT_START},
        "space": {
            "exercise": number,
            "rows": query,
            "row": 0,
            "key": key + extra[0] if fifth else key,
            "value": value + extra[1] if fifth else value,
            "view": VIEW,
        },
    }


def playable(task, fixture):
    """Whether there is all that it takes: a key is edited under the course's own query."""
    return task.kind == "query" or course_answer(exercise(task.query_of), fixture) is not None


def same_start(state, fixture):
    """Where to begin on another fixture, so that it is the same thing that is shown."""
    space = state["space"]
    return starting_state(space["exercise"], state["form"], fixture, len(space["key"]) > 4)


def presets(fixture):
    """Ready-made states that show something, each with a label."""
    softly = [0.5 * x for x in word_keys()[1]]
    made = [_flat("soft", softly), _flat("loud", [10 * x for x in softly])]
    try:
        from attention_lab.page.presets import solved
    except ImportError:  # the copy that students get shows no answers
        return made
    return made + solved(fixture)


def _flat(label, query):
    return {"label": LABELS[label], "state": {"form": "flat", "flat": {"query": query}}}


def word_keys():
    """The words' keys, on the circle."""
    turns = [math.radians(angle) for angle in WORD_ANGLES]
    return [[math.cos(turn), math.sin(turn)] for turn in turns]


def rows(table):
    """A table as lists."""
    return [list(row) for row in table]


def mixture(table):
    """The rows mixed by the inner key's shares, rounded to two decimals."""
    return [
        float(f"{sum(share * x for share, x in zip(INNER_SHARES, column)):.2f}")
        for column in zip(*table)
    ]


def exercise_data(task, fixture):
    """An exercise: what it wants, and for a key the query that stays and the scores that pass."""
    data = {
        "number": task.number,
        "title": task.title,
        "kind": task.kind,
        "wanted": wanted_weights(task, len(fixture.key)),
        "tolerance": task.tolerance,
        "edits": task.edits,
    }
    if task.kind == "key":
        query = course_answer(exercise(task.query_of), fixture)
        attempt = Attempt(task, scores_of(query, fixture.key), fixture.value)
        low, high = passing_scores(attempt, 0)
        data["query"] = query
        data["slab"] = [x if math.isfinite(x) else None for x in (low, high)]
    return data
