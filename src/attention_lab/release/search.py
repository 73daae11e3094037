"""The book's search knows the stem of each word; it must know none that no page has.

An index that was made before the chapters were cut tells a solution's words, though in no order.
"""

import re

from sphinx.search.en import SearchEnglish

from attention_lab.release.decoding import plain

WORD = re.compile(r"\w+")
TERMS = re.compile(r'"?\bterms"?\s*:\s*\{(.*?)\}', re.DOTALL)
TERM = re.compile(r'"?(\w+)"?\s*:')
ENGLISH = SearchEnglish({})


def stems(text):
    """The stems of a text's words, as Sphinx has them in its search.

    >>> sorted(stems("Keys, halfway"))
    ['halfwai', 'kei']
    """
    words = {word.lower() for word in WORD.findall(text)}
    return {ENGLISH.stem(word) for word in words if not word.isdecimal()}


def words_in_search(folder, secret):
    """What the search tells and no page beside it: pairs of a file and of what it tells.

    Args:
        folder: with any number of sites in it.
        secret: stems of the words in solutions.
    """
    for index in sorted(folder.rglob("searchindex.js")):
        name = index.relative_to(folder).as_posix()
        terms = TERMS.search(index.read_text("utf-8", "ignore"))
        known = set(TERM.findall(terms[1])) if terms else set()
        pages = [plain(page.read_text("utf-8", "ignore")) for page in index.parent.rglob("*.html")]
        for stem in sorted((known & secret) - stems("\n".join(pages))):
            yield name, f"{stem!r}, from a solution and on no page"
