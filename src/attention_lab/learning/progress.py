r"""A progress bar on standard output that leaves one line.

A bar is drawn again and again over itself. A terminal does that with ``\r``. A notebook keeps every
``\r`` and all that it should have erased, and a page made from it shows them: so in a notebook the
cell's output is cleared before each new line. Where nobody watches, only the last line is written.
The bar tells no times, for what a page shows must be the same on every build.
"""

import sys

from tqdm import tqdm

FORMAT = "{desc}: {bar:10} {n_fmt}/{total_fmt}{postfix}"


class Bar(tqdm):
    """A bar over the steps of a training; ``tell`` puts a number at its end.

    Args:
        steps: how many there are.
        doing: what is done in them.

    >>> for step in Bar(3, "Counting"):
    ...     pass
    Counting: ██████████ 3/3
    """

    def __init__(self, steps, doing):
        self._out = sys.stdout if sys.stdout.isatty() else _LastLine(sys.stdout)
        super().__init__(range(steps), desc=doing, file=self._out, bar_format=FORMAT, ascii=False)

    def tell(self, name, number):
        """Put a number at the end of the bar; it is drawn with the next step."""
        self.set_postfix_str(f"{name} {number:.3f}", refresh=False)

    def close(self):
        """Draw the bar for the last time."""
        is_open = not self.disable
        super().close()
        if is_open and isinstance(self._out, _LastLine):
            self._out.finish()


class _LastLine:
    """Takes what a bar writes and shows its last line alone."""

    encoding = "utf-8"  # else tqdm draws with hash signs

    def __init__(self, out):
        self._out, self._line, self._watched = out, "", _is_notebook()

    def write(self, text):
        """Show the text instead of what was there, where somebody watches."""
        if text.strip():
            self._line = text.strip()
            if self._watched:
                self._show()

    def finish(self):
        """Show the last line, where nobody watches."""
        if not self._watched:
            print(self._line, file=self._out)

    def flush(self):
        """Show now what was written."""
        self._out.flush()

    def _show(self):
        from IPython.display import clear_output

        clear_output(wait=True)
        print(self._line, file=self._out)


def _is_notebook():
    """Whether a kernel runs this, whose output is kept in a notebook."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")
