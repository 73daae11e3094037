"""The page's large parts are made once, and anew when what they were made from has changed."""

import shutil

import pytest

from attention_lab.site import parts as module
from attention_lab.site.page import ENGINE, MICROPYTHON, TERSER
from attention_lab.site.parts import parts
from tests.conftest import ROOT

LOADER, PROGRAM = ROOT / MICROPYTHON / ENGINE[0], ROOT / TERSER


@pytest.fixture
def count(monkeypatch):
    """How often the names were looked up, which takes longest."""
    calls = []
    monkeypatch.setattr(module, "known_names", lambda: calls.append(1) or {})
    return lambda: len(calls)


def test_they_are_made_once(tmp_path, count):
    first = parts(tmp_path / "kept", LOADER, PROGRAM)
    assert sorted(path.name for path in first.iterdir()) == [
        LOADER.name,
        "names.json",
        "python.json",
    ]
    assert parts(tmp_path / "kept", LOADER, PROGRAM) == first
    assert count() == 1


def test_another_engine_makes_them_anew_and_the_old_ones_go(tmp_path, count):
    loader = tmp_path / LOADER.name
    shutil.copy(LOADER, loader)
    first = parts(tmp_path / "kept", loader, PROGRAM)
    with loader.open("a") as end:
        end.write("\nexport const added = 1;\n")
    second = parts(tmp_path / "kept", loader, PROGRAM)
    assert count() == 2
    assert not first.exists()
    assert "added" in (second / loader.name).read_text("utf-8")


def test_what_was_broken_off_is_not_taken_for_made(tmp_path, monkeypatch):
    def broken():
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "known_names", broken)
    with pytest.raises(KeyboardInterrupt):
        parts(tmp_path / "kept", LOADER, PROGRAM)
    monkeypatch.undo()
    made = parts(tmp_path / "kept", LOADER, PROGRAM)
    assert "torch" in (made / "names.json").read_text("utf-8")
