"""Mix the queries of a real model's head: copy a token, average two. Chapter 1.9.

The head is 2.9 of all-MiniLM-L6-v2. An answer says how much of each of three of its queries to
take. A score is then that mixture of the three scores, so a row of ``SCORES`` ("k") is a token and
a column ("d") one of the queries: all that an answer needs to know of the key. The values are
one-hot, so that the output is the weights. The numbers are those of the book's data file, rounded.
"""

from attention_lab.exercises.task import Exercise
from attention_lab.fixtures import Fixture

MIXED = (6, 11, 8)  # whose queries: of the two cars, and of "sold"
BOUGHT, CAR, OTHER_CAR = 3, 6, 11

# Of each token's key with the queries of the two cars and of "sold", divided by √32.
SCORES = (
    (5.41, 5.28, 4.73),  # [CLS]
    (-4.16, -1.08, -1.93),  # my
    (-5.07, -0.95, -2.27),  # sister
    (-1.39, 1.93, 3.00),  # bought
    (-2.03, 1.48, -0.23),  # a
    (-4.82, -1.22, -1.91),  # red
    (2.40, 6.98, 0.44),  # car
    (-2.01, -1.29, -2.50),  # and
    (-0.98, -2.65, 2.56),  # sold
    (-1.02, -3.50, -3.34),  # her
    (-3.02, -3.06, -2.78),  # old
    (6.25, 3.79, -1.90),  # car
    (2.10, 0.87, 0.32),  # .
    (2.09, 1.63, 0.41),  # [SEP]
)
ONE_HOT = tuple(tuple(float(j == k) for j in range(len(SCORES))) for k in range(len(SCORES)))
FIXTURES = (Fixture(key=SCORES, value=ONE_HOT),)

EXERCISES = (
    Exercise(
        number="1.9.1",
        title="Mix real queries: copy bought",
        wanted=((BOUGHT,),),
        fixtures=FIXTURES,
        points=0,
        hints=(
            "In the table of scores, which of the three queries likes “bought” best? Take one of "
            "that and none of the others, and read who is ahead of k3. Does loudness help?",
            "k0, [CLS], is ahead, and all three queries like it. One of the other two likes [CLS] "
            "and dislikes “bought”: take as much of it away, with a negative number.",
            "Now k8, “sold”, is the next rival, and the query that you have not used yet dislikes "
            "it. Add a little of that. Then make the whole mixture louder.",
        ),
    ),
    Exercise(
        number="1.9.2",
        title="Mix real queries: average both cars",
        wanted=((CAR, OTHER_CAR),),
        fixtures=FIXTURES,
        points=0,
        hints=(
            "Each car's query looks for the *other* car. What does the sum of the two look for? "
            "Try (1, 1, 0), and see who else likes being looked for.",
            "[CLS] again. The query of “sold” likes it and has little to do with cars: take one of "
            "it away. Now k11 is ahead: which of the first two queries helps k6?",
            "Leave the first and the last number as they are, and raise the middle one until the "
            "card shows equal shares. Tenths matter, hundredths hardly.",
        ),
    ),
)
