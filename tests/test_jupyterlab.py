"""The playground in a real JupyterLab: a reader's hands, the widget, and the kernel behind it."""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest

from attention_lab import check
from tests.conftest import ROOT

CELLS = (
    'from attention_lab import Playground\nplayground = Playground("1.3.2")\nplayground',
    "print(playground.query.tolist())",
    "playground.query = [[55.5, 57.5, 0.5]]",
    "playground",
)
OPTIONS = {
    "ServerApp.ip": "127.0.0.1",
    "ServerApp.port_retries": 0,
    "ServerApp.open_browser": False,
    "ServerApp.allow_root": True,
    "IdentityProvider.token": "",
    "LabApp.expose_app_in_browser": True,  # so that a test can wait until a cell has run
    "LabApp.extension_manager": "readonly",  # asks nobody
    "LabApp.news_url": None,
    "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab on this machine with one notebook; its address."""
    folder = tmp_path_factory.mktemp("lab")
    cells = [nbformat.v4.new_code_cell(code) for code in CELLS]
    (folder / "work").mkdir()
    python = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}  # else it asks
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=python)
    nbformat.write(notebook, folder / "work/a.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: str(folder / name) for name in names} | {"PYTHONPATH": str(ROOT / "src")}
    options = [f"--{name}={value}" for name, value in (OPTIONS | {"ServerApp.port": port}).items()]
    with (folder / "log").open("w+") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=folder / "work",
            env=os.environ | own,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield wait_for(f"http://127.0.0.1:{port}", server, log)
        finally:
            server.terminate()  # and with it the kernel
            server.wait()


def wait_for(address, server, log):
    """The address, once somebody answers there."""
    for _ in range(240):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/api"):
            return address
        if server.poll() is not None:
            break
        time.sleep(0.25)
    log.seek(0)
    return pytest.fail(f"JupyterLab does not start: {log.read()[-2000:]}")


@pytest.fixture(scope="module")
def notebook(lab, browser):
    """The notebook with its first cell run."""
    page, asked = browser.new_page(viewport={"width": 1280, "height": 2600}), []
    page.set_default_timeout(60_000)  # torch takes its time to load
    page.on("request", lambda request: asked.append(request.url))
    open_notebook(page, lab)
    run(page, 0)
    page.locator(".pg-handle:visible").wait_for()
    yield page
    assert [url for url in asked if not url.startswith((lab, "data:", "blob:", "ws:"))] == []
    page.close()


def open_notebook(page, lab):
    page.goto(f"{lab}/lab/tree/a.ipynb?reset")
    page.locator(".jp-Cell").nth(len(CELLS) - 1).wait_for()
    page.wait_for_function(
        "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    )


def run(page, n):
    """Run a cell, wait until it is done, and return what it printed."""
    page.evaluate(
        """async (n) => {
            jupyterapp.shell.currentWidget.content.activeCellIndex = n;
            await jupyterapp.commands.execute("notebook:run-cell");
        }""",
        n,
    )
    return page.locator(".jp-Cell").nth(n).locator(".jp-OutputArea-output").all_inner_texts()


def numbers(page, view=0):
    fields = page.locator(".pg").nth(view).locator(".pg-number:visible")
    return [float(field.input_value()) for field in fields.all()]


def until_numbers(page, wanted, view=0):
    fields = page.locator(".pg").nth(view).locator(".pg-number:visible")
    for n, number in enumerate(wanted):
        page.wait_for_function(
            "([field, number]) => Number(field.value) === number",
            arg=[fields.nth(n).element_handle(), number],
        )


def until_judged(page):
    """The kernel has answered: so it has got what was moved, which it is told a little later."""
    page.wait_for_function("!document.querySelector('.pg-verdict.pg-waiting')")


def test_the_next_cell_has_the_query_that_the_reader_dragged(notebook):
    before = numbers(notebook)
    box = notebook.locator(".pg-handle:visible").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    notebook.mouse.move(x, y)
    notebook.mouse.down()
    notebook.mouse.move(x + 60, y - 40, steps=5)
    notebook.mouse.up()
    until_judged(notebook)
    dragged = numbers(notebook)
    assert dragged != before
    (printed,) = run(notebook, 1)
    ((*query,),) = json.loads(printed)
    assert query == pytest.approx(dragged, abs=0.00051)  # the fields show three decimals


def test_what_a_cell_sets_moves_the_handle_and_the_kernel_says_why(notebook):
    run(notebook, 2)
    query = [55.5, 57.5, 0.5]
    until_numbers(notebook, query)
    card = notebook.locator(".pg-verdict")
    assert card.get_attribute("data-passed") == "true"
    message = check("1.3.2", [query]).message
    notebook.locator(".pg-why", has_text=re.compile(f"^{re.escape(message)}$")).wait_for()


def test_two_views_move_together_and_keys_are_the_handles_not_the_notebooks(notebook):
    run(notebook, 3)
    notebook.locator(".pg-handle:visible").nth(1).wait_for()
    run(notebook, 2)
    until_numbers(notebook, [55.5, 57.5, 0.5], view=1)
    handle = notebook.locator(".pg-handle:visible").first
    handle.focus()
    notebook.keyboard.press("ArrowDown")  # which would lead to the next cell
    notebook.keyboard.press("b")  # which would bring a new one
    moved = numbers(notebook)
    assert moved != [55.5, 57.5, 0.5]
    until_numbers(notebook, moved, view=1)
    until_judged(notebook)
    assert handle.evaluate("handle => handle === document.activeElement")
    cells = "jupyterapp.shell.currentWidget.content"
    assert notebook.evaluate(f"{cells}.widgets.length") == len(CELLS)
    assert notebook.evaluate(f"{cells}.activeCellIndex") == 0  # where the handle is
    ((*query,),) = json.loads(run(notebook, 1)[0])
    assert query == pytest.approx(moved, abs=0.00051)


LETTERS_ARE_LIGHT = """(wanted) => ["color .pg", "fill .pg-name"].every((both) => {
    const [paint, name] = both.split(" ");
    const style = getComputedStyle(document.querySelector(name));
    const [r, g, b] = style[paint].match(/[0-9.]+/g).map(Number);
    return r + g + b > 1.2 * 255 === wanted;
})"""


def test_in_the_dark_its_letters_are_light(notebook):
    for theme, are_light in (("JupyterLab Dark", True), ("JupyterLab Light", False)):
        notebook.evaluate(
            "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme
        )
        notebook.locator(f'[data-jp-theme-name="{theme}"]').wait_for(state="attached")
        notebook.wait_for_function(LETTERS_ARE_LIGHT, arg=are_light)


def test_a_saved_notebook_shows_it_again(notebook, lab):
    run(notebook, 2)
    until_numbers(notebook, [55.5, 57.5, 0.5])
    notebook.evaluate("jupyterapp.commands.execute('docmanager:save')")
    open_notebook(notebook, lab)
    notebook.locator(".pg-handle:visible").first.wait_for()
    until_numbers(notebook, [55.5, 57.5, 0.5])
