"""Mix the queries of a real model's head: copy a token, average two. Chapter 1.9.

The head is 2.9 of all-MiniLM-L6-v2, and it reads "She sold cars and bought cars". An answer says
how much of each of three of its queries to take. A score is then that mixture of three scores, so a
row of ``SCORES`` ("k") is a token and a column ("d") one of the queries: all that an answer needs
to know of the key. The values are one-hot, so that the output is the weights. The numbers are those
of the book's data file, rounded.
"""

from attention_lab.exercises.task import Exercise
from attention_lab.fixtures import Fixture

MIXED = (2, 3, 6)  # whose queries: of "sold" and of the two "cars"
CARS, BOUGHT, OTHER_CARS = 3, 5, 6

# Of each token's key with the queries of k2, k3 and k6, divided by √32.
SCORES = (
    (4.89, 5.11, 4.84),  # [CLS]
    (-2.75, -2.60, 0.01),  # she
    (1.76, -2.05, 0.75),  # sold
    (-2.23, 3.81, 5.52),  # cars
    (-2.91, -1.15, 0.48),  # and
    (2.89, 1.06, -1.23),  # bought
    (0.31, 6.14, 3.63),  # cars
    (0.45, 1.82, 3.12),  # [SEP]
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
            "that and none of the others, and read who is ahead of k5. Does loudness help?",
            "k0, [CLS], is ahead, and all three queries like it. What all three have in common "
            "goes away when you subtract one of them from another.",
            "Subtract the query that likes “bought” least, as much of it as you have of “sold”. "
            "Then make the difference louder.",
        ),
    ),
    Exercise(
        number="1.9.2",
        title="Mix real queries: average both cars",
        wanted=((CARS, OTHER_CARS),),
        fixtures=FIXTURES,
        points=0,
        hints=(
            "The query of each “cars” looks for the other one. What does the sum of the two look "
            "for? Try one of each, and see who else likes being looked for.",
            "[CLS] again. The query of “sold” likes it and cares little for cars: take one of it "
            "away. Now k3 is ahead: which of the other two queries helps k6?",
            "Leave the first and the third number as they are, and raise the second until the card "
            "shows equal shares. Tenths matter, hundredths hardly.",
        ),
    ),
)
