"""No byte of a solution is in what students get: every file is read, and what files hold.

A text is looked for without its blanks, quotes and marks, so it is found whatever a page, a
notebook or a script has made of these; half of it is enough. Of numbers, each row that passes an
exercise is found, however it is written (``rows.py``).
"""

import ast
import re
from typing import NamedTuple

from attention_lab.release.book import INSTRUCTORS, SPOILERS, left_out
from attention_lab.release.cutting import cut, removed
from attention_lab.release.decoding import files, views
from attention_lab.release.package import KEPT_OF_A_VARIANT
from attention_lab.release.rows import answers_in, filled_in, passing_in
from attention_lab.release.search import stems, words_in_search

PACKAGE = "src/attention_lab"
SPECIFIC = 16  # signs from which on a line says something that no other says
PART = 28  # the same, of words from the middle of a line
WORDS = 3  # that these must be at least: torch.tensor([[0.47 is any key's beginning
MARKS = re.compile(r"""[\s"'`*_\\$\u2018-\u201d]+""")  # Sphinx bends quotes
# Not a solution's own: a fence, an option, an import. A line is taken apart where the page has a
# number, a link or a formula for what stands in the source, and before a remark.
COMMON = re.compile(r"^\s*(?:```|:::|:\w[\w-]*:|%|(?:>>> )?(?:import|from) ).*$", re.MULTILINE)
APART = re.compile(r"\{[\w:]+\}`[^`]*`|\[[^\]]*\]\([^)]*\)|\$[^$]+\$|  # ")
WORD = re.compile(r"[^\W\d]")
TOKEN = re.compile(r"\w+|[^\w\s]")
# Here rows of numbers mean something else: files of the themes, which are the same in every book,
# places of words, variants, programs, what was taken from a model.
NO_ROWS = re.compile(
    r"(?:^|/)(?:_static/(?!lab/).*|searchindex\.js|variants\.json|micropython\.(?:wasm|mjs)|"
    r".*\.safetensors)$"
)
# A row of a figure's table is weights, errors, places on an axis: many such pass something, and
# tell nothing that the figure does not. The course's own answers are looked for there, too.
OF_A_FIGURE = re.compile(rb'<details class="numbers">.*?</details>', re.DOTALL)

# What these say is for all to read: hints, what the judge says, the functions that chapters show.
TAUGHT_BY = ("exercises/*.py", "messages.py", "core.py")


class Secrets(NamedTuple):
    """What must not be found."""

    texts: dict  # without marks: the text as somebody wrote it
    parts: dict  # some words in a row, without marks: the text that they are from
    beginnings: frozenset  # the first words of these
    stems: set  # of words, as the search has them


def secrets(project):
    """What the project's chapters and answers know that students may not.

    Args:
        project: its folder, with all solutions in it.
    """
    chapters, whole = _chapters(project)
    shown = "\n".join(cut(text, "") for path, text in chapters.items() if path not in whole)
    texts = _by_signs("\n".join(_solutions(project, chapters)))
    # Of a page that is left out as a whole, what other pages say too is no secret.
    on_these = _by_signs("\n".join(chapters[path] for path in whole))
    known = bare(shown)
    texts |= {signs: line for signs, line in on_these.items() if signs not in known}
    taught = known + bare("\n".join(_taught(project)))
    parts = {
        part: (first, line)
        for line in texts.values()
        for first, part in _parts(line)
        if part not in taught
    }
    beginnings = frozenset(first for first, _ in parts.values())
    words = stems("\n".join(texts.values())) - stems(shown)  # of formulas it has the LaTeX
    lines = {part: line for part, (_, line) in parts.items()}
    return Secrets(texts, lines, beginnings, words)


def _chapters(project):
    """The text of each chapter that is not for instructors alone; and which are spoilers."""
    spoilers, not_theirs = (
        {project / f"{name}.md" for name in left_out(project, key)}
        for key in (SPOILERS, INSTRUCTORS)
    )
    paths = set((project / "book").rglob("*.md")) - not_theirs
    return {path: path.read_text("utf-8") for path in paths}, spoilers


def _solutions(project, chapters):
    """What is cut from chapters, and the course's own answers."""
    yield from (part for text in chapters.values() for part in removed(text))
    # A statement is a line, however many it is written in: alone these would say too little.
    answers = (project / PACKAGE / "answers.py").read_text("utf-8")
    yield from map(ast.unparse, ast.parse(answers).body)


def _taught(project):
    """What the package says to all."""
    for pattern in TAUGHT_BY:
        yield from (path.read_text("utf-8") for path in sorted((project / PACKAGE).glob(pattern)))


def _by_signs(text):
    """The lines of a text that say something of their own, without marks.

    A row of numbers alone may be one of the keys, which everybody knows.
    """
    pieces = [piece for line in COMMON.sub("", text).splitlines() for piece in APART.split(line)]
    lines = {bare(piece): piece.strip() for piece in pieces if WORD.search(piece)}
    return {signs: line for signs, line in lines.items() if len(signs) >= SPECIFIC}


def bare(text):
    """A text without blanks, quotes and marks.

    >>> bare('**So** check("1.3.2", answer)')
    'Socheck(1.3.2,answer)'
    """
    return MARKS.sub("", text)


def _parts(text, beginnings=None):
    """From each word on as many as make ``PART`` signs: pairs of the word and of all of them.

    Args:
        text: of any length.
        beginnings: the words to begin at; all if left out.

    >>> next(_parts("It is the vector that has no direction of its own."))
    ('It', 'Itisthevectorthathasnodirection')
    """
    tokens = TOKEN.findall(MARKS.sub(" ", text))
    for n, token in enumerate(tokens):
        if beginnings is None or token in beginnings:
            part, words = "", 0
            for word in tokens[n : n + PART]:
                part += word
                words += word.isalpha()
                if len(part) >= PART:
                    break
            if len(part) >= PART and words >= WORDS:
                yield token, part


def leaks(folder, known):
    """What is found in a folder: pairs of a file and of what it tells.

    Args:
        folder: of which every file is read, also those inside archives.
        known: Secrets.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for name, data in files(path.relative_to(folder).as_posix(), path.read_bytes()):
                yield from ((name, told) for told in _told(name, data, known))
    yield from words_in_search(folder, known.stems)


def _told(name, data, known):
    """The secrets that a file tells, by its name or by what is in it; each once."""
    told = [line for view in {*views(data), name} for line in _said(view, known)]
    if not NO_ROWS.search(name):
        rows = {*views(OF_A_FIGURE.sub(b" ", data)), name}
        told += [line for view in rows for line in passing_in(view)]
    text = data.decode("utf-8", "ignore")
    if name.endswith("variants.json") and re.search(r"\]\s*,\s*-?\d+\s*,", text):
        told.append(f"more than {KEPT_OF_A_VARIANT} parts of a variant")
    return dict.fromkeys(told)


def _said(text, known):
    """The secrets in one view of a file's text."""
    signs = bare(text)
    yield from (line for secret, line in known.texts.items() if secret in signs)
    for _, part in _parts(text, known.beginnings):
        if part in known.parts:
            yield known.parts[part]
    yield from answers_in(text)
    yield from filled_in(text)
