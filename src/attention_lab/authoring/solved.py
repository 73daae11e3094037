"""A solution is folded, its cells stand in it, and a write-up has what helps with it."""

from attention_lab.authoring.fault import Fault

EXPERIMENT = "An experiment that could prove it wrong"
MODEL = "A model answer"


def faults(book):
    """Solutions that can be seen, and write-ups that lack a part."""
    for page, start in book.directives("solution-start"):
        if "dropdown" not in start.option("class"):
            yield Fault(page.file, start.line, "This solution is not folded.", ":class: dropdown")
    for page, cell in book.cells:
        if "solution" in cell.tags and cell.solution is None:
            what = "This cell is tagged solution and stands in none."
            yield Fault(page.file, cell.line, what, "Put it below a {solution-start}.")
    for page in book.pages:
        yield from _writeups(book, page)


def _writeups(book, page):
    """Each write-up has its rubric, a model answer, and an experiment that links to another."""
    names = [writeup.name for writeup in book.writeups]
    boxes = [box for box in page.directives("exercise") if box.option("label") in names]
    rubrics = {rubric.argument for rubric in page.directives("criteria")}
    models = [fold for fold in page.directives("dropdown") if fold.argument == MODEL]
    for n, box in enumerate(boxes):
        name = box.option("label")
        there = {
            f"a rubric: ```{{criteria}} {name}": name in rubrics,
            f"a fold {MODEL!r}": len(models) > n,
            f"a section {EXPERIMENT!r} with a link to one, [](#exp-…)": _links_to_one(page),
        }
        for what in [what for what in there if not there[what]]:
            yield Fault(page.file, box.line, f"The write-up {name} lacks {what}.", "Write it.")


def _links_to_one(page):
    """Whether the section on an experiment leads to one in which something learns."""
    return any(
        token.attrs.get("href", "").startswith("#exp-")
        for text in page.texts
        if text.section == EXPERIMENT
        for token in text.inline
        if token.type == "link_open"
    )
