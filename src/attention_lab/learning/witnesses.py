"""One layer, two questions: when is it best to copy, and when to average?

Sixteen witnesses have seen four events. Each knows its event and has a name, and says what it
believes: the truth about its event, plus an error of its own. Each is asked one of two questions.

- ``"quote"``: what did you say? Only its own value answers that.
- ``"conclude"``: what is true? All who saw the same event know a little of it.

Axes: B sets of witnesses, N witnesses, D = C + E features of a witness (C events, E for its name),
V features of a value.
"""

from typing import NamedTuple

import torch
import torch.nn.functional as F

from attention_lab.core import attention, attention_weights
from attention_lab.learning.progress import Bar
from attention_lab.learning.repeatable import one_thread, random_weight

EVENTS, NAME, WITNESSES, VALUES = 4, 12, 16, 8
FEATURES = EVENTS + NAME
ERROR = 0.5  # of a witness, where the truth has size 1
QUESTIONS = ("quote", "conclude")


class Hearing(NamedTuple):
    """What is known when witnesses are heard.

    Attributes:
        feature: of each witness, tensor ``(B, N, D)``: its event, one-hot, then its name.
        said: what it believes, ``(B, N, V)``.
        truth: what is true of its event, ``(B, N, V)``.
    """

    feature: torch.Tensor
    said: torch.Tensor
    truth: torch.Tensor

    def answer(self, question):
        """What should come out for each witness, ``(B, N, V)``."""
        return {"quote": self.said, "conclude": self.truth}[question]


def hear(generator, sets=32, error=ERROR):
    """New sets of witnesses: random events, random names, random truths, and errors this large."""
    event = torch.randint(EVENTS, (sets, WITNESSES), generator=generator)  # (B, N)
    name = torch.randn(sets, WITNESSES, NAME, generator=generator) / NAME**0.5  # (B, N, E)
    feature = torch.cat([F.one_hot(event, EVENTS), name], dim=-1)  # (B, N, D)
    of_event = torch.randn(sets, EVENTS, VALUES, generator=generator)  # (B, C, V)
    truth = of_event.gather(1, event[..., None].expand(-1, -1, VALUES))  # (B, N, V)
    said = truth + error * torch.randn(truth.shape, generator=generator)  # (B, N, V)
    return Hearing(feature, said, truth)


def learn(question, seed=0, steps=600, error=ERROR):
    """Learn how witnesses must listen to each other to answer a question.

    Args:
        question: ``"quote"`` or ``"conclude"``.
        seed: of all random numbers.
        steps: of Adam.
        error: of a witness.

    Returns:
        The matrix ``W_q @ W_k.T``, tensor ``(D, D)``: a witness with features x gives one with
        features y the score ``x @ matrix @ y``.
    """
    generator = torch.Generator().manual_seed(seed)
    W_q, W_k = (random_weight(generator, FEATURES, FEATURES) for _ in range(2))  # noqa: N806
    adam = torch.optim.Adam([W_q, W_k], lr=0.03)
    with one_thread():
        for _ in (bar := Bar(steps, f"Learning to {question}")):
            heard = hear(generator, error=error)
            output = attention(heard.feature @ W_q, heard.feature @ W_k, heard.said)  # (B, N, V)
            loss = F.mse_loss(output, heard.answer(question))
            adam.zero_grad()
            loss.backward()
            adam.step()
            bar.tell("loss", loss.item())
    return (W_q @ W_k.T).detach()


def by_hand(event, name):
    """A matrix that needs no learning: one number for events, one for names, on the diagonal.

    >>> by_hand(event=5, name=2).diag()[:6]
    tensor([5., 5., 5., 5., 2., 2.])
    """
    return torch.tensor([event] * EVENTS + [name] * NAME).float().diag()


def listen(matrix, heard):
    """Who listens to whom: the weights, ``(B, N, N)``."""
    return attention_weights(heard.feature @ matrix, heard.feature)


def mean_error(weight, heard, question):
    """The mean squared error of what these weights make of the values, for a question."""
    return F.mse_loss(weight @ heard.said, heard.answer(question)).item()


def same_event(heard):
    """Who has seen the same event: 1 or 0, ``(B, N, N)``.

    >>> same = same_event(hear(torch.Generator().manual_seed(0), sets=1))[0]
    >>> bool((same.diag() == 1).all()), bool((same == same.T).all())
    (True, True)
    """
    event = heard.feature[..., :EVENTS]
    return event @ event.mT
