"""The contents and the settings are YAML: while they are not, there is no book to look at."""

import yaml

from attention_lab.authoring import toc
from attention_lab.authoring.fault import Fault

FILES = (toc.FILE, "_config.yml")


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
        elif file == toc.FILE:
            yield from toc.faults(project)
