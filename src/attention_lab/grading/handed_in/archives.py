"""A zip as a tree of folders and files, read in memory; nothing is ever extracted.

The names in it are labels. Sizes are what comes out, not what it says of itself.
"""

import stat
import struct
import zipfile
import zlib

from attention_lab.grading.handed_in.tree import DEEPEST, LINK, File, Folder
from attention_lab.grading.report import Broken

MEMBERS = 20_000
CONTENTS = 4 * 2**20  # bytes of a zip's table of contents, and of one reading
SIMPLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for gigabytes to unpack
# What Python raises of a zip that is damaged, or made to do harm.
FAULTS = (
    zipfile.BadZipFile,
    struct.error,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
    AttributeError,
)


class Bounded:
    """A stream that hands out so much at once: a zip says of itself how long its contents are."""

    def __init__(self, stream):
        self.stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable
        self.close = stream.close

    def read(self, size=-1):
        """Bytes, all that are left where no number is given, but never more than a bound.

        Raises:
            ValueError: more is asked for.
        """
        if size is not None and size > CONTENTS:
            raise ValueError(f"{size} bytes at once")
        return self.stream.read(CONTENTS if size is None or size < 0 else size)


def in_archive(stream, label):
    """The tree of what is in a zip.

    Args:
        stream: its bytes, which stay open as long as the tree is used.
        label: what it is called.

    Raises:
        Broken: it is no zip that can be read; the text says what to do.
    """
    try:
        archive = zipfile.ZipFile(Bounded(stream))
    except FAULTS as fault:
        raise Broken(
            f"Expected a zip; this is none, or a damaged one ({reason(fault)}). Download it again."
        ) from None
    members = archive.infolist()
    if len(members) > MEMBERS:
        raise Broken(
            f"Expected at most {MEMBERS} files in a zip; this one has {len(members)}. Take out "
            "what is not a notebook, and zip it again."
        )
    tree = {}
    for member in members:
        _plant(tree, archive, member, label)
    return _folder(label, tree)


def reason(fault):
    r"""What a fault says, on one line, short, and without what a terminal would obey.

    >>> reason(ValueError("two\nlines"))
    'two\\nlines'
    """
    said = getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
    return ascii(said)[1:-1][:80]


def _plant(tree, archive, member, label):
    """Put a member where its name says, among dicts for folders and lists for files."""
    names = _parts(member)
    *folders, name = names or [""]
    if member.filename.endswith("/"):
        folders, name = names, ""
    for folder in folders[:DEEPEST]:
        tree = tree.setdefault(("folder", folder), {})
    if name:
        tree.setdefault(("file", name), []).append((archive, member))


def _parts(member):
    """The parts of its name that say something; ``..`` and drives do not."""
    name = member.filename
    if not member.flag_bits & 0x800:  # the name is not said to be UTF-8, but mostly is
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = member.filename
    return [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]


def _folder(label, tree):
    return Folder(label, lambda: list(_children(label, tree)))


def _children(label, tree):
    for (kind, name), content in tree.items():
        if kind == "folder":
            yield _folder(f"{label}/{name}", content)
        else:
            for archive, member in content:
                yield File(f"{label}/{name}", _opener(archive, member), _fault(member))


def _opener(archive, member):
    return lambda: archive.open(member)


def _fault(member):
    """Why a member is not opened; "" if it can be."""
    if stat.S_ISLNK(member.external_attr >> 16):
        return LINK
    if member.flag_bits & 1:
        return "It is locked by a password. Zip it again without one."
    if member.compress_type not in SIMPLE:
        return "It is packed in an unusual way. Zip it again, with a system's own program."
    return ""
