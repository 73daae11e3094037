"""Hostile and broken notebooks earn nothing, do nothing, and take no time."""

import json
import os
import subprocess

import pytest

from attention_lab.exercises import EXERCISES
from attention_lab.grading.report import PASSED
from tests.conftest import ROOT
from tests.grading.hostile import CLAIMS, HOSTILE, UNUSUAL, WRONG_CELL, beside, outcome, undone
from tests.grading.pythons import PYTHONS

SECONDS = 1
LONGEST = 1_000  # characters of what is said: somebody reads it, on a terminal


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """A folder to work in, which must stay empty."""
    monkeypatch.chdir(tmp_path)
    yield
    assert os.listdir(tmp_path) == []


def refuse_to_pass(found):
    """Raise unless nothing passed, in time, and all that is said can be read on a terminal."""
    assert PASSED not in found["statuses"].values()
    assert len(found["statuses"]) == len(EXERCISES) or found["said"][0]
    assert found["seconds"] < SECONDS
    assert all(line.isprintable() for text in found["said"] for line in text.splitlines())
    assert max(map(len, found["said"])) <= LONGEST


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_notebook_earns_nothing_within_a_second(name):
    refuse_to_pass(outcome(name, HOSTILE[name]))


@pytest.mark.parametrize("name", CLAIMS)
def test_nor_do_claims_where_variants_were_handed_out(name):
    """There each name that is claimed costs a digest."""
    refuse_to_pass(outcome(name, CLAIMS[name], "nlp"))


def test_there_are_at_least_eighty():
    assert len(HOSTILE) >= 80
    assert len(set(HOSTILE.values())) == len(HOSTILE)


@pytest.mark.parametrize("name", UNUSUAL)
def test_what_is_only_unusual_is_read(name):
    found = outcome(name, UNUSUAL[name])
    assert list(found["statuses"].values()) == [PASSED] * len(EXERCISES)
    assert found["seconds"] < SECONDS


def test_this_test_can_fail():
    """Without what makes them hostile, the wrong answers fail and the right one passes."""
    assert set(outcome("", beside())["statuses"].values()) == {"failed"}
    assert outcome("", undone(""))["statuses"]["1.2.1"] == PASSED
    with pytest.raises(AssertionError):
        refuse_to_pass(outcome("", undone("")))
    assert WRONG_CELL.count("def ") == len(EXERCISES)


@pytest.mark.parametrize("version", PYTHONS)
def test_other_pythons_say_the_same(version, tmp_path):
    """Whose parsers differ. Gradescope has Python 3.10, without torch."""
    ran = subprocess.run(
        [PYTHONS[version], "-B", "-m", "tests.grading.hostile"],
        env={"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(ran.stdout)
    assert found.keys() == HOSTILE.keys()
    for name in HOSTILE:
        refuse_to_pass(found[name])
