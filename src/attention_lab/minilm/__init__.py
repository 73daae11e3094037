"""A pretrained model opened: what its heads were given, taken out once and read by chapter 1.9.

``model`` computes, ``weights`` finds the official numbers, ``extract`` writes the data file that
``data`` reads. Only ``data`` is needed to read the chapter.
"""
