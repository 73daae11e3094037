"""A query made ten times as long: the winner stays and takes nearly all."""

from attention_lab.questions.facts import FINE, first, times, weights
from attention_lab.questions.question import Choice, Form, Question


def see(names, query, key, times_as_long):
    """The weights of a query, and of the same query made longer."""
    soft, loud = weights(query, key), weights(times(times_as_long, query), key)
    winner = first(soft)
    return {
        "names": names,
        "soft": soft,
        "winner": names[winner],
        "share": soft[winner],
        "now": loud[winner],
        "even": 1 / len(key),
        "winner_now": names[first(loud)],
        "times_as_long": times_as_long,
    }


CHOICES = (
    Choice(
        "It grows: *{winner}* gets nearly everything",
        lambda facts: facts["now"] > 0.95,
        "All scores are {times_as_long} times what they were, and so are the gaps between them. "
        "Softmax turns gaps into ratios: the weight is now {now:.2f}.",
    ),
    Choice(
        "It stays {share:.2f}: the query points where it pointed",
        lambda facts: abs(facts["now"] - facts["share"]) < FINE,
        "The direction says who wins, the length says how firmly. The gaps between the scores have "
        "grown.",
        "direction-only",
    ),
    Choice(
        "It falls, towards a fair share of {even:.2f}",
        lambda facts: facts["now"] < facts["share"] - FINE,
        "It is a *short* query that shares evenly: at length 0 all scores are 0.",
        "louder-blurs",
    ),
    Choice(
        "It falls, because another one takes the lead",
        lambda facts: facts["winner_now"] != facts["winner"],
        "All scores are multiplied by the same positive number. That keeps their order.",
        "length-reorders",
    ),
)

QUESTION = Question(
    name="louder",
    idea="a longer query",
    see=see,
    choices=CHOICES,
    before=Form(
        "A query gives *{names[0]}*, *{names[1]}* and *{names[2]}* the weights {soft:.2f}. "
        "Now the query is made {times_as_long} times as long, in the same direction. "
        "What happens to the weight of *{winner}*?",
        {
            "names": ("cat", "dog", "car"),
            "query": (1, 0),
            "key": ((1, 0), (0.6, 0.8), (-1, 0)),
            "times_as_long": 10,
        },
        (1, 2, 0, 3),
    ),
    after=Form(
        "The keys of *{names[0]}*, *{names[1]}* and *{names[2]}* get the weights {soft:.2f}. "
        "Every number of the query is multiplied by {times_as_long}. "
        "And the weight of *{winner}*?",
        {
            "names": ("salt", "tea", "milk"),
            "query": (-0.9, 1.2),
            "key": ((0.8, -0.6), (-0.6, 0.8), (-1, 0)),
            "times_as_long": 10,
        },
        (3, 0, 2, 1),
    ),
)
