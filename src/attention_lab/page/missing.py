"""What the page has not got, named: the notebook has it."""

from attention_lab.messages import PHRASES


class Missing(Exception):
    """Something was asked for by name that only the notebook has.

    >>> str(Missing("numpy"))
    'The page has no numpy. The notebook has it.'
    """

    def __init__(self, name):
        super().__init__(PHRASES["missing"].format(name=name))


class Lacking:
    """Stands for something that the page has not got, and says so as soon as it is used.

    To import it is no use yet: a chapter's first cell imports for all cells at once.
    """

    def __init__(self, name):
        self._name = name

    def __getattr__(self, name):
        raise Missing(f"{self._name}.{name}")

    def __call__(self, *args, **kwargs):
        """Nothing can be called."""
        raise Missing(self._name)
