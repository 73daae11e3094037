"""Chapters execute side by side, each once, as they would alone; a build broken off leaves none."""

import contextlib
import os
import signal
import time
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from attention_lab.site.side_by_side import Kernels, cores
from tests.tiny import GOOD, HEADER, TinyBook, cell

MEET = """\
import pathlib, time
pathlib.Path("{mine}").touch()
while not pathlib.Path("{other}").exists():
    time.sleep(0.01)
print("met")
"""
ONE_AT_A_TIME = """\
import pathlib, time
pathlib.Path("running").touch(exist_ok=False)  # an error when the other is there
time.sleep(0.3)
pathlib.Path("running").unlink()
"""


# A pause within a line, and the line's end behind it: two messages of the kernel.
PAUSE = """\
import sys, time
print("one", end="", flush=True)
time.sleep(0.5)
print("\\ntwo")
"""


@pytest.fixture
def tiny(tmp_path):
    return TinyBook(tmp_path)


@pytest.fixture
def kernels():
    """Makes Kernels, and ends them."""
    made = []

    def make(side_by_side):
        made.append(Kernels(side_by_side))
        return made[-1]

    yield make
    for one in made:
        one.end()


def notebook(code):
    return new_notebook(cells=[new_code_cell(code)])


def run_two(kernels, folder, codes):
    """Start two notebooks and take their results; the second first."""
    notebooks = [notebook(code) for code in codes]
    for one in notebooks:
        kernels.start(one.copy(), str(folder), 20, False)
    return [
        kernels.take(one, cwd=str(folder), timeout=20, allow_errors=False)
        for one in reversed(notebooks)
    ]


def test_two_chapters_run_at_the_same_time(kernels, tmp_path):
    codes = [MEET.format(mine="a", other="b"), MEET.format(mine="b", other="a")]
    for result in run_two(kernels(2), tmp_path, codes):
        assert result.err is None
        assert result.nb.cells[0].outputs[0].text == "met\n"


def test_a_kernel_that_pauses_within_a_line_prints_no_other_lines(kernels, tmp_path):
    for result in run_two(kernels(2), tmp_path, [PAUSE, PAUSE + "print('three')"]):
        (output,) = result.nb.cells[0].outputs
        assert output.text in ("one\ntwo\n", "one\ntwo\nthree\n")


def test_on_one_core_they_run_one_after_the_other(kernels, tmp_path):
    codes = [ONE_AT_A_TIME, ONE_AT_A_TIME + "'second'"]
    assert [result.err for result in run_two(kernels(1), tmp_path, codes)] == [None, None]


def test_every_core_that_the_process_may_use_counts():
    assert cores() == len(os.sched_getaffinity(0))


def test_a_notebook_is_executed_in_place_with_one_thread_and_once(kernels, tmp_path):
    code = "import os\nopen('ran', 'a').write('x')\nos.environ['OMP_NUM_THREADS']"
    one, pool = notebook(code), kernels(2)
    pool.start(one.copy(), str(tmp_path), 20, False)
    pool.take(one, cwd=str(tmp_path), timeout=20, allow_errors=False)
    assert one.cells[0].outputs[0].data["text/plain"] == "'1'"
    assert one.metadata.language_info.name == "python"
    assert (tmp_path / "ran").read_text() == "x"


def test_what_was_not_started_runs_when_it_is_asked_for(kernels, tmp_path):
    one = notebook("1 + 1")
    result = kernels(1).take(one, cwd=str(tmp_path), timeout=20, allow_errors=False)
    assert one.cells[0].outputs[0].data["text/plain"] == "2"
    assert result.time > 0


@pytest.mark.parametrize(
    ("code", "said"),
    [("1 / 0", "ZeroDivisionError"), ("import time; time.sleep(60)", "after 1 seconds")],
)
def test_an_error_and_a_cell_that_takes_too_long_are_told(kernels, tmp_path, code, said):
    result = kernels(1).take(notebook(code), cwd=str(tmp_path), timeout=1, allow_errors=False)
    assert result.err is not None
    assert said in result.exc_string


def test_a_cell_that_fails_is_run_once_and_told_with_its_page_and_its_code(tiny):
    tiny.write_page(cell("open('ran', 'a').write('x')\nnumber = 1 / 0"))
    said = tiny.build().stderr
    assert "book/page.md: WARNING: Executing notebook failed: CellExecutionError" in said
    assert "number = 1 / 0" in said
    assert (tiny.folder / "book/ran").read_text() == "x"


def test_a_page_that_says_itself_how_it_runs_is_left_to_that(tiny):
    header = HEADER.replace("kernelspec:", 'mystnb: {execution_mode: "off"}\nkernelspec:')
    tiny.write_page(GOOD.replace(HEADER, header) + "```{code-cell}\nopen('ran', 'a')\n```\n")
    assert "was not run" in tiny.build().stderr
    assert not (tiny.folder / "book/ran").exists()


def test_a_build_that_is_broken_off_leaves_no_kernel(tiny):
    tiny.write_page(
        cell("import os, time\nopen('pid', 'w').write(f'{os.getpid()} ')\ntime.sleep(60)")
    )
    building = tiny.begin()
    pid = int(wait_for(tiny.folder / "book/pid"))
    assert runs(pid)
    building.send_signal(signal.SIGINT)
    building.communicate(timeout=20)
    assert building.returncode != 0
    assert not runs(pid)


def wait_for(path, seconds=60):
    """What is in a file, once something is."""
    for _ in range(20 * seconds):
        with contextlib.suppress(FileNotFoundError):
            if text := Path(path).read_text():
                return text
        time.sleep(0.05)
    pytest.fail(f"{path} was not written")


def runs(pid):
    """Whether a process is there, and more than a name in the system's table."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
