"""What a fixture must have for the exercises to be fair, and the script that finds the variants.

``python -m attention_lab.certify`` draws keys and values until enough of them meet every
requirement, and writes ``variants.json``: one row a variant, numbers in hundredths. The random
stream is Python's own, which is the same everywhere; so is the file.
"""

import itertools
import json
import math
from pathlib import Path
from random import Random

import numpy as np

from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES, TOLERANCE
from attention_lab.fixtures import RECIPE_SEED
from attention_lab.geometry import copyable
from attention_lab.judge import judge
from attention_lab.variants import COUNT, FILE, Certificate, Variant, margin_along

KEYS, FEATURES = 4, 3
LEAST_MARGIN = 0.5  # of every key: a query of modest length copies its value
LARGEST_BOUND = 0.15  # no weights farther from those asked for meet the tolerance
SCALES = (10, 15, 20, 30, 40, 60, 80, 100)  # the first that works, also halved and doubled


class UnfairError(ValueError):
    """A fixture falls short of a requirement; the message says of which."""


def certify(key, value):
    """The scale at which the taught method works on these numbers, and a certificate.

    Args:
        key: ``[k][d]``, numbers with two decimals.
        value: ``[k][v]``, likewise, with one column less than rows.

    Returns:
        The scale and a ``variants.Certificate``.

    Raises:
        UnfairError: a requirement is not met.

    >>> from attention_lab.fixtures import SEED
    >>> certify(*SEED)
    Traceback (most recent call last):
    attention_lab.certify.UnfairError: Weights 1.00 away from those asked for may pass.
    """
    farthest = farthest_passing(value)
    if farthest > LARGEST_BOUND:
        raise UnfairError(f"Weights {farthest:.2f} away from those asked for may pass.")
    directions = tuple(copying_direction(key, j) for j in range(len(key)))
    margins = tuple(margin_along(u, key, j) for j, u in enumerate(directions))
    return _scale(key, value), Certificate(directions, margins, farthest)


def farthest_passing(value):
    """A bound on how far weights that meet the tolerance can be from those asked for.

    Weights w sum to 1, so with the output they determine M w = (output, 1), where M is the values
    as columns above a row of ones. Within the tolerance, M moves by a corner e of a box at most:
    the total variation is at most ½·max‖M⁻¹e‖₁ over its corners.

    Args:
        value: ``[k][v]`` with v = k − 1.

    Returns:
        The bound, in total variation rounded up to hundredths; 1, which is no bound, when
        different weights can give the same output.

    >>> farthest_passing([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])  # moves (.05, .05, -.1)
    0.1
    """
    m = np.vstack([np.array(value).T, np.ones(len(value))])
    if m.shape[0] != m.shape[1] or np.linalg.matrix_rank(m) < len(m):
        return 1.0
    corners = itertools.product((-TOLERANCE, TOLERANCE), repeat=len(m) - 1)
    shifts = np.linalg.inv(m) @ np.array([(*corner, 0) for corner in corners]).T  # (k, corners)
    bound = np.abs(shifts).sum(axis=0).max() / 2
    return min(1.0, math.ceil(bound * 100 - 1e-9) / 100)


def copying_direction(key, j):
    """The direction in which key j leads most, to two decimals.

    Raises:
        UnfairError: it leads by less than LEAST_MARGIN there.
    """
    found = copyable(key, j)
    direction = tuple(round(float(x), 2) for x in found.direction) if found else ()
    if not found or margin_along(direction, key, j) < LEAST_MARGIN:
        raise UnfairError(f"Key {j} leads the others by {found.margin:.2f}, not by {LEAST_MARGIN}.")
    return direction


def _scale(key, value):
    """The first scale at which the taught method is correct, also halved and doubled."""
    for scale in SCALES:
        if all(_taught_method_works(key, value, scale * factor) for factor in (0.5, 1, 2)):
            return scale
    raise UnfairError(f"The taught method fails at every scale among {SCALES}.")


def _taught_method_works(key, value, scale):
    fixture = Variant(None, key, value, scale, None)
    return all(
        judge(task, course_answer(task, fixture), fixture).diagnosis == "correct"
        for task in EXERCISES
    )


def draw(random):
    """Keys and values of about length 1, rounded to two decimals."""
    return [
        tuple(tuple(round(x, 2) for x in _unit_vector(random)) for _ in range(KEYS))
        for _ in ("key", "value")
    ]


def _unit_vector(random):
    """A point of the sphere, every one as likely as any other."""
    while True:
        point = [random.uniform(-1, 1) for _ in range(FEATURES)]
        length = math.hypot(*point)
        if 0.1 < length <= 1:
            return [x / length for x in point]


def rows(count):
    """So many rows of ``variants.json``, from the first on."""
    random = Random(RECIPE_SEED)
    found = []
    while len(found) < count:
        key, value = draw(random)
        try:
            scale, certificate = certify(key, value)
        except UnfairError:
            continue
        tables = (_in_hundredths(table) for table in (key, value, certificate.directions))
        key, value, directions = tables
        found.append([key, value, round(certificate.farthest * 100), scale, directions])
    return found


def _in_hundredths(table):
    return [[round(x * 100) for x in row] for row in table]


def as_json(rows):
    """The rows as text, one a line."""
    return "[\n" + ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows) + "\n]\n"


if __name__ == "__main__":
    Path(FILE).write_text(as_json(rows(COUNT)), "utf-8")
