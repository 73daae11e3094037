"""The six exercises of the course's assignment, as data. They are handed out and marked."""

from attention_lab.exercises.task import Exercise

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
