"""Proof that the tests of the evaluator can fail: each planted mistake makes one of them fail."""

import pytest

from tests.planting import run_tests_on_a_copy

READ, TORCH = "grading/constants/{}.py".format, "page/torch/{}.py".format
MISTAKES = {
    "no name shares a tensor": (
        READ("literal"),
        "reading.handle(operate(statement.op, old, other, in_place=True))\n    elif",
        "reading.handle(operate(statement.op, old, other))\n    elif",
    ),
    "overlap does not matter": (READ("values"), "if isinstance(read, Tensor) and", "if False and"),
    "float32 is float64": (TORCH("dtypes"), '"Float", 2, "f")', '"Float", 2, "d")'),
    "nothing is too large": (READ("values"), "if dtype is float32 and", "if False and"),
    "whole numbers are cut off": (READ("indexing"), "is int64 and not _is_whole", "is 0 and not"),
    "a tuple picks as a list does": (
        READ("expressions"),
        "if isinstance(part, list) and not",
        "if False and not",
    ),
    "own names mean what they mean outside": (
        READ("expressions"),
        "if name in self.own or name not in",
        "if name not in",
    ),
    "depth is no matter": (READ("expressions"), "if self.depth > DEPTH", "if False"),
    "work is not counted": (READ("expressions"), "self.handled += measured(value)", "pass"),
    "steps are not counted": (READ("expressions"), "self.nodes += 1", "pass"),
    "a yield is no matter": (READ("literal"), "(ast.Yield, ast.YieldFrom)", "()"),
    "lines behind the return are no matter": (
        READ("literal"),
        "_refuse_unless_dead(function.body[n + 1 :])",
        "pass",
    ),
    "decorators are no matter": (READ("literal"), "if function.decorator_list or", "if"),
    "the first definition counts": (READ("finding"), "definitions[-1]", "definitions[0]"),
    "nothing undoes a definition": (
        READ("finding"),
        "(behind or binding.always)",
        "binding.always",
    ),
    "a star is harmless": (READ("finding"), "binding.meaning not in HARMLESS", "False"),
    "torch is always torch": (
        READ("finding"),
        "and binding.meaning not in MEANINGS",
        "and not MEANINGS",
    ),
    "del is nothing": (
        READ("bindings"),
        "if not isinstance(node.ctx, ast.Load):\n        yield node.id",
        "if isinstance(node.ctx, ast.Store):\n        yield node.id",
    ),
    "global is nothing": (READ("bindings"), "if isinstance(node, ast.Global)", "if False"),
    "an attribute is nothing": (READ("bindings"), "yield _root(node), ", "yield None, "),
    "exec is nothing": (READ("bindings"), "node.func.id in WAYS", "False"),
    "other letters are others": (READ("cells"), "if not source.isascii()", "if False"),
    "cells may be of any length": (READ("cells"), "if len(source) > CELL", "if False"),
    "code may be of any length": (READ("cells"), "left -= len(source)", "pass"),
    "every key is normalised": (
        READ("normalising"),
        "and _brings_to_length_1(statement, place)",
        "and True",
    ),
    "no magic is taken out": (READ("sources"), "return MAGIC.sub", "return source or MAGIC.sub"),
}
# Which test must notice: that of functions, or the quicker one of cells, which needs no torch.
OF_CELLS = [READ(name) for name in ("bindings", "cells", "finding", "normalising", "sources")]


def noticed_by(path=""):
    """The tests that must notice a mistake in a file; without one, all of them."""
    names = ("finding",) if path in OF_CELLS else ("literal",) if path else ("literal", "finding")
    return [f"grading/test_{name}.py" for name in names]


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_planted_mistake_is_caught(tmp_path, mistake):
    ran = run_tests_on_a_copy(tmp_path, noticed_by(mistake[0]), *mistake)
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED, ran.stdout


def test_without_a_mistake_the_same_tests_pass(tmp_path):
    ran = run_tests_on_a_copy(tmp_path, noticed_by())
    assert ran.returncode == pytest.ExitCode.OK, ran.stdout
