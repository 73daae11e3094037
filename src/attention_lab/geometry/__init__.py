"""What a query can reach: which weights, which keys to copy or to average, and how short it can be.

``faces.py`` says which keys can be copied or averaged, ``queries.py`` finds a query for weights or
for a target, ``reading.py`` takes in the arguments.

Axes: k keys, d features of queries and keys, v features of values: ``keys[k][d]``,
``values[k][v]``. Nested lists, arrays and torch tensors are accepted; NumPy arrays come back. What
is claimed comes with a certificate, to be checked by multiplication, without trusting the search.
"""

from attention_lab.geometry.faces import Certificate, averageable, copyable, margin
from attention_lab.geometry.queries import Reached, least_norm_query, query_for

__all__ = [
    "Certificate",
    "Reached",
    "averageable",
    "copyable",
    "least_norm_query",
    "margin",
    "query_for",
]
