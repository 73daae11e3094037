"""Say whether every source resolves to a work of its title: `python .github/resolve.py`."""

import json
import re
import sys
import urllib.request
from pathlib import Path
from xml.etree import ElementTree

from pybtex.database import parse_file

SOURCES = Path(__file__).parents[1] / "book/references.bib"
ARXIV = "https://export.arxiv.org/api/query?id_list="
ATOM = "{http://www.w3.org/2005/Atom}"
DOI = "https://doi.org/"
AS_JSON = "application/vnd.citationstyles.csl+json"  # what registries of DOIs answer with


def sources(path=SOURCES):
    """Each source's name, title, and where it can be looked up.

    Args:
        path: a BibTeX file.

    Raises:
        ValueError: a source has neither a DOI nor an arXiv number.
    """
    found = []
    for name, entry in parse_file(str(path)).entries.items():
        fields = entry.fields
        if "doi" in fields:
            address = DOI + fields["doi"]
        elif fields.get("archiveprefix") == "arXiv":
            address = ARXIV + fields["eprint"]
        else:
            raise ValueError(f"Expected a DOI or an arXiv number of {name}; there is neither.")
        found.append((name, fields["title"], address))
    return found


def title_at(address):
    """The title of the work that an address leads to."""
    headers = {} if address.startswith(ARXIV) else {"Accept": AS_JSON}
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        text = answer.read()
    if address.startswith(ARXIV):
        return ElementTree.fromstring(text).findtext(f"{ATOM}entry/{ATOM}title")
    return json.loads(text)["title"]


def plain(title):
    r"""A title's letters and digits: marks, capitals and LaTeX are set in many ways.

    >>> plain(r"{BERT}'s  Attention")
    'bertsattention'
    """
    without_accents = re.sub(r"\\[^a-zA-Z\s]|\\[a-zA-Z]+\s*", "", title)
    return re.sub(r"[^a-z0-9]", "", without_accents.lower())


def main(look_up=title_at):
    """Print each source. Returns what to say of those that lead elsewhere, or None."""
    wrong = []
    for name, title, address in sources():
        try:
            found = look_up(address)
        except (OSError, ValueError, KeyError, ElementTree.ParseError) as error:
            found = f"nothing: {error}"
        same = plain(title) == plain(found or "")
        print(f"{'✓' if same else '✗'} {name}: {address}")
        if not same:
            wrong.append(f"{name}: expected {title!r} at {address}; got {found!r}.")
    return "\n".join(wrong) or None


if __name__ == "__main__":
    sys.exit(main())
