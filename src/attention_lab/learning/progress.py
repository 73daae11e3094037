r"""A progress bar on standard output that leaves one line.

A bar is drawn again and again over itself. A terminal does that with ``\r``. A notebook keeps every
``\r`` and all that it should have erased, and a page made from it shows them; so there a cell's
output is cleared before each new line, and only the last one is kept. The bar tells no times: what
a page shows must be the same on every build.
"""

import sys

from tqdm import tqdm

FORMAT = "{desc}: {bar:20} {n_fmt} of {total_fmt} steps{postfix}"


class Bar(tqdm):
    """A bar over the steps of a training; ``tell`` puts a number at its end.

    Args:
        steps: how many there are.
        doing: what is done in them.
        file: where it is written; standard output if left out.

    >>> for step in Bar(3, "Counting"):
    ...     pass
    Counting: ████████████████████ 3 of 3 steps
    """

    def __init__(self, steps, doing, file=None):
        file = file or _last_line_of(sys.stdout)
        super().__init__(range(steps), desc=doing, file=file, bar_format=FORMAT, ascii=False)

    def tell(self, name, number):
        """Put a number at the end of the bar; it is drawn with the next step."""
        self.set_postfix_str(f"{name} {number:.3f}", refresh=False)


class _LastLine:
    """Takes what a bar writes and hands on its last line alone."""

    encoding = "utf-8"

    def __init__(self, out, clear):
        self.out, self.clear = out, clear

    def write(self, text):
        """Show the text instead of what was there."""
        if text.strip():
            self.clear()
            self.out.write(text.strip() + "\n")

    def flush(self):
        """Show it now."""
        self.out.flush()


def _last_line_of(out):
    """Where a bar on standard output is written: in a notebook, on a terminal, into a file."""
    if "ipykernel" in sys.modules:
        from IPython.display import clear_output

        return _LastLine(out, clear=lambda: clear_output(wait=True))
    return out
