"""A duplicated key: each of the two gets the same, less than the one had and more than half."""

from attention_lab.questions.facts import FINE, Row, near, weights
from attention_lab.questions.question import Choice, Form, Question


def see(names, query, key, place):
    """The weights of a key and of its copy, which is added at the end."""
    was = weights(query, key)[place]
    now = weights(query, (*key, key[place]))
    return {
        "names": names,
        "original": names[place],
        "copy": names[-1],
        "was": was,
        "now": Row((now[place], now[-1])),
        "each": was / (1 + was),
        "half": was / 2,
        "total": 1 + was,
    }


CHOICES = (
    Choice(
        "{each:.2f} each",
        lambda facts: near(facts["now"], (facts["each"], facts["each"])),
        "The copy adds as much to the sum as *{original}* does: the sum becomes "
        "{total:.2f} times what it was, and every weight is divided by that.",
    ),
    Choice(
        "{half:.2f} each: they share what *{original}* had",
        lambda facts: near(facts["now"], (facts["half"], facts["half"]), FINE),
        "The copy has a score of its own, so together they get more than *{original}* had. The "
        "other keys pay for a part of it.",
        "copies-share",
    ),
    Choice(
        "{was:.2f} each: the same key gets the same weight",
        lambda facts: near(facts["now"], (facts["was"], facts["was"]), FINE),
        "The two are equal, but a weight also depends on the other keys, and there is one more.",
        "own-score",
    ),
    Choice(
        "*{original}* keeps {was:.2f}, *{copy}* gets nothing: the key is found already",
        lambda facts: near(facts["now"], (facts["was"], 0), FINE),
        "Attention does not stop at the first hit. Each key is scored, and equal scores get equal "
        "weights.",
        "lookup",
    ),
)

QUESTION = Question(
    name="duplicate",
    idea="a duplicated key",
    see=see,
    choices=CHOICES,
    before=Form(
        "Among three words *{original}* has the weight {was:.2f}. A fourth word is added, "
        "*{copy}*, with exactly the key of *{original}*. What are the weights of these two now?",
        {
            "names": ("cat", "dog", "car", "kitten"),
            "query": (1, 0),
            "key": ((1, 0), (0.8, 1), (0, -1)),
            "place": 0,
        },
        (2, 0, 3, 1),
    ),
    after=Form(
        "*{original}* gets {was:.2f} of the weight. Then a copy of its key is put at the end of "
        "the list, under the name *{copy}*. How much do *{original}* and *{copy}* get?",
        {
            "names": ("salt", "tea", "chai"),
            "query": (1, 1),
            "key": ((0.2, 0), (1, 0.4)),
            "place": 1,
        },
        (3, 1, 0, 2),
    ),
)
