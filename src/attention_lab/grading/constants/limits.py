"""What an answer may cost: numbers that count, so that the same file gets the same mark anywhere.

A clock would decide by how busy the machine is. Whatever is done is bounded before it is done.
"""

CELL = 20_000  # characters of a cell that is read as Python
NOTEBOOK = 60_000  # of all such cells together
MARKS = 1_000  # accents that stand alone: the time in which Python sorts them grows as the square
NODES = 1_500  # of the syntax tree, for one answer
DEPTH = 60  # of expressions within expressions
HANDLED = 10_000  # numbers that pass through all of an answer's expressions
ELEMENTS = 256  # of a tensor, or numbers and lists in a list
AXES = 4  # of a tensor, and lists within lists
LARGEST = 2**53  # of a whole number: up to there float64 has them all


class Refused(Exception):
    """Something that is not read as a constant, so that a person must look at it.

    Attributes:
        reason: what it is, in a few words.
        line: of the cell, from 1 on; None as long as it is not known.
    """

    def __init__(self, reason, line=None):
        super().__init__(reason)
        self.reason = reason
        self.line = line
