"""A cell's source, rewritten for MicroPython: what it does stays the same."""

import pytest

from attention_lab.page.builtins import names
from attention_lab.page.literals import Unreadable
from attention_lab.page.source import rewritten

PREAMBLE = "x, y, w, name, d, n = 0.03125, -2.5, 8, 'é', {'k': 3}, None\n"

FSTRINGS = [
    'f"{x}"',
    'f"{x:.4f} and {y:8.1f}|"',
    "f'{name:>4}: {w:3}'",
    "f'{{x}} {x:.1%}'",
    "f'{{{w}}}'",
    "f\"{d['k']:05.1f}\"",
    "f'{x!r} {name!r:>5} {name!s}'",
    "f'{x=} {y = :.2f} {w=!s}'",
    "f'{x:{w}.{w - 6}f}|'",
    "f'{x:>{w}}'",
    "f'{(lambda a: a + 1)(w)}'",
    "f'{w if w != 3 else y}'",
    "f'{w == 8} {w!=3}'",
    "f'{\":\"}{max(1, 2):>3}'",
    "f'''{x}\n{y:.0f}'''",
    'f"{[i for i in range(3)]} { {1: 2}[1] }"',
    "'a{}' f'{w}' \"{b}\"",
    "('a' # one\n 'b'\n f'{w}'\n f'{y}')",
    "f'{x}' 'plain'",
    "rf'\\d{w}\\{w}'",
    "Rf'{w}' F'{y}'",
    "f'\\t{w}\\n'",
    "f'{f\"{w:4}\"}'",
    "f''",
    "'no {f} string'",
    "b'bytes'.decode() + f'{w}'",
    "{'a': f'{w}', f'{y}': 2}",
    "f'{x:,.1f} {10**6:,}'",
    "f'{round(2.675, 2)} {round(2.5)} {round(-7.25, 1)}'",
    "format(x, '.4f')",
    "[f'{v:.0e}' for v in (0.5, 1e-7, 123.0)]",
    "f'{d[\"k\"]}' if d else f'{n}'",
]


@pytest.mark.parametrize("text", FSTRINGS)
def test_it_makes_the_same_text(text):
    ours, theirs = names(), {}
    exec(PREAMBLE, ours)
    exec(PREAMBLE, theirs)
    assert eval(rewritten(text), ours) == eval(text, theirs)


@pytest.mark.parametrize(
    "source",
    [
        "x = 1  # f'{x}'",
        "x = 'f{x}'",
        "x = '''it's f\"{x}\"'''",
        "if x:\n    pass\n",
        "half = xf_1 + rb",
        "",
    ],
)
def test_nothing_else_is_touched(source):
    assert rewritten(source) == source


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = 'no end", 1),
        ("x = 1\ny = 'it's'\nz = 2", 2),
        ('x = 1\ny = """no\nend', 2),
        ("query = torch.tensor([[1, 2, 3]]\ncheck(query)", 1),
        ("def f():\n    return g([[1, 2, 3])\n", 2),
        ("a = 1\nb = (1))", 2),
        ("a = {1: '}'\nb = 2", 1),
        ("a = 1\nf'{a[0}'", 2),
    ],
)
def test_what_does_not_end_is_refused_with_its_line(source, line):
    with pytest.raises(SyntaxError):
        compile(source, "<cell>", "exec")
    with pytest.raises(Unreadable) as refused:
        rewritten(source)
    assert refused.value.line == line


@pytest.mark.parametrize("source", ["(1, 2", "[1, 2", "f(1]", "a[(1])", "a)", "'a", "{1: 2)"])
def test_it_is_refused_in_pythons_words(source):
    with pytest.raises(SyntaxError) as theirs:
        compile(source, "<cell>", "exec")
    with pytest.raises(Unreadable) as ours:
        rewritten(source)
    assert theirs.value.msg.startswith(str(ours.value))


def test_two_texts_on_two_lines_are_two_statements():
    assert rewritten("'{a}'\nf'{b}'") == "'{a}'\n'{}'.format(__formatted__(b, ''))"


def test_lines_stay_where_they_are():
    source = "a = f'''{\n1}\n'''\nb = (f'{2}'\n     f'{3}')\n"
    assert rewritten(source).count("\n") + 1 >= source.count("\n")
    space = names()
    exec(rewritten(source), space)
    assert (space["a"], space["b"]) == ("1\n", "23")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a *= 2", 6),
        ("a **= 2  # squared", 9),
        ("a //= 2; a %= 5", 1),
        ("if a: a *= (1 +\n  1)", 6),
        ("b = [a]\nb[0] /= 2\na = b[0]", 1.5),
        ("a *= 2 if a else {1: 2}[1]", 6),
        ("a *= (lambda: 4)()", 12),
        ("for i in range(2): a *= i + 1", 6),
        ("a = float('2.5') * float()", 0.0),
        ("float_ = a", 3),
    ],
)
def test_a_statement_leaves_the_same_number(source, expected):
    ours, theirs = names() | {"a": 3}, {"a": 3}
    exec(rewritten(source), ours)
    exec(source, theirs)
    assert ours["a"] == theirs["a"] == expected


class Counter:
    """Can be changed in place, like a tensor."""

    def __init__(self):
        self.factors = []

    def __imul__(self, factor):
        self.factors.append(factor)
        return self


def test_what_can_be_changed_in_place_is_changed_for_all_its_names():
    space = names() | {"one": Counter()}
    exec(rewritten("other = one\nother *= 3"), space)
    assert space["one"] is space["other"]
    assert space["one"].factors == [3]


def test_float_asks_a_tensor_for_its_only_element():
    space = names() | {"t": type("T", (), {"only": lambda self: 0.5})()}
    exec(rewritten("x = float(t)"), space)
    assert space["x"] == 0.5
