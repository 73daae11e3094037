"""The tests mirror src/. ``specification.py`` says slowly what the fast code must say."""
