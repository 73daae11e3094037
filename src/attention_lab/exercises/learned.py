"""Be the optimiser: a matrix by which witnesses copy themselves, or average over an event.

A row of ``WITNESSES`` is a witness. The first two columns are the event that it saw, the last two
its name. The same names occur at both events. What a witness says is a one-hot vector, so the
output of attention is its weights.
"""

from attention_lab.exercises.task import Exercise
from attention_lab.fixtures import Fixture

NAMES = ("Ann A", "Bob A", "Cleo A", "Ann B", "Bob B", "Cleo B", "Dan B")
WITNESSES = (
    (1.0, 0.0, 1.0, 0.0),
    (1.0, 0.0, 0.0, 1.0),
    (1.0, 0.0, -0.8, -0.6),
    (0.0, 1.0, 1.0, 0.0),
    (0.0, 1.0, 0.0, 1.0),
    (0.0, 1.0, -0.8, -0.6),
    (0.0, 1.0, 0.6, -0.8),
)
FIXTURE = Fixture(
    key=WITNESSES,
    value=tuple([tuple([float(i == j) for j in range(7)]) for i in range(7)]),
)
EVENTS = ((0, 1, 2), (3, 4, 5, 6))  # who saw the same

EXERCISES = (
    Exercise(
        number="1.8.1",
        title="Be the optimiser: everybody copies themselves",
        wanted=tuple([(i,) for i in range(7)]),
        asks=WITNESSES,
        fixtures=(FIXTURE,),
        points=0,
        hints=(
            "The score that one witness gives another is x·M·y. Let M be zero except on its "
            "diagonal: then each feature that the two share adds its product, times one number.",
            "Ann A must not mistake herself for Bob A, who saw the same event, nor for Ann B, who "
            "has the same name. Which features tell her from the one, and which from the other?",
            "Both count: put the same number in all four places of the diagonal, and make it "
            "larger until Ann B and Dan B, whose names are alike, are told apart.",
        ),
    ),
    Exercise(
        number="1.8.2",
        title="Be the optimiser: everybody averages their event",
        wanted=tuple([group for group in EVENTS for _ in group]),
        asks=WITNESSES,
        fixtures=(FIXTURE,),
        points=0,
        hints=(
            "Ann A, Bob A and Cleo A must get the same score from each of the three. What do they "
            "share, and in what do they differ?",
            "They differ in their names. Whatever a name adds to a score breaks the tie.",
            "Take your answer to 1.8.1 and drop the names: zeros in the last two rows and columns.",
        ),
    ),
)
