"""How a report names what might have been meant."""

from difflib import get_close_matches


def meant(word, known):
    """A question that names the nearest of what there is, else all of it.

    >>> meant("hide-ouput", ["hide-output", "runnable"])
    'Did you mean hide-output?'
    >>> meant("x", ["b", "a"])
    'There is: a, b.'
    """
    near = get_close_matches(word, known, n=1)
    return f"Did you mean {near[0]}?" if near else f"There is: {', '.join(sorted(known))}."
