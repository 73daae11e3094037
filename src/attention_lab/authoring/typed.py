"""What a page shows as it was typed, because it is no mark after all; and formulas that cannot be.

The build is silent about most of these: a reader finds them.
"""

import re

from attention_lab.authoring.fault import Fault
from attention_lab.authoring.known import ROLES
from attention_lab.site.mathml import to_mathml

# What is found in prose that has been taken apart, what it is then, and what to do.
LEFT = (
    (r"\$\$", "A formula begins or ends here only: $$.", "Write $$ above it and below."),
    (r"\$(?=[^\W\d]|\\)", "A formula begins or ends here only: $.", "Write $ on either side."),
    (r"^#{2,6}(?=[^\s#])", "This is no heading: a blank is lacking behind #.", "Write one."),
    (
        rf"\{{(?:{'|'.join(sorted(ROLES, key=len, reverse=True))})(?:\}}|$)",
        "This is no role.",
        "Write {name}`…`, with no blank and with these marks.",
    ),
    (r"\]\(", "This is no link.", "Write [words](address), without a blank in the address."),
    (r"\[@\w", "This is no citation.", "Write {cite:p}`name`."),
    (r"\[\^\w", "There is no such footnote.", "Write [^name]: below, and the note."),
    (r"\]\{[.#]", "Nothing is made of these braces.", "Delete them."),
    (r"\*\*|~~", "These signs mark nothing.", "Write ** on either side; nothing is struck out."),
    (r"^\|.*\|$", "This is no table.", "Write |---|---| below its first line."),
)
SIGN = re.compile(r"[$#{\]\[*~|]")  # without one of these there is nothing to look for
LABEL = re.compile(r"\([a-z][\w]*-[\w-]+\)")
LATEX = re.compile(r"\\[\[(]")


def faults(book):
    """Marks that are shown, and formulas that are not."""
    for page, text in book.texts:
        if LABEL.fullmatch(text.plain.strip()):
            yield Fault(page.file, text.line, "This is no label.", "Write = behind it.")
        for token, line in text.placed:
            if token.type == "text":
                for what, todo in _left(token.content, page.lines[line - 1]):
                    yield Fault(page.file, line, what, todo)
            elif token.type.startswith("math"):
                yield from _formula(page, line, token.content)
    for page, formula in book.directives("math"):
        yield from _formula(page, formula.line, formula.body.strip())


def _left(said, line):
    """What is wrong with a piece of prose: what, and what to do."""
    for pattern, what, todo in LEFT if SIGN.search(said) else ():
        if re.search(pattern, said):
            yield what, todo
            return
    if LATEX.search(line) and LATEX.search(re.sub(r"`[^`]*`|\$[^$]*\$", "", line)):
        yield "This begins no formula.", "Write $…$, or $$ above it and below."


def _formula(page, line, latex):
    """What is wrong with a formula."""
    if latex != latex.strip(" "):
        what = f"A formula that begins or ends in a blank, ${latex}$, may be none."
        yield Fault(page.file, line, what, r"Write \$ for a dollar, or delete the blank.")
        return
    try:
        to_mathml(latex)
    except ValueError as error:
        what = str(error)
        yield Fault(page.file, line, f"{what[0].upper()}{what[1:]}.", "Mend it.")
