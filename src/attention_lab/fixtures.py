"""The numbers that every exercise starts from: four keys and four values in three dimensions.

A row is a token, a column a feature: ``key[k][d]``, ``value[k][v]``. Plain nested tuples, so that
nobody can write into them and so that the judge needs no torch.
"""

from collections import namedtuple

# Keys and values that belong together, as nested tuples of numbers.
Fixture = namedtuple("Fixture", ("key", "value"))

# The course made them once from ``torch.manual_seed(RECIPE_SEED)``: two ``randn(4, 3)``, rows
# normalised, rounded to two decimals. torch promises no random stream across releases, so the
# numbers are the fixture, and the recipe is only a test.
RECIPE_SEED = 447

SEED = Fixture(
    key=(
        (0.47, 0.65, 0.60),
        (0.64, 0.50, -0.59),
        (-0.03, -0.48, -0.88),
        (0.43, -0.83, 0.35),
    ),
    value=(
        (-0.07, -0.88, 0.47),
        (0.37, -0.93, -0.07),
        (-0.25, -0.75, 0.61),
        (0.94, 0.20, 0.28),
    ),
)

# Three words with keys in the plane, for a first look: arrows of length 1, angles from the right.
WORDS = ("cat", "dog", "car")
WORD_ANGLES = (90, 200, 320)

# How a key among the four is mixed from them. It lies inside their hull, so no query copies it. Its
# value is the same mixture of their values.
INNER_SHARES = (0.4, 0.3, 0.2, 0.1)
