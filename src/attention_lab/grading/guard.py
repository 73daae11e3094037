"""A second fence behind the limits that count: a clock, and for a process of its own a memory.

Where the limits hold, nobody meets it. It turns a mistake of ours into one file for a person.
"""

import signal
import threading
from contextlib import contextmanager

SECONDS = 10
MEMORY = 2 << 30  # bytes of address space, for a process that marks


class TooLong(BaseException):
    """The time is up. Nothing that catches an Exception catches it."""


@contextmanager
def deadline(seconds=SECONDS):
    """Raise TooLong in the block when the time is up, where the system has such a clock."""
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def ring(*_):
        raise TooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def bound_memory():
    """Let this process have so much memory and no more, where the system can."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    bound = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (bound, most))
