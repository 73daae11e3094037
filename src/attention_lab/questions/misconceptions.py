"""What the wrong choices believe, and where the book says otherwise.

A misconception is met in several questions. Its sections are labels, the best one first; a copy of
the book may lack one (students do not get the appendix), and the next takes its place.
"""

from typing import NamedTuple


class Misconception(NamedTuple):
    """A belief, as somebody who holds it would put it."""

    sentence: str
    sections: tuple


MISCONCEPTIONS = {
    "direction-only": Misconception(
        "Only directions count. How long a query or a key is makes no difference.",
        ("sec-keys",),
    ),
    "louder-blurs": Misconception(
        "A longer query is less choosy: the weights even out.",
        ("sec-loudness", "sec-keys"),
    ),
    "length-reorders": Misconception(
        "A longer query can make another key win.",
        ("sec-keys",),
    ),
    "length-only": Misconception(
        "The longer a key, the more weight it gets, wherever it points.",
        ("sec-keys",),
    ),
    "own-score": Misconception(
        "A weight depends on its own key alone, not on the other keys.",
        ("sec-keys",),
    ),
    "closeness": Misconception(
        "What counts is how close a key lies to the query, not how far its score is ahead.",
        ("sec-keys",),
    ),
    "alike-keys": Misconception(
        "Keys that point nearly the same way get nearly the same weight.",
        ("sec-averaging",),
    ),
    "values-weigh": Misconception(
        "The values have a say in the weights.",
        ("sec-interactions",),
    ),
    "whole-edit": Misconception(
        "What is changed in a value arrives in the output in full.",
        ("sec-interactions",),
    ),
    "plain-mean": Misconception(
        "The output is the plain mean of the values.",
        ("sec-averaging",),
    ),
    "even-shares": Misconception(
        "What one key loses, the others share evenly.",
        ("sec-interactions",),
    ),
    "next-best": Misconception(
        "What one key loses goes to the next best.",
        ("sec-interactions",),
    ),
    "copies-share": Misconception(
        "Two equal keys share what one of them had; the other keys are not touched.",
        ("sec-interactions",),
    ),
    "lookup": Misconception(
        "Attention finds one entry, like a dictionary, and leaves the others out.",
        ("sec-keys",),
    ),
    "places": Misconception(
        "Weights belong to places in the list, not to keys.",
        ("sec-keys",),
    ),
    "rows-are-features": Misconception(
        "The rows of the list are the entries of the output.",
        ("sec-keys",),
    ),
    "knows-order": Misconception(
        "Attention knows by itself in which order the words stand.",
        ("sec-heads", "sec-keys"),
    ),
    "feature-by-feature": Misconception(
        "Each entry of the output can be chosen by itself.",
        ("sec-averaging",),
    ),
    "loud-reaches": Misconception(
        "A query that is loud enough can bring about any output.",
        ("sec-averaging",),
    ),
    "keys-reach": Misconception(
        "With the right keys any output can be had, whatever the values are.",
        ("sec-averaging",),
    ),
    "aim-copies": Misconception(
        "Any key can be copied: point at it and be loud.",
        ("sec-reach", "sec-copying"),
    ),
    "asks-for-itself": Misconception(
        "A word's query looks for words that are like it.",
        ("sec-words", "sec-keys"),
    ),
    "rows-and-columns": Misconception(
        "What a word asks for stands in a column of its matrix.",
        ("sec-words", "sec-keys"),
    ),
    "any-row": Misconception(
        "It does not matter in which row of the matrix a question stands, whoever asks.",
        ("sec-words", "sec-keys"),
    ),
}
