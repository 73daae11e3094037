"""Keys to be tried, and the slow specification: is there such a query? says a linear program.

Every axis has its own prime size. Keys on a small grid of integers are often equal, in line or
inside a hull: the cases in which rounding could decide.
"""

import itertools

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from attention_lab.fixtures import SEED

K, D, V = 5, 3, 2
KEY, VALUE = np.array(SEED.key), np.array(SEED.value)
SQUARE = [[0.0, 0], [1, 0], [0, 2], [1, 2]]  # a rectangle, to be exact


def softmax(scores):
    powers = np.exp(scores - np.max(scores))
    return powers / powers.sum()


def feasible(keys, subset):
    """The slow specification: is there a query for which the set ties, 1 above all others?"""
    keys = np.asarray(keys, float)
    first, *more = (keys[j] for j in subset)
    rivals = [first - key for i, key in enumerate(keys) if i not in subset]
    if not rivals:
        return True
    ties = [key - first for key in more] or [0 * first]
    found = linprog(
        0 * first, -np.array(rivals), -np.ones(len(rivals)), ties, [0] * len(ties), (None, None)
    )
    assert found.status in (0, 2)  # solved, or infeasible: nothing left open
    return found.status == 0


def subsets(k):
    return [list(s) for r in range(1, k + 1) for s in itertools.combinations(range(k), r)]


def on_the_sphere(k, d, seed):
    keys = np.random.default_rng(seed).normal(size=(k, d))
    return keys / np.linalg.norm(keys, axis=1, keepdims=True)


@st.composite
def grids(draw, least=1):
    """Keys on a small grid, one axis to four."""
    shape = draw(st.integers(least, 7)), draw(st.integers(1, 4))
    return draw(arrays(float, shape, elements=st.integers(-2, 2).map(float)))


@st.composite
def grids_and_sets(draw):
    """Keys on a small grid, and some of their indices in any order."""
    keys = draw(grids())
    order = draw(st.permutations(range(len(keys))))
    return keys, order[: draw(st.integers(1, len(keys)))]


NUMBER = st.floats(-3, 3)
SCALE = st.sampled_from([1e-6, 1.0, 1e6])
PLACE = st.sampled_from([0.0, -7.0, 1e4])
