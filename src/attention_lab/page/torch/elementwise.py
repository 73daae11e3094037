"""One element at a time: arithmetic, comparisons and functions, with shapes stretched to fit."""

import math

from attention_lab.page.missing import Missing

from .dtypes import bool_, common, float32
from .numbers import (
    ASKING,
    BINARY,
    KEEPING,
    REAL,
    SAME,
    SMOOTH,
    TRUTH,
    larger,
    round_half_even,
    smaller,
)
from .shapes import broadcast, expand
from .tensors import Tensor, make


def alike(one, other, gives=SAME):
    """Two tensors or numbers as tensors of one kind of number, and that kind."""
    pair = (one, other)
    dtype = common(
        [(x.dtype, x.ndim) for x in pair if isinstance(x, Tensor)],
        [x for x in pair if not isinstance(x, Tensor)],
    )
    if gives is REAL and dtype.category < 2:
        dtype = float32
    return [x.to(dtype) if isinstance(x, Tensor) else make([x], (), dtype) for x in pair] + [dtype]


def combine(one, other, function, gives=SAME):
    """A function of every two elements.

    Args:
        one: a tensor or a number.
        other: a tensor or a number; one of the two is a tensor.
        function: of two numbers.
        gives: what kind of number comes out.
    """
    one, other, dtype = alike(one, other, gives)
    sizes = broadcast(one.sizes, other.sizes)
    values = [function(a, b) for a, b in zip(_stretched(one, sizes), _stretched(other, sizes))]
    return make(values, sizes, bool_ if gives is TRUTH else dtype)


def _stretched(tensor, sizes):
    return tensor.values() if tensor.sizes == sizes else expand(tensor, sizes).values()


def _operator(name, reflected=False):
    sign, function, gives = BINARY[name]

    def operate(one, other):
        if not isinstance(other, (Tensor, int, float, bool)):
            if name in ("eq", "ne"):
                return name == "ne"
            if name == "mul" and isinstance(other, (list, tuple, str)):
                raise TypeError(
                    "only integer tensors of a single element can be converted to an index"
                )
            first, second = (other, one) if reflected else (one, other)
            raise TypeError(
                f"unsupported operand type(s) for {sign}: '{type(first).__name__}' and "
                f"'{type(second).__name__}'"
            )
        first, second = (other, one) if reflected else (one, other)
        if name == "pow" and _is_plain(first, second):
            return first * first * first if second == 3 else FUNCTIONS["sqrt"](first)
        return combine(first, second, function, gives)

    return operate


def _is_plain(base, exponent):
    """Whether torch multiplies a power out, rounding in between, or takes a root for it."""
    return isinstance(base, Tensor) and base.dtype.code and exponent in (3, 0.5)


def _in_place(name):
    operate = _operator(name)

    def change(tensor, other):
        result = operate(tensor, other)
        if result.sizes != tensor.sizes:
            raise RuntimeError(
                f"output with shape {list(tensor.sizes)} doesn't match the broadcast shape "
                f"{list(result.sizes)}"
            )
        if result.dtype.category > tensor.dtype.category:
            raise RuntimeError(
                f"result type {result.dtype.spoken} can't be cast to the desired output type "
                f"{tensor.dtype.spoken}"
            )
        tensor.write(tensor.places(), result.values())
        return tensor

    return change


def _unary(name, function, gives):
    def of_tensor(tensor):
        if not isinstance(tensor, Tensor):
            raise TypeError(
                f"{name}(): argument 'input' (position 1) must be Tensor, not "
                f"{type(tensor).__name__}"
            )
        dtype = tensor.dtype
        if gives is REAL and dtype.category < 2:
            dtype = float32
        values = [function(x) for x in tensor.values()]
        return make(values, tensor.sizes, bool_ if gives is TRUTH else dtype)

    return of_tensor


def negative(tensor):
    """Every sign turned."""
    if tensor.dtype is bool_:
        raise RuntimeError(
            "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to "
            "invert a mask, use the `~` or `logical_not()` operator instead."
        )
    return FUNCTIONS["neg"](tensor)


def invert(tensor):
    """What is not so; of whole numbers, their bits turned."""
    function = (lambda x: not x) if tensor.dtype is bool_ else (lambda x: ~x)
    return make([function(x) for x in tensor.values()], tensor.sizes, tensor.dtype)


def round_to(tensor, decimals=0):
    """Rounded to so many decimals; ties to the even digit."""
    ten = 10.0**decimals
    # Rounded to the tensor's own kind on the way, as torch does: 0.35 · 10 is 3.5 in float32.
    scaled = tensor.dtype.store([x * ten for x in tensor.values()])
    values = [round_half_even(x) / ten if math.isfinite(x) else x for x in scaled]
    return make(values, tensor.sizes, tensor.dtype)


def clamp(tensor, min=None, max=None):
    """No smaller than one number and no larger than another."""
    if min is not None:
        tensor = combine(tensor, min, larger)
    return tensor if max is None else combine(tensor, max, smaller)


def where(condition, one=None, other=None):
    """Elements of one where the condition holds, of the other elsewhere."""
    if other is None:
        raise Missing("torch.where(condition)")
    one, other, dtype = alike(one, other)
    sizes = broadcast(condition.sizes, broadcast(one.sizes, other.sizes))
    rows = [_stretched(x, sizes) for x in (condition, one, other)]
    return make([a if yes else b for yes, a, b in zip(*rows)], sizes, dtype)


def fill(tensor, number):
    """Write one number everywhere."""
    tensor.write(tensor.places(), [number] * tensor.numel())
    return tensor


def _named(name):
    """A function of torch from an operator."""
    operate = _operator(name)
    return lambda one, other: operate(one, other)


FUNCTIONS = {}
for table, gives in ((SMOOTH, REAL), (KEEPING, SAME), (ASKING, TRUTH)):
    for name, function in table.items():
        FUNCTIONS[name] = _unary(name, function, gives)
FUNCTIONS.update(
    {
        "absolute": FUNCTIONS["abs"],
        "clamp": clamp,
        "clip": clamp,
        "round": round_to,
        "add": _named("add"),
        "sub": _named("sub"),
        "mul": _named("mul"),
        "div": _named("truediv"),
        "pow": _named("pow"),
        "eq": _named("eq"),
        "logical_not": lambda tensor: invert(tensor.bool()),
    }
)
METHODS = dict(FUNCTIONS)
for name in BINARY:
    METHODS[f"__{name}__"] = _operator(name)
    if BINARY[name][2] is not TRUTH:
        METHODS[f"__r{name}__"] = _operator(name, reflected=True)
        METHODS[f"__i{name}__"] = _in_place(name)
METHODS.update(
    {
        "__neg__": negative,
        "__pos__": lambda tensor: tensor,
        "__abs__": FUNCTIONS["abs"],
        "__invert__": invert,
        "fill_": fill,
        "zero_": lambda tensor: fill(tensor, 0),
    }
)
METHODS.update({name + "_": METHODS[f"__i{name}__"] for name in ("add", "sub", "mul")})
METHODS["div_"] = METHODS["__itruediv__"]
FUNCTIONS.update(
    {
        "where": where,
        "maximum": lambda one, other: combine(one, other, larger),
        "minimum": lambda one, other: combine(one, other, smaller),
    }
)
