"""One key edited: the other keys keep the ratio of their weights."""

from attention_lab.questions.facts import FINE, Row, near, replaced, weights
from attention_lab.questions.question import Choice, Form, Question


def see(names, query, key, place, edited_key):
    """The weights of the two other keys, and four ways in which they might change."""
    old, new = weights(query, key), weights(query, replaced(key, place, edited_key))
    others = [other for other in range(len(key)) if other != place]
    ahead, behind = sorted(others, key=lambda other: -old[other])
    was = Row((old[ahead], old[behind]))
    freed = old[place] - new[place]
    factor = (1 - new[place]) / (1 - old[place])
    return {
        "edited": names[place],
        "from_": old[place],
        "to": new[place],
        "ahead": names[ahead],
        "behind": names[behind],
        "was": was,
        "now": Row((new[ahead], new[behind])),
        "same_factor": Row((was[0] * factor, was[1] * factor)),
        "same_amount": Row((was[0] + freed / 2, was[1] + freed / 2)),
        "next_best": Row((was[0] + freed, was[1])),
        "freed": freed,
    }


CHOICES = (
    Choice(
        "{same_factor:.2f}: both grow by the same factor",
        lambda facts: near(facts["now"], facts["same_factor"]),
        "The scores of *{ahead}* and *{behind}* are what they were. So is the gap between them, "
        "and so is the ratio of their weights.",
    ),
    Choice(
        "{same_amount:.2f}: both grow by the same amount",
        lambda facts: near(facts["now"], facts["same_amount"], FINE),
        "Softmax divides everything by one sum. When the sum shrinks, everything is multiplied: "
        "who has more, gains more.",
        "even-shares",
    ),
    Choice(
        "{next_best:.2f}: what is set free goes to *{ahead}*",
        lambda facts: near(facts["now"], facts["next_best"], FINE),
        "The scores of *{ahead}* and *{behind}* are as far apart as before, so *{behind}* gains "
        "too, in proportion to what it had.",
        "next-best",
    ),
    Choice(
        "{was:.2f}: their own keys were not touched",
        lambda facts: near(facts["now"], facts["was"], FINE),
        "Then the three weights would no longer add up to 1. What *{edited}* loses, the others "
        "gain.",
        "own-score",
    ),
)

QUESTION = Question(
    name="key-edit",
    idea="one key edited",
    see=see,
    choices=CHOICES,
    before=Form(
        "*{edited}* has the weight {from_:.2f}; *{ahead}* and *{behind}* have {was:.2f}. "
        "Only the key of *{edited}* is changed, and its weight falls to {to:.2f}. "
        "What are the weights of *{ahead}* and *{behind}* now?",
        {
            "names": ("cat", "dog", "car"),
            "query": (1, 0),
            "key": ((1.5, 0), (1, 1), (-0.2, 1)),
            "place": 0,
            "edited_key": (-1, 2),
        },
        (1, 3, 2, 0),
    ),
    after=Form(
        "The keys of *{ahead}*, *{behind}* and *{edited}* share the weight: {was:.2f} for the "
        "first two, {from_:.2f} for *{edited}*. A new key for *{edited}* brings it down to "
        "{to:.2f}. What have *{ahead}* and *{behind}* now?",
        {
            "names": ("milk", "salt", "tea"),
            "query": (0, 2),
            "key": ((1, 0.1), (0, 0.8), (1, 0.6)),
            "place": 2,
            "edited_key": (3, -0.6),
        },
        (0, 2, 1, 3),
    ),
)
