"""Attention without scaling, in torch: scores, then weights, then a weighted sum of the values.

Axes: q queries, k keys, d features of queries and keys, v features of values. ``...`` stands for
any leading batch axes.
"""

import torch


def attention_weights(query, key):
    """How much each query looks at each key: the softmax, over the keys, of the scores q·k.

    Args:
        query: tensor ``(..., q, d)``.
        key: tensor ``(..., k, d)``.

    Returns:
        Tensor ``(..., q, k)``; every row is positive and sums to 1.

    Raises:
        ValueError: the shapes do not fit, or there is no key to look at.

    Source: Vaswani et al. 2017, equation 1, without the factor 1/√d.

    >>> query = torch.tensor([[0.0, 0.0]])
    >>> attention_weights(query, key=torch.tensor([[1.0, 0.0], [0.0, 1.0]]))
    tensor([[0.5000, 0.5000]])
    """
    _refuse_unless_scores_exist(query, key)
    score = query @ key.transpose(-2, -1)  # (..., q, k)
    return torch.softmax(score, dim=-1)  # (..., q, k)


def attention(query, key, value):
    """What each query gets: the values, averaged with the query's weights.

    The same as ``torch.nn.functional.scaled_dot_product_attention(query, key, value, scale=1)``.

    Args:
        query: tensor ``(..., q, d)``.
        key: tensor ``(..., k, d)``.
        value: tensor ``(..., k, v)``.

    Returns:
        Tensor ``(..., q, v)``.

    Raises:
        ValueError: the shapes do not fit.

    >>> key = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    >>> attention(torch.tensor([[9.0, 0.0]]), key, value=torch.tensor([[5.0], [7.0]]))
    tensor([[5.0002]])
    """
    _refuse_unless_alike(query=query, key=key, value=value)
    weight = attention_weights(query, key)  # (..., q, k)
    if value.ndim < 2 or value.shape[-2] != key.shape[-2]:
        raise ValueError(
            f"Expected one value for each of the {key.shape[-2]} keys, (..., k, v); "
            f"got a value of shape {tuple(value.shape)}."
        )
    return weight @ value  # (..., q, v)


def check_query(query, target, key, value):
    """How far the output of a query is from the target: the largest absolute difference.

    Args:
        query: tensor ``(q, d)``.
        target: tensor ``(q, v)``; ``(v,)`` counts as one row.
        key: tensor ``(k, d)``.
        value: tensor ``(k, v)``.

    Returns:
        Tensor ``()``.

    Raises:
        ValueError: a shape does not fit (broadcasting would hide that), or an entry is not a
            finite real number (every comparison with NaN is False).

    >>> key = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    >>> value = torch.tensor([[5.0], [7.0]])
    >>> check_query(torch.tensor([[0.0, 0.0]]), torch.tensor([6.5]), key, value)
    tensor(0.5000)
    """
    query, target = _numbers("query", query), _numbers("target", target)
    key, value = _numbers("key", key), _numbers("value", value)
    rows = target.reshape(1, -1) if target.ndim == 1 else target  # (q, v)
    if query.ndim != 2 or rows.ndim != 2 or len(query) != len(rows) or not len(rows):
        raise ValueError(
            "Expected a query (q, d) with a row for each row of the target (q, v); got a query "
            f"of shape {tuple(query.shape)} and a target of shape {tuple(target.shape)}."
        )
    output = attention(query, key, value)
    if output.shape != rows.shape:
        raise ValueError(
            f"Expected a target of shape {tuple(output.shape)}, one column for each column of the "
            f"value; got {tuple(target.shape)}."
        )
    error = (rows - output).abs().max()
    if not error.isfinite():
        raise ValueError(f"Expected scores that fit into float32; got too large a query: {query}.")
    return error


def _refuse_unless_scores_exist(query, key):
    """Raise unless every query has as many features as every key, and there is a key."""
    _refuse_unless_alike(query=query, key=key)
    fits = (
        query.ndim >= 2 and key.ndim >= 2 and query.shape[-1] == key.shape[-1] and key.shape[-2] > 0
    )
    if not fits:
        raise ValueError(
            "Expected a query (..., q, d) and a key (..., k, d) with the same d and at least one "
            f"key; got a query of shape {tuple(query.shape)} and a key of shape "
            f"{tuple(key.shape)}."
        )


def _refuse_unless_alike(**tensors):
    """Raise unless these are tensors of one floating dtype, with batch axes that fit together."""
    for name, tensor in tensors.items():
        _refuse_unless_tensor(name, tensor)
    names, dtypes = " and ".join(tensors), [tensor.dtype for tensor in tensors.values()]
    if len(set(dtypes)) > 1 or not dtypes[0].is_floating_point:
        raise ValueError(f"Expected {names} of one floating dtype; got {dtypes}.")
    try:
        torch.broadcast_shapes(*(tensor.shape[:-2] for tensor in tensors.values()))
    except RuntimeError as error:
        shapes = [tuple(tensor.shape) for tensor in tensors.values()]
        raise ValueError(f"Expected {names} with the same batch axes; got {shapes}.") from error


def _refuse_unless_tensor(name, tensor):
    """Raise unless ``tensor`` is one and has numbers: a list has no shape to speak of."""
    if not isinstance(tensor, torch.Tensor):
        raise ValueError(f"Expected a tensor as {name}; got {type(tensor).__name__}.")
    if tensor.layout != torch.strided or tensor.is_meta:
        raise ValueError(f"Expected a tensor with all its numbers as {name}; got {tensor}.")


def _numbers(name, tensor):
    """The tensor in float32, in which the course counts, when it holds finite real numbers."""
    _refuse_unless_tensor(name, tensor)
    if tensor.is_complex() or tensor.dtype == torch.bool:
        raise ValueError(f"Expected real numbers in {name}; got {tensor.dtype}.")
    tensor = tensor.to(torch.float32)
    if not tensor.isfinite().all():
        raise ValueError(f"Expected finite numbers in {name}; got {tensor}.")
    return tensor
