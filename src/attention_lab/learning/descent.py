"""Gradient descent on an exercise: the query is moved, step by step, down the slope of a loss.

Axes: s starts, each a query of its own; k keys, d features, v features of a value. Starts do not
meet: each loss is a sum over them.
"""

import torch

from attention_lab.core import attention, attention_weights


def squared_error(query, key, value, wanted):
    """How far the outputs are from one value: the squared distance, added over the starts.

    Args:
        query: tensor ``(s, d)``.
        key: tensor ``(k, d)``.
        value: tensor ``(k, v)``.
        wanted: the key whose value is wanted.

    >>> key, value = torch.eye(2), torch.tensor([[1.0], [5.0]])
    >>> squared_error(torch.zeros(1, 2), key, value, wanted=0)  # of an output of 3
    tensor(4.)
    """
    return (attention(query, key, value) - value[wanted]).square().sum()


def cross_entropy(query, key, value, wanted):
    """How surprising the wanted key is: minus the log of its weight, added over the starts.

    Convex in the query: the log of a sum of exponentials, minus something linear. The arguments
    are those of ``squared_error``; the values are not looked at.

    >>> cross_entropy(torch.zeros(1, 2), torch.eye(2), None, wanted=0).exp()  # one of two
    tensor(2.)
    """
    return -attention_weights(query, key)[:, wanted].log().sum()


def descend(loss, query, rate=1.0, steps=1000):
    """The path of each query down the slope of a loss.

    Args:
        loss: a function of the queries.
        query: tensor ``(s, d)``, where to start.
        rate: how far a step goes, times the slope.
        steps: how many.

    Returns:
        Tensor ``(steps + 1, s, d)``.

    >>> descend(lambda query: query.square().sum(), torch.ones(1, 1), rate=0.25, steps=2).flatten()
    tensor([1.0000, 0.5000, 0.2500])
    """
    path = [query]
    for _ in range(steps):
        query = query.detach().requires_grad_()
        (slope,) = torch.autograd.grad(loss(query), query)  # (s, d)
        query = (query - rate * slope).detach()
        path.append(query)
    return torch.stack(path)


def starts(count, features, seed=0):
    """Random queries to start from, ``(count, features)``, each feature about 3.

    >>> starts(count=7, features=3).shape
    torch.Size([7, 3])
    """
    generator = torch.Generator().manual_seed(seed)
    return 3 * torch.randn(count, features, generator=generator)


def errors_along(path, key, value, wanted):
    """The largest error of each output along the paths, as ``check`` counts: ``(steps + 1, s)``.

    >>> path = torch.tensor([[[0.0, 0.0]], [[99.0, 0.0]]])
    >>> errors_along(path, torch.eye(2), torch.tensor([[1.0], [5.0]]), wanted=0)
    tensor([[2.],
            [0.]])
    """
    return (attention(path, key, value) - value[wanted]).abs().amax(dim=-1)


def first_passes(error, tolerance):
    """After how many steps each start first passes; -1 where it never does.

    >>> first_passes(torch.tensor([[3.0, 3.0], [1.0, 3.0], [0.0, 3.0]]), tolerance=2)
    tensor([ 1, -1])
    """
    passes = error < tolerance  # (steps + 1, s)
    return torch.where(passes.any(dim=0), passes.int().argmax(dim=0), -1)


def pulls(loss, query, key, value, wanted):
    """How strongly one step raises the score of each key, for one query: minus the slope by score.

    Args:
        loss: ``squared_error`` or ``cross_entropy``.
        query: tensor ``(1, d)``.
        key: tensor ``(k, d)``.
        value: tensor ``(k, v)``.
        wanted: the key whose value is wanted.

    Returns:
        Tensor ``(k,)``.

    >>> pulls(cross_entropy, torch.zeros(1, 2), torch.eye(2), torch.eye(2), wanted=0)
    tensor([ 0.5000, -0.5000])
    """
    score = (query @ key.T).detach().requires_grad_()  # (1, k)
    one_a_key = torch.eye(len(key))  # a query of scores, and keys that read them off
    (slope,) = torch.autograd.grad(loss(score, one_a_key, value, wanted), score)
    return -slope[0]
