"""What is wrong with the cells of a chapter that was executed, and in which lines of its file."""

import re

from attention_lab.kernel import FAILED

CLAIM = re.compile(rf"^{FAILED}(\d+): (.*)$", re.MULTILINE)


def faulty_cells(notebook, text=""):
    """The code cells that did not do what they should.

    After one that raised an error, a name that is not defined is told no more: it was to be made.

    Args:
        notebook: an nbformat notebook.
        text: of the file that it was made from.

    Returns:
        List of pairs: a line of the text, 0 if it is not known, and a sentence.
    """
    found, place, broken_off = [], 0, False
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for n, cell in enumerate(code, 1):
        place = max(place, text.find(cell.source, place))
        line = 1 + text.count("\n", 0, place) if text else 0
        found += [(line + at, told) for at, told in _failed_claims(cell)]
        error = _error(cell)
        if error and broken_off and error.ename == "NameError":
            continue
        if fault := _fault(cell, error):
            found.append((line, f"cell {n} {fault}:\n{cell.source}"))
        broken_off = broken_off or bool(error)
    return found


def may_fail(cell):
    """Whether a cell is there to show an error."""
    return "raises-exception" in cell.metadata.get("tags", [])


def _error(cell):
    """The output that is an error, and should not be; None if there is none."""
    errors = (output for output in cell.outputs if output.output_type == "error")
    return None if may_fail(cell) else next(errors, None)


def _failed_claims(cell):
    """What the cell asserts and does not hold: how many lines further down, and a sentence."""
    said = CLAIM.split(_stderr(cell))[1:]  # line, claim, what its verdict says; line, claim, …
    return [
        (int(line) - 1, " ".join([f"No longer holds: {claim}", *why.split()]))
        for line, claim, why in zip(said[::3], said[1::3], said[2::3])
    ]


def _fault(cell, error):
    """What else is wrong with one executed code cell; empty if nothing."""
    if cell.execution_count is None:
        return "was not run"
    if error:
        return f"raised an error, {error.ename}: {error.evalue}"
    if CLAIM.split(_stderr(cell))[0].strip():
        return "wrote to stderr"
    if may_fail(cell) and not any(output.output_type == "error" for output in cell.outputs):
        return "is tagged raises-exception and raised nothing"
    return ""


def _stderr(cell):
    return "".join(output.text for output in cell.outputs if output.get("name") == "stderr")
