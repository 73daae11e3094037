"""Where queries come from: a matrix W_q makes a word ask for another word. Chapter 1.5.

Rows of ``EMBEDDING`` are the words of a sentence. Its columns are features: is it a thing, is it a
deed, does it stand for another word? Keys and values are made of them, ``[k][d]`` and ``[k][v]``.
"""

from attention_lab.arithmetic import mix
from attention_lab.exercises.task import Exercise
from attention_lab.fixtures import Fixture

SENTENCE = ("cat", "slept", "it", "purred")
CAT, _, IT, PURRED = range(4)

EMBEDDING = (
    (1.0, 0.1, 0.2),
    (0.1, 1.0, 0.0),
    (0.3, 0.0, 1.0),
    (0.0, 0.8, 0.6),
)
# Along no feature, not along all together, nor for the embedding of "it" is "cat" first or last: no
# matrix of equal numbers finds it by accident.
W_K = (
    (0.2, 0.8, -1.0),
    (0.0, -1.0, -0.8),
    (0.2, 0.6, 1.0),
)
W_V = (
    (1.0, 0.0, 0.5),
    (0.0, 1.0, -0.5),
    (0.4, 0.0, 0.2),
)
FIXTURES = (Fixture(key=mix(EMBEDDING, W_K), value=mix(EMBEDDING, W_V)),)

EXERCISES = (
    Exercise(
        number="1.5.1",
        title="Choose W_q: it copies cat",
        wanted=((CAT,),),
        asks=(EMBEDDING[IT],),
        fixtures=FIXTURES,
        points=0,
        hints=(
            "The query of a word is a mixture of the rows of W_q, and the features of the word say "
            "how much of each row. Which feature is larger in “it” than in all others?",
            "Let the rows of the first two features be zeros. Then the query of “it” is its third "
            "feature, 1.0, times the third row: you have written down a query.",
            "That query must copy k0, the key of “cat”. You know such a query from 1.2.1: the key "
            "itself, ten times as long.",
        ),
    ),
    Exercise(
        number="1.5.2",
        title="One W_q for two: purred also copies it",
        wanted=((CAT,), (IT,)),
        asks=(EMBEDDING[IT], EMBEDDING[PURRED]),
        fixtures=FIXTURES,
        points=0,
        hints=(
            "Row 0 is “it”, which must still copy k0, “cat”. Row 1 is “purred”, which must copy "
            "k2, “it”. Which feature does “purred” have that “it” has not?",
            "“it” has none of the second feature, so the second row of W_q is free for “purred”. "
            "Let it ask for k2. Then read what the card says of row 1.",
            "“purred” also has 0.6 of the third feature, so it asks for “cat” as well. Make the "
            "second row so loud that this no longer counts.",
        ),
    ),
)
