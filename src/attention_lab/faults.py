"""What is wrong with an answer before its meaning is looked at: its type, its shape, its size.

A fault is a pair: the key of a template in ``messages.MESSAGES`` and what to fill in there.
"""

LARGEST_FLOAT32 = 3.4028234663852886e38  # the course counts in float32
DEEPEST = 32  # lists nested deeper, or in themselves, are no numbers
MOST = 10_000  # entries are looked at; no answer has so many


def find_fault(answer, wanted):
    """The first reason why an answer cannot be used, or None.

    Args:
        answer: anything.
        wanted: the shape asked for, a tuple.

    >>> find_fault([[1, "2", 3]], (1, 3))
    ('wrong-type', {'wanted': '(1, 3)', 'came': "'2'"})
    """
    asked = {"wanted": str(wanted)}
    for count, (where, item) in enumerate(_items(answer)):
        if count > MOST:
            return "wrong-shape", dict(asked, came=f"more than {MOST} entries")
        if not (_is_number(item) or (_is_list(item) and len(where) < DEEPEST)):
            return "wrong-type", dict(asked, came=_describe(item))
    shape = _shape(answer)
    if shape != wanted:
        came = "rows of different lengths" if shape is None else str(shape)
        return _name_of_shape_fault(shape, wanted), dict(asked, came=came)
    leaves = [(where, item) for where, item in _items(answer) if not _is_list(item)]
    if all(leaf != leaf for _, leaf in leaves):
        return "not-finite/placeholder", asked
    for where, leaf in leaves:
        if not abs(leaf) <= LARGEST_FLOAT32:
            came = f"{leaf:.4g}" if isinstance(leaf, float) else "too large an integer"
            return "not-finite", {"where": str(list(where)), "came": came}
    return None


def find_overflow(query, key):
    """The first score that would not fit into float32, as a fault, or None.

    torch adds up the products in an order of its own, so every partial sum must fit.

    >>> find_overflow([[3e38, 3e38]], [[0.1, 0.1], [1, 1]])
    ('not-finite/overflow', {'key': 'k1'})
    """
    for q in query:
        for k, row in enumerate(key):
            if sum(abs(x * y) for x, y in zip(q, row)) > LARGEST_FLOAT32:
                return "not-finite/overflow", {"key": f"k{k}"}
    return None


def _items(nested, where=()):
    """A nested list, the lists in it and their entries, with the indices that lead to them."""
    yield where, nested
    if _is_list(nested) and len(where) < DEEPEST:
        for i, item in enumerate(nested):
            yield from _items(item, where + (i,))


def _is_list(item):
    return isinstance(item, (list, tuple))


def _is_number(leaf):
    """A truth value is no number here, though Python counts with it."""
    return isinstance(leaf, (int, float)) and not isinstance(leaf, bool)


def _describe(leaf):
    """What came instead of a number, in a few words that are the same in every Python."""
    if leaf is None or isinstance(leaf, bool):
        return str(leaf)
    if leaf is ...:
        return "..., a gap to be filled"
    if isinstance(leaf, str):
        text = leaf.replace("\n", " ")
        return f"'{text if len(text) <= 40 else text[:37] + '...'}'"
    if _is_list(leaf):
        return f"lists nested {DEEPEST} deep or more"
    if callable(leaf):
        return "a function; call it, with () behind its name"
    return f"an object of type {type(leaf).__name__}"


def _shape(nested):
    """The shape of a nested list, or None when its rows differ."""
    if not _is_list(nested):
        return ()
    shapes = {_shape(item) for item in nested}
    if len(shapes) > 1 or None in shapes:
        return None
    return (len(nested),) + (shapes.pop() if shapes else ())


def _name_of_shape_fault(shape, wanted):
    """Which message helps: brackets are the usual mistake."""
    if shape == wanted[1:] and wanted[0] == 1:
        return "wrong-shape/one-bracket-more"
    if shape == (1,) + wanted:
        return "wrong-shape/one-bracket-less"
    return "wrong-shape"
