"""A class in numbers: for each exercise what happened how often, and how the scores are spread."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from attention_lab.grading.report import MISSING, PASSED, REFUSED

CORRECT = "correct"
MOST_BINS = 12


@dataclass
class Tally:
    """One exercise in a whole class.

    Attributes:
        number: of the exercise.
        outcomes: by outcome, the reports and marks that came to it: (report, mark).
    """

    number: str
    outcomes: dict = field(default_factory=lambda: defaultdict(list))

    @property
    def total(self):
        """How many submissions."""
        return sum(map(len, self.outcomes.values()))

    def count(self, outcome):
        """How many submissions came to this outcome."""
        return len(self.outcomes.get(outcome, ()))

    @property
    def causes(self):
        """The diagnoses of answers that failed, the most frequent first: (diagnosis, pairs)."""
        failed = [
            (outcome, pairs)
            for outcome, pairs in self.outcomes.items()
            if group_of(pairs[0][1]) == "failed"
        ]
        return sorted(failed, key=lambda item: (-len(item[1]), item[0]))

    def groups(self):
        """How many passed, passed with a remark, failed, were refused, or are missing."""
        marks = [mark for pairs in self.outcomes.values() for _, mark in pairs]
        return Counter(map(group_of, marks))


def group_of(mark):
    """Of the few groups that have a colour, the one that a mark is in.

    >>> from attention_lab.grading.report import Mark
    >>> group_of(Mark("1.2.1", PASSED, "", 1, 1, diagnosis="right-output-wrong-weights"))
    'remark'
    """
    if mark.status == PASSED and mark.diagnosis not in (CORRECT, ""):
        return "remark"
    return mark.status


def outcome_of(mark):
    """The judge's diagnosis; where there is none, what became of the answer.

    >>> from attention_lab.grading.report import Mark
    >>> outcome_of(Mark("1.2.1", MISSING, "", 0, 1))
    'missing'
    """
    return mark.status if mark.status in (REFUSED, MISSING) else mark.diagnosis or mark.status


def tallies(reports):
    """A Tally for each exercise that any report has, in the course's order.

    Args:
        reports: of files that could be read.
    """
    found = {}
    for report in reports:
        for number, mark in report.marks.items():
            tally = found.setdefault(number, Tally(number))
            tally.outcomes[outcome_of(mark)].append((report, mark))
    return list(found.values())


def spread(scores, most):
    """How many scores lie in each step from 0 to the most that there is.

    A step is as wide as it must be for a dozen of them: 1, 2, 5, 10 points and so on. What is full
    marks has the last step for itself where it is a multiple of that width.

    Args:
        scores: finite numbers from 0 on.
        most: the most that anybody could have.

    Returns:
        List of (low, high, count); ``high`` is where the next step begins, or ``most``.

    >>> spread([0, 3.5, 6], 6)
    [(0, 1, 1), (1, 2, 0), (2, 3, 0), (3, 4, 1), (4, 5, 0), (5, 6, 0), (6, 6, 1)]
    >>> spread([], 0)
    [(0, 0, 0)]
    """
    width = next(
        figure * power
        for power in (10**n for n in range(300))
        for figure in (1, 2, 5)
        if most / (figure * power) <= MOST_BINS
    )
    bins = int(most // width) + 1
    counts = Counter(min(int(score // width), bins - 1) for score in scores)
    return [(n * width, min((n + 1) * width, most), counts[n]) for n in range(bins)]
