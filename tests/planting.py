"""The package is copied, one line of the copy is spoilt, and some tests run on it: do they fail?"""

import os
import shutil
import subprocess
import sys

from tests.conftest import ROOT


def run_tests_on_a_copy(folder, tests, path="", right="", wrong="", options=()):
    """Run tests on a copy of the package.

    Args:
        folder: where the copy is made.
        tests: their paths below ``tests``.
        path: the file below ``attention_lab`` in which a mistake is planted; none if left out.
        right: what stands there once.
        wrong: what stands there instead.
        options: of pytest.

    Returns:
        What pytest did.
    """
    package = folder / "attention_lab"
    shutil.copytree(ROOT / "src/attention_lab", package)
    if path:
        source = (package / path).read_text("utf-8")
        assert source.count(right) == 1, f"{right!r} should stand once in {path}"
        (package / path).write_text(source.replace(right, wrong), "utf-8")
    pytest = [sys.executable, "-m", "pytest", "-xq", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*pytest, *options, *(ROOT / "tests" / test for test in tests)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(folder), "HYPOTHESIS_PROFILE": "mutants"},
        capture_output=True,
        text=True,
    )
