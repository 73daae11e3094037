"""Reports as JSON: the form that the assignment names, whatever the texts are."""

import json

import pytest

from attention_lab.grading.as_json import as_json
from tests.grading.made_up import (
    DIAGNOSES,
    all_hostile,
    broken,
    marked,
    missing,
    refused,
    report,
    right,
    verdict_of,
    whole_class,
)


def test_an_entry_has_what_the_assignment_names():
    (entry,) = json.loads(as_json([report(marked(right("1.2.1")), refused(), missing("1.4.1"))]))
    assert (entry["file"], entry["student"]) == ("ada.ipynb", "Ada Lovelace")
    assert (entry["score"], entry["max_score"]) == (1, 3)
    assert list(entry["exercises"]) == ["1.2.1", "1.3.2", "1.4.1"]
    first, second, third = entry["exercises"].values()
    assert {"status", "diagnosis", "message", "points"} <= set(first)
    assert (first["status"], first["diagnosis"], first["points"]) == ("passed", "correct", 1)
    assert first["message"] == right("1.2.1").message
    assert (second["status"], second["diagnosis"], second["points"]) == ("refused", "", 0)
    assert (second["cell"], second["line"]) == (14, 3)
    assert third["status"] == "missing"
    assert "error" not in entry


def test_a_broken_file_has_an_error_and_no_score():
    good, bad = json.loads(as_json([report(marked(right("1.2.1"))), broken()]))
    assert bad["error"] == "The file is cut off: download it again."
    assert bad["score"] is None
    assert bad["exercises"] == {}
    assert good["score"] == 1


def test_a_student_without_a_name_is_called_by_id():
    nameless = report(name="")
    nameless.student = type(nameless.student)(id="s12")
    assert json.loads(as_json([nameless]))[0]["student"] == "s12"


def test_every_file_of_a_class_and_every_diagnosis_is_in_it():
    entries = json.loads(as_json(whole_class()))
    assert len(entries) == 40
    found = {mark["diagnosis"] for entry in entries for mark in entry["exercises"].values()}
    assert found == DIAGNOSES | {""}


def test_any_text_comes_back_as_it_was_and_the_file_is_ascii():
    reports = all_hostile()
    text = as_json(reports)
    assert text.isascii()
    for entry, handed_in in zip(json.loads(text), reports):
        assert entry["file"] == handed_in.file
        assert entry["student"] == handed_in.student.name
        assert entry["notes"] == handed_in.notes


def test_write_ups_have_null_until_they_are_marked():
    handed_in = report(texts=[("writeup-copying", "Because.")])
    assert json.loads(as_json([handed_in]))[0]["writeups"]["writeup-copying"]["points"] is None
    handed_in.writeup_points["writeup-copying"] = 4.5
    handed_in.writeup_points["writeup-averaging"] = 0
    (entry,) = json.loads(as_json([handed_in]))
    assert entry["writeups"]["writeup-copying"]["points"] == 4.5
    assert entry["writeups"]["writeup-averaging"]["points"] == 0
    assert (entry["score"], entry["max_score"]) == (4.5, 10)


@pytest.mark.parametrize("odd", [float("nan"), float("inf")])
def test_what_json_cannot_say_is_refused_and_not_written(odd):
    handed_in = report(marked(verdict_of("leak")))
    handed_in.writeup_points["writeup-copying"] = odd
    with pytest.raises(ValueError, match="JSON"):
        as_json([handed_in])
