"""Many submissions: in order, each by itself, whatever happens to one of them."""

import multiprocessing
import os
import time

import pytest

from attention_lab.grading import batch
from attention_lab.grading.batch import CHUNK, FEW, Submission, mark_all, mark_one
from attention_lab.grading.guard import TooLong, bound_memory, deadline
from attention_lab.grading.marking import Rules
from attention_lab.grading.report import Report, Student
from tests.grading.handed_in import answers

ADA = Student("Ada", "s1")


def a_class(count, **changed):
    """So many submissions; the odd ones get an exercise wrong."""
    right, wrong = answers(), answers(get_query131="torch.ones(1, 3)")
    return [Submission(f"{n}.ipynb", ADA, wrong if n % 2 else right) for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, FEW - 1, FEW, FEW + 5 * CHUNK + 1])
def test_reports_come_in_the_order_of_the_files(count):
    reports = list(mark_all(a_class(count), processes=2))
    assert [report.file for report in reports] == [f"{n}.ipynb" for n in range(count)]
    assert [report.score for report in reports] == [5 if n % 2 else 6 for n in range(count)]


def test_submissions_are_read_as_they_are_needed():
    """So that a class of large files does not have to fit into memory."""
    taken = []

    def reading():
        for submission in a_class(FEW + 20 * CHUNK):
            taken.append(submission.file)
            yield submission

    next(mark_all(reading(), processes=1))
    assert len(taken) < FEW + 5 * CHUNK


def test_the_rules_reach_every_process():
    reports = mark_all(a_class(FEW + 1), Rules(points={"1.2.1": 7}), processes=2)
    assert {report.max_score for report in reports} == {12}


def test_what_is_no_notebook_is_told_and_not_read():
    (report,) = mark_all([Submission("a.pdf", ADA, b"", "Expected a notebook.")])
    assert (report.error, report.marks) == ("Expected a notebook.", {})


def test_a_mistake_of_ours_costs_one_file(monkeypatch):
    def fails(file, *_):
        if file == "1.ipynb":
            raise KeyError("mistake")
        return Report(file, ADA)

    monkeypatch.setattr(batch, "mark", fails)
    errors = [report.error for report in mark_all(a_class(3))]
    assert errors[0] == errors[2] == ""
    assert "KeyError" in errors[1]


def test_what_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(batch, "mark", lambda *_: time.sleep(60))
    monkeypatch.setattr(batch, "deadline", lambda: deadline(0.05))
    report = mark_one(Rules(), a_class(1)[0])
    assert "longer than" in report.error


def test_the_clock_is_put_back():
    with pytest.raises(TooLong), deadline(0.01):
        time.sleep(60)
    with deadline(0.05):
        pass
    time.sleep(0.1)  # nothing rings afterwards


def dies_at(file, rules, submission):
    """What would be the end of the process that marks it."""
    if submission.file == file:
        os._exit(9)
    return mark_one(rules, submission)


def test_a_process_that_dies_takes_only_its_file_with_it(monkeypatch):
    monkeypatch.setattr(batch, "mark_one", Dying("20.ipynb"))
    reports = list(mark_all(a_class(FEW + 2 * CHUNK), processes=2))
    broken = [report.file for report in reports if report.error]
    assert broken == ["20.ipynb"]
    assert len(reports) == FEW + 2 * CHUNK


class Dying:
    """``mark_one``, but for one file; a class, so that other processes can be given it."""

    def __init__(self, file):
        self.file = file

    def __call__(self, rules, submission):
        return dies_at(self.file, rules, submission)


def greedy(answer):
    bound_memory()
    try:
        bytearray(1 << 40)
    except MemoryError:
        answer.put("bounded")


def test_a_process_that_marks_has_so_much_memory_and_no_more():
    context = multiprocessing.get_context("spawn")
    answer = context.Queue()
    process = context.Process(target=greedy, args=(answer,))
    process.start()
    assert answer.get(timeout=30) == "bounded"
    process.join()
