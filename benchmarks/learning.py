"""`make bench-learning`: how long each training of chapter 1.8 takes, and whether it was repeated.

Each must take at most 10 seconds of a processor, so that a reader with two slow cores waits no
longer than a guess takes, and must give the same numbers when it is done again. The processor's
seconds are measured, not the clock's: other programs do not count.
"""

import contextlib
import io
import sys
import time

import torch

from attention_lab import key, value
from attention_lab.learning.descent import cross_entropy, descend, squared_error, starts
from attention_lab.learning.induction import train
from attention_lab.learning.witnesses import learn

LIMIT = 10  # seconds


def main():
    """Print the seconds of each; fail where one is too slow or not the same again."""
    start = starts(20, features=3)
    trainings = {
        "descent, squared error": lambda: descend(
            lambda query: squared_error(query, key, value, 0), start
        ),
        "descent, cross-entropy": lambda: descend(
            lambda query: cross_entropy(query, key, value, 0), start
        ),
        "witnesses, quote": lambda: learn("quote"),
        "witnesses, conclude": lambda: learn("conclude"),
        "one layer": lambda: train(layers=1).loss,
        "two layers": lambda: train().loss,
    }
    failed = False
    print("                          seconds  again the same")
    for name, training in trainings.items():
        (seconds, result), (_, again) = timed(training), timed(training)
        same = torch.equal(result, again)
        print(f"{name:24} {seconds:8.1f}  {same}")
        failed = failed or seconds > LIMIT or not same
    return failed


def timed(training):
    """Seconds of the processor, and the result; its bars are not shown."""
    begin = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        result = training()
    return time.process_time() - begin, result


if __name__ == "__main__":
    sys.exit(main())
