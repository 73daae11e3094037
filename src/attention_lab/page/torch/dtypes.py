"""What kind of number a tensor holds, and what comes out where kinds meet."""

from array import array

CELLS = {code: array(code, [0.0]) for code in "fd"}  # what is written there is rounded


class DType:
    """A kind of number.

    Args:
        name: as torch prints it.
        spoken: as torch's messages call it.
        category: 0 for truth values, 1 for whole numbers, 2 for real ones.
        code: of the array that rounds real numbers to this kind.
    """

    def __init__(self, name, spoken, category, code=None):
        self.name = name
        self.spoken = spoken
        self.category = category
        self.code = code
        self.is_floating_point = category == 2

    def __repr__(self):
        return "torch." + self.name

    def store(self, values):
        """The values as numbers of this kind, in a sequence that can be written to."""
        if self.code:
            return array(self.code, values)
        return [bool(x) for x in values] if self.category == 0 else [int(x) for x in values]

    def rounded(self, number):
        """The number as this kind holds it; whole ones as they are."""
        if not self.code:
            return number
        cell = CELLS[self.code]
        cell[0] = number
        return cell[0]

    def sum(self, numbers):
        """Added up one by one, and rounded every time."""
        result = 0.0 if self.code else 0
        for number in numbers:
            result = self.rounded(result + number)
        return result


bool_ = DType("bool", "Bool", 0)
int64 = DType("int64", "Long", 1)
float32 = DType("float32", "Float", 2, "f")
float64 = DType("float64", "Double", 2, "d")
OF_PYTHON = {bool: bool_, int: int64, float: float64}
RANKS = (bool_, int64, float32, float64)


def of_number(number):
    """The kind of a Python number."""
    if number is True or number is False:
        return bool_
    return int64 if isinstance(number, int) else float32


def common(tensors, numbers=()):
    """The kind of a result: a single number counts only where it is of a higher category.

    Args:
        tensors: what meets, as ``(dtype, how many axes)``.
        numbers: Python numbers that meet it.
    """
    groups = (
        [dtype for dtype, axes in tensors if axes],
        [dtype for dtype, axes in tensors if not axes],
        [of_number(number) for number in numbers],
    )
    found = None
    for group in groups:
        if group:
            best = max(group, key=RANKS.index)
            if found is None or best.category > found.category:
                found = best
    return found
