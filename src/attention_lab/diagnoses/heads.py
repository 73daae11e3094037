"""A query for each of several heads, whose outputs are averaged: which head is at fault?"""

from attention_lab.arithmetic import softmax
from attention_lab.diagnoses.asking import MOSTLY
from attention_lab.diagnoses.naming import key_name, largest, share_of
from attention_lab.messages import PHRASES
from attention_lab.wording import listed

SPLIT = 0.1  # a head with more than this on two of the wanted keys has not decided


def leaking(attempt):
    """Some head gives weight to a key that should get none: much, or nothing else is at fault."""
    wanted = attempt.task.wanted[0]
    weights = _of_heads(attempt)
    shares = [sum(row[k] for k in wanted) for row in weights]
    head = largest([-share for share in shares])
    little = shares[head] > MOSTLY
    nothing = shares[head] > 1 - attempt.task.tolerance
    if little and (nothing or uneven(attempt) or one_sided(attempt)):
        return None
    others = [k for k in range(len(attempt.value)) if k not in wanted]
    thief = max(others, key=lambda k: weights[head][k])
    return {
        "head": _name(head),
        "share": share_of(shares[head]),
        "names": listed(key_name(k) for k in wanted),
        "weight": share_of(weights[head][thief]),
        "thief": key_name(thief),
    }


def uneven(attempt):
    """Some head shares its weight between keys, and so not as evenly as all together should."""
    wanted = attempt.task.wanted[0]
    weights = _of_heads(attempt)
    second = [sorted(row[k] for k in wanted)[-2] if len(wanted) > 1 else 0.0 for row in weights]
    head = largest(second)
    if second[head] <= SPLIT:
        return None
    split = [k for k in wanted if weights[head][k] > SPLIT]
    return dict(_extremes(attempt), head=_name(head), names=listed(key_name(k) for k in split))


def one_sided(attempt):
    """Every head has decided, and some wanted key was left out."""
    wanted = attempt.task.wanted[0]
    chosen = {wanted[largest([row[k] for k in wanted])] for row in _of_heads(attempt)}
    return _extremes(attempt) if set(wanted) - chosen else None


def _of_heads(attempt):
    """The weights of each head, ``[h][k]``."""
    return [softmax(scores) for scores in attempt.scores]


def _extremes(attempt):
    """Of the wanted keys, the one with most of the weight and the one with least."""
    (weights,) = attempt.weights
    order = sorted(attempt.task.wanted[0], key=lambda k: weights[k])
    return {
        "ahead": key_name(order[-1]),
        "more": share_of(weights[order[-1]]),
        "behind": key_name(order[0]),
        "less": share_of(weights[order[0]]),
    }


def _name(head):
    return PHRASES["head"].format(row=head)
