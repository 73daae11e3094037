"""The README's map is true: every path exists, and the sizes are about right."""

import re

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
ROWS = re.findall(r"^\| [^|]+ \| ([^|]*`[^|]*) \| ([^|]*) \|$", README, re.MULTILINE)
PATH = r"`((?:src|book|tests|benchmarks|\.ci|\.github|\.lab|\.binder)/[^`]*)`"
FILES = [
    (path, int(lines))
    for paths, sizes in ROWS
    for path, lines in zip(re.findall(r"`([^`]+)`", paths), sizes.split(","), strict=False)
    if lines.strip().isdigit()
]


@pytest.mark.parametrize(("path", "lines"), FILES)
def test_a_file_has_about_the_lines_that_the_map_says(path, lines):
    counted = len((ROOT / path).read_text("utf-8").splitlines())
    assert counted == pytest.approx(lines, rel=0.15, abs=5)


def test_every_path_in_readme_and_contributing_exists():
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text("utf-8")
        for path in re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(PATH, text):
            assert (ROOT / path).exists(), f"{name}: {path}"
    assert len(FILES) >= 12


def test_contributing_is_short():
    assert len((ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()) <= 60
