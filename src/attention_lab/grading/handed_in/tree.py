"""What was handed in, as a tree of folders and files, on disk here, in a zip in ``archives.py``.

Nothing is opened until somebody reads it, and no link is followed.
"""

import os
import re
import stat
from typing import NamedTuple

DEEPEST = 40  # folders within folders
NOTEBOOK = re.compile(r"\.ipynb(\.(json|txt))?$", re.IGNORECASE)  # some browsers add to it
OF_NO_INTEREST = re.compile(r"\.|__MACOSX$")  # how hidden files and folders begin, copies in them
LINK = "It is a link, which is not followed. Put the file itself there."


class File(NamedTuple):
    """A file that can be opened, or why not.

    Attributes:
        label: where it is, ``"class.zip/ada/answers.ipynb"``; to be shown, never to be opened.
        open: returns its bytes as a stream.
        fault: why it is not opened; "" if it can be.
    """

    label: str
    open: object
    fault: str = ""

    @property
    def name(self):
        """The last part of its label."""
        return self.label.rpartition("/")[2]

    @property
    def is_notebook(self):
        """Whether it is called like one."""
        return NOTEBOOK.search(self.name) is not None

    @property
    def is_archive(self):
        """Whether it is called like a zip."""
        return self.name.lower().endswith(".zip")

    @property
    def may_hold_answers(self):
        """Whether it counts: a notebook, a zip, or what cannot be opened and may be a folder."""
        closed = bool(self.fault) and "." not in self.name
        return self.is_notebook or self.is_archive or closed


class Folder(NamedTuple):
    """A folder; ``list`` returns what is in it, Files and Folders."""

    label: str
    list: object

    @property
    def name(self):
        """The last part of its label."""
        return self.label.rpartition("/")[2]

    def children(self):
        """What is in it, in the order of names, without what is hidden."""
        shown = [child for child in self.list() if not OF_NO_INTEREST.match(child.name)]
        return sorted(shown, key=lambda child: child.name)


def on_disk(path, label, depth=0):
    """What is at a path, which is not a link: a File or a Folder.

    Raises:
        OSError: nothing is there, or nobody may look.
    """
    mode = os.lstat(path).st_mode
    if stat.S_ISDIR(mode) and depth < DEEPEST:
        return Folder(label, lambda: _listed(path, label, depth))
    if stat.S_ISDIR(mode):
        fault = f"Expected at most {DEEPEST} folders within each other; there are more."
    elif stat.S_ISLNK(mode):
        fault = LINK
    elif not stat.S_ISREG(mode):
        fault = "It is no file, but a pipe or a device, which is not opened."
    else:
        fault = ""
    return File(label, lambda: open(path, "rb"), fault)


def _listed(path, label, depth):
    """What is in a folder on disk; if nobody may look, a file that says so."""
    try:
        names = os.listdir(path)
    except OSError as error:
        return [File(f"{label}/(closed)", None, f"The folder cannot be read: {error.strerror}.")]
    return [on_disk(os.path.join(path, name), f"{label}/{name}", depth + 1) for name in names]
