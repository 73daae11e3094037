"""What is to be filled in does not pass as it is, and the judge calls it a placeholder."""

from attention_lab.authoring.cells import tree
from attention_lab.authoring.data import possible
from attention_lab.authoring.fault import Fault
from attention_lab.fixtures import SEED
from attention_lab.grading.constants.finding import find
from attention_lab.grading.handed_in.notebooks import Cell
from attention_lab.grading.marking import is_placeholder
from attention_lab.judge import judge


def faults(book):
    """Cells to fill in that pass, or that are answered as if somebody had answered."""
    for page, cell in book.cells:
        if "exercise" not in cell.tags or tree(cell) is None:
            continue
        answers = find([Cell(1, cell.source)], book.tasks)
        for task in book.tasks:
            if task.number in answers and possible(task):
                yield from _placeholder(page, cell, task, answers[task.number])


def _placeholder(page, cell, task, answer):
    """What the judge says to a placeholder, if it is not that it is one."""
    if is_placeholder(task, answer.value, SEED):
        return
    verdict = judge(task, answer.value)
    does = "passes" if verdict else "is not told to be a placeholder"
    what = f"What is to be filled in for {task.number} {does}: {answer.refusal or verdict.message}"
    line = cell.first + answer.line - 1
    shape = task.shape(len(task.on(SEED)[0].key[0]))
    yield Fault(page.file, line, what, f"Return nan in the shape {shape}.")
