"""Whoever changes the numbers is told all that no longer holds, with its line, in one build."""

import ast

from attention_lab.kernel import FAILED, Claims
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


def run(source):
    """Execute a cell as the book's kernels do."""
    tree = Claims().visit(ast.parse(source))
    exec(compile(tree, "cell", "exec"), {})


def test_a_claim_that_holds_says_nothing_and_one_that_fails_stops_nothing(capsys):
    run("assert 1 < 2\nassert (\n  1 > 2), 'in words'\nprint('more')\ndef f():\n  assert 0\nf()")
    said = capsys.readouterr()
    assert said.out == "more\n"
    assert said.err == f"{FAILED}2: 1 > 2\n{FAILED}6: 0\n"


def test_what_a_claim_asks_is_asked_once(capsys):
    run("asked = []\nassert not asked.append(1)\nprint(asked)")
    assert capsys.readouterr().out == "[1]\n"


def test_an_error_in_a_claim_is_an_error():
    try:
        run("assert 1 / 0")
    except ZeroDivisionError:
        return
    raise AssertionError("The division by zero got lost.")


def test_a_build_lists_every_claim_that_fails_with_its_line(tmp_path):
    tiny = TinyBook(tmp_path)
    tiny.write_page(PAGE)
    lines = PAGE.splitlines()
    built = tiny.build()
    assert built.returncode != 0
    for claim, start in (
        ("two == 3", "assert two == 3"),
        ("Told() It is 2.", "assert Told()"),
        ("all((two < limit for limit in (1, 2)))", "assert all("),
    ):
        line = lines.index(start) + 1
        assert f"page.md:{line}: WARNING: No longer holds: {claim} Mend" in built.stderr
    assert built.stderr.count("No longer holds: ") == 3
    assert "still here" in str(tiny.executed())
