"""A tensor as text, column under column, as torch prints it."""

import math

from attention_lab.page.formatting import fixed, scientific

from .dtypes import bool_, float32, int64
from .shapes import cat, stack

DEFAULT = {"precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80, "sci_mode": None}
options = dict(DEFAULT)


def set_printoptions(
    precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None
):
    """How tensors are printed from now on."""
    if profile == "default":
        options.update(DEFAULT)
    given = {"precision": precision, "threshold": threshold, "edgeitems": edgeitems}
    given["linewidth"] = linewidth
    options.update({name: value for name, value in given.items() if value is not None})
    options["sci_mode"] = sci_mode


def text_of(tensor):
    """What ``print`` shows."""
    start = "tensor("
    ends = []
    if not tensor.numel():
        body = "[]"
        if tensor.ndim != 1:
            ends.append(f"size={tuple(tensor.sizes)}")
    else:
        long = tensor.numel() > options["threshold"]
        shown = summary(tensor) if long else tensor
        body = _block(tensor, len(start), long, Formatter(shown))
    if tensor.dtype not in (float32, int64, bool_) or (
        not tensor.numel() and tensor.dtype is not float32
    ):
        ends.append(f"dtype={tensor.dtype!r}")
    return start + body + _suffixes(start + body, ends, len(start)) + ")"


def _suffixes(text, ends, indent):
    length = len(text) - text.rfind("\n") + 1
    suffixes = ""
    for end in ends:
        if length + len(end) + 2 > options["linewidth"]:
            suffixes += ",\n" + " " * indent + end
            length = indent + len(end)
        else:
            suffixes += ", " + end
            length += len(end) + 2
    return suffixes


class Formatter:
    """One width and one notation for all numbers of a tensor."""

    def __init__(self, tensor):
        self.real = tensor.dtype.is_floating_point
        self.scientific = False
        self.whole = True
        values = list(tensor.values())
        if not self.real:
            self.width = max([len(str(x)) for x in values])
            return
        counted = [x for x in values if math.isfinite(x) and x != 0]
        if counted:
            self.choose(counted)
        self.width = max([len(self.text(x)) for x in counted] + [1])

    def choose(self, values):
        """The notation: whole numbers, so many decimals, or powers of ten."""
        sizes = [abs(x) for x in values]
        low, high = min(sizes), max(sizes)
        self.whole = all(x == math.floor(x) for x in values)
        self.scientific = options["sci_mode"]
        if self.scientific is None:
            self.scientific = high / low > 1000 or high > 1e8 or low < 1e-4

    def text(self, value):
        """One number."""
        if not self.real:
            return str(value)
        if not math.isfinite(value):
            return "nan" if value != value else ("inf" if value > 0 else "-inf")
        if self.scientific:
            return scientific(value, options["precision"])
        return fixed(value, 0) + "." if self.whole else fixed(value, options["precision"])

    def padded(self, value):
        """One number, as wide as all."""
        text = self.text(value)
        return " " * (self.width - len(text)) + text


def _block(tensor, indent, long, formatter):
    """The brackets of one axis and all within."""
    if not tensor.ndim:
        return formatter.padded(tensor.item())
    if tensor.ndim == 1:
        return _line(tensor, indent, long, formatter)
    edge = options["edgeitems"]
    parts = [_block(part, indent + 1, long, formatter) for part in _ends(tensor, long)]
    if long and len(tensor) > 2 * edge:
        parts.insert(edge, "...")
    return "[" + ("," + "\n" * (tensor.ndim - 1) + " " * (indent + 1)).join(parts) + "]"


def _line(tensor, indent, long, formatter):
    """The last axis, broken where a line is full."""
    edge = options["edgeitems"]
    parts = [formatter.padded(x.item()) for x in _ends(tensor, long)]
    if long and len(tensor) > 2 * edge:
        parts.insert(edge, " ...")
    fit = max(1, (options["linewidth"] - indent) // (formatter.width + 2))
    lines = [", ".join(parts[i : i + fit]) for i in range(0, len(parts), fit)]
    return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"


def _ends(tensor, long):
    """The parts along the first axis that are shown."""
    edge = options["edgeitems"]
    if long and len(tensor) > 2 * edge:
        return list(tensor[:edge]) + list(tensor[-edge:])
    return list(tensor)


def summary(tensor):
    """The elements of a long tensor that are shown."""
    if not tensor.ndim:
        return tensor
    if tensor.ndim == 1:
        edge = options["edgeitems"]
        return cat((tensor[:edge], tensor[-edge:])) if len(tensor) > 2 * edge else tensor
    return stack([summary(part) for part in _ends(tensor, True)])


METHODS = {"__repr__": text_of}
FUNCTIONS = {"set_printoptions": set_printoptions}
