"""Contents, settings and requirements can be read: else there is no book to look at."""

import re
import tomllib

import yaml

from attention_lab.authoring import config, toc
from attention_lab.authoring.fault import Fault

REQUIREMENTS = "pyproject.toml"
FILES = {toc.FILE: toc, config.FILE: config}


def faults(project):
    """What keeps the book of a project from being read at all."""
    for file in FILES:
        path = project / file
        if not path.is_file():
            continue
        try:
            written = yaml.safe_load(path.read_text("utf-8"))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            what = f"This is no YAML: {getattr(error, 'problem', None) or error}."
            yield Fault(file, mark.line + 1 if mark else 1, what, "Look at the line above, too.")
            continue
        if not isinstance(written, dict):
            yield Fault(file, 1, "Expected lines such as name: value.", "Mend it.")
        else:
            yield from FILES[file].faults(project)
    yield from _requirements(project / REQUIREMENTS)


def _requirements(path):
    """What is wrong with the file that names the extras of chapters."""
    try:
        tomllib.loads(path.read_text("utf-8")) if path.is_file() else None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = REQUIREMENTS, int(line[1]) if line else 1
        yield Fault(*place, f"This is no TOML: {error}.", "Look at the lines above, too.")
