"""Rows of key and value permuted together: the output stays."""

from attention_lab.arithmetic import mix
from attention_lab.questions.facts import FINE, Row, near, output, weights
from attention_lab.questions.question import Choice, Form, Question


def see(names, query, key, value, reordered):
    """The output of a list and of the same list in another order.

    Args:
        names: of the rows.
        query: of one row.
        key: in the old order.
        value: in the old order.
        reordered: the names in the new order.
    """
    places = [names.index(name) for name in reordered]
    new_key, new_value = ([rows[place] for place in places] for rows in (key, value))
    old = output(query, key, value)
    return {
        "names": names,
        "listed": ", ".join(f"*{name}*" for name in names),
        "reordered": ", ".join(f"*{name}*" for name in reordered),
        "old": old,
        "new": output(query, new_key, new_value),
        "in_place": Row(mix([weights(query, key)], new_value)[0]),
        "swapped": Row(reversed(old)),
    }


CHOICES = (
    Choice(
        "The output stays {old:.1f}",
        lambda facts: near(facts["new"], facts["old"]),
        "Each key takes its score along, and its value goes with it. The same numbers are added "
        "up, in another order.",
    ),
    Choice(
        "The output becomes {in_place:.1f}: the weights stay where they are in the list",
        lambda facts: near(facts["new"], facts["in_place"], FINE),
        "A weight belongs to its key. Where the key goes, the weight goes.",
        "places",
    ),
    Choice(
        "The output becomes {swapped:.1f}: its entries change places too",
        lambda facts: near(facts["new"], facts["swapped"], FINE),
        "The list has rows, one for each key. The entries of the output are features, which are "
        "the columns of the values. Those were left in peace.",
        "rows-are-features",
    ),
    Choice(
        "The output becomes another one: what stands first counts more",
        lambda facts: not near(facts["new"], facts["old"], FINE),
        "Nothing in a score says where its key stands. If the order matters to a model, it must "
        "come from elsewhere: from places that are added to the words, or from a mask.",
        "knows-order",
    ),
)

QUESTION = Question(
    name="order",
    idea="the rows in another order",
    see=see,
    choices=CHOICES,
    before=Form(
        "The rows of the list are {listed}, and the output is {old:.1f}. "
        "Now they stand in the order {reordered}, the keys and the values alike. "
        "The query stays. What happens?",
        {
            "names": ("cat", "dog", "car"),
            "query": (2, 0),
            "key": ((1, 0), (0, 1), (-0.5, 0)),
            "value": ((8, 0), (2, 4), (0, 9)),
            "reordered": ("car", "cat", "dog"),
        },
        (1, 3, 0, 2),
    ),
    after=Form(
        "For the words {listed} attention returns {old:.1f}. "
        "Somebody sorts keys and values together, to {reordered}. What is returned now?",
        {
            "names": ("tea", "salt", "milk", "rice"),
            "query": (0, 1),
            "key": ((0, 2), (1, 0), (1, 0.5), (-1, -1)),
            "value": ((1, 6), (9, 0), (4, 4), (7, 3)),
            "reordered": ("milk", "rice", "salt", "tea"),
        },
        (2, 3, 1, 0),
    ),
)
