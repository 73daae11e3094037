"""A solution passes, what is asserted not to pass does not, and a placeholder is told to be one.

Nothing is run: the grader's reader of constants goes through the cells of a solution, line by line.
What it cannot read, because it uses what other cells have made, waits for the build; but of each
solution one assertion must be readable.
"""

import ast

from attention_lab.authoring.cells import tree
from attention_lab.authoring.exercises import by_label, number_of
from attention_lab.authoring.fault import Fault, found_in
from attention_lab.exercises import course_answer
from attention_lab.faults import find_fault
from attention_lab.fixtures import SEED
from attention_lab.grading.constants.finding import find
from attention_lab.grading.constants.limits import Refused
from attention_lab.grading.constants.literal import value_of
from attention_lab.judge import judge

FEATURES = len(SEED.key[0])


def faults(book):
    """What the judge says of solutions, of placeholders and of the course's own answers."""
    tasks = {task.number: task for task in book.tasks}
    yield from _placeholders(book)
    yield from _of_the_course(book)
    labels = by_label(book)
    for page in book.pages:
        for start in page.directives("solution-start"):
            task = tasks.get(labels.get(start.argument))
            cells = [cell for cell in page.cells if cell.solution == start.argument]
            if task:
                yield from _solution(page, cells, task, start.line)


class _Read:
    """The lines of a solution that are constants, and the names whose value is not known."""

    def __init__(self):
        self.lines = []
        self.unknown = set()

    def value(self, expression):
        """The value of an expression; raises Refused where it is no constant."""
        used = {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}
        if used & self.unknown:
            raise Refused("it uses what other cells have made")
        return value_of(_function([*self.lines, ast.Return(expression)]))

    def take(self, statement):
        """One line: known from now on is what it binds, if it is constant; else unknown."""
        bound = {n.id for n in ast.walk(statement) if getattr(n, "ctx", None) and _stores(n)}
        used = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name)} - bound
        try:
            if used & self.unknown or not isinstance(statement, (ast.Assign, ast.AugAssign)):
                raise Refused("not read")
            value_of(_function([*self.lines, statement]))
        except Refused:
            self.unknown |= bound
        else:
            self.lines.append(statement)
            self.unknown -= bound


def _stores(node):
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _function(body):
    function = ast.parse("def solution(): pass").body[0]
    function.body = body
    return ast.fix_missing_locations(function)


def _solution(page, cells, task, line):
    """What the judge says otherwise than a solution's assertions."""
    read, told = _Read(), False
    for cell in cells:
        for statement in getattr(tree(cell), "body", []):
            if not isinstance(statement, ast.Assert):
                read.take(statement)
                continue
            for wanted, number, answer in _claims(statement.test):
                if number != task.number:
                    continue
                try:
                    verdict = judge(task, read.value(answer))
                except Refused:
                    continue
                told = told or wanted
                at = cell.first + statement.lineno - 1
                if wanted and not verdict:
                    what = f"The solution of {number} does not pass: {verdict.message}"
                    yield Fault(page.file, at, what, "Mend the answer, or the exercise.")
                if verdict and not wanted:
                    what = f"{number} is passed by what should fail: {verdict.message}"
                    yield Fault(page.file, at, what, "Mend the answer, or the exercise.")
    if not told:
        what = f"The solution of {task.number} asserts nothing that can be read as constants."
        yield Fault(page.file, line, what, f'Write assert check("{task.number}", …) of numbers.')


def _claims(test, wanted=True):
    """What an assertion says of answers: whether they pass, the number, the answer's expression."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for part in test.values:
            yield from _claims(part, wanted)
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _claims(test.operand, not wanted)
    elif isinstance(test, ast.Call) and getattr(test.func, "id", "") == "check":
        if len(test.args) == 2 and not test.keywords:
            yield wanted, getattr(test.args[0], "value", None), test.args[1]


class _Cell:
    """A cell as the grader's reader takes it."""

    def __init__(self, source):
        self.place, self.source = 1, source


def _placeholders(book):
    """A cell to fill in whose answer the judge does not know for a placeholder."""
    for page, cell in book.cells:
        if "exercise" not in cell.tags or tree(cell) is None:
            continue
        for number, answer in find([_Cell(cell.source)], book.tasks).items():
            task = next(task for task in book.tasks if task.number == number)
            fixture = task.on(SEED)[0]
            fault = find_fault(answer.value, task.shape(len(fixture.key[0])))
            if fault and fault[0] == "not-finite/placeholder":
                continue
            verdict = judge(task, answer.value)
            passes = "passes" if verdict else "is not answered as a placeholder"
            what = f"What is to be filled in for {number} {passes}: {answer.refusal or verdict.message}"
            todo = f"Return nan in the shape {task.shape(len(fixture.key[0]))}."
            yield Fault(page.file, cell.first + answer.line - 1, what, todo)


def _of_the_course(book):
    """Exercises without an answer of the course, or with one that does not pass."""
    for task in book.tasks:
        answer = course_answer(task, SEED)
        place = found_in(book.project, "exercises/*.py", f'number="{task.number}"')
        if answer is None:
            todo = "Write it into GIVEN in src/attention_lab/answers.py."
            yield Fault(*place, f"The course has no answer to {task.number}.", todo)
        elif not (verdict := judge(task, answer)):
            what = f"The course's answer to {task.number} does not pass: {verdict.message}"
            yield Fault(*place, what, "Mend it in src/attention_lab/answers.py, or the exercise.")
