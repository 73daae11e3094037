"""One real release for all tests here, for which the book is built, and what it must not tell."""

import os
import zipfile

import nbformat
import pytest
from nbclient import NotebookClient

from attention_lab.release import NAME, release
from attention_lab.release.scan import secrets
from tests.conftest import CHAPTERS, ROOT

KEPT = [name for name in CHAPTERS if name != "reach"]  # the chapters that students get


class Released:
    """What was made, and the notebooks in it."""

    def __init__(self, folder):
        self.folder = folder
        self.student = folder / "student"
        self.solution = folder / "solution"
        self.site = self.student / "site"

    def notebook(self, whose):
        """``"student"`` or ``"solution"``, valid."""
        made = nbformat.read(self.folder / whose / NAME, as_version=4)
        nbformat.validate(made)
        return made

    def package(self, whose):
        """The wheel's files, unpacked beside it."""
        (wheel,) = (self.folder / whose).glob("*.whl")
        unpacked = self.folder.parent / f"{whose}-package"
        zipfile.ZipFile(wheel).extractall(unpacked)
        return unpacked


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release") / "out"
    release(folder, project=ROOT)
    return Released(folder)


@pytest.fixture(scope="session")
def known():
    """What the course knows and students may not."""
    return secrets(ROOT)


def executed(notebook, package):
    """Run a notebook in a kernel that finds this package first; an exception fails the test."""
    where = nbformat.v4.new_code_cell("import attention_lab\nprint(attention_lab.__file__)")
    notebook.cells.append(where)
    environment = os.environ | {"PYTHONPATH": str(package)}
    client = NotebookClient(notebook, timeout=120, kernel_name="python3")
    client.execute(env=environment, cwd=str(package))
    assert notebook.cells.pop().outputs[0].text.startswith(str(package))
    return notebook


def verdicts(notebook):
    """Of each exercise's cell: whether its card says that it passed."""
    shown = {}
    for cell in notebook.cells:
        number = cell.metadata.get("attention_lab", {}).get("exercise")
        if number:
            card = "".join(str(output.get("data", {}).get("text/html")) for output in cell.outputs)
            assert 'class="verdict' in card, cell.outputs
            shown[number] = 'data-passed="true"' in card
    return shown
