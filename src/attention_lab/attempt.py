"""An answer in place: its scores, its weights, and how far both output and weights are off."""

from attention_lab.arithmetic import largest_difference, mix, softmax, total_variation
from attention_lab.exercises import wanted_weights

FARTHEST = 0.1  # weights farther from those asked for, in total variation, are others
ROUNDING = 1e-9  # by so much, of itself, may a query be longer than the longest


class Attempt:
    """What attention makes of an answer.

    Args:
        task: an ``Exercise``.
        scores: ``[q][k]``, of the query with the keys, the answer being one of the two. With
            several heads, a row for each.
        value: ``[k][v]``.
        length: of the longest row of the query.
        goal: the weights asked for and the target, where they are known already.

    Attributes:
        weights, wanted: obtained and asked for, ``[q][k]``. What several heads obtain is their
            mean, in one row.
        output, target: what they make of the values, ``[q][v]``.
        errors, distances: of each row, from the target and from the weights asked for.
        error, distance: the largest of them.
    """

    def __init__(self, task, scores, value, goal=None, length=0.0):
        self.task = task
        self.scores = scores
        self.value = value
        self.length = length
        self.weights = [softmax(row) for row in scores]
        if task.heads > 1:
            self.weights = mix([[1 / task.heads] * task.heads], self.weights)
        self.output = mix(self.weights, value)
        self.wanted, self.target = goal or _goal(task, value)
        rows = range(len(self.wanted))
        self.errors = [self._error(row, row) for row in rows]
        self.distances = [self._distance(row, row) for row in rows]
        self.error = max(self.errors)
        self.distance = max(self.distances)

    @property
    def passes(self):
        """Whether the output is as near to the target as was asked for, by no longer a query."""
        return self.error < self.task.tolerance and not self.too_long

    @property
    def too_long(self):
        """Whether the query is longer than it may be."""
        return self.length > self.task.longest * (1 + ROUNDING)

    @property
    def correct(self):
        """Whether it passes by the weights that were asked for."""
        rows = range(len(self.wanted))
        return all(self.row_fits(row, row) for row in rows) and not self.too_long

    def row_fits(self, row, place):
        """Whether a row would be correct in the place of another."""
        near = self._error(row, place) < self.task.tolerance
        return near and self._distance(row, place) <= FARTHEST

    def _error(self, row, place):
        return largest_difference(self.output[row], self.target[place])

    def _distance(self, row, place):
        return total_variation(self.weights[row], self.wanted[place])

    def scaled(self, factor):
        """The same with all scores multiplied, as a query that is so many times as loud has."""
        scores = [[factor * score for score in row] for row in self.scores]
        goal = self.wanted, self.target
        return Attempt(self.task, scores, self.value, goal, factor * self.length)

    def at_any_length(self):
        """The same, as if the query might be as long as it likes."""
        return Attempt(self.task, self.scores, self.value, (self.wanted, self.target))

    def at_the_longest(self):
        """The same with the query brought to the length that it may have."""
        return self.scaled(self.task.longest / self.length)

    def share(self, row):
        """How much of a row's weight is on the keys that it wants."""
        return sum(self.weights[row][k] for k in self.task.wanted[row])

    def thief(self, row):
        """The key with the most weight among those that a row does not want."""
        others = [k for k in range(len(self.value)) if k not in self.task.wanted[row]]
        return max(others, key=lambda k: self.scores[row][k])


def _goal(task, value):
    """The weights that are asked for, and what they make of the values."""
    wanted = wanted_weights(task, len(value))
    return wanted, mix(wanted, value)
