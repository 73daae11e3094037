"""Functions that networks are made of."""

from attention_lab.page.missing import not_found

from ..elementwise import FUNCTIONS
from ..products import cosine_similarity, matmul
from ..reductions import softmax as softmax_along
from ..shapes import transpose

__all__ = ["cosine_similarity", "relu"]
relu = FUNCTIONS["relu"]


def softmax(tensor, dim=None):
    """As torch.softmax. Without an axis torch warns, and takes one all the same."""
    if dim is None:
        dim = 0 if tensor.ndim in (0, 1, 3) else 1
    return softmax_along(tensor, dim)


def normalize(tensor, p=2.0, dim=1, eps=1e-12):
    """Vectors along an axis brought to length 1."""
    return tensor / tensor.norm(p=p, dim=dim, keepdim=True).clamp(min=eps)


def scaled_dot_product_attention(query, key, value, scale=None):
    """The values, averaged with the softmax of the scaled scores."""
    if min(query.ndim, key.ndim, value.ndim) < 2:
        raise RuntimeError(
            "Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: "
            f"{query.ndim} key.dim: {key.ndim} and value.dim: {value.ndim} instead."
        )
    scale = query.sizes[-1] ** -0.5 if scale is None else scale
    score = matmul(query, transpose(key, -2, -1)) * scale
    return matmul(softmax(score, -1), value)


def __getattr__(name):
    """Name what the stand-in has not got."""
    raise not_found("torch.nn.functional", name)
