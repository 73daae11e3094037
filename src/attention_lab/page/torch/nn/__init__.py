"""Holds ``torch.nn.functional``."""

from attention_lab.page.missing import not_found

from . import functional


def __getattr__(name):
    """Name what the stand-in has not got."""
    raise not_found("torch.nn", name)
