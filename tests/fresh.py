"""A fresh virtual environment that holds what Colab has, and notebooks run in it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat

from tests.conftest import ROOT

HAS = ("torch", "numpy", "scipy", "matplotlib", "ipywidgets", "ipykernel")
# Another Python and other versions, such as Colab's: a file in the form of requirements.
PYTHON = os.environ.get("LAUNCH_PYTHON", sys.executable)
REQUIREMENTS = os.environ.get("LAUNCH_REQUIREMENTS")
OURS = {"PYTHONPATH", "VIRTUAL_ENV", "JUPYTER_PATH"}  # of the environment that the tests run in


class Fresh:
    """A virtual environment in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.python = folder / "venv/bin/python"
        subprocess.run([PYTHON, "-m", "venv", folder / "venv"], check=True)
        self.pip("install", *self._what_colab_has())
        self.packages = self.installed()
        kernel = folder / "jupyter/kernels/python3"
        kernel.mkdir(parents=True)
        start = [str(self.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": start, "display_name": "Python 3", "language": "python"}
        (kernel / "kernel.json").write_text(json.dumps(spec))

    def _what_colab_has(self):
        if REQUIREMENTS:
            return ["--requirement", ROOT / REQUIREMENTS]
        pins = (ROOT / "requirements.txt").read_text().splitlines()
        versions = self.folder / "versions.txt"
        versions.write_text("\n".join(pin for pin in pins if not pin.startswith("-e")))
        return ["--constraint", versions, *HAS]

    def pip(self, *words):
        """Run pip there; returns what it says."""
        command = [self.python, "-m", "pip", "--disable-pip-version-check", *words]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def installed(self):
        """Name and version of every package there."""
        listed = json.loads(self.pip("list", "--format", "json"))
        return {package["name"]: package["version"] for package in listed}

    def forget(self):
        """Take away what has come since the environment was made."""
        new = set(self.installed()) - set(self.packages)
        if new:
            self.pip("uninstall", "--yes", *new)
        assert self.installed() == self.packages, "A notebook has changed what was there."

    def environment(self, **more):
        """What a program in it finds in its environment: nothing of the one that tests run in."""
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        return kept | {"JUPYTER_PATH": str(self.folder / "jupyter"), **more}

    def run(self, notebook, **more):
        """Run a notebook from top to bottom, in the folder it lies in; returns it with outputs.

        An error does not stop it, so that a test sees what every cell says.
        """
        execute = Path(sys.executable).with_name("jupyter-execute")
        done = subprocess.run(
            [execute, "--inplace", "--allow-errors", "--timeout=120", notebook],
            env=self.environment(**more),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return nbformat.read(notebook, as_version=4)
