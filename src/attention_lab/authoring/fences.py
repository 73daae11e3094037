"""Each fence is closed, and a directive is one that the build knows: else none can follow."""

from attention_lab.authoring.fault import Fault
from attention_lab.meant import meant
from attention_lab.release.cutting import CODE, FENCE

TODO = "The rest of the page was not looked at."
DIRECTIVES = (
    # Ours.
    *("criteria", "guess", "hints", "needs", "questions", "results", "worksheet"),
    # MyST-NB's.
    *("code-cell", "glue:figure", "glue:math", "glue:md", "glue:any"),
    # Of exercises, of sources, of folds and cards.
    *("exercise", "exercise-start", "exercise-end", "solution", "solution-start", "solution-end"),
    *("bibliography", "footbibliography", "dropdown", "card", "grid", "grid-item", "tab-set"),
    *("tab-item", "div", "button-link", "button-ref", "grid-item-card"),
    # Docutils' and Sphinx's.
    *("admonition", "attention", "caution", "danger", "error", "hint", "important", "note"),
    *("seealso", "tip", "warning", "topic", "sidebar", "rubric", "epigraph", "margin"),
    *("figure", "image", "table", "list-table", "csv-table", "math", "code", "code-block"),
    *("literalinclude", "eval-rst", "glossary", "index", "only", "include", "raw", "contents"),
    *("toctree", "tableofcontents", "versionadded", "deprecated", "container", "figure-md"),
)


def fault(page):
    """The first fence of a page that is not closed, or opens what nothing knows; None if all do."""
    open_ones = []  # fences, the outermost first, each with its line
    for number, line in enumerate(page.text.splitlines(), 1):
        last, begun = open_ones[-1] if open_ones else (None, 0)
        fence = FENCE.fullmatch(line.rstrip())
        if last and _closes(line.strip(), last):
            open_ones.pop()
        elif fence and last and fence["name"] and _as_long(fence, last):
            return _unclosed(page, begun)
        elif fence and not (last and _is_code(last)):
            if fence["name"] and fence["name"] not in DIRECTIVES:
                what = f"Nothing knows the directive {{{fence['name']}}}."
                return Fault(page.file, number, what, f"{meant(fence['name'], DIRECTIVES)} {TODO}")
            open_ones.append((fence, number))
    return _unclosed(page, open_ones[-1][1]) if open_ones else None


def _closes(line, fence):
    return _as_long({"sign": line[:1], "mark": line}, fence) and set(line) == {fence["sign"]}


def _as_long(fence, other):
    """Whether a fence could close another, or lets it end by what should close itself."""
    return fence["sign"] == other["sign"] and len(fence["mark"]) >= len(other["mark"])


def _is_code(fence):
    return fence["sign"] != ":" and fence["name"] in (None, *CODE)


def _unclosed(page, line):
    return Fault(page.file, line, "The fence opened here is not closed.", TODO)
