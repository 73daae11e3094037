"""The published notebooks, launched in what Colab has, with what they install themselves."""

import re
import shutil
import zipfile

import nbformat
import pytest

from tests.conftest import CHAPTERS
from tests.fresh import HAS, REQUIREMENTS
from tests.tiny import TinyBook, cell

CLOSED = "http://127.0.0.1:9/"  # a port of this machine at which nobody answers
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), CLOSED)


@pytest.fixture
def opened(colab, tmp_path):
    """Put a notebook into an empty folder, as Colab does; forget afterwards what it installed."""

    def opener(path, *beside):
        for file in (path, *beside):
            shutil.copy(file, tmp_path)
        return tmp_path / path.name

    yield opener
    colab.forget()


def add_cell(notebook, code):
    """Put a cell behind all others."""
    read = nbformat.read(notebook, as_version=4)
    read.cells.append(nbformat.v4.new_code_cell(code, id="ours"))
    nbformat.write(read, notebook)


def code(notebook):
    return [each for each in notebook.cells if each.cell_type == "code"]


def cell_of(notebook, name):
    return next(each for each in notebook.cells if each.id == name)


def errors(notebook):
    """Each error with the id of its cell."""
    return [
        (each.id, output)
        for each in code(notebook)
        for output in each.outputs
        if output.output_type == "error"
    ]


def printed(cell):
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


WHERE = "import attention_lab, torch; print(attention_lab.__file__, torch.__file__, sep='\\n')"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_published_notebook_runs_in_what_colab_has(chapter, published, colab, opened):
    notebook = opened(published.notebook(chapter))
    add_cell(notebook, WHERE)
    torch = colab.folder / "venv/lib"
    before = {path: path.stat().st_mtime_ns for path in torch.glob("*/site-packages/torch*/*")}
    published.asked.clear()
    ran = colab.run(notebook)
    assert errors(ran) == []
    assert [each.execution_count for each in code(ran)] == list(range(1, len(code(ran)) + 1))
    assert published.asked == [f"/notebooks/{published.wheel.name}"]
    files = printed(ran.cells[-1]).split()
    assert [file.startswith(str(colab.folder)) for file in files] == [True, True]
    after = {path: path.stat().st_mtime_ns for path in torch.glob("*/site-packages/torch*/*")}
    assert after == before
    exercises = [each for each in code(ran) if "attention_lab" in each.metadata]
    for exercise in exercises:
        (verdict,) = exercise.outputs
        number = exercise.metadata.attention_lab.exercise
        assert f"✗ {number}: not yet" in verdict.data["text/html"]


def test_an_answer_typed_into_a_notebook_is_judged(published, colab, opened):
    notebook = opened(published.notebook("copying"))
    read = nbformat.read(notebook, as_version=4)
    exercise = cell_of(read, "exercise-1-2-1")
    exercise.source = exercise.source.replace("nan, nan, nan", "4.7, 6.5, 6.0")
    nbformat.write(read, notebook)
    judged = cell_of(colab.run(notebook), "exercise-1-2-1")
    assert "✓ 1.2.1" in judged.outputs[0].data["text/html"]


def test_a_downloaded_notebook_takes_the_package_that_lies_beside_it(site, colab, opened):
    (wheel,) = (site / "notebooks").glob("*.whl")
    notebook = opened(site / "notebooks/keys.ipynb", wheel)
    assert errors(colab.run(notebook)) == []


def test_the_package_beside_it_goes_before_the_site_s(published, colab, opened):
    notebook = opened(published.notebook("keys"), published.wheel)
    published.asked.clear()
    assert errors(colab.run(notebook)) == []
    assert published.asked == []


def test_a_package_that_is_there_stays(published, colab, opened):
    colab.pip("install", published.wheel)
    notebook = opened(published.notebook("keys"))
    published.asked.clear()
    ran = colab.run(notebook)
    assert errors(ran) == []
    assert cell_of(ran, "install").outputs == []
    assert published.asked == []


COULD_NOT = (
    r"The package attention_lab could not be installed, for the reason that pip gives above: it "
    r"needs Python 3\.11 or newer and"
)
THEN = r"then restart the kernel and run the cells from the top\."


def test_without_a_network_one_sentence_says_what_to_do(published, colab, opened):
    notebook = opened(published.notebook("keys"))
    text = notebook.read_text("utf-8")
    assert published.address in text
    notebook.write_text(text.replace(published.address, CLOSED), "utf-8")
    sentence = said_by_the_next_cell(colab.run(notebook, **NO_NETWORK))
    assert re.fullmatch(
        rf"{COULD_NOT} either the internet or {CLOSED}notebooks/"
        rf"{re.escape(published.wheel.name)} beside this notebook; {THEN}",
        sentence,
    )


def test_without_a_site_and_a_package_one_sentence_says_what_to_do(colab, opened, tmp_path_factory):
    book = TinyBook(tmp_path_factory.mktemp("tiny"))
    book.write_page(cell("1 + 1"))
    assert book.build().returncode == 0
    folder = book.folder / "_build/html/notebooks"
    (wheel,) = folder.glob("*.whl")
    sentence = said_by_the_next_cell(colab.run(opened(folder / "page.ipynb")))
    assert re.fullmatch(
        rf"{COULD_NOT} {re.escape(wheel.name)}, which was built with this notebook, beside it; "
        rf"{THEN}",
        sentence,
    )


def said_by_the_next_cell(ran):
    """All that the cell after the installation shows: the first error of the notebook."""
    assert printed(cell_of(ran, "install")) != ""  # the reason
    check = cell_of(ran, "check")
    where, error = errors(ran)[0]
    assert where == "check"
    assert [output.output_type for output in check.outputs] == ["error"]
    (sentence,) = error.traceback
    assert sentence == error.evalue
    return sentence


def test_what_colab_has_is_what_was_asked_for(colab):
    assert set(HAS) <= set(colab.packages)
    if not REQUIREMENTS:
        assert "anywidget" not in colab.packages  # so that the first cell has something to bring


def test_another_notebook_s_package_is_replaced_and_a_checkout_s_is_not(published, colab, opened):
    """On the reader's own machine last month's package is there, or the repository itself."""
    notebook = opened(published.notebook("keys"))
    add_cell(notebook, "from importlib.metadata import version; print(version('attention-lab'))")
    ours = published.wheel.name.split("-")[1]
    for there, wanted in (("0.1.0+00000000", ours), (ours.split("+")[0], ours.split("+")[0])):
        colab.pip("install", "--no-deps", "--force-reinstall", another(published.wheel, there))
        colab.pip("install", "anywidget")
        ran = colab.run(notebook)
        assert errors(ran) == []
        assert printed(ran.cells[-1]).strip() == wanted


def another(wheel, version):
    """The same package in another version, beside the notebooks' own."""
    ours = wheel.name.split("-")[1]
    path = wheel.parent.parent / wheel.name.replace(ours, version)
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if ".dist-info/" in name and name.endswith(("METADATA", "RECORD")):
                text = text.replace(ours.encode(), version.encode())
            new.writestr(name.replace(ours, version), text)
    return path
