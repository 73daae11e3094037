"""The whole book as one PDF: the built pages, joined in their order and printed by Chromium.

``python -m attention_lab.pdf`` makes it from what ``make book`` has built. ``pages`` reads,
``unfolding`` decides what becomes of what is folded on the screen, ``links`` makes the links lead
through one document, ``contents`` writes the first pages, ``join`` puts all together and
``printing`` prints it, the second time with the numbers of the pages.
"""
