"""What a directive of ours is asked for: one of the names there are, or the build says which."""


def argument_of(directive, known):
    """The argument of a directive.

    Args:
        directive: a ``SphinxDirective`` of one argument.
        known: the arguments that it may have.

    Raises:
        DirectiveError: it has another; the build then names file and line.
    """
    (given,) = directive.arguments
    if given not in known:
        expected = " or ".join(known)
        raise directive.error(f"Expected {expected} for {{{directive.name}}}; got {given!r}.")
    return given
