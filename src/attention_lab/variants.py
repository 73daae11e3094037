"""Other keys and values for the same exercises, so that neighbours do not share answers.

There are ``COUNT``, numbered from 0, in ``variants.json``, which ``certify.py`` makes. Each comes
with a certificate that its exercises can be solved, and by no weights far from those asked for.
Plain Python: the notebook, the page and the grader load the same file.
"""

import json
from collections import namedtuple
from hashlib import sha256

from attention_lab.arithmetic import dot

# What is known of a fixture, for anyone to verify by multiplication.
#   directions[j], a vector u, and margins[j]: u·k_j exceeds every other u·k_i by at least
#   margins[j] times the length of u. So a query along u copies v_j.
#   farthest: weights farther from those asked for, in total variation, miss the target.
Certificate = namedtuple("Certificate", ("directions", "margins", "farthest"))

COUNT = 512
FILE = __file__.replace("\\", "/").rsplit("/", 1)[0] + "/variants.json"

_loaded = []


class Variant:
    """Keys and values that belong together.

    Attributes:
        number: from 0 on.
        key: nested tuples ``[k][d]``.
        value: nested tuples ``[k][v]``.
        scale: what ``answers.py`` needs for this variant; None in what students get.
        certificate: a ``Certificate``.
    """

    def __init__(self, number, key, value, scale, certificate):
        self.number = number
        self.key = key
        self.value = value
        self.scale = scale
        self.certificate = certificate

    def __repr__(self):
        return f"<variant {self.number}>"

    def tensors(self):
        """The key and the value as new tensors, ``(k, d)`` and ``(k, v)``."""
        import torch

        return torch.tensor(self.key), torch.tensor(self.value)


def variant(number):
    """The variant of this number.

    Raises:
        ValueError: there is none.

    >>> len(variant(7).key), len(variant(7).key[0])
    (4, 3)
    """
    if type(number) is not int or not 0 <= number < COUNT:
        raise ValueError(f"Expected the number of a variant, 0 to {COUNT - 1}; got {number!r}.")
    return from_row(number, _load()[number])


def variant_for(student, course):
    """The variant of a student: the same on every machine, without a secret and without a server.

    Best is a name with one spelling, such as a student number. Blanks, the case of the letters A to
    Z, and the ways in which a keyboard may compose an ë do not matter.

    Args:
        student: a text that is the student's own.
        course: a text that names the course and the year, so that next year's variants differ.

    Raises:
        ValueError: one of them is empty or no text.

    >>> variant_for("s1234567", "nlp-2026").number == variant_for(" S1234567", "nlp-2026").number
    True
    """
    for name in (student, course):
        if not isinstance(name, str) or not _spelling(name):
            raise ValueError(f"Expected the student and the course as texts; got {name!r}.")
    digest = sha256(b"\n".join(_spelling(name) for name in (course, student))).digest()
    return variant((digest[0] * 256 + digest[1]) % COUNT)


def _spelling(name):
    """A name as bytes, without the differences that a keyboard makes."""
    for blank in "\t\n\r":
        name = name.replace(blank, " ")
    words = [word for word in _composed(name).split(" ") if word]
    return " ".join(words).encode().lower()  # of bytes, so that only A to Z are lowered


def _composed(name):
    """Unicode's form NFKC, in which an ë is one letter and every kind of blank a blank."""
    try:
        from unicodedata import normalize
    except ImportError:  # MicroPython leaves it to the browser
        import js

        return js.String.prototype.normalize.call(name, "NFKC")
    return normalize("NFKC", name)


def from_row(number, row):
    """A line of ``variants.json`` as a Variant; numbers are in hundredths there.

    In the copy that students get, a line ends before what would lead to an answer: the scale and
    the directions.

    >>> row = [[[100, 0], [0, 0]], [[50], [25]], 20, 10, [[300, 0], [-200, 0]]]
    >>> from_row(0, row).certificate
    Certificate(directions=((3.0, 0.0), (-2.0, 0.0)), margins=(1.0, 1.0), farthest=0.2)
    """
    key, value = (_from_hundredths(table) for table in row[:2])
    farthest, scale, directions = row[2] / 100, None, ()
    if len(row) > 3:
        scale, directions = row[3], _from_hundredths(row[4])
    margins = tuple(margin_along(u, key, j) for j, u in enumerate(directions))
    return Variant(number, key, value, scale, Certificate(directions, margins, farthest))


def margin_along(direction, key, j):
    """By how much the score of key j leads, for a query of length 1 in this direction.

    >>> margin_along((2, 0), ((1, 0), (0, 1)), 0)
    1.0
    """
    scores = [dot(direction, k) for k in key]
    rival = max(score for i, score in enumerate(scores) if i != j)
    return (scores[j] - rival) / dot(direction, direction) ** 0.5


def _from_hundredths(table):
    return tuple(tuple(x / 100 for x in row) for row in table)


def _load():
    """All rows, read once."""
    if not _loaded:
        with open(FILE) as file:
            _loaded.extend(json.load(file))
    return _loaded
