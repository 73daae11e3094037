"""The settings, ``_config.yml``, say what Jupyter Book understands, and name what is there.

Any name may be a setting of an extension. So a name is a fault only where it is nearly one that
Jupyter Book has, and a value where Jupyter Book says which there are.
"""

import json
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path

import yaml

from attention_lab.authoring.fault import Fault
from attention_lab.meant import meant
from attention_lab.release.book import INSTRUCTORS, SPOILERS

FILE = "_config.yml"
OURS = (SPOILERS, INSTRUCTORS, "project", "only_build_toc_files")
NEAR = 0.8  # of 1, how alike two names are that are hardly both meant


def faults(project):
    """What is wrong with settings that are YAML."""
    text = (project / FILE).read_text("utf-8")
    for path, what, todo in _found(project, yaml.safe_load(text)):
        yield Fault(FILE, _line(yaml.compose(text), path), what, todo)


def _found(project, settings):
    """Each fault: the path of keys to it, what is wrong, what to do."""
    known = _schema()
    yield from _keys((), settings, {*known, *OURS})
    for section, about in known.items():
        given, allowed = settings.get(section), about.get("properties")
        if allowed and isinstance(given, dict):
            yield from _keys((section,), given, allowed)
            yield from _values(section, given, allowed)
    for key in (SPOILERS, INSTRUCTORS):
        if not isinstance(settings.get(key) or [], list):
            yield (key,), f"Expected a list of pages under {key}.", f"{key}: [book/page]"
    yield from _sphinx(project, settings.get("sphinx") or {})


def _schema():
    """What Jupyter Book says of its settings, by their names."""
    folder = Path(find_spec("jupyter_book").origin).parent
    return json.loads((folder / "config_schema.json").read_text("utf-8"))["properties"]


def _keys(path, given, allowed):
    for key in given:
        near = get_close_matches(str(key), allowed, 1, NEAR)
        if key not in allowed and near:
            yield (*path, key), f"Nothing knows the setting {key!r}.", f"Did you mean {near[0]}?"


def _values(section, given, allowed):
    for key, about in allowed.items():
        values = about.get("enum")
        if values and key in given and given[key] not in values:
            what = f"There is no {given[key]!r} for {key}."
            yield (section, key), what, meant(str(given[key]), [*map(str, values)])


def _sphinx(project, given):
    """Extensions and files of sources that there are not."""
    config = given.get("config") or {}
    named = [(("sphinx", "config", "extensions"), one) for one in config.get("extensions") or []]
    named += [(("sphinx", "extra_extensions"), one) for one in given.get("extra_extensions") or []]
    theirs = given.get("local_extensions") or {}
    for path, name in named:
        if name.partition(".")[0] not in theirs and not _is_there(name):
            what = f"There is no extension {name!r}."
            yield (*path, name), what, "Install what brings it, or mend its name."
    for name in config.get("bibtex_bibfiles") or []:
        if not (project / name).is_file():
            path = ("sphinx", "config", "bibtex_bibfiles", name)
            yield path, f"There is no file {name!r}.", "Write it, or mend its name."


def _is_there(name):
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _line(node, path):
    """The line of a key, or of an entry of a list, at the end of a path."""
    line = node.start_mark.line + 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            key, node = next((k, v) for k, v in node.value if k.value == str(step))
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode):
            entry = next(entry for entry in node.value if entry.value == str(step))
            line = entry.start_mark.line + 1
    return line
