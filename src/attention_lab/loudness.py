"""How loud a query must be, and what loudness does: the laws of softmax as functions.

A query's *lead* is how far its best key's score is ahead of the nearest rival's. A query of length
β in a direction whose lead is Δ at length 1 leads by βΔ. ``rest`` is the weight that is left for
all rivals together (ε in the book), ``keys`` is how many keys there are, the winner included.

Axes: q queries, k keys, d features of queries and keys, v features of values. ``...`` stands for
any leading axes. Where numbers are taken, tensors will do, and what comes back is a tensor.
"""

import torch

from attention_lab.core import attention_weights


def lead(query, key, j, behind=min):
    """How far key j's score is ahead of the nearest rival's; negative when another key wins.

    Args:
        query: tensor ``(d,)``.
        key: tensor ``(k, d)``.
        j: which key.
        behind: ``min`` for the nearest rival, ``max`` for the farthest.

    Returns:
        Tensor ``()``.

    >>> lead(torch.tensor([2.0]), key=torch.tensor([[1.0], [4.0], [-3.0]]), j=1)
    tensor(6.)
    """
    score = key @ query  # (k,)
    return behind(score[j] - score[i] for i in range(len(key)) if i != j)


def lead_for(rest, keys):
    """The lead with which the winner surely keeps ``1 - rest`` of the weight: ln((n−1)(1−ε)/ε).

    It is just enough where all rivals tie, and more than enough otherwise.

    >>> lead_for(rest=0.01, keys=4)
    tensor(5.6937, dtype=torch.float64)
    """
    return torch.log(_double(keys) - 1) + needed_lead(rest)


def needed_lead(rest):
    """The lead without which the winner cannot have ``1 - rest``: ln((1−ε)/ε), for any rivals.

    >>> needed_lead(rest=0.01)
    tensor(4.5951, dtype=torch.float64)
    """
    return torch.logit(1 - _double(rest))


def loudness_for(rest, keys, margin):
    """How long a query is that surely keeps ``1 - rest`` for its key.

    Args:
        rest: the weight left for the rivals.
        keys: how many keys there are.
        margin: the lead at length 1.

    >>> loudness_for(rest=0.01, keys=4, margin=0.5)
    tensor(11.3875, dtype=torch.float64)
    """
    return lead_for(rest, keys) / margin


def weight_at(lead, keys):
    """The winner's weight where every rival is ``lead`` behind: e^Δ / (n − 1 + e^Δ).

    With the lead over the nearest rival the winner has at least that much, with the lead over the
    farthest at most that much. Undoes ``lead_for``.

    >>> weight_at(lead_for(rest=0.01, keys=4), keys=4)
    tensor(0.9900, dtype=torch.float64)
    """
    return torch.sigmoid(_double(lead) - torch.log(_double(keys) - 1))


def farthest_value(value, j):
    """The largest difference, in any feature, between value j and another value.

    An output that leaves ε of the weight to rivals is at most ε times that far from value j.

    >>> farthest_value(torch.tensor([[1.0, 1.0], [1.5, 4.0], [-1.0, 2.0]]), j=0)
    tensor(3.)
    """
    return (value - value[j]).abs().max()


def loudest_tie(rest, gap):
    """How long a query may be at most, if two keys that ought to tie are ``gap`` apart at length 1.

    Both keep at least ½ − ε of the weight of the two: ln((½+ε)/(½−ε)) / gap.

    >>> loudest_tie(rest=0.01, gap=0.002)
    tensor(20.0027, dtype=torch.float64)
    """
    return needed_lead(0.5 - _double(rest)) / gap


def entropy(weight):
    """How undecided weights are: minus the mean of their logarithm, over the last axis.

    >>> entropy(torch.tensor([[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]]))
    tensor([0.6931, 0.0000])
    """
    return torch.special.entr(weight).sum(dim=-1)


def effective_keys(weight):
    """How many keys share the weight: the number of even shares that have the same entropy.

    >>> effective_keys(torch.tensor([0.5, 0.5, 0.0, 0.0]))
    tensor(2.)
    """
    return entropy(weight).exp()


def sensitivity(query, key, value):
    """How the output moves with the query: the Jacobian, the covariance of value and key.

    It is Vᵀ(diag w − wwᵀ)K for weights w, computed as the weighted sum of what values and keys
    differ from their means. So nothing is lost to rounding where one weight is nearly 1.

    Args:
        query: tensor ``(..., d)``.
        key: tensor ``(k, d)``.
        value: tensor ``(k, v)``.

    Returns:
        Tensor ``(..., v, d)``.

    >>> key, value = torch.tensor([[1.0], [-1.0]]), torch.tensor([[3.0], [5.0]])
    >>> sensitivity(torch.tensor([0.0]), key, value)
    tensor([[-1.]])
    """
    weight = attention_weights(query[..., None, :], key)[..., 0, :]  # (..., k)
    off_key = key - (weight @ key)[..., None, :]  # (..., k, d)
    off_value = value - (weight @ value)[..., None, :]  # (..., k, v)
    return (weight[..., None] * off_value).transpose(-2, -1) @ off_key


def crowd(keys, features, seed=0):
    """Keys of length 1 in random directions, tensor ``(k, d)``: the same for the same seed.

    >>> torch.allclose(crowd(keys=5, features=2).norm(dim=1), torch.ones(5))
    True
    """
    generator = torch.Generator().manual_seed(seed)
    key = torch.randn(keys, features, generator=generator)
    return key / key.norm(dim=1, keepdim=True)


def random_scores(features, draws=500, keys=16, seed=0):
    """Scores ``(draws, keys)`` of queries and keys whose entries are independent, of variance 1.

    >>> random_scores(features=64, draws=7).shape
    torch.Size([7, 16])
    """
    generator = torch.Generator().manual_seed(seed)
    query = torch.randn(draws, 1, features, generator=generator)
    key = torch.randn(draws, keys, features, generator=generator)
    return (query * key).sum(dim=2)


def kept_in_crowds(query, key, sizes, factors=None):
    """Query i asks for key i among the first n keys. How much weight does its key keep?

    Args:
        query: tensor ``(q, d)``.
        key: tensor ``(k, d)``, at least as many as queries.
        sizes: how many keys there are each time, from q to k.
        factors: what the scores are multiplied by each time; 1 if left out.

    Returns:
        The weight of the right keys ``(sizes, q)``, and whether they are in the lead.

    >>> weight, first = kept_in_crowds(torch.zeros(1, 2), crowd(8, 2), [4, 8])
    >>> weight[:, 0]
    tensor([0.2500, 0.1250])
    """
    score = query @ key.T  # (q, k)
    right = torch.arange(len(query))
    factors = [1.0] * len(sizes) if factors is None else factors
    among = [factor * score[:, :n] for n, factor in zip(sizes, factors, strict=True)]
    weight = torch.stack([part.softmax(dim=1)[right, right] for part in among])
    first = torch.stack([part.argmax(dim=1) == right for part in among])
    return weight, first


def _double(number):
    """A number or a tensor as a tensor of float64: the laws lose nothing to rounding."""
    return torch.as_tensor(number, dtype=torch.float64)
