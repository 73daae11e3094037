"""Whoever changes the numbers is told all that no longer holds, with its line, in one build."""

import ast

import numpy
import pytest
import torch

from attention_lab.kernel import FAILED, Claims
from attention_lab.release.book import COLOUR
from tests.tiny import HEADER, TinyBook

PAGE = (
    HEADER
    + """\
```{code-cell}
:tags: [remove-cell]

two = 1 + 1
assert two == 3
assert two == 2
```

Two is three.

```{code-cell}
class Told:
    message = "It is 2."

    def __bool__(self):
        return False


assert Told()
print("still here")
```

```{code-cell}
:tags: [remove-cell]

assert all(
    two < limit
    for limit in (1, 2)
)
```
"""
)


def run(source, **names):
    """Execute a cell as the book's kernels do."""
    tree = Claims().visit(ast.parse(source))
    exec(compile(tree, "cell", "exec"), names)


def test_a_claim_that_holds_says_nothing_and_one_that_fails_stops_nothing(capsys):
    run("assert 1 < 2\nassert (\n  1 > 2), 'in words'\nprint('more')\ndef f():\n  assert 0\nf()")
    said = capsys.readouterr()
    assert said.out == "more\n"
    assert said.err == f"{FAILED}2: 1 > 2\n{FAILED}6: 0\n"


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("x > y", "x > y, where x is 2, y is 3."),
        ("0 < x and x + 2 < y and 1 / 0", "x + 2 < y, where x + 2 is 4, y is 3."),
        ("not y < 1 / x * 7 <= 3.5", "not y < 1 / x * 7 <= 3.5, where y is 3, 1 / x * 7 is 3.5."),
        ("(row < 2).all()", "(row < 2).all(), where row is 0.5 to 2.5."),
        ("row.sum() == 1", "row.sum() == 1, where row.sum() is 3."),
        ("row.tolist() == []", "row.tolist() == [], where row.tolist() is [0.5, 2.5]."),
        ("len(row[:0])", "len(row[:0])"),
        ("row[:0].tolist() is row[:0]", " where row[:0].tolist() is [], row[:0] is {empty}."),
        ("any(n > 2.5 for n in row)", "any((n > 2.5 for n in row))"),
        ("'a' * 70 == x", "'a' * 70 == x, where x is 2."),
        ("x == 'a' + 70 * ' a' + str(x)", " where x is 2, 'a' + 70 * ' a' + str(x) is 'a a "),
    ],
)
@pytest.mark.parametrize("array", [torch.tensor, numpy.array])
def test_what_was_found_instead_is_told(claim, told, array, capsys):
    row = array([0.5, 2.5])
    run(f"assert {claim}", x=2, y=3, row=row)
    said = capsys.readouterr().err
    assert told.format(empty=repr(row[:0])) in said
    assert said.count("\n") == 1
    assert len(said) < 170


def test_a_claim_within_a_function_knows_its_names(capsys):
    run("def f(x):\n  assert x < 1\nf(2)")
    assert capsys.readouterr().err == f"{FAILED}2: x < 1, where x is 2.\n"


def test_what_a_claim_asks_is_asked_once(capsys):
    run("asked = []\nassert not asked.append(1)\nprint(asked)")
    assert capsys.readouterr().out == "[1]\n"


def test_an_error_in_a_claim_is_an_error():
    try:
        run("assert 1 / 0")
    except ZeroDivisionError:
        return
    raise AssertionError("The division by zero got lost.")


BROKEN = (
    HEADER
    + """\
```{code-cell}
lost = [][0]
```

```{code-cell}
:tags: [remove-cell]

assert lost > 0
glue(lost=lost)
```

The best is {glue:text}`lost:.2f`.

```{code-cell}
assert len("three") == 3
{}["four"]
```

```{code-cell}
print("still here")
```
"""
)


def test_what_follows_an_error_runs_and_is_told_unless_it_needs_what_was_to_be_made(tmp_path):
    tiny = TinyBook(tmp_path)
    tiny.write_page(BROKEN)
    lines = BROKEN.splitlines()
    told = COLOUR.sub("", tiny.build().stderr)
    for line, said in (
        (
            lines.index("lost = [][0]"),
            "cell 1 raised an error, IndexError: list index out of range:",
        ),
        (lines.index('{}["four"]') - 1, "cell 3 raised an error, KeyError: 'four':"),
        (
            lines.index('assert len("three") == 3'),
            "No longer holds: len('three') == 3, where len('three') is 5.",
        ),
    ):
        assert f"page.md:{line + 1}: WARNING: {said}\n" in told
    assert "NameError" not in told
    assert "glue" not in told.replace("glue(lost=lost)", "")
    assert "still here" in str(tiny.executed())


def test_a_build_lists_every_claim_that_fails_with_its_line(tmp_path):
    tiny = TinyBook(tmp_path)
    tiny.write_page(PAGE)
    lines = PAGE.splitlines()
    built = tiny.build()
    assert built.returncode != 0
    for claim, start in (
        ("two == 3, where two is 2.", "assert two == 3"),
        ("Told() It is 2.", "assert Told()"),
        ("all((two < limit for limit in (1, 2)))", "assert all("),
    ):
        line = lines.index(start) + 1
        assert f"page.md:{line}: WARNING: No longer holds: {claim}\n" in COLOUR.sub(
            "", built.stderr
        )
    assert built.stderr.count("WARNING") == 3
    assert "mend the text" in built.stdout
    assert "still here" in str(tiny.executed())
