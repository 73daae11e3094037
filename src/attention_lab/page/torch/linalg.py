"""Lengths of vectors."""

from attention_lab.page.missing import not_found

from .reductions import norm as _norm


def norm(tensor, ord=2, dim=None, keepdim=False):
    """The length along an axis."""
    return _norm(tensor, ord, dim, keepdim)


vector_norm = norm


def __getattr__(name):
    """Name what the stand-in has not got."""
    raise not_found("torch.linalg", name)
