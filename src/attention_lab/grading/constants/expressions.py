"""What an expression is worth, by the kind of its node in the syntax tree."""

import ast

from attention_lab.grading.constants import indexing
from attention_lab.grading.constants.calls import CONSTANTS, FUNCTIONS, METHODS
from attention_lab.grading.constants.limits import DEPTH, HANDLED, NODES, Refused
from attention_lab.grading.constants.operators import operate, signed
from attention_lab.grading.constants.telling import described, located, short
from attention_lab.grading.constants.values import measured

MODULES = {"torch": "torch", "math": "math", "F": "torch.nn.functional"}
STANDARD = {"nan": "torch.nan", "inf": "torch.inf"}  # as the chapters' first cells call them
# What Python and the stand-in for torch raise where torch would.
FAULTS = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


class Module:
    """What torch, math or F stands for where nothing else is called so."""

    def __init__(self, name):
        self.name = name


class Reading:
    """The expressions of one function, with its names and with what it has cost so far.

    Args:
        own: names that the function binds; outside it they mean nothing.
        outside: which of torch, math, F, nan and inf mean outside what they should.
    """

    def __init__(self, own, outside):
        self.own = own
        self.outside = outside
        self.values = {}
        self.nodes = 0
        self.handled = 0
        self.depth = 0

    def value(self, node):
        """The value of an expression.

        Raises:
            Refused: it is no constant; names the line and what is not read.
        """
        self.spend(node)
        self.depth += 1
        try:
            if self.depth > DEPTH:
                raise Refused(f"expressions are nested more than {DEPTH} deep")
            if type(node) not in EXPRESSIONS:
                raise Refused(f"{described(node)} is no constant")
            return self.handle(EXPRESSIONS[type(node)](self, node))
        except (Refused, *FAULTS) as fault:
            raise located(fault, node) from None
        finally:
            self.depth -= 1

    def spend(self, node):
        """Count a node that is looked at."""
        self.nodes += 1
        if self.nodes > NODES:
            raise Refused(f"the answer takes more than {NODES} steps", node.lineno)

    def handle(self, value):
        """The value itself; its numbers are counted each time that it is made or taken up."""
        self.handled += measured(value)
        if self.handled > HANDLED:
            raise Refused(f"the answer handles more than {HANDLED} numbers")
        return value

    def constant(self, node):
        """A number. Truth values and None are read where a call or an index asks for them."""
        if type(node.value) not in (int, float, type(...)):
            raise Refused(f"{short(repr(node.value))} is no number")
        return node.value

    def name(self, node):
        """A name that the function gave to a value, or nan and inf."""
        meaning = self.meaning(node.id)
        if isinstance(meaning, Module):
            raise Refused(f"{node.id} itself is no number")
        return meaning

    def meaning(self, name):
        """What a name stands for."""
        if name in self.values:
            return self.values[name]
        known = (*MODULES, *STANDARD)
        if name in self.own or name not in known:
            more = f"; of names from outside, {', '.join(known)} are read"
            told = "" if name in self.own else more
            raise Refused(f"{short(name)} is not written out in this function{told}")
        if name not in self.outside:
            raise Refused(f"{name} may mean something else in this notebook")
        return Module(MODULES[name]) if name in MODULES else CONSTANTS[STANDARD[name]]

    def listed(self, node):
        """A list or a tuple."""
        return [self.value(item) for item in node.elts]

    def signed(self, node):
        """``-a``."""
        return signed(node.op, self.value(node.operand))

    def computed(self, node):
        """``a + b``."""
        return operate(node.op, self.value(node.left), self.value(node.right))

    def indexed(self, node):
        """``a[0]``."""
        return indexing.read(self.value(node.value), self.index(node.slice))

    def index(self, node):
        """What stands between the brackets: a number, a slice, or several of them."""
        if isinstance(node, ast.Tuple):
            return tuple(self.index_part(part) for part in node.elts)
        return self.index_part(node)

    def index_part(self, node):
        """One of them; a tuple among them is a list of numbers to pick."""
        if isinstance(node, ast.Slice):
            ends = (node.lower, node.upper, node.step)
            return slice(*(end and self.argument(end) for end in ends))
        part = self.argument(node)
        if isinstance(part, list) and not isinstance(node, (ast.List, ast.Tuple)):
            # As a tuple it would say a place on each axis, and that is not seen any more.
            raise Refused("a list that picks from a tensor is read where it is written out")
        return part

    def argument(self, node):
        """A value, or what has a meaning to what it is given to: True, False, None."""
        if isinstance(node, ast.Constant) and (node.value is None or type(node.value) is bool):
            return node.value
        return self.value(node)

    def attribute(self, node):
        """``torch.nan``."""
        path = self.path(node)
        if path not in CONSTANTS:
            raise Refused(f"{path or '.' + short(node.attr)} is not read")
        return CONSTANTS[path]

    def called(self, node):
        """``torch.tensor(…)``, ``a.norm()``."""
        path = self.path(node.func)
        if path in FUNCTIONS:
            function, args = FUNCTIONS[path], []
        elif not path and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            function, args = METHODS[node.func.attr], [self.value(node.func.value)]
        else:
            raise Refused(f"a call of {path or described(node.func)} is not read")
        args += [self.argument(argument) for argument in node.args]
        words = {keyword.arg: self.argument(keyword.value) for keyword in node.keywords}
        if None in words:
            raise Refused("arguments behind ** are not read")
        return function(*args, **words)

    def path(self, node):
        """``"torch.linalg.norm"`` where that is what is meant, ``""`` where no module leads."""
        if isinstance(node, ast.Attribute):
            home = self.path(node.value)
            return home and f"{home}.{short(node.attr)}"
        found = self.meaning(node.id) if isinstance(node, ast.Name) else None
        return found.name if isinstance(found, Module) else ""


EXPRESSIONS = {
    ast.Constant: Reading.constant,
    ast.Name: Reading.name,
    ast.List: Reading.listed,
    ast.Tuple: Reading.listed,
    ast.UnaryOp: Reading.signed,
    ast.BinOp: Reading.computed,
    ast.Subscript: Reading.indexed,
    ast.Attribute: Reading.attribute,
    ast.Call: Reading.called,
}
