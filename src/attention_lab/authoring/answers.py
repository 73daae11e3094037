"""The course has an answer to each exercise, which passes, also on each variant of the numbers."""

from attention_lab.authoring.data import possible
from attention_lab.authoring.exercises import data_of
from attention_lab.authoring.fault import Fault
from attention_lab.course import course_answer
from attention_lab.fixtures import SEED
from attention_lab.judge import judge
from attention_lab.variants import COUNT, variant

HOME = "src/attention_lab/answers.py"


def faults(book):
    """Exercises without an answer, and answers that do not pass."""
    variants = [variant(number) for number in range(COUNT)]
    for task in filter(possible, book.tasks):
        others = () if task.fixtures else variants
        yield from _answer(data_of(book, task), task, others)


def _answer(place, task, variants):
    """What is wrong with the course's answer to an exercise."""
    if course_answer(task, SEED) is None:
        what = f"The course has no answer to {task.number}."
        yield Fault(*place, what, f"Write it into {HOME}: a recipe, or numbers into GIVEN.")
        return
    verdict = judge(task, course_answer(task, SEED))
    failed = [one for one in variants if not judge(task, course_answer(task, one), one)]
    if not verdict:
        what = f"The course's answer to {task.number} does not pass: {verdict.message}"
        yield Fault(*place, what, f"Mend it in {HOME}, or the exercise.")
    elif failed:
        verdict = judge(task, course_answer(task, failed[0]), failed[0])
        where = f"on {len(failed)} of {len(variants)} variants, such as {failed[0].number}"
        what = f"The course's answer to {task.number} does not pass {where}: {verdict.message}"
        todo = f"Write a recipe into {HOME}, or keys and values into its fixtures."
        yield Fault(*place, what, todo)
