"""A target outside the hull of the values: no query, and no keys, can return it."""

from attention_lab.questions.facts import Row, shares
from attention_lab.questions.question import Choice, Form, Question


def see(value, target):
    """The weights that the target would need: attention's are never negative.

    Args:
        value: three rows in the plane.
        target: a point of the plane.
    """
    needed = shares(target, value)
    return {
        "value": [Row(row) for row in value],
        "target": Row(target),
        "needed": needed,
        "reachable": min(needed) > 0,
        "within": [
            f"{target[n]} lies between {min(column)} and {max(column)}"
            for n, column in enumerate(zip(*value))
        ],
        "in_box": all(min(c) < target[n] < max(c) for n, c in enumerate(zip(*value))),
    }


CHOICES = (
    Choice(
        "No, none: {target} lies outside of the triangle of the three values",
        lambda facts: not facts["reachable"],
        "Weights are positive and add up to 1, so the output is an average of the values. This one "
        "would need the weights {needed:.2f}.",
    ),
    Choice(
        "Yes: {within[0]}, and {within[1]}",
        lambda facts: facts["in_box"] and facts["reachable"],
        "One row of weights makes both entries. Where the first is {target[0]}, too little weight "
        "is left to make the second {target[1]}.",
        "feature-by-feature",
    ),
    Choice(
        "Yes, if the query is loud enough",
        lambda facts: facts["reachable"],
        "A loud query comes close to one of the values, and never goes beyond.",
        "loud-reaches",
    ),
    Choice(
        "Not with every list of keys, but with the right keys",
        lambda facts: facts["reachable"],
        "Keys change the weights, and whatever the weights are, the output is an average of the "
        "values.",
        "keys-reach",
    ),
)

QUESTION = Question(
    name="outside",
    idea="a target that is no average of the values",
    see=see,
    choices=CHOICES,
    before=Form(
        "The values are {value[0]}, {value[1]} and {value[2]}. "
        "Is there a query whose output is {target}?",
        {"value": ((0, 0), (6, 0), (0, 6)), "target": (4, 4)},
        (3, 1, 2, 0),
    ),
    after=Form(
        "Attention mixes the values {value[0]}, {value[1]} and {value[2]}. "
        "Can some query make it return {target}?",
        {"value": ((1, 9), (1, 1), (7, 2)), "target": (5, 6)},
        (0, 2, 3, 1),
    ),
)
