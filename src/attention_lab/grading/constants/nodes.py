"""The nodes of a syntax tree without its leaves: most of a tree are constants and operators."""

import ast

LEAVES = (ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop)
SMALL = {ast.Constant, *(kind for leaf in LEAVES for kind in leaf.__subclasses__())}


def nodes(tree):
    """A node and all those below it, but for constants, operators and the like."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += below(node)


def below(node):
    """The nodes right below one, but for those."""
    found = []
    for name in node._fields:
        part = getattr(node, name, None)
        if isinstance(part, list):
            found += [
                item for item in part if isinstance(item, ast.AST) and type(item) not in SMALL
            ]
        elif isinstance(part, ast.AST) and type(part) not in SMALL:
            found.append(part)
    return found
