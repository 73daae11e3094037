"""Proof that these tests can fail: each planted mistake makes one of them fail, in seconds."""

import pytest

from tests.planting import run_tests_on_a_copy

MODEL, REPEATABLE, INDUCTION, DESCENT, WITNESSES, BAR = (
    f"learning/{name}.py"
    for name in ("model", "repeatable", "induction", "descent", "witnesses", "progress")
)
MISTAKES = {
    "no causal mask": (MODEL, "causal_mask(x.shape[-2]))", "causal_mask(x.shape[-2]) | True)"),
    "no √D": (MODEL, "x @ self.W_q / FEATURES**0.5", "x @ self.W_q"),
    "no positions": (MODEL, "if self.has_positions:", "if False:"),
    "positions in both heads": (MODEL, "has_positions=False", "has_positions=True"),
    "nothing is added to the words": (MODEL, "x = x + head(x)", "x = head(x)"),
    "numbers from the global generator": (
        REPEATABLE,
        "torch.randn(shape, generator=generator)",
        "torch.randn(shape)",
    ),
    "threads stay at one": (REPEATABLE, "torch.set_num_threads(before)", "pass"),
    "words return within a block": (
        INDUCTION,
        "torch.rand(count, WORDS, generator=generator).argsort(dim=1)[:, :block]",
        "torch.randint(WORDS, (count, block), generator=generator)",
    ),
    "what cannot be known counts": (
        INDUCTION,
        "[:, block:]  # (B, block - 1, W)",
        "[:, : block - 1]",
    ),
    "a step uphill": (DESCENT, "query - rate * slope", "query + rate * slope"),
    "the sign of a pull": (DESCENT, "return -slope[0]", "return slope[0]"),
    "the last for the first": (DESCENT, ".int().argmax(dim=0)", ".int().argmin(dim=0)"),
    "all err alike": (WITNESSES, "torch.randn(truth.shape,", "torch.randn(truth.shape[-1:],"),
    "a notebook keeps every line": (BAR, "clear_output(wait=True)", "pass"),
}
TESTS = {  # those that train nothing, or for a few steps
    MODEL: ["test_model.py"],
    REPEATABLE: [
        "test_model.py::test_the_seed_decides_all_numbers",
        "test_induction.py::test_a_training_leaves_torch_as_it_was",
    ],
    INDUCTION: [
        "test_induction.py::test_a_text_is_a_block_of_different_words_twice",
        "test_induction.py::test_the_loss_is_of_the_words_that_can_be_known",
    ],
    DESCENT: [
        "test_descent.py::test_a_step_goes_along_the_pulls",
        "test_descent.py::test_pulls_are_the_formulas_of_the_chapter",
        "test_descent.py::test_from_zero_the_squared_error_is_stuck_and_the_cross_entropy_is_not",
    ],
    WITNESSES: [
        "test_witnesses.py::test_witnesses_of_one_event_share_its_truth_and_err_on_their_own"
    ],
    BAR: ["test_bar.py"],
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_planted_mistake_is_caught(tmp_path, mistake):
    tests = [f"learning/{test}" for test in TESTS[mistake[0]]]
    ran = run_tests_on_a_copy(tmp_path, tests, *mistake)
    assert ran.returncode == pytest.ExitCode.TESTS_FAILED, ran.stdout
