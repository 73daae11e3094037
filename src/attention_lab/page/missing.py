"""What the page has not got, named: the notebook has it."""

import json

from attention_lab.messages import PHRASES


class Missing(Exception):
    """Something was asked for by name that only the notebook has.

    >>> str(Missing("numpy"))
    'The page has no numpy. The notebook has it.'
    """

    def __init__(self, name):
        super().__init__(PHRASES["missing"].format(name=name))


class Lacking:
    """Stands for something that the page has not got, and says so as soon as it is used.

    To import it is no use yet: a chapter's first cell imports for all cells at once.
    """

    def __init__(self, name):
        self._name = name

    def __getattr__(self, name):
        raise Missing(f"{self._name}.{name}")

    def __call__(self, *args, **kwargs):
        """Nothing can be called."""
        raise Missing(self._name)


def not_found(home, name):
    """The error for a name that a module of the stand-in, or its tensor, has not got.

    >>> not_found("torch", "randn")
    Missing('The page has no torch.randn. The notebook has it.')
    >>> not_found("Tensor", "_x")
    AttributeError("'Tensor' object has no attribute '_x'")
    """
    if name[0] != "_" and exists(home, name):
        return Missing(f"{home}.{name}")
    owner = "'Tensor' object" if home == "Tensor" else f"module '{home}'"
    return AttributeError(f"{owner} has no attribute '{name}'")


_names = {}


def exists(home, name):
    """Whether a notebook has something of that name; yes where that is not known.

    Args:
        home: a module, or ``"Tensor"``; ``""`` for a module's own name.
        name: without a dot.
    """
    if not _names:
        _names.update(_fetched())
    return name in _names.get(home, (name,))


def _fetched():
    """The list that ``names.py`` makes, from ``worker.js``; empty where it cannot be had."""
    try:
        import js

        return json.loads(js.knownNames())
    except (ImportError, AttributeError, ValueError):  # no browser, no worker, no connection
        return {}
