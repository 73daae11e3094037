"""Models of five seeds, trained once for all tests of this folder."""

import pytest

from attention_lab.learning.induction import train

SEEDS = range(5)


@pytest.fixture(scope="session")
def runs():
    """The two-layer model, a run for each seed."""
    return [train(seed) for seed in SEEDS]
