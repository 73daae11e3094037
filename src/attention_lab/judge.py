"""The judge: an answer to an exercise becomes a Verdict.

Plain Python on nested lists, so that the same files judge in a notebook, in the page and in the
grader. It counts in float64; an answer whose scores would not fit into float32, in which the course
counts, is refused.
"""

from attention_lab.arithmetic import INFINITY, dot, scores_of
from attention_lab.attempt import Attempt
from attention_lab.course import course_answer
from attention_lab.diagnoses import diagnose
from attention_lab.exercises import Exercise, wanted_weights
from attention_lab.exercises import exercise as exercise_of
from attention_lab.faults import find_fault, find_overflow
from attention_lab.fixtures import SEED
from attention_lab.messages import MESSAGES, PHRASES


class Verdict:
    """What the judge says of one answer. True in a condition when the answer passed.

    Attributes:
        exercise: its number.
        passed: whether the error is below the tolerance.
        error: largest absolute difference between output and target; None when the answer
            could not be used at all.
        tolerance: what the error must stay below.
        weights: obtained, ``[q][k]``; None when the answer could not be used.
        wanted: the weights asked for, ``[q][k]``.
        distance: total variation between the two, the largest over the rows, from 0 to 1; None
            when the answer could not be used.
        diagnosis: a code, such as ``"too-soft"``.
        message: the diagnosis in words, with this answer's own numbers and what to change.
        details: what was filled into the message, by name, as text.
    """

    def __init__(
        self,
        exercise,
        passed,
        error,
        tolerance,
        weights,
        wanted,
        distance,
        diagnosis,
        message,
        details,
    ):
        self.exercise = exercise
        self.passed = passed
        self.error = error
        self.tolerance = tolerance
        self.weights = weights
        self.wanted = wanted
        self.distance = distance
        self.diagnosis = diagnosis
        self.message = message
        self.details = details

    def __bool__(self):
        return self.passed


def judge(exercise, answer, fixture=SEED, own_query=None, query=None):
    """Judge an answer by the output that it leads to, and say why it is as it is.

    Args:
        exercise: its number, ``"1.2.1"``; or an ``Exercise``.
        answer: nested lists of numbers, in the shape that the exercise asks for.
        fixture: the keys and values to work on, where the exercise has none of its own.
        own_query: where a key is edited, the learner's own answer to the exercise whose query
            stays as it is. If it passed there, the key is judged with it; if not, the better
            of the two verdicts counts, with this query and with the course's.
        query: where a key is edited, the query that stays as it is, ``[q][d]``; the course's answer
            on this fixture if left out.

    Returns:
        A Verdict. An answer that cannot be used gets one that did not pass; nothing is raised.

    Raises:
        ValueError: there is no such exercise, or the fixture has too few keys for it.

    >>> judge("1.2.1", [[4.7, 6.5, 6.0]]).passed
    True
    >>> judge("1.2.1", [[0.47, 0.65, 0.60]]).details["factor"]
    '5'
    """
    task = exercise if isinstance(exercise, Exercise) else exercise_of(exercise)
    fixtures = task.on(fixture)
    fixture = fixtures[0]
    for one in fixtures:
        _refuse_unless_wanted_keys_exist(task, len(one.key))
    fault = find_fault(answer, task.shape(len(fixture.key[0])))
    if fault:
        return _say(task, fixture, *fault)
    if task.kind != "key":
        query = task.queries(answer)
        return _worst([_verdict(task, one, query, one.key) for one in fixtures])
    key = list(fixture.key)
    key[task.edits] = answer
    query = query or course_answer(exercise_of(task.query_of), fixture)
    if own_query is not None:
        return _with_own_query(task, fixture, own_query, query, key)
    if query is None:
        return _say(task, fixture, "not-finite/own-query", {"number": task.query_of})
    return _verdict(task, fixture, query, key)


def _refuse_unless_wanted_keys_exist(task, keys):
    """Raise unless the fixture has every key that the exercise names."""
    last = max([k for group in task.wanted for k in group] + [task.edits or 0])
    if last >= keys:
        raise ValueError(f"Exercise {task.number} needs key {last}; this fixture has {keys} keys.")


def _with_own_query(task, fixture, own_query, query, key):
    """The verdict with the learner's own query, unless that failed and the course's does better.

    In the copy that students get the course has none.
    """
    asked = exercise_of(task.query_of)
    usable = not _find_any_fault(asked, fixture, own_query)
    if not usable and query is None:
        return _say(task, fixture, "not-finite/own-query", {"number": task.query_of})
    if not usable:
        return _add(_verdict(task, fixture, query, key), "own-query/course", task.query_of)
    if Attempt(asked, scores_of(own_query, fixture.key), fixture.value).passes:
        return _add(_verdict(task, fixture, own_query, key), "own-query", task.query_of)
    verdict = _verdict(task, fixture, own_query, key)
    reference = query and _verdict(task, fixture, query, key)
    if reference is None or _rank(verdict) > _rank(reference):
        return _add(verdict, "own-query/failed", task.query_of)
    return _add(reference, "own-query/course", task.query_of)


def _worst(verdicts):
    """Of the verdicts on several draws of the keys the one that does worst, and on which it is."""

    def rank(n):
        passed, _, nearness = _rank(verdicts[n])
        return passed, verdicts[n].diagnosis == "correct", nearness

    worst = min(range(len(verdicts)), key=rank)
    verdict = verdicts[worst]
    if len(verdicts) > 1:
        draw = PHRASES["draw"].format(n=worst + 1, all=len(verdicts))
        verdict.message = draw + verdict.message
    return verdict


def _find_any_fault(task, fixture, query):
    """Why a query cannot be used with these keys, or None."""
    fault = find_fault(query, task.shape(len(fixture.key[0])))
    return fault or find_overflow(query, fixture.key)


def _rank(verdict):
    """To be compared: better is to pass, then to fail for a cause, then by a smaller error."""
    error = INFINITY if verdict.error is None else verdict.error
    return verdict.passed, verdict.diagnosis != "off-target", -error


def _add(verdict, template, number):
    """Say behind a verdict's message which query it was judged with."""
    verdict.message += " " + MESSAGES[template].format(number=number)
    return verdict


def _verdict(task, fixture, query, key):
    """The Verdict on what this query makes of these keys."""
    fault = find_overflow(query, key)
    if fault:
        return _say(task, fixture, *fault)
    length = max([dot(row, row) ** 0.5 for row in query])
    attempt = Attempt(task, scores_of(query, key), fixture.value, length=length)
    return _say(task, fixture, *diagnose(attempt), attempt)


def _say(task, fixture, template, details, attempt=None):
    """A message filled in, and what there is to measure of an attempt, if it came to one."""
    return Verdict(
        exercise=task.number,
        passed=attempt is not None and attempt.passes,
        error=attempt and attempt.error,
        tolerance=task.tolerance,
        weights=attempt and attempt.weights,
        wanted=wanted_weights(task, len(fixture.key)),
        distance=attempt and attempt.distance,
        diagnosis=template.split("/")[0],  # behind the slash stands a variant of its message
        message=MESSAGES[template].format(**details),
        details=details,
    )
