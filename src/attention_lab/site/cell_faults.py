"""What is wrong with the cells of a chapter that was executed, and in which lines of its file."""

import re

from attention_lab.kernel import FAILED

CLAIM = re.compile(rf"^{FAILED}(\d+): (.*)$", re.MULTILINE)


def faulty_cells(notebook, text=""):
    """The code cells that did not do what they should, up to the first that broke off the rest.

    Args:
        notebook: an nbformat notebook.
        text: of the file that it was made from.

    Returns:
        List of pairs: a line of the text, 0 if it is not known, and a sentence.
    """
    found, place = [], 0
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for n, cell in enumerate(code, 1):
        place = max(place, text.find(cell.source, place))
        line = 1 + text.count("\n", 0, place) if text else 0
        found += [(line + at, told) for at, told in _failed_claims(cell)]
        if fault := _fault(cell):
            found.append((line, f"cell {n} {fault}:\n{cell.source}"))
        if "raised an error" in fault:
            break
    return found


def _failed_claims(cell):
    """What the cell asserts and does not hold: how many lines further down, and a sentence."""
    said = CLAIM.split(_stderr(cell))[1:]  # line, claim, what its verdict says; line, claim, …
    return [
        (int(line) - 1, " ".join([f"No longer holds: {claim}", *why.split()]))
        for line, claim, why in zip(said[::3], said[1::3], said[2::3])
    ]


def _fault(cell):
    """What else is wrong with one executed code cell; empty if nothing."""
    errors = [output for output in cell.outputs if output.output_type == "error"]
    may_fail = "raises-exception" in cell.metadata.get("tags", [])
    if cell.execution_count is None:
        return "was not run"
    if errors and not may_fail:
        return f"raised an error, {errors[0].ename}: {errors[0].evalue}; what follows was not run"
    if CLAIM.split(_stderr(cell))[0].strip():
        return "wrote to stderr"
    if may_fail and not errors:
        return "is tagged raises-exception and raised nothing"
    return ""


def _stderr(cell):
    return "".join(output.text for output in cell.outputs if output.get("name") == "stderr")
