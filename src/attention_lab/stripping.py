"""Python without what only a reader needs: for the copy that students get.

All that stays, stays letter for letter: code that is written anew, as ``ast.unparse`` does, may
have f-strings that an older Python cannot read.
"""

import ast
import io
import tokenize

OLDEST = (3, 11)  # Python that a reader may have, as pyproject.toml says
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def stripped(source, rewrite):
    r"""A module without comments and with other docstrings.

    Args:
        source: of the module.
        rewrite: a function of a docstring; it returns another one, or nothing to have none.

    Raises:
        SyntaxError: what came out is no Python of the oldest version.

    >>> source = 'def half(x):\n    "Half."  # of x\n    return x / 2\n'
    >>> stripped(source, lambda docstring: "")
    'def half(x):\n    return x / 2\n'
    """
    lines = source.splitlines(keepends=True)
    docstrings = dict(_docstrings(ast.parse(source), rewrite))
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    for token in reversed(tokens):  # from the end, so that what is above keeps its place
        (first, column), (last, end) = token.start, token.end
        if token.type == tokenize.COMMENT:
            before = lines[first - 1][:column].rstrip()
            lines[first - 1] = f"{before}\n" if before else ""
        elif token.type == tokenize.STRING and token.start in docstrings:
            said = lines[first - 1][:column] + docstrings[token.start] + lines[last - 1][end:]
            lines[first - 1 : last] = [said if said.strip() else ""]
    bare = "".join(lines)
    ast.parse(bare, feature_version=OLDEST)
    return bare


def _docstrings(tree, rewrite):
    """Where each docstring begins, and what goes there instead."""
    for node in ast.walk(tree):
        text = ast.get_docstring(node) if isinstance(node, DOCUMENTED) else None
        if text is not None:
            text = rewrite(text)
            quoted = ast.unparse(ast.Module([ast.Expr(ast.Constant(text))], [])) if text else ""
            alone = len(node.body) == 1 and not isinstance(node, ast.Module)
            yield (node.body[0].lineno, node.body[0].col_offset), quoted or "pass" * alone
