"""The bar of a training: one line is left, without times, in a notebook and in a file."""

import io
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from attention_lab.learning import progress
from attention_lab.learning.progress import Bar

LAST = "Counting: ██████████ 700/700, loss 0.125\n"
COUNT = """
from time import sleep
from attention_lab.learning.progress import Bar
for step in (bar := Bar(700, "Counting")):
    bar.tell("loss", 1 / (1 + step % 8))
    step % 100 or sleep(0.12)  # long enough for the bar to be drawn in between
bar.tell("loss", 0.125)
"""


def test_in_a_file_only_the_last_line_is_written():
    done = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True)
    assert done.stdout == LAST.replace("0.125", "0.250")  # 699 % 8 = 3
    assert done.stderr == ""


@pytest.mark.filterwarnings("ignore")  # jupyter_client's, about its own sockets
def test_in_a_notebook_the_bar_moves_and_one_line_is_left():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(COUNT)])
    cleared = []

    class Client(NotebookClient):
        def clear_output(self, outs, msg, cell_index):
            cleared.append(msg)
            return super().clear_output(outs, msg, cell_index)

    Client(notebook).execute()
    (output,) = notebook.cells[0].outputs
    assert output.name == "stdout"
    assert output.text == LAST.replace("0.125", "0.250")
    assert len(cleared) > 3


def test_on_a_terminal_it_is_drawn_over_itself(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdout", Terminal())
    for _ in Bar(3, "Counting"):
        pass
    text = sys.stdout.getvalue()
    assert text.count("\r") >= 2
    assert text.endswith("3/3\n")


def test_a_line_tells_no_time():
    assert not {"elapsed", "remaining", "rate"} & set(progress.FORMAT.replace("{", " ").split())
    assert "elapsed" not in progress.FORMAT
    assert "rate" not in progress.FORMAT
