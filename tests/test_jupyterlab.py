"""The playground in a real JupyterLab: a reader's hands, the widget, and the kernel behind it."""

import json
import re

import nbformat
import pytest

from attention_lab import check
from tests.jupyterlab import jupyter_lab, run, save, until_idle

CELLS = (
    'from attention_lab import Playground\nplayground = Playground("1.3.2")\nplayground',
    "print(playground.query.tolist())",
    "playground.query = [[55.5, 57.5, 0.5]]",
    "playground",
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab with one notebook; its address."""
    folder = tmp_path_factory.mktemp("lab")
    cells = [nbformat.v4.new_code_cell(code) for code in CELLS]
    python = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}  # else it asks
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=python)
    nbformat.write(notebook, folder / "a.ipynb")
    with jupyter_lab(folder) as address:
        yield address


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
    until_idle(page)


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
    save(notebook)
    open_notebook(notebook, lab)
    notebook.locator(".pg-handle:visible").first.wait_for()
    until_numbers(notebook, [55.5, 57.5, 0.5])
