"""The tensor: a shape laid over a row of numbers. What it can do stands in the other modules."""

from attention_lab.page.missing import Missing, not_found

from .dtypes import DType, bool_, float32, float64, int64

strided = "torch.strided"


class Size:
    """A shape, which is printed as torch prints it and is otherwise a tuple."""

    def __init__(self, sizes):
        self._sizes = tuple(sizes)

    def __repr__(self):
        return f"torch.Size({list(self._sizes)})"

    def __len__(self):
        return len(self._sizes)

    def __iter__(self):
        return iter(self._sizes)

    def __getitem__(self, index):
        found = self._sizes[index]
        return Size(found) if isinstance(index, slice) else found

    def __eq__(self, other):
        return self._sizes == tuple(other)

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self._sizes)

    def __add__(self, other):
        return Size(self._sizes + tuple(other))

    def numel(self):
        """How many elements a tensor of this shape has."""
        return product(self._sizes)


class Tensor:
    """A view of a row of numbers: element [i, j] stands at offset + i·strides[0] + j·strides[1].

    Args:
        row: the numbers, shared with other views.
        sizes: of the axes.
        dtype: of the numbers.
        strides: steps in the row, an axis each; those of a row read in order if left out.
        offset: where the first element stands.
    """

    layout = strided
    is_meta = False
    requires_grad = False

    def __init__(self, row, sizes=None, dtype=float32, strides=None, offset=0):
        if sizes is None:  # torch.Tensor([[1, 2]]), which people write for torch.tensor
            from .making import tensor

            made = tensor(row, dtype=dtype)
            row, sizes = made.row, made.sizes
        self.row = row
        self.sizes = tuple(sizes)
        self.dtype = dtype
        self.in_order = strides is None
        self.strides = in_order(self.sizes) if strides is None else tuple(strides)
        self.offset = offset

    def places(self):
        """Where in the row each element stands, in reading order."""
        places = [self.offset]
        for size, stride in zip(self.sizes, self.strides):
            places = [place + i * stride for place in places for i in range(size)]
        return places

    def values(self):
        """The elements in reading order."""
        if self.in_order:
            return self.row
        row = self.row
        return [row[place] for place in self.places()]

    def view_of(self, sizes, strides, offset):
        """Another view of the same numbers."""
        sizes, strides = tuple(sizes), tuple(strides)
        whole = not offset and product(sizes) == len(self.row) and strides == in_order(sizes)
        return Tensor(self.row, sizes, self.dtype, None if whole else strides, offset)

    def write(self, places, values):
        """Put values at places of the row."""
        row = self.row
        if not self.dtype.code:
            values = self.dtype.store(values)
        for place, value in zip(places, values):
            row[place] = value

    @property
    def shape(self):
        """The sizes of the axes."""
        return Size(self.sizes)

    @property
    def ndim(self):
        """How many axes there are."""
        return len(self.sizes)

    @property
    def data(self):
        """The tensor itself: nothing is differentiated here."""
        return self

    def dim(self):
        """How many axes there are."""
        return len(self.sizes)

    def size(self, dim=None):
        """The shape, or the size of one axis."""
        if dim is not None and not self.sizes:
            raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
        return self.shape if dim is None else self.sizes[axis(dim, self.ndim)]

    def numel(self):
        """How many elements there are."""
        return product(self.sizes)

    def item(self):
        """The only element, as a number."""
        if self.numel() != 1:
            count = self.numel()
            raise RuntimeError(f"a Tensor with {count} elements cannot be converted to Scalar")
        return self.values()[0]

    def tolist(self):
        """The elements as nested lists; a tensor without axes gives its number."""
        values = list(self.values())
        for n in range(self.ndim - 1, 0, -1):
            size, count = self.sizes[n], product(self.sizes[:n])
            values = [values[i * size : (i + 1) * size] for i in range(count)]
        return values if self.sizes else values[0]

    def to(self, dtype):
        """The same numbers as another kind, or where they are."""
        if dtype is self.dtype or dtype == "cpu":
            return self
        if not isinstance(dtype, DType):
            raise Missing(f"Tensor.to({dtype!r})")
        return make(self.values(), self.sizes, dtype)

    def float(self):
        """The same in float32."""
        return self.to(float32)

    def double(self):
        """The same in float64."""
        return self.to(float64)

    def long(self):
        """The same as whole numbers."""
        return self.to(int64)

    def bool(self):
        """Which elements are not 0."""
        return self.to(bool_)

    def clone(self):
        """A copy that shares nothing."""
        return make(self.values(), self.sizes, self.dtype)

    def detach(self):
        """A view: nothing is differentiated here."""
        return self.view_of(self.sizes, self.strides, self.offset)

    def to_dense(self):
        """The tensor itself: there are no sparse ones here."""
        return self

    def contiguous(self):
        """The same numbers, in reading order."""
        return self if self.in_order else self.clone()

    def is_complex(self):
        """There are no complex numbers here."""
        return False

    def is_floating_point(self):
        """Whether the elements are real numbers."""
        return self.dtype.is_floating_point

    def __len__(self):
        if not self.sizes:
            raise TypeError("len() of a 0-d tensor")
        return self.sizes[0]

    def __iter__(self):
        if not self.sizes:
            raise TypeError("iteration over a 0-d tensor")
        return iter([self[i] for i in range(self.sizes[0])])

    def __bool__(self):
        if self.numel() > 1:
            raise RuntimeError("Boolean value of Tensor with more than one value is ambiguous")
        return bool(self.values()[0])

    def __int__(self):
        # No __float__: MicroPython would then make numbers of tensors, as in 0.5 * tensor.
        return int(self.only())

    def only(self):
        """The only element, for ``float`` and ``int``."""
        if self.numel() != 1:
            raise ValueError("only one element tensors can be converted to Python scalars")
        return self.values()[0]

    def __hash__(self):
        return id(self)

    def __getattr__(self, name):
        raise not_found("Tensor", name)


def make(values, sizes, dtype):
    """A new tensor of these values."""
    return Tensor(dtype.store(values), sizes, dtype)


def axis(dim, ndim):
    """An axis counted from the front; negative ones count from the back."""
    bound = max(ndim, 1)
    if not -bound <= dim < bound:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-bound}, {bound - 1}], "
            f"but got {dim})"
        )
    return dim % bound


def in_order(sizes):
    """The strides of a row that is read from its first number to its last."""
    strides, step = [], 1
    for size in reversed(sizes):
        strides.insert(0, step)
        step *= size
    return tuple(strides)


def product(numbers):
    """All of them multiplied."""
    result = 1
    for number in numbers:
        result *= number
    return result
