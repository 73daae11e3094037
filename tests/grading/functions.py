"""Functions as a student might write them, drawn at random: constants, arithmetic, views, changes.

Most shapes fit, so that most functions return something. Those that do not must be refused.
"""

import random

NUMBERS = ("0", "1", "2", "3", "-1", "0.5", "100.0", "1e-3", "0.47", "10", "2**3", "math.pi")
STRANGE = ("nan", "inf", "-0.0", "1e20", "1e38", "-inf", "1e-30", "1e39", "1e300", "1e-50")
INDICES = (
    "0",
    "0",
    "-1",
    "0:2",
    "0:2",
    "1:",
    "...",
    "None",
    "[0, 1]",
    "(0, 1),",
    ":, None",
    "..., 0",
)
ODD_INDICES = (
    "0, 1",
    "2",
    "5",
    "::2",
    "::-1",
    "[]",
    "0:0",
    "[1, 0, 1]",
    "True",
    "1.0",
    ":, [0, 1]",
    "0, ...",
)
PLACES = ("0", "-1", "0:2", "1:", "...", ":", "..., 0", "0, 1", "[0, 1]", "5")
AXES = ("0", "-1", "-1", "1", "dim=0", "dim=-1, keepdim=True", "0, True")
POWERS = ("2", "2.0", "0.5", "-1", "3")
NAMES = ("a", "b", "c")


class Writer:
    """Writes one function after the other.

    Args:
        seed: a number; another one writes other functions.
    """

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.names = []

    def function(self):
        """The text of a function."""
        self.names = []
        lines = [self.line() for _ in range(self.chance.randint(0, 4))]
        lines.append(f"return {self.value()}")
        return "def f():\n" + "".join(f"    {line}\n" for line in lines)

    def line(self):
        """An assignment of some kind."""
        kinds = [self.assigned] * 4
        if self.names:
            kinds += [
                self.shared,
                self.changed,
                self.changed,
                self.placed,
                self.placed,
                self.spread,
            ]
        return self.one_of(kinds)()

    def assigned(self):
        value = self.value()
        return f"{self.new_name()} = {value}"

    def shared(self):
        name = self.one_of(self.names)
        plain = [name, name, name, f"+{name}", f"{name}[0:2]", f"{name}[0:2]", f"{name}[0]"]
        views = [f"{name}.float()", f"{name}.unsqueeze(0)", f"{name}[None]", f"({name},)"]
        return f"{self.new_name()} = {self.one_of(plain + views)}"

    def spread(self):
        old = self.one_of(self.names)
        one, other = self.new_name(), self.new_name()
        rows = f"torch.tensor([{self.row()}, {self.row()}])"
        return f"{one}{self.one_of([',', ' ='])} {other} = {self.one_of([old, rows])}"

    def changed(self):
        sign = self.one_of(["+", "-", "*", "/", "**", "@"], [6, 3, 6, 6, 1, 1])
        return f"{self.one_of(self.names)} {sign}= {self.operand(2)}"

    def placed(self):
        sign = self.one_of(["", "+", "*", "/"], [4, 1, 1, 1])
        return f"{self.one_of(self.names)}[{self.one_of(PLACES)}] {sign}= {self.operand(2)}"

    def value(self, depth=0):
        """An expression."""
        if depth > 3 or self.chance.random() < 0.45:
            return self.tensor()
        return self.one_of(
            [self.computed, self.indexed, self.method, self.joined, self.called, self.signed],
            [6, 3, 3, 2, 2, 1],
        )(depth + 1)

    def tensor(self):
        """One that is written out, or one that has a name already."""
        if self.names and self.chance.random() < 0.6:
            return self.one_of(self.names)
        row, rows = self.row(), f"[{self.row()}, {self.row()}]"
        return self.one_of(
            [
                f"torch.tensor({row})",
                f"torch.tensor([{row}])",
                f"torch.tensor({rows})",
                f"torch.tensor({self.number()})",
                f"torch.tensor({rows}, dtype=torch.float64)",
                "torch.tensor([1, 2, 3])",
                "torch.zeros(2, 3)",
                "torch.ones(3)",
                f"torch.full((2, 3), {self.number()})",
                "torch.ones([2, 3], dtype=torch.double)",
                f"[{self.number()}, {self.number()}]",
            ],
            [6, 6, 6, 1, 1, 1, 1, 1, 1, 1, 1],
        )

    def computed(self, depth):
        if self.chance.random() < 0.1:
            return f"({self.value(depth)} ** {self.one_of(POWERS)})"
        sign = self.one_of(["+", "-", "*", "/", "@"], [4, 3, 4, 4, 1])
        return f"({self.operand(depth)} {sign} {self.operand(depth)})"

    def operand(self, depth):
        return self.number() if self.chance.random() < 0.3 else self.value(depth)

    def indexed(self, depth):
        odd = self.chance.random() < 0.1
        return f"{self.value(depth)}[{self.one_of(ODD_INDICES if odd else INDICES)}]"

    def method(self, depth):
        axis = self.one_of(["", *AXES])
        call = self.one_of(
            [f"norm(dim={self.one_of(['0', '-1'])})", "norm()", f"mean({axis})", f"sum({axis})"]
            + ["clone()", "unsqueeze(0)", "unsqueeze(-1)", "float()", "double()"]
        )
        return f"{self.value(depth)}.{call}"

    def joined(self, depth):
        parts = [self.value(depth) for _ in range(self.chance.randint(1, 3))]
        if self.chance.random() < 0.7:  # of one shape, so that they can be joined
            parts = [parts[0], f"-{parts[0]}", f"{parts[0]} * {self.number()}"][: len(parts)]
        parts = ", ".join(parts)
        axis = self.one_of(["", ", 0", ", dim=-1", ", 1"], [4, 1, 1, 1])
        return f"torch.{self.one_of(['stack', 'cat'])}([{parts}]{axis})"

    def called(self, depth):
        value = self.value(depth)
        return self.one_of(
            [f"F.normalize({value}, dim={self.one_of(['0', '-1'])})", f"F.normalize({value})"]
            + [f"torch.norm({value})", f"torch.linalg.norm({value})", f"torch.sum({value}, 0)"]
            + [f"torch.linalg.vector_norm({value}, dim=0)", f"torch.mean({value})"]
            + [f"torch.tensor([{value}, {self.number()}])", f"torch.tensor({value})"]
            + [f"({value} * math.sqrt({self.number()}))", f"torch.clone({value})"]
        )

    def signed(self, depth):
        return f"-{self.value(depth)}"

    def row(self):
        return f"[{self.number()}, {self.number()}, {self.number()}]"

    def number(self):
        kind = self.chance.random()
        if kind < 0.6:
            return f"{self.chance.randint(-99, 99) / 100}"
        return self.one_of(NUMBERS if kind < 0.97 else STRANGE)

    def new_name(self):
        name = self.one_of(NAMES)
        self.names = [*dict.fromkeys([*self.names, name])]
        return name

    def one_of(self, things, weights=None):
        return self.chance.choices(things, weights)[0]
