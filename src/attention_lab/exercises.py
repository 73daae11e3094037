"""The exercises as data: the only place where a target, a tolerance or a hint is written.

An exercise asks for a query, or for a replacement of one key. What it wants is said in weights:
``wanted`` lists, for each row of the output, the keys that this row must average. The target
follows from that and the fixture. The course's own answers are in ``answers.py``. Plain Python, for
the judge.
"""

TOLERANCE = 0.05


class Exercise:
    """One exercise. An instructor adds one by adding an entry to ``EXERCISES``.

    Args:
        number: as the course counts, ``"1.2.1"``.
        title: a few words.
        wanted: for each row of the output, the keys whose values it must average.
        hints: sentences, from a nudge to almost there.
        edits: the key that the answer replaces; ``None`` where the answer is a query.
        query_of: with ``edits``, the exercise whose query stays as it is.
        points: what it is worth when it is marked.
        tolerance: an answer passes when its error is below.
    """

    def __init__(
        self,
        number,
        title,
        wanted,
        hints,
        edits=None,
        query_of=None,
        points=1,
        tolerance=TOLERANCE,
    ):
        self.number = number
        self.title = title
        self.wanted = wanted
        self.hints = hints
        self.edits = edits
        self.query_of = query_of
        self.points = points
        self.tolerance = tolerance

    @property
    def kind(self):
        """What is asked for, ``"query"`` or ``"key"``."""
        return "query" if self.edits is None else "key"

    @property
    def function(self):
        """The function that a learner fills in, such as ``get_query121``."""
        return "get_" + self.kind + self.number.replace(".", "")

    @property
    def shared(self):
        """With ``edits``, the keys between which the query that stays shares its weight."""
        return exercise(self.query_of).wanted[0]

    def shape(self, features):
        """The shape that an answer must have, with so many features in a key."""
        return (len(self.wanted), features) if self.kind == "query" else (features,)


EXERCISES = (
    Exercise(
        number="1.2.1",
        title="Select the first value",
        wanted=((0,),),
        hints=(
            "Nearly all of the weight must go to key 0. Which direction gives k0 the highest "
            "score of the four?",
            "Point the query along k0: no other key of length 1 has a larger dot product with "
            "that direction. Try k0 itself and read the weights.",
            "The direction is right, the voice is low: at length 1 the scores are too close "
            "together. Multiply k0 by more and more and watch the error.",
        ),
    ),
    Exercise(
        number="1.2.2",
        title="Return all four values",
        wanted=((0,), (1,), (2,), (3,)),
        hints=(
            "Four rows, four separate questions: row i of the query only decides row i of the "
            "output.",
            "Row 0 is the exercise before this one. Do the same with each of the other keys.",
            "Stack the four keys, written out as numbers, and multiply the whole matrix by one "
            "factor.",
        ),
    ),
    Exercise(
        number="1.3.1",
        title="Average all values",
        wanted=((0, 1, 2, 3),),
        hints=(
            "The weights must all be the same. What does softmax need to see for that?",
            "Equal scores. The dot product of the query with each of the four keys must be the "
            "same number.",
            "One vector has the same dot product with everything.",
        ),
    ),
    Exercise(
        number="1.3.2",
        title="Average the first two values",
        wanted=((0, 1),),
        hints=(
            "Two keys must share the weight, and the other two must get next to none. Which "
            "direction do k0 and k1 have in common?",
            "Their mean points between them. Take it as the direction and find out how loud it "
            "must be.",
            "Try lengths of very different size, and do not stop at the first that passes: "
            "what happens to the error when you go on?",
        ),
    ),
    Exercise(
        number="1.4.1",
        title="Edit key 2: average the first three values",
        wanted=((0, 1, 2),),
        edits=2,
        query_of="1.3.2",
        hints=(
            "The query cannot move. It already shares nearly all of the weight between k0 and "
            "k1. What score must the new key 2 get to receive as much as each of them?",
            "A score about as high as theirs. q·k0 and q·k1 are nearly the same, so aim between "
            "the two.",
            "A point halfway between k0 and k1 has a score halfway between theirs.",
        ),
    ),
    Exercise(
        number="1.4.2",
        title="Edit key 2: return the third value",
        wanted=((2,),),
        edits=2,
        query_of="1.3.2",
        hints=(
            "Now key 2 must win alone: its score must exceed those of k0 and k1 by several units.",
            "Among vectors of the same length, which one has the largest dot product with the "
            "query?",
            "The mean of k0 and k1 points the right way but is shorter than either key. Give it "
            "their length.",
        ),
    ),
)


def exercise(number):
    """The exercise with this number.

    Raises:
        ValueError: there is none; the message lists those that there are.

    >>> exercise("1.4.1").function
    'get_key141'
    """
    for candidate in EXERCISES:
        if candidate.number == number:
            return candidate
    known = ", ".join(candidate.number for candidate in EXERCISES)
    raise ValueError(f"There is no exercise {number!r}. Expected one of {known}.")


def wanted_weights(task, keys):
    """The weights that the exercise asks for: one row an output, equal shares of the wanted keys.

    Args:
        task: an ``Exercise``.
        keys: how many keys there are.

    >>> wanted_weights(exercise("1.3.2"), keys=4)
    [[0.5, 0.5, 0.0, 0.0]]
    """
    return [[1 / len(group) if k in group else 0.0 for k in range(keys)] for group in task.wanted]


def course_answer(task, fixture):
    """The answer that the course itself gives, on this fixture, as nested lists.

    None where the course has none, as in the copy of this package that students get.

    >>> from attention_lab.fixtures import SEED
    >>> [[round(x, 6) for x in row] for row in course_answer(exercise("1.2.1"), SEED)]
    [[4.7, 6.5, 6.0]]
    """
    try:
        from attention_lab.answers import answer
    except ImportError:
        return None
    return answer(task, fixture)
