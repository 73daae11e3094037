"""What makes a training repeatable: one thread, and random numbers from a generator of its own."""

import contextlib

import torch


@contextlib.contextmanager
def one_thread():
    """Let torch count in one thread, and afterwards in as many as before.

    Threads add numbers up in an order that depends on how many there are, and floating point
    addition depends on the order. For matrices as small as ours, one thread is also the fastest.

    >>> with one_thread():
    ...     torch.get_num_threads()
    1
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def random_weight(generator, *shape, scale=1.0):
    """A parameter to start from: rows times it are about ``scale`` times as long as they were.

    Args:
        generator: where the random numbers come from.
        *shape: of the parameter; the first axis is summed over.
        scale: a number.

    >>> random_weight(torch.Generator(), 3, 5).shape
    torch.Size([3, 5])
    """
    start = scale * torch.randn(shape, generator=generator) / shape[0] ** 0.5
    return torch.nn.Parameter(start)
