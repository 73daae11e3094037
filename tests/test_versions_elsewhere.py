"""Colab's versions and Binder's environment hold what the package asks for, and weigh little."""

import json
import re
import runpy
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
NEEDED = [Requirement(line) for line in PROJECT["dependencies"]]
COLAB = (ROOT / ".github/colab.txt").read_text("utf-8")
BINDER = yaml.safe_load((ROOT / ".binder/environment.yml").read_text("utf-8"))
CONDA = {"torch": "pytorch", "matplotlib": "matplotlib-base"}  # where conda-forge has another name


@pytest.mark.parametrize("needed", NEEDED, ids=str)
def test_colab_has_what_the_package_needs(needed):
    lines = [Requirement(line) for line in COLAB.splitlines() if not line.startswith("#")]
    (specifier,) = (line.specifier for line in lines if line.name == needed.name)
    ((operator, version),) = ((one.operator, one.version) for one in specifier)
    assert operator == "=="
    assert version in needed.specifier


def test_colab_has_a_python_for_the_package_and_the_file_says_when_it_was_read():
    (python,) = re.findall(r"^# Python (\S+)$", COLAB, re.MULTILINE)
    assert python in SpecifierSet(PROJECT["requires-python"])
    assert re.search(r"Read on \d{4}-\d\d-\d\d in .* commit [0-9a-f]{7} of", COLAB, re.DOTALL)


@pytest.mark.parametrize("needed", NEEDED, ids=str)
def test_binder_installs_what_the_package_needs_within_the_same_bounds(needed):
    name = CONDA.get(needed.name, needed.name)
    pattern = rf"{name} ?([<>=][^ ]+)( .*)?"
    (found,) = filter(None, (re.fullmatch(pattern, line) for line in BINDER["dependencies"]))
    assert SpecifierSet(found[1]) == needed.specifier


def test_binder_takes_the_small_torch_and_what_it_needs_to_open_a_notebook():
    lines = BINDER["dependencies"]
    assert "pytorch >=2.2 cpu_generic*" in lines
    assert {"jupyterlab", "nbgitpuller"} <= {re.split("[=<> ]", line)[0] for line in lines}
    (python,) = (line.removeprefix("python=") for line in lines if line.startswith("python="))
    assert python in SpecifierSet(PROJECT["requires-python"])


@pytest.fixture
def weigh():
    return runpy.run_path(str(ROOT / ".github/weigh.py"))


def environment(folder, **megabytes):
    """An environment's folder, as far as conda writes down what it weighs."""
    (folder / "conda-meta").mkdir()
    for name, size in megabytes.items():
        paths = [{"size_in_bytes": 2_000_000 * size}, {"size_in_bytes": 1_000_000 * size}, {}]
        record = {"name": name, "size": 1_000_000 * size, "paths_data": {"paths": paths}}
        (folder / f"conda-meta/{name}-1-0.json").write_text(json.dumps(record))
    return folder


def test_the_weight_is_the_sum_and_its_limit_is_enforced(weigh, tmp_path, capsys):
    limit = weigh["LIMIT"]
    folder = environment(tmp_path, torch=limit - 7, numpy=7)
    assert weigh["main"](folder) is None
    said = capsys.readouterr().out.splitlines()
    assert said[0].split() == ["torch", f"{limit - 7}.0", f"{3 * (limit - 7)}.0"]
    assert said[-1].startswith(f"2 packages: {limit} MB to fetch, {3 * limit} MB unpacked.")
    (tmp_path / "heavier").mkdir()
    heavier = environment(tmp_path / "heavier", torch=limit - 7, numpy=7, mkl=1)
    assert weigh["main"](heavier) == f"Too heavy: {limit + 1} MB to fetch, at most {limit}."


def test_what_contributing_says_is_below_the_limit(weigh):
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (said,) = re.findall(r"Binder fetches about (\d+) MB", text)
    assert weigh["LIMIT"] * 0.7 < int(said) < weigh["LIMIT"]  # else it would notice nothing


def test_an_environment_that_is_not_one_or_hides_a_weight_is_no_light_one(weigh, tmp_path):
    with pytest.raises(ValueError, match="Expected a conda environment in"):
        weigh["main"](tmp_path)
    with pytest.raises(ValueError, match="Expected the size of numpy"):
        weigh["main"](environment(tmp_path, numpy=0))
