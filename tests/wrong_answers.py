"""Answers and the diagnosis that each must get, by reasoning: what a learner may well hand in.

Plain Python, because the same table is judged in CPython and in MicroPython.
"""

from math import inf, nan

from attention_lab.exercises import Exercise
from attention_lab.fixtures import SEED, Fixture

# Each row: the exercise, the answer, its diagnosis, and why.

UNUSABLE = [
    ("1.2.1", "0 0 0", "wrong-type", "a string"),
    ("1.2.1", [["4.7", "6.5", "6.0"]], "wrong-type", "numbers as strings"),
    ("1.2.1", None, "wrong-type", "a function without return"),
    ("1.2.1", [[None, 6.5, 6.0]], "wrong-type", "one entry left open"),
    ("1.2.1", ..., "wrong-type", "a gap left open"),
    ("1.3.1", [[False, False, False]], "wrong-type", "zeros in disguise"),
    ("1.3.1", {"query": 0}, "wrong-type", "a dict"),
    ("1.2.1", print, "wrong-type", "a function that was not called"),
    ("1.2.1", [[nan, "x", 0.0]], "wrong-type", "the type comes before the value"),
    ("1.2.1", ["x"], "wrong-type", "the type comes before the shape"),
    ("1.2.1", [4.7, 6.5, 6.0], "wrong-shape", "a vector for a matrix of one row"),
    ("1.2.1", [[[4.7, 6.5, 6.0]]], "wrong-shape", "one pair of brackets too many"),
    ("1.2.1", [[4.7, 6.5]], "wrong-shape", "a feature is missing"),
    ("1.2.1", [[4.7], [6.5], [6.0]], "wrong-shape", "a column for a row"),
    ("1.2.1", [[4.7, 6.5, 6.0], [1.0]], "wrong-shape", "rows of different lengths"),
    ("1.2.1", [], "wrong-shape", "nothing at all"),
    ("1.2.2", [[4.7, 6.5, 6.0]], "wrong-shape", "one row where four are asked"),
    ("1.3.1", 0.0, "wrong-shape", "a number would broadcast"),
    ("1.3.1", [[0.0, 0.0, 0.0]] * 4, "wrong-shape", "four rows would broadcast"),
    ("1.4.1", [[0.555, 0.575, 0.005]], "wrong-shape", "a matrix for a vector"),
    ("1.4.1", 0.56, "wrong-shape", "a number would broadcast, and pass"),
    ("1.2.1", [[nan, nan]], "wrong-shape", "the shape comes before the value"),
    ("1.2.1", [[nan, nan, nan]], "not-finite", "the placeholder"),
    ("1.2.1", [[nan, 6.5, 6.0]], "not-finite", "one placeholder left"),
    ("1.3.1", [[0.0, inf, 0.0]], "not-finite", "infinity"),
    ("1.2.1", [[0.0, 1e39, 0.0]], "not-finite", "more than float32 can hold"),
    ("1.2.1", [[10**400, 0, 0]], "not-finite", "an integer that no float can hold"),
    ("1.2.1", [[3e38, 3e38, 3e38]], "not-finite", "its score with k0, 5e38, does not fit"),
]

K0, K1, K2, K3 = (list(row) for row in SEED.key)
MIDDLE = [(a + b) / 2 for a, b in zip(K0, K1)]


def times(factor, *rows):
    """Rows of numbers, each multiplied."""
    return [[factor * x for x in row] for row in rows]


# Which scales of MIDDLE pass 1.3.2 is known: 2.78 to 174.3. So is the interval for the score of
# the new k2, which is 63.87 for MIDDLE: in 1.4.1 from 63.54 to 64.52, in 1.4.2 from 66.62 on.
ON_THE_SEED = [
    ("1.2.1", times(1, K0), "too-soft", "right direction; 2.914 is the least length that passes"),
    ("1.2.1", times(2, K0), "too-soft", "right direction, still shorter than 2.914"),
    ("1.2.1", times(1e-6, K0), "too-soft", "right direction, hardly a whisper"),
    ("1.2.1", times(0, K0), "wrong-key", "no direction: a quarter each"),
    ("1.2.1", times(10, K1), "wrong-key", "another key's direction"),
    ("1.2.1", times(10, K3), "wrong-key", "another key's direction"),
    ("1.2.1", times(-10, K0), "wrong-key", "the opposite direction"),
    ("1.2.1", [[-5.88, 3.41, -0.54]], "right-output-wrong-weights", "a known coincidence"),
    ("1.2.2", times(1, K0, K1, K2, K3), "too-soft", "each row is shorter than its least length"),
    ("1.2.2", times(100, K0, K1, K2) + [K3], "too-soft", "one row was forgotten: all ten times"),
    ("1.2.2", [K0] + times(1000, K1, K2, K3), "too-soft", "loud rows do not mind another factor"),
    ("1.2.2", times(10, K1, K0, K2, K3), "permuted", "two rows swapped"),
    ("1.2.2", times(10, K3, K2, K1, K0), "permuted", "from last to first"),
    ("1.2.2", times(10, K1, K2, K3, K0), "permuted", "moved by one"),
    ("1.2.2", times(1, K1, K0, K2, K3), "wrong-key", "swapped and too soft: both must be mended"),
    ("1.2.2", times(10, K0, K0, K0, K0), "wrong-key", "one row four times"),
    ("1.2.2", times(-10, K0, K1, K2, K3), "wrong-key", "the opposite directions"),
    ("1.3.1", times(10, K0), "too-sharp", "any query shrinks to an even one"),
    ("1.3.1", times(1, K3), "too-sharp", "k3 has e times the weight of a key across from it"),
    ("1.3.1", [[1e38, 0.0, 0.0]], "too-sharp", "and the largest too"),
    ("1.3.2", times(1, MIDDLE), "too-soft", "below the window"),
    ("1.3.2", times(2.7, MIDDLE), "too-soft", "just below the window"),
    ("1.3.2", times(175, MIDDLE), "too-sharp", "just above the window"),
    ("1.3.2", times(200, MIDDLE), "too-sharp", "above the window"),
    ("1.3.2", times(1e6, MIDDLE), "too-sharp", "far above the window"),
    ("1.3.2", times(10, K2), "wrong-key", "a key that is not asked for"),
    ("1.3.2", times(10, K0), "uneven", "k0 wins alone: it leads k1 by 6.2 units"),
    ("1.3.2", times(10, K1), "uneven", "k1 wins alone"),
    ("1.3.2", times(0, K0), "leak", "exactly half of the weight is on k0 and k1, half is not"),
    ("1.3.2", [[1.91, 0.64, -4.11]], "right-output-wrong-weights", "a known coincidence"),
    ("1.3.2", [[1.852, 0.838, -5.258]], "right-output-wrong-weights", "a known coincidence"),
    ("1.4.1", K2, "too-quiet", "unchanged: it points away from the query"),
    ("1.4.1", [0.0, 0.0, 0.0], "too-quiet", "a score of 0"),
    ("1.4.1", times(0.99, MIDDLE)[0], "too-quiet", "63.87 · 0.99 = 63.23"),
    ("1.4.1", times(1.02, MIDDLE)[0], "too-loud", "63.87 · 1.02 = 65.14"),
    ("1.4.1", [1, 1, 0], "too-loud", "55.5 + 57.5 = 113"),
    ("1.4.1", [1e30, 0.0, 0.0], "too-loud", "no end of it"),
    ("1.4.2", K0, "too-quiet", "55.5·0.47 + 57.5·0.65 + 0.5·0.6 = 63.76"),
    ("1.4.2", MIDDLE, "too-quiet", "63.87: an equal share, not all"),
    ("1.4.2", times(1.04, MIDDLE)[0], "too-quiet", "63.87 · 1.04 = 66.42"),
    ("1.4.2", times(-1, K0)[0], "too-quiet", "the opposite direction"),
]

# Where keys and values are the axes, a query is its scores and the output its weights. A score of
# 1 means e = 2.72 parts against 1 part for a score of 0. The query of 1.4 is (50, 50, 0, 0), so
# a key (a, b, …) has the score 50·(a + b), and a third of the weight takes a score of 50.
AXES = tuple(tuple(float(i == j) for j in range(4)) for i in range(4))
ON_THE_AXES = [
    ("1.2.1", [[1, 0, 0, 0]], "too-soft", "2.7 parts of 5.7"),
    ("1.2.1", [[2.9, 0, 0, 0]], "too-soft", "18.2 parts of 21.2 are 0.86"),
    ("1.2.1", [[9, 8, 0, 0]], "too-soft", "2.7 times the weight of k1 must be 19 times"),
    ("1.2.1", [[5, 5, 0, 0]], "wrong-key", "148 parts of 299, and k1 as much"),
    ("1.2.1", [[-9, 0, 0, 0]], "wrong-key", "all but k0"),
    ("1.2.2", [[9, 0, 0, 0], [0, 9, 0, 0], [0, 0, 9, 0], [0, 0, 0, 2]], "too-soft", "one row"),
    ("1.2.2", [[0, 0, 9, 0], [0, 9, 0, 0], [0, 0, 0, 9], [9, 0, 0, 0]], "permuted", "a round trip"),
    ("1.2.2", [[9, 0, 0, 0], [0, 9, 0, 0], [0, 0, 9, 0], [0, 0, 9, 0]], "wrong-key", "row 3 is 2"),
    ("1.3.1", [[0.5, 0, 0, 0]], "too-sharp", "1.65 parts of 4.65 are 0.10 above a quarter"),
    ("1.3.1", [[0, 0, 0, -1e30]], "too-sharp", "k3 gets nothing"),
    ("1.3.2", [[1, 1, 0, 0]], "too-soft", "5.4 parts of 7.4"),
    (
        "1.3.2",
        [[900, 899, 0, 0]],
        "too-sharp",
        "k0 gets e times as much; a tenth gives e^0.1 = 1.1",
    ),
    ("1.3.2", [[9, 8, 0, 0]], "uneven", "k0 gets e times as much, a tenth is too soft"),
    ("1.3.2", [[3, 0, 0, 0]], "uneven", "21.1 parts of 23.1 are 0.91; k1 is no better than k2"),
    ("1.3.2", [[2, 0, 0, 0]], "leak", "8.4 parts of 10.4 are 0.81; k1 is no better than k2"),
    ("1.3.2", [[2, 0, 1, 0]], "leak", "8.4 parts of 12.1; k2 is better than k1"),
    ("1.3.2", [[5, 5, 5, 0]], "leak", "two thirds, and k2 keeps the third at every scale"),
    ("1.3.2", [[-3, -3, 0, 0]], "wrong-key", "the two others"),
    ("1.4.1", [0.49, 0.49, 0, 0], "too-quiet", "a score of 49"),
    ("1.4.1", [0, 0, 99, 99], "too-quiet", "long, but across the query: a score of 0"),
    ("1.4.1", [0.6, 0.6, 0, 0], "too-loud", "a score of 60"),
    ("1.4.2", [0.53, 0.53, 0, 0], "too-quiet", "e^3 = 20 parts of 22 are 0.91"),
]

# An exercise that says itself what to say of two mistakes: of k2 alone, and of an even share.
COUNTED = "That is v2. Python counts from 0: the fourth value is v3."
SILENT = "So quiet a query asks for nothing in particular."
EXPECTED = Exercise(
    "9.9.8", "", wanted=((3,),), hints=(), foreseen={((2,),): COUNTED, ((0, 1, 2, 3),): SILENT}
)
# The same for two rows of which each gets what it should not.
EXPECTED_ROWS = Exercise(
    "9.9.7", "", wanted=((0,), (1,)), hints=(), foreseen={((0,), (0,)): "Both rows are v0."}
)
# And for a key: the query of 1.2.1 is (10, 0, 0, 0), so any key with a first entry of 2 wins.
EXPECTED_KEY = Exercise(
    "9.9.6", "", ((0, 2),), (), edits=2, query_of="1.2.1", foreseen={((2,),): "k2 is too loud."}
)
FORESEEN = [
    (EXPECTED, [[0, 0, 9, 0]], "foreseen", "k2 has all but 3e^-9 of the weight"),
    (EXPECTED, [[0, 0, 4, 0]], "foreseen", "54.6 parts of 57.6 are 0.95, and 0.05 is near enough"),
    (EXPECTED, [[0, 0, 3, 0]], "wrong-key", "20.1 parts of 23.1 are 0.87: not v2 either"),
    (EXPECTED, [[0, 0, 0, 0]], "foreseen", "a quarter each"),
    (EXPECTED, [[0, 0, 0, 0.1]], "foreseen", "1.1 parts of 4.1 are 0.27: as good as even"),
    (EXPECTED, [[0, 0, 0, 1]], "too-soft", "2.7 parts of 5.7 are no even share"),
    (EXPECTED, [[9, 0, 0, 0]], "wrong-key", "nobody has foreseen k0"),
    (EXPECTED_ROWS, [[9, 0, 0, 0], [9, 0, 0, 0]], "foreseen", "both rows are as foreseen"),
    (EXPECTED_ROWS, [[9, 0, 0, 0], [0, 0, 9, 0]], "wrong-key", "only the first is"),
    (EXPECTED_KEY, [2.0, 0, 0, 0], "foreseen", "20 against 10: e^10 times as much"),
    (EXPECTED_KEY, [0.9, 0, 0, 0], "too-quiet", "9 against 10: 0.27"),
]

# The query of 1.2.1 is (10, 0, 0, 0): k0 has it all, and whatever the edited key 2 takes, v3 gets
# no more. No key can do this.
IMPOSSIBLE = Exercise("9.9.9", "", wanted=((3,),), hints=(), edits=2, query_of="1.2.1")
OTHERS = [
    (IMPOSSIBLE, [0.0, 0.0, 0.0, 0.0], "off-target", "k3 cannot get the weight"),
    (IMPOSSIBLE, [9.0, 0.0, 0.0, 0.0], "off-target", "k3 cannot get the weight"),
]

# On the axes a query is its scores. At length 5 along k0, e^5 parts of e^5 + 3 are 0.98.
LIMITED = Exercise("9.9.8", "", wanted=((0,),), hints=(), longest=5)
MATRIX = Exercise("9.9.7", "", wanted=((0,),), hints=(), asks=((1.0, 2.0),))
HEADS = Exercise("9.9.6", "", wanted=((0, 1),), hints=(), heads=2)
BEYOND = [
    (LIMITED, [[6, 0, 0, 0]], "too-long", "it fits; 0.8 times as long it fits too"),
    (LIMITED, [[8, 4, 0, 0]], "too-long", "it fits; at length 5 k1 has e^-2.2 times as much"),
    (LIMITED, [[2, 1, 0, 0]], "too-soft", "it would do at length 9"),
    (LIMITED, [[0, 9, 0, 0]], "wrong-key", "too long, too, but that is not what is wrong"),
    (MATRIX, [[0, 0, 0, 0], [1, 0, 0, 0]], "too-soft", "the query is (2, 0, 0, 0)"),
    (MATRIX, [[9, 0, 0, 0], [0, 5, 0, 0]], "wrong-key", "the query is (9, 10, 0, 0)"),
    (MATRIX, [[9, 0, 0, 0]], "wrong-shape", "a query for a matrix"),
    (HEADS, [[9, 0, 0, 0], [0, 0, 9, 0]], "leaking-head", "the second head copies k2"),
    (HEADS, [[9, 0, 0, 0], [0, 2, 0, 0]], "leaking-head", "the second head is soft"),
    (HEADS, [[5, 0, 2.6, 0], [0, 5, 2.6, 0]], "leaking-head", "each has decided, and both leak"),
    (HEADS, [[9, 8, 0, 0], [9, 8, 0, 0]], "uneven-heads", "k0 gets e times as much"),
    (HEADS, [[9, 0, 0, 0], [9, 0, 0, 0]], "one-sided-heads", "both copy k0"),
    (HEADS, [[9, 9, 0, 0]], "wrong-shape", "one query for two heads"),
]

WRONG_ANSWERS = [row + (SEED,) for row in UNUSABLE + ON_THE_SEED] + [
    row + (Fixture(key=AXES, value=AXES),) for row in ON_THE_AXES + FORESEEN + OTHERS + BEYOND
]
