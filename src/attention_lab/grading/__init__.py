"""Submissions are marked without being run: constants are read from the syntax tree and judged.

Standard library only, from Python 3.10 on, so that the same files mark in a class's batch and in
Gradescope. What draws reports may use more.
"""
