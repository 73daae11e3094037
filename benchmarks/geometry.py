"""`make bench-geometry`: which of 512 keys can be copied, against a linear program for each key.

The linear program only says whether: does some query score the key at least 1 above all others?
Ours must take no longer and hand over a certificate for every key, yes or no. Machines are noisy:
the ratio, from one run, says more than the seconds.
"""

import sys
import time

import numpy as np
from scipy.optimize import linprog

from attention_lab.geometry import copyable

SIZES, FEATURES = (64, 128, 256, 512), (2, 8, 32)  # the last of both are compared
RATIO_LIMIT = 1


def main():
    """Print how time grows, then the comparison."""
    print("seconds for the certificates of all n keys (Gaussian)")
    print("     n" + "".join(f"{f'd = {d}':>10}" for d in FEATURES))
    for n in SIZES:
        print(f"{n:6}" + "".join(f"{timed(certify, gaussian(n, d))[0]:10.3f}" for d in FEATURES))
    keys = gaussian(SIZES[-1], FEATURES[-1])
    ours, certificates = timed(certify, keys)
    naive, answers = timed(ask, keys)
    agree = [bool(certificate) for certificate in certificates] == answers
    verified = all(found.verify(keys, [j]) for j, found in enumerate(certificates))
    print(f"\n{len(keys)} keys in {FEATURES[-1]} dimensions")
    print(f"with certificates             {ours:8.2f} s")
    print(f"linear programs, without      {naive:8.2f} s")
    print(f"ratio                         {ours / naive:8.2f}     (at most {RATIO_LIMIT})")
    print(f"same answers: {agree}; all certificates verified: {verified}")
    return ours > RATIO_LIMIT * naive or not agree or not verified


def gaussian(n, d):
    """The same n keys in d dimensions at every call."""
    return np.random.default_rng(447).normal(size=(n, d))


def timed(function, keys):
    """Wall seconds, and the result."""
    start = time.perf_counter()
    result = function(keys)
    return time.perf_counter() - start, result


def certify(keys):
    """Ours: a certificate for every key."""
    return [copyable(keys, j) for j in range(len(keys))]


def ask(keys):
    """Naive: for every key, whether its linear program has a solution."""
    return [is_feasible(np.delete(keys, j, axis=0) - keys[j]) for j in range(len(keys))]


def is_feasible(offset):
    """Whether some query scores every row at most -1."""
    k, d = offset.shape
    return linprog(np.zeros(d), offset, -np.ones(k), bounds=(None, None)).status == 0


if __name__ == "__main__":
    sys.exit(main())
