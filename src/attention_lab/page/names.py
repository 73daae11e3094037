"""What there is by name in a notebook: so the page tells what it lacks from what does not exist.

The page fetches the list when it is asked for something that it has not got.
"""

import importlib
import re
import sys
from importlib.metadata import requires

from attention_lab.imported import PACKAGE

HOMES = ("torch", "torch.nn", "torch.nn.functional", "torch.linalg")


def known_names():
    """Public names by what they belong to; those of modules that can be imported belong to ``""``.

    >>> "randn" in known_names()["torch"], "numpy" in known_names()[""]
    (True, True)
    """
    names = {home: _public(importlib.import_module(home)) for home in HOMES}
    names["Tensor"] = _public(importlib.import_module("torch").Tensor)
    names["attention_lab"] = sorted({path.stem for path in PACKAGE.glob("[a-z]*")})
    names[""] = sorted({*sys.stdlib_module_names, *_required()})
    return names


def _public(home):
    return [name for name in dir(home) if not name.startswith("_")]


def _required():
    """The packages that a notebook's kernel has because this one needs them."""
    lines = [line for line in requires("attention-lab") if "extra ==" not in line]
    return [re.match(r"[\w-]+", line)[0] for line in lines]
