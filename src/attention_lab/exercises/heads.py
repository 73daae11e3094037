"""What one head cannot do: two heads for keys with errors, and a key at which there is nothing.

``[k][d]`` and ``[k][v]``: a row is a token. Chapter 1.7.
"""

from attention_lab.exercises.task import Exercise
from attention_lab.fixtures import SEED, Fixture

# The course's keys with an error of their own in every number: normal, of standard deviation 0.15,
# rounded to two decimals. From NumPy's default_rng(30), the first five draws of which no row passes
# another exercise. Errors in all directions: if only lengths were wrong, one query could do it, the
# one at right angles to k0 and k1.
NOISY = (
    ((0.53, 0.46, 0.32), (0.54, 0.39, -0.68), (-0.05, -0.14, -0.85), (0.68, -0.77, 0.52)),
    ((0.40, 0.64, 0.39), (0.52, 0.48, -0.74), (-0.07, -0.54, -1.12), (0.58, -1.05, 0.59)),
    ((0.46, 0.68, 0.80), (0.45, 0.53, -0.75), (-0.02, -0.52, -0.99), (0.52, -0.73, 0.16)),
    ((0.36, 0.72, 0.52), (0.68, 0.08, -0.65), (-0.08, -0.44, -0.55), (0.39, -0.86, 0.56)),
    ((0.12, 0.47, 0.73), (0.61, 0.51, -0.56), (-0.04, -0.51, -0.79), (0.52, -0.95, 0.24)),
)
# The output shows the weights of k0, k1 and k2. With the course's values a right output would not
# prove right weights, nor that a single query must fail.
PLAIN = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.0, 0.0, 0.0))

NULL = ((0.0, 0.0, 0.0),)
WITH_NULL = Fixture(key=SEED.key + NULL, value=SEED.value + NULL)

EXERCISES = (
    Exercise(
        number="1.7.1",
        title="Two heads: average v0 and v1 of noisy keys",
        wanted=((0, 1),),
        heads=2,
        fixtures=tuple(Fixture(key=key, value=PLAIN) for key in NOISY),
        points=0,
        hints=(
            "No query ties k0 and k1 in all five draws. But you have two queries, and what they "
            "return is averaged. What must each of them return?",
            "Let head 0 copy v0 and head 1 copy v1. To copy, a key need not have the right score, "
            "only the highest.",
            "Take k0 and k1 without their errors as directions, as in 1.2.1, and make both "
            "queries ten times as long, or more.",
        ),
    ),
    Exercise(
        number="1.7.2",
        title="Look at nothing",
        wanted=((4,),),
        fixtures=(WITH_NULL,),
        points=0,
        hints=(
            "The null key has the score 0 with every query. What must the scores of the four words "
            "be, so that it wins?",
            "All four must be well below 0: the query must point away from all four keys at once. "
            "Where do they point together?",
            "Add the four keys up and turn the sum around. Make it longer until even the word with "
            "the highest score gets next to nothing.",
        ),
    ),
)
