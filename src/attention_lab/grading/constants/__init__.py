"""An answer's text becomes its value. Nothing of it is executed.

``finding.py`` looks through a notebook's cells for the functions that count, with ``sources.py``,
``bindings.py`` and ``cells.py``. ``literal.py`` goes through one of them, line by line, with
``expressions.py`` and the tables of what is known. ``limits.py`` says what all of it may cost.
"""
