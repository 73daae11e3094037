"""An answer's function becomes its value, read from the syntax tree. Nothing of it is executed.

A function without arguments is gone through line by line. What it may hold, numbers, lists,
tensors, arithmetic, and the calls in ``calls.py``, has the meaning that torch gives it, down to a
tensor that two names share. Everything else is refused, with its line.
"""

import ast

from attention_lab.grading.constants import indexing
from attention_lab.grading.constants.expressions import (
    EXPRESSIONS,
    FAULTS,
    MODULES,
    STANDARD,
    Module,
    Reading,
)
from attention_lab.grading.constants.limits import Refused
from attention_lab.grading.constants.nodes import nodes
from attention_lab.grading.constants.operators import operate
from attention_lab.grading.constants.telling import described, located, short
from attention_lab.grading.constants.values import Tensor, as_lists

KNOWN = (*MODULES, *STANDARD)
# How a name comes to mean what it means in torch's own documentation.
IMPORTS = {
    "import torch": "torch",
    "import math": "math",
    "import torch.nn.functional as F": "F",
    "from torch.nn import functional as F": "F",
}


def value_of(function, outside=KNOWN):
    r"""What a function returns.

    Args:
        function: an ``ast.FunctionDef``.
        outside: which of the names ``KNOWN`` mean outside the function what they should.

    Returns:
        Nested lists of numbers, or a number; None where it returns nothing, as in Python.

    Raises:
        Refused: it is no function of constants, or takes more than it may.

    >>> value_of(ast.parse('def f():\n  k = torch.tensor([3.])\n  return 2 * k').body[0])
    [6.0]
    """
    _refuse_unless_plain(function)
    own = set(_bound(function))
    if "__debug__" in own:
        raise Refused("Python lets nothing be called __debug__", function.lineno)
    reading = Reading(own, outside)
    for n, statement in enumerate(function.body):
        if isinstance(statement, ast.Return):
            _refuse_unless_dead(function.body[n + 1 :])
            return _returned(reading, statement.value)
        _run(reading, statement)
    return None


def _returned(reading, node):
    """The value of ``return …``."""
    if node is None or (isinstance(node, ast.Constant) and node.value is None):
        return None
    return as_lists(reading.value(node))


def _refuse_unless_plain(function):
    """Only ``def name():`` is read: no arguments, no decorators."""
    asked = function.args
    if asked.posonlyargs or asked.args or asked.kwonlyargs or asked.vararg or asked.kwarg:
        raise Refused("the function asks for arguments", function.lineno)
    if function.decorator_list or getattr(function, "type_params", None):
        raise Refused("a decorator may change what the function returns", function.lineno)


def _bound(function):
    """The names that a function binds: in Python they mean nothing else in the whole of it.

    Raises:
        Refused: there is a yield, even in an annotation; then calling the function runs none of it.
    """
    for node in nodes(function):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.asname or node.name
        elif isinstance(node, (ast.Yield, ast.YieldFrom)):
            raise Refused("with yield a function returns no value", node.lineno)


def _refuse_unless_dead(statements):
    """Raise where lines behind the return are more than old answers: global would change it."""
    for statement in statements:
        for node in ast.walk(statement):
            if not isinstance(node, DEAD):
                raise Refused(f"{described(node)} behind the return is not read", statement.lineno)


def _run(reading, statement):
    """One line before the return."""
    reading.spend(statement)
    try:
        if type(statement) not in STATEMENTS:
            raise Refused(f"{described(statement)} is not read")
        STATEMENTS[type(statement)](reading, statement)
    except (Refused, *FAULTS) as fault:
        raise located(fault, statement) from None


def _assign(reading, statement):
    """``a = b = …``."""
    value = reading.value(statement.value)
    for target in statement.targets:
        _put(reading, target, value)


def _assign_annotated(reading, statement):
    """``a: torch.Tensor = …``; of a local name Python does not look at the annotation."""
    if not isinstance(statement.target, ast.Name):
        raise Refused("an annotation is read of a name")
    if statement.value:
        _put(reading, statement.target, reading.value(statement.value))


def _put(reading, target, value):
    """A value under a name, at a place of a tensor, or spread over several names."""
    if isinstance(target, ast.Name):
        reading.values[target.id] = value
    elif isinstance(target, ast.Subscript):
        indexing.write(reading.value(target.value), reading.index(target.slice), value)
    elif isinstance(target, (ast.Tuple, ast.List)):
        for part, item in zip(target.elts, _spread(value, len(target.elts))):
            _put(reading, part, item)
    else:
        raise Refused(f"{described(target)} is not assigned to")


def _spread(value, count):
    """The items of a list or the rows of a tensor, as many as there are names."""
    if not isinstance(value, (list, Tensor)) or len(value) != count:
        raise Refused(f"the right side does not hold {count} values")
    return list(value)


def _change(reading, statement):
    """``a += …``, which changes a tensor for all of its names."""
    target = statement.target
    if isinstance(target, ast.Name):
        old = reading.name(target)
        other = reading.value(statement.value)
        reading.values[target.id] = reading.handle(operate(statement.op, old, other, in_place=True))
    elif isinstance(target, ast.Subscript):
        whole, index = reading.value(target.value), reading.index(target.slice)
        old, other = indexing.read(whole, index), reading.value(statement.value)
        new = reading.handle(operate(statement.op, old, other, in_place=True))
        indexing.write(whole, index, new)
    else:
        raise Refused(f"{described(target)} is not changed")


def _import(reading, statement):
    """``import torch``, within the function."""
    written = ast.unparse(statement)
    if written not in IMPORTS:
        raise Refused(f"of imports, {', '.join(IMPORTS)} are read, not {short(written)}")
    name = IMPORTS[written]
    reading.values[name] = Module(MODULES[name])


def _pass(reading, statement):
    """A docstring, or nothing."""
    if isinstance(statement, ast.Expr) and not isinstance(statement.value, ast.Constant):
        raise Refused(f"{described(statement.value)} on its own is not read")


STATEMENTS = {
    ast.Assign: _assign,
    ast.AnnAssign: _assign_annotated,
    ast.AugAssign: _change,
    ast.Import: _import,
    ast.ImportFrom: _import,
    ast.Expr: _pass,
    ast.Pass: _pass,
}
DEAD = (
    *(STATEMENTS.keys() - {ast.Import, ast.ImportFrom}),
    *EXPRESSIONS,
    ast.Return,
    ast.Slice,
    ast.keyword,
    ast.expr_context,
    ast.operator,
    ast.unaryop,
)
