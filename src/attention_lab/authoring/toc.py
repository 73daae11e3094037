"""The contents, ``_toc.yml``, as the build reads them: chapters, in parts and sections or without.

What is wrong with them is told in the words of sphinx-external-toc, which has no lines: they are
found here, by the path that it names, such as ``/parts/0/chapters/1``.
"""

import re

import yaml
from sphinx_external_toc.parsing import MalformedError, parse_toc_data

from attention_lab.authoring.fault import Fault
from attention_lab.meant import meant

FILE = "_toc.yml"
TEXT = ".md"
OTHERS = (".ipynb", ".rst")  # what Jupyter Book reads, and this course does not
TODO = "Expected root: … and chapters: with lines such as - file: book/words."
PATH = re.compile(r"(?P<what>.*?) @ '(?P<path>[^']*)'(?P<more>.*)", re.DOTALL)
UNKNOWN = re.compile(r"Unknown keys found: \{(.*)\}, allowed: \{(.*)\}")


def files(project):
    """The files that the contents of a project name, in their order."""
    found = parse_toc_data(yaml.safe_load((project / FILE).read_text("utf-8")))
    names = [name.removesuffix(TEXT) for name in found]
    by_pattern = {
        path.relative_to(project).as_posix()
        for pattern in found.globs()
        for path in project.glob(f"{pattern}{TEXT}")
    }
    listed = [f"{name}{TEXT}" for name in names]
    return listed + sorted(by_pattern - {*listed})


def absent(project, file):
    """A Fault for a file that the contents name and that is not there as MyST text."""
    name = file.removesuffix(TEXT)
    for ending in OTHERS:
        if (project / f"{name}{ending}").is_file():
            what = f"{name}{ending} is no MyST text, which can be handed out and looked at."
            todo = f"jupytext --to md:myst {name}{ending} makes one."
            return Fault(FILE, line_of(project, name), what, todo)
    todo = "Write it, or take it out of the contents."
    return Fault(FILE, line_of(project, name), f"There is no {file}.", todo)


def line_of(project, name, entry=1):
    """The line of the contents in which a name stands as an entry, for the first time or again."""
    lines = (project / FILE).read_text("utf-8").splitlines()
    names = [line.partition(" #")[0].rpartition(":")[2].strip(" \"'") for line in lines]
    found = [n for n, one in enumerate(names, 1) if one.removesuffix(TEXT) == name]
    return found[min(entry, len(found)) - 1] if found else 1


def faults(project):
    """What keeps contents, which are YAML, from being followed."""
    text = (project / FILE).read_text("utf-8")
    try:
        parse_toc_data(yaml.safe_load(text))
    except MalformedError as error:
        twice = re.fullmatch(r"document file used multiple times: '(.*)'", str(error))
        if twice:
            what = f"The page {twice[1]} is in the contents already."
            yield Fault(FILE, line_of(project, twice[1], 2), what, "Keep one of them.")
        else:
            yield _malformed(text, str(error))


def _malformed(text, said):
    """A Fault for what sphinx-external-toc says of a place."""
    found = PATH.fullmatch(said)
    if not found:
        return Fault(FILE, 1, f"{said[0].upper()}{said[1:]}.", TODO)
    node = _at(yaml.compose(text), filter(None, found["path"].split("/")))
    unknown = UNKNOWN.match(found["what"])
    if unknown:
        word, *_ = sorted(re.findall(r"'(\w+)'", unknown[1]))
        keys = [key for key, _ in node.value if key.value == word]
        allowed = [key for key in re.findall(r"'(\w+)'", unknown[2]) if key != "None"]
        todo = meant(word, allowed)
        return Fault(FILE, keys[0].start_mark.line + 1, f"Nothing knows {word!r} here.", todo)
    what = f"{found['what'][0].upper()}{found['what'][1:]}{found['more']}."
    return Fault(FILE, node.start_mark.line + 1, what, TODO)


def _at(node, path):
    """The YAML at a path, or as far as there is some."""
    for step in path:
        if isinstance(node, yaml.SequenceNode) and step.isdecimal():
            node = node.value[int(step)]
        elif isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), node)
    return node
