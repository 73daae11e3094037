"""The keys and values that a whole notebook works on: the course's, unless it asks for others."""

import attention_lab
from attention_lab import notebook


def work_on(fixture):
    """From here on, what is imported from ``attention_lab`` is about these keys and values.

    That is ``key``, ``value``, ``check``, ``given_query`` and, where it shows an exercise,
    ``Playground``. A fixture that is handed to one of them still goes first.

    Args:
        fixture: keys and values that belong together, such as ``variant(7)``.

    Returns:
        The key and the value, as tensors.

    Raises:
        ValueError: it is no fixture.
    """
    import torch

    fixture = notebook.as_fixture(fixture)

    def check(number, answer, fixture=fixture, own_query=None):
        return notebook.check(number, answer, fixture, own_query)

    def given_query(number, fixture=fixture):
        return notebook.given_query(number, fixture)

    def playground(exercise=None, **settings):
        from attention_lab.playground import Playground

        on = {"fixture": fixture} if exercise else {}
        return Playground(exercise, **on | settings)

    attention_lab.check, attention_lab.given_query = check, given_query
    attention_lab.Playground = playground
    attention_lab.key, attention_lab.value = torch.tensor(fixture.key), torch.tensor(fixture.value)
    return attention_lab.key, attention_lab.value
