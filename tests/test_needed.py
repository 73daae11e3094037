"""Which cells above are run first: all that matter, and not those that only show something."""

import pytest

from attention_lab.page.scripts import joined
from tests.cells import ENDLESS, cell_with, code, exercise_cell, run, said

# A cell above, a cell below, and whether the one below needs the one above.
CASES = [
    ("x = 1", "x", True),
    ("x = 1", "y", False),
    ("x = 1", "xx + _x", False),
    ("a, b = 1, 2", "b", True),
    ("(a,), b = [1], 2", "a", True),
    ("x: float = 1", "x", True),
    ("if (n := 3): pass", "n", True),
    ("m[1] *= 2", "m", True),
    ("m[1, :2] = 2", "m", True),
    ("row.append(1)", "row", True),
    ("row.mul_(2)", "row", True),
    ("def f(a, b=1):\n    return a", "f(2)", True),
    ("class A:\n    pass", "A()", True),
    ("for i in range(3):\n    pass", "i", True),
    ("import math as m", "m.pi", True),
    ("from math import pi", "pi", True),
    ("if True:\n    x = 1", "x", True),
    ("β = 2", "3 * β", True),
    ("x", "x", False),
    ("print(x, end='')", "print(x)", False),
    ("check('1.2.1', x)", "check('1.2.1', x)", False),
    ("assert x == 1\nx != 2", "x", False),
    ("x <= 2", "x", False),
    ("f(x, dim=1)", "g(x, dim=2)", False),
]


@pytest.fixture(scope="module")
def needed(browser):
    """The page's own function."""
    page = browser.new_page()
    source = joined(["runner/needed.js"])
    yield lambda above, text: page.evaluate(
        f"([above, text]) => {{ {source} return neededCells(above, text); }}", [above, text]
    )
    page.close()


@pytest.mark.parametrize(("above", "below", "is_needed"), CASES)
def test_a_cell_is_needed_if_it_may_give_or_change_a_value(needed, above, below, is_needed):
    assert needed([above], below) == ([above] if is_needed else [])


def test_what_a_needed_cell_needs_is_needed_too_and_the_order_stays(needed):
    above = ["a = 1", "z = 9", "b = a + 1", "b", "b *= 2", "a = 5"]
    assert needed(above, "print(b)") == ["a = 1", "b = a + 1", "b *= 2"]
    assert needed(above, "a + b") == ["a = 1", "b = a + 1", "b *= 2", "a = 5"]


def test_an_endless_loop_in_a_cell_above_that_gives_nothing_keeps_no_other_from_running(open_page):
    page = open_page("keys")
    code(cell_with(page, "key.norm(dim=1)")).fill(ENDLESS)
    assert run(cell_with(page, "query = torch.tensor")) == ""
    assert run(cell_with(page, "score = query @ key.T")).startswith("tensor([[")


def test_an_exercise_runs_no_solution_first(open_page):
    page = open_page("averaging")
    page.locator("div.solution .toggle-button").first.click()
    code(page.locator("div.solution .lab-cell").first).fill(ENDLESS + "\nanswer = 1")
    cell = exercise_cell(page, "1.3.2")
    run(cell)
    assert "1.3.2" in said(cell)
