"""What stands around a build: the book served and built anew on save, and built twice to compare.

``make serve`` and ``make reproducible`` call these; none of it is part of what Sphinx does.
"""
