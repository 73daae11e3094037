"""Each fence is closed, and a directive is one that the build knows: else none can follow."""

from attention_lab.authoring.fault import Fault
from attention_lab.release.cutting import CODE, FENCE

TODO = "The rest of the page was not looked at."


def fault(page, known):
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
            todo = known.lacks("directive", fence["name"]) if fence["name"] else ""
            if todo:
                what = f"Nothing knows the directive {{{fence['name']}}}."
                return Fault(page.file, number, what, f"{todo} {TODO}")
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
