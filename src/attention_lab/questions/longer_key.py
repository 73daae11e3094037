"""A longer key at a wider angle: a score is length times length times cosine."""

import math

from attention_lab.arithmetic import scores_of
from attention_lab.questions.facts import first, times, weights
from attention_lab.questions.question import Choice, Form, Question


def see(names, polar, loudness):
    """Who wins: by its weight, by its angle, by its length, and when the query is longer.

    Args:
        names: of the keys.
        polar: of each key its length, and the angle between query and key in degrees.
        loudness: the length of the query.
    """
    lengths, angles = zip(*polar)
    turns = map(math.radians, angles)
    key = [(long * math.cos(turn), long * math.sin(turn)) for long, turn in zip(lengths, turns)]
    query = (loudness, 0)
    scores = zip(names, scores_of([query], key)[0])
    return {
        "names": names,
        "lengths": lengths,
        "loudness": loudness,
        "angles": angles,
        "winner": names[first(weights(query, key))],
        "straight": names[first([-abs(angle) for angle in angles])],
        "longest": names[first(lengths)],
        "louder": names[first(weights(times(10, query), key))],
        "scores": ", ".join(f"*{name}* {score:.2f}" for name, score in scores),
    }


CHOICES = (
    Choice(
        "*{winner}*: it reaches farthest along the query",
        lambda facts: facts["winner"] not in (facts["straight"], facts["longest"]),
        "A score is the length of the key times the cosine of the angle, times the length of the "
        "query. For a query of length {loudness} the scores are {scores}.",
    ),
    Choice(
        "*{straight}*: its angle is the smallest",
        lambda facts: facts["winner"] == facts["straight"],
        "That decides between keys of the same length. Here a longer one scores more although it "
        "points aside.",
        "direction-only",
    ),
    Choice(
        "*{longest}*: it is the longest",
        lambda facts: facts["winner"] == facts["longest"],
        "At {angles[2]}° hardly anything of its length lies along the query.",
        "length-only",
    ),
    Choice(
        "That depends on how long the query is",
        lambda facts: facts["louder"] != facts["winner"],
        "The length of the query multiplies all three scores, and keeps their order. It decides "
        "how firmly the winner wins, not who it is.",
        "length-reorders",
    ),
)

QUESTION = Question(
    name="longer-key",
    idea="a longer key at a wider angle",
    see=see,
    choices=CHOICES,
    before=Form(
        "Three keys. *{names[0]}*: length {lengths[0]}, {angles[0]}° from the query. "
        "*{names[1]}*: length {lengths[1]}, {angles[1]}°. "
        "*{names[2]}*: length {lengths[2]}, {angles[2]}°. Which one gets the most weight?",
        {
            "names": ("cat", "dog", "car"),
            "polar": ((1, 10), (3, 60), (6, 85)),
            "loudness": 2,
        },
        (0, 3, 1, 2),
    ),
    after=Form(
        "*{names[0]}* has a key of length {lengths[0]} that makes an angle of {angles[0]}° with "
        "the query. The key of *{names[1]}* has length {lengths[1]} at {angles[1]}°, that of "
        "*{names[2]}* length {lengths[2]} at {angles[2]}°. Who wins?",
        {
            "names": ("salt", "milk", "tea"),
            "polar": ((2, 20), (5, 45), (8, 80)),
            "loudness": 1,
        },
        (1, 2, 0, 3),
    ),
)
