"""Queries and keys that nobody writes down: gradient descent finds them, in a few seconds.

``descent`` looks for the query of exercise 1.2.1, ``witnesses`` learns one matrix for queries and
keys, ``induction`` is a model of two layers that learns to go on with a text, ``inside`` looks into
it. All of it is repeatable bit for bit on one machine: every random number comes from a generator
of its own, and training counts in one thread.
"""
