"""Exercises of 1.6: a copy by a query that may not shout, and a tie that holds."""

from attention_lab.exercises.task import Exercise
from attention_lab.fixtures import SEED

# The numbers of k0 − k1, and the first of k1 − k0, as the hints write them.
X, Y, Z = (f"{a - b:.2f}".replace("-", "−") for a, b in zip(*SEED.key[:2]))
MINUS_X = f"{SEED.key[1][0] - SEED.key[0][0]:.2f}".replace("-", "−")

EXERCISES = (
    Exercise(
        number="1.6.1",
        title="Copy without shouting",
        wanted=((0,),),
        fixtures=(SEED,),
        longest=3.2,
        points=0,
        hints=(
            "Along k0 no query of this length is enough. Try one, and look at the weights that the "
            "card shows: which rivals still hold some?",
            "A query need not point at its key. If you take a part of another key away from the "
            "query, whose score falls most?",
            "Take the same part of k1 and of k3 away from k0, a little less than a half. Then make "
            "the result as long as you may.",
        ),
    ),
    Exercise(
        number="1.6.2",
        title="A tie that holds",
        wanted=((0, 1),),
        tolerance=0.001,
        fixtures=(SEED,),
        points=0,
        hints=(
            "The middle of k0 and k1 fails at every loudness: soft, the others have a share; loud, "
            "the tie breaks. What must q·k0 − q·k1 be for a tie that no loudness breaks?",
            f"It is q·(k0 − k1). Of k0 − k1 the first number is {X}, the second {Y}, the third "
            f"{Z}. You look for a q that is perpendicular to it and still points at both keys.",
            f"Leave the last number at 0. Then {MINUS_X} times the first must be {Y} times the "
            "second. Find two whole numbers that do that exactly.",
        ),
    ),
)
