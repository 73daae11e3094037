"""The way through Binder: the page's own link, nbgitpuller, JupyterLab, until an answer is judged.

mybinder's part, to start the environment and to send the browser to the link's ``urlpath``, is done
here by hand; GitHub is a repository on this machine.
"""

import os
import subprocess
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup

from attention_lab.site.origin import ENVIRONMENT, PUBLISHED
from tests.jupyterlab import jupyter_lab, run, until_idle
from tests.published import REPOSITORY

GITHUB = f"https://github.com/{REPOSITORY}"


@pytest.fixture
def repository(published, tmp_path):
    """The published site as the branch gh-pages of a repository on this machine; its address."""
    folder = tmp_path / "repository.git"
    files = ["git", f"--git-dir={folder}", f"--work-tree={published.folder}"]
    me = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for command in (
        ["git", "init", "--bare", f"--initial-branch={PUBLISHED}", folder],
        [*files, "add", "--all"],
        [*files, *me, "commit", "--message=The site"],
    ):
        subprocess.run(command, check=True, capture_output=True)
    return folder.as_uri()


@pytest.fixture
def binder(repository, colab, tmp_path):
    """The environment that Binder has started: nbgitpuller in JupyterLab, and none of ours."""
    home = tmp_path / "home"
    home.mkdir()
    github_is_here = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{repository}.insteadOf",
        "GIT_CONFIG_VALUE_0": GITHUB,
    }
    kernel = {"JUPYTER_PATH": str(colab.folder / "jupyter"), "PYTHONPATH": ""}
    with jupyter_lab(home, environment=github_is_here | kernel) as address:
        yield address, home
    colab.forget()


def urlpath(published, chapter):
    """Where the link on a page sends the browser, once mybinder has started the environment."""
    html = (published.folder / f"book/{chapter}.html").read_text("utf-8")
    (link,) = BeautifulSoup(html, "html.parser").select('a[href^="https://mybinder.org/"]')
    parts = urlsplit(link["href"])
    assert parts.path == f"/v2/gh/{REPOSITORY}/{ENVIRONMENT}"
    (path,) = parse_qs(parts.query, strict_parsing=True)["urlpath"]
    return path


def test_the_link_leads_to_a_notebook_whose_exercise_is_judged(published, binder, browser):
    address, home = binder
    page, asked = browser.new_page(viewport={"width": 1280, "height": 1600}), []
    page.set_default_timeout(120_000)  # to install and to load torch takes its time
    page.on("request", lambda request: asked.append(request.url))
    published.asked.clear()
    page.goto(f"{address}/{urlpath(published, 'copying')}")
    page.wait_for_url(f"{address}/lab/tree/attention/notebooks/copying.ipynb")
    until_idle(page)
    ids = [cell.id for cell in cells(home / "attention/notebooks/copying.ipynb")]
    for name in ("install", "check", "cell-1"):  # the third one imports
        said = run(page, ids.index(name))
        assert not any("Error" in text or "could not" in text for text in said), said
    (verdict,) = run(page, ids.index("exercise-1-2-1"))
    assert "1.2.1: not yet" in verdict
    assert published.asked == []  # the wheel came with the notebook
    assert [url for url in asked if not url.startswith((address, "data:", "blob:", "ws:"))] == []
    page.close()


def cells(path):
    return nbformat.read(path, as_version=4).cells


def test_nothing_of_ours_is_in_the_environment(colab):
    found = subprocess.run(
        [colab.python, "-c", "import attention_lab"],
        env=os.environ | {"PYTHONPATH": ""},
        capture_output=True,
        text=True,
    )
    assert "No module named 'attention_lab'" in found.stderr
