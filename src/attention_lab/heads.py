"""Several heads, masks, noisy keys: what is built around attention, and what it is built against.

Axes: h heads, q queries, k keys, d features of queries and keys, v features of values, n draws of
noisy keys. ``...`` stands for any leading batch axes.
"""

import torch

from attention_lab.core import attention, attention_weights


def mean_weights(query, key):
    """The weight that each key gets on average over the heads.

    Args:
        query: tensor ``(h, d)``, one query a head.
        key: tensor ``(..., k, d)``, which all heads share.

    Returns:
        Tensor ``(..., k)``.

    >>> mean_weights(torch.tensor([[99.0, 0.0], [0.0, 99.0]]), torch.eye(2))
    tensor([0.5000, 0.5000])
    """
    return attention_weights(query, key).mean(dim=-2)


def mean_of_heads(query, key, value):
    """The mean of the heads' outputs.

    Args:
        query: tensor ``(h, d)``, one query a head.
        key: tensor ``(..., k, d)``.
        value: tensor ``(..., k, v)``.

    Returns:
        Tensor ``(..., v)``.

    >>> two_heads = torch.tensor([[99.0, 0.0], [0.0, 99.0]])
    >>> mean_of_heads(two_heads, torch.eye(2), torch.tensor([[5.0], [7.0]]))
    tensor([6.])
    """
    return attention(query, key, value).mean(dim=-2)


def noisy_length(key, k, std, draws, seed=0):
    """Draws of the keys in which one of them has a random length.

    Args:
        key: tensor ``(k, d)``.
        k: which key.
        std: its length is multiplied by a normal number around 1 with this standard deviation.
        draws: how many.
        seed: of the dice.

    Returns:
        Tensor ``(n, k, d)``.

    >>> noisy_length(torch.eye(2), k=0, std=0.1, draws=3)[:, 1]  # the other key is as it was
    tensor([[0., 1.],
            [0., 1.],
            [0., 1.]])
    """
    dice = torch.Generator().manual_seed(seed)
    noisy = key.repeat(draws, 1, 1)
    noisy[:, k] *= 1 + std * torch.randn(draws, 1, generator=dice)
    return noisy


def noisy_keys(key, std, draws, seed=0):
    """Draws of the keys in which every number has an error of its own.

    Args:
        key: tensor ``(k, d)``.
        std: the standard deviation of an error.
        draws: how many.
        seed: of the dice.

    Returns:
        Tensor ``(n, k, d)``.

    >>> noisy_keys(torch.eye(2), std=0.1, draws=5).shape
    torch.Size([5, 2, 2])
    """
    dice = torch.Generator().manual_seed(seed)
    return key + std * torch.randn(draws, *key.shape, generator=dice)


def share_within(weight, wanted, tolerance=0.05):
    """In which share of the draws the weights are near enough to those wanted.

    Near is a total variation (half the sum of the absolute differences: how much weight lies in
    the wrong place) below the tolerance.

    Args:
        weight: tensor ``(n, k)``.
        wanted: tensor ``(k,)``.
        tolerance: a number.

    >>> share_within(torch.tensor([[0.5, 0.5], [0.54, 0.46], [0.6, 0.4]]), torch.ones(2) / 2)
    0.6666666865348816
    """
    misplaced = (weight - wanted).abs().sum(dim=-1) / 2  # (n,)
    return (misplaced < tolerance).float().mean().item()


def causal_mask(n):
    """Who may look at whom in a text that is read from left to right: nobody at what comes later.

    Returns:
        Tensor ``(q, k)`` of truth values, with n of each.

    >>> causal_mask(4).int()
    tensor([[1, 0, 0, 0],
            [1, 1, 0, 0],
            [1, 1, 1, 0],
            [1, 1, 1, 1]], dtype=torch.int32)
    """
    return torch.ones(n, n, dtype=torch.bool).tril()


def masked_weights(query, key, mask):
    """Attention weights in which a query gives nothing to a key that it may not see.

    Args:
        query: tensor ``(..., q, d)``.
        key: tensor ``(..., k, d)``.
        mask: truth values ``(q, k)``, true where the query may look.

    Returns:
        Tensor ``(..., q, k)``; every row sums to 1.

    Raises:
        ValueError: a query may look at nothing; there is no softmax of nothing.

    >>> query = torch.zeros(3, 2)
    >>> masked_weights(query, key=torch.ones(3, 2), mask=causal_mask(3))
    tensor([[1.0000, 0.0000, 0.0000],
            [0.5000, 0.5000, 0.0000],
            [0.3333, 0.3333, 0.3333]])
    """
    if not mask.any(dim=-1).all():
        raise ValueError(f"Expected a key for every query to look at; got the mask {mask}.")
    score = query @ key.transpose(-2, -1)  # (..., q, k)
    score = score.masked_fill(~mask, -torch.inf)  # and exp(−∞) is exactly 0
    return torch.softmax(score, dim=-1)


def with_null(rows):
    """Keys or values ``(k, d)`` and below them one that is zero.

    >>> with_null(torch.ones(1, 2))
    tensor([[1., 1.],
            [0., 0.]])
    """
    return torch.cat([rows, torch.zeros(1, rows.shape[1])])


def with_features(weight, d):
    """The attention that comes nearest to a pattern when queries and keys have d features.

    A row of scores is a row of log weights up to a constant, and with d features a matrix of
    scores has at most rank d. Nearest, by least squares of the scores, is what the d largest
    singular values leave (Eckart and Young).

    Args:
        weight: tensor ``(q, k)`` of positive weights, the pattern.
        d: how many features.

    Returns:
        Tensor ``(q, k)`` of weights, and the root of the mean square by which its scores miss.

    >>> pattern = torch.tensor([[0.7, 0.3], [0.1, 0.9]])
    >>> nearest, miss = with_features(pattern, d=1)
    >>> torch.allclose(nearest, pattern), round(miss, 4)
    (True, 0.0)
    """
    score = weight.double().log()
    score = score - score.mean(dim=-1, keepdim=True)  # the constant of a row is free
    left, size, right = torch.linalg.svd(score, full_matrices=False)
    miss = (size[d:].square().sum() / score.numel()).sqrt().item()
    nearest = (left[:, :d] * size[:d]) @ right[:d]
    return torch.softmax(nearest, dim=-1).to(weight.dtype), miss
