"""A matrix that makes a word ask for another: the row of W_q that belongs to who asks."""

from attention_lab.arithmetic import mix
from attention_lab.questions.facts import Matrix, Row, first, weights
from attention_lab.questions.question import Choice, Form, Question


def see(names, vector, asker, wanted, key, size):
    """What four matrices make of a word's vector, and which key they find.

    Args:
        names: of the keys.
        vector: of the word that asks. One of its two features is 0.
        asker: that word.
        wanted: the place of the key that it shall find.
        key: three rows of the plane.
        size: of the matrices' entries.
    """
    row = [size * number for number in key[wanted]]
    mine = first([abs(number) for number in vector])  # the feature that the word has
    none = [0, 0]
    matrices = {
        "right": Matrix([row, none] if mine == 0 else [none, row]),
        "other_row": Matrix([none, row] if mine == 0 else [row, none]),
        "column": Matrix([[number, 0] if mine == 0 else [0, number] for number in row]),
        "itself": Matrix([[size, 0], [0, size]]),
    }
    queries = {name: Row(mix([vector], matrix)[0]) for name, matrix in matrices.items()}
    found = {name: weights(query, key)[wanted] for name, query in queries.items()}
    return {
        "asker": asker,
        "wanted": names[wanted],
        "vector": Row(vector),
        "listed": ", ".join(f"*{name}* {Row(row)}" for name, row in zip(names, key)),
        "which": ("first", "second")[mine],
        "found": found,
        **{f"q_{name}": query for name, query in queries.items()},
        **matrices,
    }


def finds(name):
    """The claim that the query of a matrix gives nearly all of the weight to the wanted key."""
    return lambda facts: facts["found"][name] > 0.95


CHOICES = (
    Choice(
        "`{right}`",
        finds("right"),
        "The {which} row is what *{asker}* asks for. It makes the query {q_right}: the key of "
        "*{wanted}*, but louder.",
    ),
    Choice(
        "`{other_row}`",
        finds("other_row"),
        "That row belongs to the feature that *{asker}* has not. The query is {q_other_row}, and "
        "all keys get the same.",
        "any-row",
    ),
    Choice(
        "`{column}`",
        finds("column"),
        "Here the question stands in a column, and x W adds up rows. The query is {q_column}, "
        "which is not the key of *{wanted}*.",
        "rows-and-columns",
    ),
    Choice(
        "`{itself}`",
        finds("itself"),
        "It makes the query {q_itself}: *{asker}* then asks for keys that are like its own vector.",
        "asks-for-itself",
    ),
)

QUESTION = Question(
    name="words",
    idea="a matrix that makes a word ask for another",
    see=see,
    choices=CHOICES,
    before=Form(
        "A model multiplies the vector x of a word by a matrix W to make its query: "
        "q = x W, the first entry of x times the first row of W, plus the second times the second. "
        "The word *{asker}* has x = {vector}. The keys are {listed}. "
        "Which W, written row by row, makes *{asker}* look at *{wanted}*, and at hardly anything "
        "else?",
        {
            "names": ("cat", "dog", "car"),
            "vector": (0, 1),
            "asker": "it",
            "wanted": 0,
            "key": ((1, -1), (-1, 1), (-1, -1)),
            "size": 5,
        },
        (1, 2, 3, 0),
    ),
    after=Form(
        "The query of *{asker}*, whose vector is x = {vector}, shall give nearly all of its weight "
        "to *{wanted}*. The keys are {listed}. Which W makes q = x W do that?",
        {
            "names": ("anna", "ball", "park"),
            "vector": (2, 0),
            "asker": "she",
            "wanted": 0,
            "key": ((-1, 1), (1, 1), (-1, -1)),
            "size": 3,
        },
        (2, 0, 3, 1),
    ),
)
