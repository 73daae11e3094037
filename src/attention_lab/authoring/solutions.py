"""A solution passes, and what is asserted not to pass does not; so says the judge.

Nothing is run: the grader's reader of constants goes through the cells of a solution, line by line.
What it cannot read, because it uses what other cells have made, waits for the build; but of each
solution one assertion must be readable.
"""

import ast

from attention_lab.authoring.cells import tree
from attention_lab.authoring.data import possible
from attention_lab.authoring.exercises import labels_of_boxes
from attention_lab.authoring.fault import Fault
from attention_lab.grading.constants.limits import Refused
from attention_lab.grading.constants.literal import value_of
from attention_lab.judge import judge

TODO = "Mend the answer, or the exercise."


def faults(book):
    """Solutions on the pages that the judge sees otherwise."""
    tasks = {task.number: task for task in book.tasks if possible(task)}
    labels = labels_of_boxes(book)
    for page, start in book.directives("solution-start"):
        task = tasks.get(labels.get(start.argument))
        if task:
            cells = [cell for cell in page.cells if cell.solution == start.argument]
            yield from _solution(page, cells, task, start.line)


def _solution(page, cells, task, line):
    """What the judge says otherwise than a solution's assertions."""
    known, seen = Known(), False
    for cell, statement in [(c, s) for c in cells for s in getattr(tree(c), "body", [])]:
        known.take(statement)
        for passes, number, expression in _claims(statement):
            answer = known.value(expression) if number == task.number else None
            if answer is None:
                continue
            verdict = judge(task, answer)
            seen = seen or (passes and "solution" in cell.tags)
            if verdict.passed != passes:
                does = "does not pass" if passes else "has an answer pass that should not"
                what = f"The solution of {number} {does}: {verdict.message}"
                yield Fault(page.file, cell.first + statement.lineno - 1, what, TODO)
                break
    if not seen:
        what = f"No cell tagged solution asserts that constants pass {task.number}."
        yield Fault(page.file, line, what, f'Write assert check("{task.number}", answer).')


def _claims(statement):
    """What an assertion says of answers: whether they pass, the number, the answer's expression."""
    if isinstance(statement, ast.Assert):
        yield from _said(statement.test, True)


def _said(test, passes):
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for part in test.values:
            yield from _said(part, passes)
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _said(test.operand, not passes)
    elif _is_check(test):
        yield passes, getattr(test.args[0], "value", None), test.args[1]


def _is_check(node):
    """Whether it is ``check(number, answer)``, on the course's own numbers."""
    called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check"
    return called and len(node.args) == 2 and not node.keywords


class Known:
    """The lines so far that are constants, and the names whose value is not known.

    >>> known = Known()
    >>> for line in ast.parse("a = [1.0]; b = key[0]; c = 2").body:
    ...     known.take(line)
    >>> known.value(ast.parse("a", mode="eval").body)
    [1.0]
    >>> known.value(ast.parse("a + b", mode="eval").body) is None
    True
    """

    def __init__(self):
        self.lines = []
        self.unknown = set()

    def take(self, statement):
        """One line: what it binds is known from now on if it is constant, else unknown."""
        names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        bound = {name.id for name in names if isinstance(name.ctx, ast.Store)}
        changed = isinstance(statement, (ast.Assign, ast.AugAssign))
        if not changed:
            self.unknown |= bound
        elif self._read(statement) is None:
            self.unknown |= bound | _changed(statement)
        else:
            self.lines.append(statement)
            self.unknown -= bound

    def value(self, expression):
        """The value of an expression; None where it is no constant."""
        return self._read(ast.Return(expression))

    def _read(self, last):
        """What the known lines and this one return: () for nothing, None if unread."""
        names = [node for node in ast.walk(last) if isinstance(node, ast.Name)]
        if self.unknown & {name.id for name in names if isinstance(name.ctx, ast.Load)}:
            return None
        function = ast.parse("def solution(): pass").body[0]
        function.body = [*self.lines, last]
        try:
            found = value_of(ast.fix_missing_locations(function))
        except Refused:
            return None
        return () if found is None else found


def _changed(statement):
    """The tensors of which a line changes a part."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    return {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
