"""What `make serve` adds to sphinx-autobuild: forks that have what is heavy, and none of ours."""

import socket
import sys

import pytest

from attention_lab.building.serve import OURS, ensure_free, forget, load


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package that can be imported and changed, with a module that begins as its name does."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/__init__.py").write_text("")
    (tmp_path / "saved/word.py").write_text("WORD = 'one'\n")
    (tmp_path / "saved_not.py").write_text("")
    yield tmp_path / "saved/word.py"
    forget("saved")
    forget("saved_not")


def test_what_was_saved_counts(package):
    import saved_not
    from saved.word import WORD

    assert WORD == "one"
    package.write_text("WORD = 'another'\n")
    forget("saved")
    from saved.word import WORD

    assert WORD == "another"
    assert sys.modules["saved_not"] is saved_not


def test_ours_is_not_loaded_and_what_is_missing_is_the_build_s_to_tell():
    load([f"{OURS}.nothing", "no_such_package.of_this_name"])
    with pytest.raises(ModuleNotFoundError):
        load(["sphinx.no_such_module"])


def test_a_port_that_another_program_has_is_told_before_anything_is_built():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"Port {port} is taken.* PORT={port + 1}"):
            ensure_free(f"127.0.0.1:{port}")
    ensure_free(f"127.0.0.1:{port}")
