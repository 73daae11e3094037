"""A JupyterLab on this machine, without its user's settings, and hands for it in a browser."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import pytest

from tests.conftest import ROOT

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
OWN = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")


@contextlib.contextmanager
def jupyter_lab(folder, *, options=None, environment=None):
    """Run a JupyterLab until the block ends.

    Args:
        folder: where it starts, and what it serves unless an option says otherwise.
        options: traits of Jupyter's applications, added to ``OPTIONS``.
        environment: variables, added to this process's and to those that name folders of its own.

    Yields:
        Its address.
    """
    options = OPTIONS | {"ServerApp.port": free_port()} | (options or {})
    with tempfile.TemporaryDirectory() as own, open(f"{own}/log", "w+") as log:
        variables = {name: f"{own}/{name}" for name in OWN} | {"PYTHONPATH": str(ROOT / "src")}
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *(f"--{name}={x}" for name, x in options.items())],
            cwd=folder,
            env=os.environ | variables | (environment or {}),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield wait_for(f"http://127.0.0.1:{options['ServerApp.port']}", server, log)
        finally:
            server.terminate()  # and with it the kernels
            server.wait()


def free_port():
    """A port that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


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


def until_idle(page):
    """The notebook in front has a kernel, and it has nothing to do."""
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


def save(page):
    """Save the document in front, and wait until it is written."""
    page.evaluate("jupyterapp.shell.currentWidget.context.save()")
