"""What a refusal says of a piece of Python: in words that its author would use."""

import ast

from attention_lab.grading.constants.limits import Refused


def located(fault, node):
    """A fault as a refusal that names the line, which the innermost node knows best."""
    if isinstance(fault, Refused):
        return Refused(fault.reason, fault.line or node.lineno)
    return Refused(f"it cannot be computed: {short(str(fault))}", node.lineno)


def described(node):
    """A node in a few words: its name if it has one, else what it is.

    >>> described(ast.parse("for x in y: pass").body[0])
    'a loop'
    """
    if isinstance(node, ast.Name):
        return short(node.id)
    if isinstance(node, ast.Attribute):
        return short(f"{node.value.id if isinstance(node.value, ast.Name) else ''}.{node.attr}")
    return KINDS.get(type(node), type(node).__name__)


KINDS = {
    ast.BinOp: "arithmetic",
    ast.UnaryOp: "arithmetic",
    ast.List: "a list",
    ast.Tuple: "a tuple",
    ast.Dict: "a dictionary",
    ast.Set: "a set",
    ast.ListComp: "a comprehension",
    ast.SetComp: "a comprehension",
    ast.DictComp: "a comprehension",
    ast.GeneratorExp: "a comprehension",
    ast.IfExp: "a condition",
    ast.Compare: "a comparison",
    ast.BoolOp: "and, or",
    ast.JoinedStr: "a text",
    ast.NamedExpr: "a name given by :=",
    ast.Starred: "a star",
    ast.Lambda: "a function",
    ast.Call: "a call",
    ast.Slice: "a slice",
    ast.Await: "await",
    ast.If: "if",
    ast.With: "with",
    ast.Try: "try",
    ast.For: "a loop",
    ast.While: "a loop",
    ast.FunctionDef: "a function within",
    ast.ClassDef: "a class",
    ast.Delete: "del",
    ast.Global: "global",
    ast.Nonlocal: "nonlocal",
    ast.Import: "this import",
    ast.ImportFrom: "this import",
    ast.Assert: "assert",
    ast.Raise: "raise",
    ast.Subscript: "a place in a list",
}


def short(text):
    r"""Of a text what fits into a sentence.

    >>> short("a\n b"), len(short("long " * 99))
    ('a b', 80)
    """
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:77] + "..."
