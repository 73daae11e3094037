"""What several tests share: the built book, and a browser to read it with."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import Phase, settings

ROOT = Path(__file__).parents[1]
CHAPTERS = ("index", "keys", "copying", "averaging", "interactions", "reach")

# The first example pays for the import of torch, which says nothing about our code.
settings.register_profile("lab", deadline=None)
# Where a test is expected to fail, the first example is as good as the smallest.
settings.register_profile("mutants", deadline=None, phases=[Phase.explicit, Phase.generate])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "lab"))


@pytest.fixture(scope="session")
def site():
    """The folder of the built book. `make test` builds it before the tests run."""
    folder = ROOT / "_build/html"
    assert (folder / "index.html").exists(), "There is no built book. Run `make book` first."
    return folder


@pytest.fixture(scope="session")
def browser():
    """A real Chromium. In CI a missing one is a failure; elsewhere a sentence says what to do."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        missing = "There is no Chromium here; on Debian: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield chromium
        chromium.close()
