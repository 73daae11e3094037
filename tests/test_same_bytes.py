"""Where two builds differ is found and told; what could differ from day to day does not."""

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from attention_lab.building.another_day import another_day
from attention_lab.building.same_bytes import difference, differences
from attention_lab.site.wheel import MADE_FROM, wheel
from tests.conftest import ROOT
from tests.tiny import GOOD, TinyBook


@pytest.fixture
def two(tmp_path):
    """Two folders with the same three files."""
    for name in ("one", "other"):
        (tmp_path / name / "book").mkdir(parents=True)
        (tmp_path / name / "index.html").write_bytes(b"<p>index</p>" * 20)
        (tmp_path / name / "book/keys.html").write_bytes(b"<p>keys</p>" * 20)
        (tmp_path / name / ".nojekyll").touch()
    return tmp_path / "one", tmp_path / "other"


def test_the_same_files_do_not_differ(two):
    assert differences(*two) == []


def test_a_planted_difference_is_told_with_its_file_and_its_place(two):
    text = b"<p>keys</p>" * 20
    (two[1] / "book/keys.html").write_bytes(text[:100] + b"\xff" + text[101:])
    (told,) = differences(*two)
    name, *shown = told.splitlines()
    assert name == "book/keys.html: differs from byte 100 on"
    assert shown == [
        f"  {text[60:140].decode()}",
        f"  {text[60:100].decode()}\\xff{text[101:140].decode()}",
    ]


@pytest.mark.parametrize(
    ("one", "other", "place"),
    [(b"a", b"b", 0), (b"", b"b", 0), (b"ab", b"abc", 2), (b"abcd", b"abc", 3)],
)
def test_a_difference_at_either_end_is_found(one, other, place):
    assert difference(one, other).startswith(f"differs from byte {place} on\n")


def test_a_file_that_is_only_in_one_is_told_whichever_it_is(two):
    (two[0] / "book/more.html").write_text("more")
    (two[1] / ".buildinfo").touch()
    assert differences(*two) == [
        f".buildinfo: is only in {two[1]}",
        f"book/more.html: is only in {two[0]}",
    ]


def test_the_wheel_does_not_tell_where_it_was_built_nor_who_may_read_the_sources(tmp_path):
    elsewhere = tmp_path / "a/deeper folder"
    for name in MADE_FROM:
        copied = elsewhere / name
        copied.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, copied)
    for path in filter(Path.is_file, elsewhere.rglob("*")):
        path.chmod(0o600)
        os.utime(path, (0, 0))
    before = os.umask(0o077)
    try:
        other = wheel(tmp_path / "wheels", elsewhere)
    finally:
        os.umask(before)
    one = wheel(tmp_path / "b")
    assert one.name == other.name
    assert difference(one.read_bytes(), other.read_bytes()) is None
    (elsewhere / "README.md").chmod(0o644)
    (elsewhere / "README.md").write_text("another description")  # which a wheel has in it
    assert wheel(tmp_path / "wheels", elsewhere).name != one.name


@pytest.mark.skipif(not shutil.which("cc"), reason="there is no C compiler")
def test_on_another_day_time_goes_on_as_ever(tmp_path):
    code = (
        "import time, datetime as d, threading\n"
        "before = time.monotonic()\n"
        "time.sleep(0.1)\n"
        "threading.Event().wait(0.1)\n"
        "print(0.2 <= time.monotonic() - before < 5, d.date.today() - d.timedelta(40))\n"
    )
    later = os.environ | another_day(tmp_path)
    today = datetime.date.today()
    said = subprocess.run([sys.executable, "-c", code], env=later, capture_output=True, text=True)
    slept, day = said.stdout.split()
    assert slept == "True"
    assert day in {str(today), str(datetime.date.today())}  # midnight may have come


def test_without_a_compiler_it_is_today(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert another_day(tmp_path) == {}


def test_two_small_books_are_the_same_wherever_and_in_whatever_order(tmp_path):
    built = []
    for place, number, zone in (("one", "1", "UTC"), ("another/and deeper", "2", "Asia/Tokyo")):
        folder = tmp_path / place
        folder.mkdir(parents=True)
        book = TinyBook(folder)
        shutil.rmtree(
            folder / "_build", ignore_errors=True
        )  # nothing that both have from one place
        book.write_page(GOOD)
        done = book.build(PYTHONHASHSEED=number, TZ=zone)
        assert done.returncode == 0, done.stderr
        built.append(folder / "_build/html")
    assert (built[0] / "book/page.html").exists()
    assert differences(*built) == []


def test_sphinx_still_knows_its_settings_and_writes_a_page_anew_only_when_they_change(tmp_path):
    book = TinyBook(tmp_path)
    book.write_page(GOOD)
    assert book.build().returncode == 0
    assert not (tmp_path / "_build/html/.buildinfo").exists()
    assert "targets for 0 source files that are out of date" in book.build().stdout
    config = tmp_path / "_config.yml"
    config.write_text(config.read_text("utf-8").replace("Search this book", "Search it"), "utf-8")
    assert book.build().returncode == 0
    assert "Search it" in book.shown()
