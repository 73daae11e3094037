"""The same vector added to every key: nothing changes."""

from attention_lab.arithmetic import dot
from attention_lab.questions.facts import EXACT, Row, first, length, near, plus, weights
from attention_lab.questions.question import Choice, Form, Question


def see(names, query, key, vector):
    """The weights before and after the vector is added to each key."""
    moved = tuple(plus(row, vector) for row in key)
    old, new = weights(query, key), weights(query, moved)
    closest = first([dot(query, row) / length(row) for row in moved])  # by its angle
    return {
        "names": names,
        "query": Row(query),
        "vector": Row(vector),
        "gain": dot(query, vector),
        "closest": names[closest],
        "closest_gains": new[closest] - old[closest],
        "even": 1 / len(key),
        "old": old,
        "new": new,
        "spread": (max(new) - min(new)) - (max(old) - min(old)),
    }


CHOICES = (
    Choice(
        "Nothing: every weight stays as it is",
        lambda facts: near(facts["old"], facts["new"]),
        "Every score grows by the same {gain:g}, so no key is further ahead than it was. Only the "
        "gaps between scores count.",
    ),
    Choice(
        "All of them grow: every score has become larger, by {gain:g}",
        lambda facts: all(new > old + EXACT for old, new in zip(facts["old"], facts["new"])),
        "They cannot: weights add up to 1. What counts is how far a key is ahead of the others.",
        "own-score",
    ),
    Choice(
        "*{closest}* gains: its key now points most nearly where the query points",
        lambda facts: facts["closest_gains"] > EXACT,
        "It does point there. But all scores have grown alike, so its lead is what it was.",
        "closeness",
    ),
    Choice(
        "They come closer to {even:.2f} each: the keys are now more alike",
        lambda facts: facts["spread"] < -EXACT,
        "They point more nearly the same way, and yet their differences are the old ones. "
        "Differences are all that the query sees.",
        "alike-keys",
    ),
)

QUESTION = Question(
    name="added",
    idea="the same vector added to every key",
    see=see,
    choices=CHOICES,
    before=Form(
        "The query is {query}, and there are three keys. "
        "The same vector, {vector}, is added to every key. What happens to the weights?",
        {
            "names": ("Cat", "Dog", "Car"),
            "query": (2, 1),
            "key": ((1, 0), (0, 1), (-1, 0)),
            "vector": (4, 3),
        },
        (0, 2, 1, 3),
    ),
    after=Form(
        "All four keys of a list are moved by {vector}; the query stays {query}. "
        "What does that do to the weights?",
        {
            "names": ("Tea", "Milk", "Salt", "Rice"),
            "query": (-1, 3),
            "key": ((0, 1), (1, 0.5), (-1, 0), (0.5, -1)),
            "vector": (-2, 5),
        },
        (3, 0, 1, 2),
    ),
)
