"""What was handed in: files are found, and notebooks in them are read.

``files.py`` finds submissions in folders and zips, and by ``names.py`` whose they are.
``notebooks.py`` reads one, with ``texts.py`` for its write-ups. Nothing in them is trusted.
"""
