"""A key between the others: no query can copy it, and being short is not the reason."""

import math

from attention_lab.questions.facts import Row, length, shares
from attention_lab.questions.question import Choice, Form, Question


def see(names, key):
    """Which of four keys of the plane lie in the triangle of the other three.

    If k = Σλᵢkᵢ with positive λᵢ that add up to 1, then so are the scores, and k never leads.
    """
    mixtures = [shares(row, [*key[:j], *key[j + 1 :]]) for j, row in enumerate(key)]
    between = [name for name, mixture in zip(names, mixtures) if min(mixture) > 0]
    shortest = min(range(len(key)), key=lambda j: length(key[j]))
    turns = [math.atan2(up, right) for right, up in key]
    flanked = [name for name, turn in zip(names, turns) if min(turns) < turn < max(turns)]
    return {
        "listed": ", ".join(f"*{name}* {Row(row)}" for name, row in zip(names, key)),
        "between": between,
        "inner": next(name for name in flanked if name != names[shortest]),
        "shortest": names[shortest],
        "flanked": flanked,
        "flanks": [names[turns.index(end(turns))] for end in (min, max)],
        "mixture": min(mixtures, key=lambda mixture: -min(mixture)),
    }


CHOICES = (
    Choice(
        "*{inner}*: its key lies between the others",
        lambda facts: facts["between"] == [facts["inner"]] != [facts["shortest"]],
        "Its key is an average of the others, with the shares {mixture:.2f}. So its score is the "
        "same average of their scores, and one of them is always ahead or level.",
    ),
    Choice(
        "*{shortest}*: its key is the shortest",
        lambda facts: facts["between"] == [facts["shortest"]],
        "It can be copied: with a query that points away from all the others.",
        "length-only",
    ),
    Choice(
        "None: a query that points at a key and is loud enough copies it",
        lambda facts: not facts["between"],
        "A loud query copies whoever is ahead in its direction. In the direction of *{inner}* that "
        "is another key.",
        "aim-copies",
    ),
    Choice(
        "*{flanked[0]}* and *{flanked[1]}*: they point between *{flanks[0]}* and *{flanks[1]}*",
        lambda facts: facts["between"] == facts["flanked"],
        "Lengths count, too. *{shortest}* is a corner: a query that points away from all the "
        "others copies it.",
        "direction-only",
    ),
)

QUESTION = Question(
    name="inside",
    idea="a key between the others",
    see=see,
    choices=CHOICES,
    before=Form(
        "Four keys: {listed}. To *copy* a key is to give it nearly all of the weight. "
        "Which one can no query copy, wherever it points and however long it is?",
        {"names": ("cat", "dog", "car", "pet"), "key": ((1, 1), (5, 1), (1, 5), (2.5, 2))},
        (2, 0, 1, 3),
    ),
    after=Form(
        "The keys are {listed}. You may choose any query, of any length. "
        "For which of them will you never get close to a weight of 1?",
        {
            "names": ("salt", "tea", "milk", "rice"),
            "key": ((-2, 6), (-2.5, 2.5), (-1, 1), (-5, 1)),
        },
        (3, 2, 0, 1),
    ),
)
