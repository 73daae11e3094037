r"""A number in prose is quoted from a cell, not typed: what is typed goes wrong unnoticed.

Looked at are decimals, percentages, and whole numbers from 10 on; smaller ones mostly count or
name what stands before the reader's eyes. Such a number is typed unless it is

- quoted: ``{glue:text}`name:.2f```,
- given: it stands in a cell or in a formula of the same page, as a premise does, or
- cited: its paragraph has a ``{cite:p}``.

To say "this number is meant", because it is a premise or follows by arithmetic that the text shows,
write it as a formula: ``$6 \cdot 12 = 72$``. Better, where it can be: assert it in a cell tagged
remove-cell, which makes it given, and true. Numbers of exercises (1.3.2) and of sections, in
titles, are names; years are for ``claims.py``; the choices of a guess are guesses.
"""

import re

from attention_lab.authoring.claims import YEAR
from attention_lab.authoring.fault import Fault
from attention_lab.authoring.sources import CITES

UNIT = r"(?:\s?%|[kM]|[kMG]?B|ms|s|x)"
NUMBER = re.compile(rf"(?<![\w.,-])\d[\d,]*(?:\.\d+)*{UNIT}?(?![\w])")
GIVEN = re.compile(r"(?<![\w.])\d[\d_]*(?:\{?,\}?\d{3})*(?:\.\d+)?")
CHOICE = re.compile(r"- \[.*?\]")
TODO = "Quote it with {glue:text}, assert it in a cell, or write $…$ around one that is meant."
FROM = 10  # on, whole numbers are looked at


def faults(book):
    """Numbers that somebody has typed."""
    for page in book.pages:
        given = _given(page)
        for text in page.texts:
            if text.heading or any(text.roles(*CITES)):
                continue
            for written, line in _written(page, text):
                value = _value(written)
                if value is not None and value not in given:
                    what = f"The number {written} is typed: nobody notices when it is wrong."
                    yield Fault(page.file, line, what, TODO)


def _written(page, text):
    """The numbers in a text, each with its line."""
    for token, line in text.placed:
        if token.type == "text" and not CHOICE.match(page.lines[line - 1].strip()):
            years = {found.start() for found in re.finditer(YEAR, token.content)}
            for found in NUMBER.finditer(token.content):
                if found.start() not in years:
                    yield found[0].rstrip(","), line


def _value(written):
    """What a number is worth, if it is one that must not be typed; else None.

    >>> _value("0.51"), _value("1,024"), _value("50 %"), _value("30ms")
    (0.51, 1024.0, 50.0, 30.0)
    >>> _value("7"), _value("1.3.2")
    (None, None)
    """
    plain = re.sub(f"{UNIT}$", "", written).replace(",", "")
    if plain.count(".") > 1:
        return None
    looked_at = "." in plain or "%" in written or float(plain) >= FROM
    return float(plain) if looked_at else None


def _given(page):
    """The numbers in a page's cells and formulas."""
    code = [part.body for part in page.directives("", "code-cell", "code", "math")]
    code += [
        token.content
        for text in page.texts
        for token in text.inline
        if token.type.startswith("math") or token.type == "code_inline"
    ]
    found = GIVEN.findall("\n".join(code))
    return {float(re.sub(r"[_,{}]", "", number)) for number in found}
