"""Proof that the tests can fail: each planted mistake makes at least one of them fail.

The mistakes are those in the mathematics, in torch and in plain Python.
"""

import pytest

from tests.planting import run_tests_on_a_copy

CORE, ARITHMETIC, ATTEMPT, SLAB, JUDGE = (
    f"{name}.py" for name in ("core", "arithmetic", "attempt", "slab", "judge")
)
DIAGNOSES, ASKING, TASK = "diagnoses/__init__.py", "diagnoses/asking.py", "exercises/task.py"

MISTAKES = {
    "no softmax (torch)": (CORE, "return torch.softmax(score, dim=-1)", "return score"),
    "no softmax (judge)": (ATTEMPT, "[softmax(row) for row in scores]", "scores"),
    "softmax over the queries": (CORE, "dim=-1)", "dim=-2)"),
    "a forgotten transpose": (CORE, "key.transpose(-2, -1)", "key"),
    "a forgotten transpose (judge)": (
        ARITHMETIC,
        "for column in zip(*value)",
        "for column in value",
    ),
    "a 1/√d": (CORE, "key.transpose(-2, -1)", "key.transpose(-2, -1) / key.shape[-1] ** 0.5"),
    "a 1/√d (judge)": (ARITHMETIC, "[dot(q, k)", "[dot(q, k) / len(k) ** 0.5"),
    "tolerance 0.5": (TASK, "TOLERANCE = 0.05", "TOLERANCE = 0.5"),
    "min for max (torch)": (CORE, ".abs().max()", ".abs().min()"),
    "min for max (judge)": (ARITHMETIC, "return max([abs(a - b)", "return min(abs(a - b)"),
    "a forgotten abs": (CORE, "(rows - output).abs()", "(rows - output)"),
    "at most for less than": (ATTEMPT, "self.error < self.task", "self.error <= self.task"),
    "the weights do not matter": (ATTEMPT, "FARTHEST = 0.1", "FARTHEST = 1"),
    "the first rule last": (DIAGNOSES, "in RULES:", "in RULES[::-1]:"),
    "too sharp for too soft": (ASKING, "louder=True", "louder=False"),
    "a rule on the number": (DIAGNOSES, "task.kind in kinds", "task.number in kinds"),
    "the longest is not looked at": (ATTEMPT, "self.length > ", "0 * self.length > "),
    "only the first head counts": (ATTEMPT, "[[1 / task.heads] * task.heads]", "[[1.0, 0.0, 0.0]]"),
    "the best draw counts": (JUDGE, "min(range(len(verdicts))", "max(range(len(verdicts))"),
    "a matrix transposed": (TASK, "mix(self.asks, answer)", "mix(self.asks, [*zip(*answer)])"),
    "a slab without its tolerance": (SLAB, "(-tolerance, tolerance)", "(0, tolerance)"),
    "the own query is not looked at": (
        JUDGE,
        "if Attempt(asked, scores_of(own_query, fixture.key), fixture.value).passes:",
        "if True:",
    ),
}


NAMES = ("core", "arithmetic", "beyond", "diagnoses", "exercises", "judge")
TESTS = [f"test_{name}.py" for name in NAMES]
QUICK = ("-k", "not thousand")  # those that draw thousands of examples are not needed


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_planted_mistake_is_caught(tmp_path, mistake):
    ran = run_tests_on_a_copy(tmp_path, TESTS, *mistake, options=QUICK)
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED, ran.stdout


def test_without_a_mistake_the_same_tests_pass(tmp_path):
    ran = run_tests_on_a_copy(tmp_path, TESTS, options=QUICK)
    assert ran.returncode == pytest.ExitCode.OK, ran.stdout
