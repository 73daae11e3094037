"""What an author gets wrong, found in seconds: ``make check``. Nothing is built and nothing is run.

The check is part of the package, so it cannot begin where an exercise lacks a comma: ``loading.py``
tells a file of the package that cannot be read as any other fault. ``rules.py`` does the rest.
"""

from attention_lab.authoring.loading import fault_of


def report(project):
    """Print what is wrong with the book of a project, a line each, and how much it is.

    Returns:
        The exit status: 1 if something is wrong.

    Raises:
        ValueError: the folder is no clone of the project.
    """
    try:
        from attention_lab.authoring.rules import report as report_of_rules

        return report_of_rules(project)
    except Exception as error:
        fault = fault_of(error)
        if not fault:
            raise
    print(fault, "Nothing else was looked at.", sep="\n")
    return 1


def check(book):
    """Everything that is wrong with a book, in the order of its files and lines."""
    from attention_lab.authoring.rules import faults

    return faults(book)
