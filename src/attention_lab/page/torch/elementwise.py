"""One element at a time: arithmetic, comparisons and functions, with shapes stretched to fit."""

import math

from attention_lab.page.missing import Missing

from .dtypes import bool_, common, float32
from .shapes import broadcast, expand
from .tensors import Tensor, make

INFINITY = float("inf")
NAN = float("nan")
RADIAN, DEGREES = float32.rounded(math.pi / 180), float32.rounded(180 / math.pi)


def _divide(a, b):
    if b:
        return a / b
    return NAN if a == 0 or a != a else INFINITY * a * math.copysign(1.0, b)


def _floor_divide(a, b):
    if b:
        return a // b
    if isinstance(a, int) and isinstance(b, int):
        raise RuntimeError("ZeroDivisionError")
    return _divide(a, b)


def _remainder(a, b):
    if b:
        return a - b * math.floor(a / b) if isinstance(a, float) else a % b
    if isinstance(a, int) and isinstance(b, int):
        raise RuntimeError("ZeroDivisionError")
    return NAN


def _power(a, b):
    if a == 0 and b < 0:
        return math.copysign(INFINITY, a) if b % 2 == 1 else INFINITY
    if 0 > a > -INFINITY and b != math.floor(b):
        return NAN
    try:
        return a**b
    except (ValueError, ArithmeticError):
        return INFINITY if a > 0 or b % 2 == 0 else -INFINITY


def _smaller(a, b):
    return a if a != a or a < b else b


def _larger(a, b):
    return a if a != a or a > b else b


# What an operator is called, what it does to two numbers, and what it gives: the kind that both
# have in common, a real number at least, or a truth value.
SAME, REAL, TRUTH = "same", "real", "truth"
BINARY = {
    "add": ("+", lambda a, b: a + b, SAME),
    "sub": ("-", lambda a, b: a - b, SAME),
    "mul": ("*", lambda a, b: a * b, SAME),
    "truediv": ("/", _divide, REAL),
    "floordiv": ("//", _floor_divide, SAME),
    "mod": ("%", _remainder, SAME),
    "pow": ("**", _power, SAME),
    "and": ("&", lambda a, b: a & b, SAME),
    "or": ("|", lambda a, b: a | b, SAME),
    "lt": ("<", lambda a, b: a < b, TRUTH),
    "le": ("<=", lambda a, b: a <= b, TRUTH),
    "gt": (">", lambda a, b: a > b, TRUTH),
    "ge": (">=", lambda a, b: a >= b, TRUTH),
    "eq": ("==", lambda a, b: a == b, TRUTH),
    "ne": ("!=", lambda a, b: a != b, TRUTH),
}


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


def _exponential(x):
    try:
        return math.exp(x)
    except (ValueError, ArithmeticError):
        return INFINITY if x > 0 else NAN


def _logarithm(x):
    if x <= 0 or x != x or x == INFINITY:
        return -INFINITY if x == 0 else (x if x == INFINITY else NAN)
    return math.log(x)


def _careful(function):
    """Not a number where Python would refuse."""

    def of_number(x):
        try:
            return function(x)
        except ValueError:
            return NAN

    return of_number


def _sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


# Functions that give real numbers.
SMOOTH = {
    "exp": _exponential,
    "log": _logarithm,
    "sqrt": _careful(math.sqrt),
    "sin": _careful(math.sin),
    "cos": _careful(math.cos),
    "tan": _careful(math.tan),
    "tanh": math.tanh,
    "acos": _careful(math.acos),
    "asin": _careful(math.asin),
    "atan": math.atan,
    "sigmoid": _sigmoid,
    "deg2rad": lambda x: x * RADIAN,
    "rad2deg": lambda x: x * DEGREES,
    "reciprocal": lambda x: _divide(1.0, x),
}
# Functions that keep the kind of number.
KEEPING = {
    "abs": abs,
    "neg": lambda x: -x,
    "square": lambda x: x * x,
    "floor": lambda x: float(math.floor(x)) if isinstance(x, float) and math.isfinite(x) else x,
    "relu": lambda x: x if x > 0 or x != x else 0,
    "ceil": lambda x: float(math.ceil(x)) if isinstance(x, float) and math.isfinite(x) else x,
    "sign": lambda x: (x > 0) - (x < 0),
}
# Functions that ask something.
ASKING = {
    "isfinite": lambda x: math.isfinite(x),
    "isnan": lambda x: x != x,
    "isinf": lambda x: x in (INFINITY, -INFINITY),
}


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
    values = [_round_half_even(x) / ten if math.isfinite(x) else x for x in scaled]
    return make(values, tensor.sizes, tensor.dtype)


def _round_half_even(x):
    whole = math.floor(x)
    rest = x - whole
    up = rest > 0.5 or (rest == 0.5 and whole % 2)
    return math.copysign(float(whole + (1 if up else 0)), x)


def clamp(tensor, min=None, max=None):
    """No smaller than one number and no larger than another."""
    if min is not None:
        tensor = combine(tensor, min, _larger)
    return tensor if max is None else combine(tensor, max, _smaller)


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
        "maximum": lambda one, other: combine(one, other, _larger),
        "minimum": lambda one, other: combine(one, other, _smaller),
    }
)
