"""A whole class: many submissions, each marked by itself, on every processor there is."""

import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import NamedTuple

from attention_lab.grading.guard import SECONDS, TooLong, bound_memory, deadline
from attention_lab.grading.marking import Rules, mark
from attention_lab.grading.report import Report, Student

FEW = 48  # to be marked at once, before other processes would have started
CHUNK = 16


class Submission(NamedTuple):
    """What was handed in.

    Attributes:
        file: what it is called.
        student: a ``Student``.
        data: the notebook, as bytes.
        error: why there is no notebook; "" if there is.
        known_as: as ``mark`` takes it.
        note: what a person should know of the file.
    """

    file: str
    student: Student
    data: bytes
    error: str = ""
    known_as: str | None = None
    note: str = ""


def mark_all(submissions, rules=Rules(), processes=None):  # noqa: B008 - it is frozen
    """The Reports on submissions, one after the other, in their order.

    Whatever happens while one is marked, the others are marked as well.

    Args:
        submissions: ``Submission``s; read as they are needed.
        rules: the class's ``Rules``.
        processes: how many to start for more than a few; one a processor if left out.
    """
    submissions = iter(submissions)
    few = list(islice(submissions, FEW))
    mark_it = partial(mark_one, rules)
    if len(few) < FEW:
        yield from map(mark_it, few)
        return
    pool = _Pool(mark_it, processes or len(_processors()))
    waiting = deque()
    for chunk in _chunks(few, submissions):
        waiting.append(pool.begin(chunk))
        if len(waiting) > 2 * pool.processes:
            yield from pool.end(*waiting.popleft())
    while waiting:
        yield from pool.end(*waiting.popleft())
    pool.close()


def mark_one(rules, submission):
    """The Report on one submission, whatever it does."""
    report = _marked(rules, submission)
    report.notes += [submission.note] if submission.note else []
    return report


def _marked(rules, submission):
    file, student, data, error, known_as, _ = submission
    try:
        with deadline():
            if not error:
                return mark(file, student, data, rules, known_as)
    except TooLong:
        error = f"It takes longer than {SECONDS} seconds to read. A person must look at it."
    except (Exception, RecursionError, MemoryError) as fault:
        what = f"{type(fault).__name__}: {str(fault)[:200]}"
        error = f"It cannot be marked ({what}). A person must look at it; please report this."
    return Report(file, student, error=error)


def _chunks(first, rest):
    """Lists of a few submissions."""
    yield from (first[i : i + CHUNK] for i in range(0, len(first), CHUNK))
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _processors():
    """The processors that this process may use."""
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count())


class _Pool:
    """Processes that mark; one that dies takes only the submission with it that it died of."""

    def __init__(self, mark_it, processes):
        self.mark_it = mark_it
        self.processes = processes
        self.executor = None

    def begin(self, chunk):
        """A chunk, and a promise of its Reports."""
        try:
            return chunk, self._submit(chunk)
        except BrokenProcessPool:
            self.close()
            return chunk, self._submit(chunk)

    def _submit(self, chunk):
        if self.executor is None:
            # A forked process would take along what runs in this one's other threads.
            context = get_context("spawn")
            self.executor = ProcessPoolExecutor(self.processes, context, bound_memory)
        return self.executor.submit(_mark_chunk, self.mark_it, chunk)

    def end(self, chunk, promise):
        """The Reports on a chunk."""
        try:
            return promise.result()
        except BrokenProcessPool:
            self.close()
            return [self._alone(submission) for submission in chunk]

    def _alone(self, submission):
        try:
            return self._submit([submission]).result()[0]
        except BrokenProcessPool:
            self.close()
            error = "Reading it ends the program that reads. A person must look at it."
            return Report(submission.file, submission.student, error=error)

    def close(self):
        """End the processes."""
        if self.executor is not None:
            self.executor.shutdown(cancel_futures=False)
            self.executor = None


def _mark_chunk(mark_it, chunk):
    return [mark_it(submission) for submission in chunk]
