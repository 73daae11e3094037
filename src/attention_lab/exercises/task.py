"""What an exercise is: everything that can be said of one, as data. Plain Python, for the judge."""

from attention_lab.arithmetic import INFINITY, mix

TOLERANCE = 0.05
KINDS = {
    "number": (str, 'a text such as "1.2.1"'),
    "title": (str, "a text"),
    "wanted": (tuple, "a tuple of tuples such as ((0, 1),); a single one has a comma behind it"),
    "hints": (tuple, "a tuple of texts; a single one has a comma behind it"),
    "points": ((int, float), "a number"),
    "tolerance": ((int, float), "a number"),
}


class Exercise:
    """One exercise. An instructor adds one as an entry of a tuple in ``exercises/``.

    Args:
        number: as the course counts, ``"1.2.1"``.
        title: a few words.
        wanted: for each row of the output, the keys whose values it must average.
        hints: sentences, from a nudge to almost there.
        edits: the key that the answer replaces; ``None`` where the answer is no key.
        query_of: with ``edits``, the exercise whose query stays as it is.
        points: what it is worth when it is marked; 0 where it is no part of the assignment.
        tolerance: an answer passes when its error is below.
        fixtures: keys and values of its own; where there are several, an answer must pass on each.
            Without, it is judged on the course's, or on a variant.
        longest: no row of the query may be longer.
        asks: embeddings ``[q][m]``, a row for each that asks. The answer is then a matrix
            ``[m][d]`` such as W_q, and the queries are ``asks @ answer``.
        heads: where there are several, the answer has a query for each, and the output is the mean
            of theirs.
        foreseen: what to say of a mistake that learners are known to make, by what it gets instead
            of ``wanted``, written alike: ``{((1,),): "That is v1. …"}``.

    Raises:
        TypeError: a field is of another kind, as by one missing comma: a text has a length and
            letters, so that each would be a hint.

    >>> task = Exercise("1.2.2", "Return all four", wanted=((0,), (1,), (2,), (3,)), hints=())
    >>> task.kind, task.function, task.shape(features=3)
    ('query', 'get_query122', (4, 3))
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
        fixtures=(),
        longest=INFINITY,
        asks=None,
        heads=1,
        foreseen=None,
    ):
        self.number = number
        self.title = title
        self.wanted = wanted
        self.hints = hints
        self.edits = edits
        self.query_of = query_of
        self.points = points
        self.tolerance = tolerance
        self.fixtures = fixtures
        self.longest = longest
        self.asks = asks
        self.heads = heads
        self.foreseen = foreseen or {}
        self._refuse_unless_written_well()

    def _refuse_unless_written_well(self):
        for field, (kind, expected) in KINDS.items():
            got = getattr(self, field)
            right = isinstance(got, kind)
            if not right or (field == "hints" and not all(isinstance(hint, str) for hint in got)):
                raise TypeError(f"{self.number}: Expected {field} to be {expected}; got {got!r}.")

    @property
    def kind(self):
        """The kind of answer, ``"query"``, ``"key"``, ``"matrix"`` or ``"heads"``."""
        if self.edits is not None:
            return "key"
        if self.asks is not None:
            return "matrix"
        return "heads" if self.heads > 1 else "query"

    @property
    def function(self):
        """The function that a learner fills in, such as ``get_query121``."""
        return "get_" + self.kind + self.number.replace(".", "")

    def shape(self, features):
        """The shape that an answer must have, with so many features in a key."""
        if self.kind == "key":
            return (features,)
        if self.kind == "matrix":
            return (len(self.asks[0]), features)
        return (self.heads if self.kind == "heads" else len(self.wanted), features)

    def queries(self, answer):
        """The queries that an answer makes: itself, unless it is a matrix or a key."""
        return answer if self.asks is None else mix(self.asks, answer)

    def on(self, fixture):
        """The keys and values that it is judged on: its own, or else this one."""
        return self.fixtures or (fixture,)
