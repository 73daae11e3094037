"""A value edited: the weights stay, and the output takes its share of the change."""

from attention_lab.questions.facts import Row, near, output, plus, replaced, times, weights
from attention_lab.questions.question import Choice, Form, Question


def see(names, query, key, value, place, change):
    """How the output moves when one value changes."""
    edited = replaced(value, place, plus(value[place], change))
    old, new = output(query, key, value), output(query, key, edited)
    weight = weights(query, key)
    return {
        "names": names,
        "weight": weight,
        "edited": names[place],
        "counts": weight[place],
        "change": Row(change),
        "moved": plus(new, times(-1, old)),
        "share": times(weight[place], change),
        "mean": times(1 / len(key), change),
        "count": len(key),
    }


CHOICES = (
    Choice(
        "The weights stay. The output changes by {share:.1f}",
        lambda facts: near(facts["moved"], facts["share"]),
        "Scores are made of the query and the keys, so they stay. In the output *{edited}* counts "
        "with its weight, and so does the change.",
    ),
    Choice(
        "The weights stay. The output changes by {change:.1f}",
        lambda facts: near(facts["moved"], facts["change"]),
        "That would be so if *{edited}* had all of the weight. It has {counts:.2f}.",
        "whole-edit",
    ),
    Choice(
        "The weights stay. The output changes by {mean:.1f}",
        lambda facts: near(facts["moved"], facts["mean"]),
        "That is the change divided by {count}, as if the weights were even. *{edited}* has "
        "{counts:.2f}.",
        "plain-mean",
    ),
    Choice(
        "*{edited}* gets more weight, since its value is larger. The output changes by more than "
        "{share:.1f}",
        lambda facts: facts["moved"][0] > facts["share"][0] + 0.01,
        "Weights come from the query and the keys alone. A value is what a key hands over, however "
        "large it is.",
        "values-weigh",
    ),
)

QUESTION = Question(
    name="value-edit",
    idea="one value edited",
    see=see,
    choices=CHOICES,
    before=Form(
        "*{names[0]}*, *{names[1]}* and *{names[2]}* have the weights {weight:.2f}. "
        "The value of *{edited}* is changed: {change} is added to it. "
        "The query and all keys stay. What follows?",
        {
            "names": ("cat", "dog", "car"),
            "query": (1, 0.5),
            "key": ((1, 0), (0, 1), (-1, 1)),
            "value": ((1, 2), (3, 0), (0, 4)),
            "place": 0,
            "change": (10, 0),
        },
        (3, 0, 1, 2),
    ),
    after=Form(
        "Four entries get the weights {weight:.2f}. Somebody adds {change} to the value of "
        "the second one, *{edited}*, and touches nothing else. What follows?",
        {
            "names": ("tea", "milk", "salt", "rice"),
            "query": (1, 1),
            "key": ((0.2, 0.1), (1, 0.5), (0, 1), (-1, 0)),
            "value": ((2, 2), (5, 1), (0, 3), (4, 4)),
            "place": 1,
            "change": (6, 10),
        },
        (2, 1, 3, 0),
    ),
)
