"""No byte of a solution is in what students get: every file is read, and what files hold.

A text is looked for without its blanks, quotes and marks, so it is found whatever a page, a
notebook or a script has made of these. Numbers are looked for in a row, in each of the ways to
print them.
"""

import html
import io
import re
import zipfile
import zlib
from typing import NamedTuple

from attention_lab.answers import answer
from attention_lab.exercises import EXERCISES
from attention_lab.fixtures import SEED
from attention_lab.release.book import spoilers
from attention_lab.release.cutting import cut, removed
from attention_lab.release.package import KEPT_OF_A_VARIANT

SPECIFIC = 16  # signs from which on a line says something that no other says
MARKS = re.compile(r"""[\s"'`*_\\$\u2018-\u201d]+""")  # Sphinx bends quotes
# Not a solution's own: a fence, an option, an import. A line is taken apart where the page has a
# number or a link for a role, and before a remark.
COMMON = re.compile(r"^\s*(?:```|:::|:\w[\w-]*:|%|(?:>>> )?(?:import|from) ).*$", re.MULTILINE)
APART = re.compile(r"\{[\w:]+\}`[^`]*`|\[[^\]]*\]\([^)]*\)|  # ")
WORD = re.compile(r"[^\W\d]")
TAG = re.compile(r"<[^<>]*>")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
BETWEEN = r"[^\w.+-]{1,40}"  # what stands between two numbers of a row


class Secrets(NamedTuple):
    """What must not be found."""

    texts: dict  # without marks: the text as somebody wrote it
    numbers: dict  # patterns of rows of numbers: what they answer


def secrets(project):
    """What the project's chapters, answers and variants know that students may not.

    Args:
        project: its folder, with all solutions in it.
    """
    chapters = {path: path.read_text("utf-8") for path in (project / "book").glob("*.md")}
    whole = {project / f"{name}.md" for name in spoilers(project)}
    told = [part for text in chapters.values() for part in removed(text)]
    told.append((project / "src/attention_lab/answers.py").read_text("utf-8"))
    texts = _by_signs("\n".join(told))
    # Of a page that is left out as a whole, what other pages say too is no secret.
    known = bare("\n".join(cut(chapters[path], "") for path in chapters.keys() - whole))
    left_out = _by_signs("\n".join(chapters[path] for path in whole))
    texts |= {signs: line for signs, line in left_out.items() if signs not in known}
    return Secrets(texts, dict(reversed([*_answers()])))  # the first to ask for a row names it


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


def _answers():
    """Patterns for each row of each answer; a row of zeros says nothing."""
    for task in EXERCISES:
        rows = answer(task, SEED)
        for row in rows if task.kind == "query" else [rows]:
            if any(row):
                yield re.compile(BETWEEN.join(map(_printed, row))), f"the answer to {task.number}"


def _printed(x):
    """A pattern for the ways to print a number, from two decimals on.

    >>> [bool(re.fullmatch(_printed(4.7), text)) for text in ("4.7", "4.7000", "4.71", "14.7")]
    [True, True, False, False]
    """
    ways = {f"{x:.{digits}f}".rstrip("0").rstrip(".") for digits in (2, 3, 4, 6)} | {repr(x)}
    found = "|".join(re.escape(way) + r"(?:0*|\.0*)" for way in sorted(ways, key=len, reverse=True))
    return rf"(?<![\d.])(?:{found})(?!\.?\d)"


def leaks(folder, known):
    """What is found in a folder: pairs of a file and of what it tells.

    Args:
        folder: of which every file is read, also those inside archives.
        known: Secrets.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for name, data in _files(path.relative_to(folder).as_posix(), path.read_bytes()):
                yield from ((name, told) for told in _told(name, data, known))


def _files(name, data):
    """A file, or those that are in it, each with its bytes."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from _files(f"{name}/{inner}", archive.read(inner))
    elif name.endswith("objects.inv"):  # Sphinx's list of names: four lines, then compressed
        yield name, zlib.decompress(data.split(b"\n", 4)[4])
    else:
        yield name, data


def _told(name, data, known):
    """The secrets that a file tells."""
    text = data.decode("utf-8", "ignore")
    said = plain(text)
    for view in {bare(text), bare(said)}:
        yield from (piece for signs, piece in known.texts.items() if signs in view)
    for view in {text, said}:
        yield from (told for pattern, told in known.numbers.items() if pattern.search(view))
    if name.endswith("variants.json") and re.search(r"\]\s*,\s*-?\d+\s*,", text):
        yield f"more than {KEPT_OF_A_VARIANT} parts of a variant"


def plain(text):
    r"""A text without tags, escapes of HTML and of JSON.

    >>> plain(r'"<b>1</b> &lt; \"2\"\n"')
    '"1 < "2" "'
    """
    text = html.unescape(TAG.sub("", text)).replace("\N{MINUS SIGN}", "-")
    text = ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return re.sub(r"\\[nrt]", " ", text).replace('\\"', '"')
