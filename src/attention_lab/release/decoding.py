"""What a file says: the files inside it, and its text with the encodings undone.

Archives and compressed files are opened, base64 too, as often as one is inside another. What a file
is called is read like what is in it.
"""

import base64
import binascii
import html
import io
import re
import zipfile
import zlib
from urllib.parse import unquote

DEEPEST = 5  # files in files; a release has two
TAG = re.compile(r"<[^<>]*>")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
ENCODED = re.compile(rb"(?<![\w+/-])[\w+/-]{20,}={0,2}", re.ASCII)
PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
URL_SAFE = bytes.maketrans(b"-_", b"+/")
READABLE = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xff]*")
BYTE_ORDER = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def files(name, data, depth=0):
    """A file and those that are in it: pairs of a name and of bytes.

    Args:
        name: of the file; those inside it get theirs behind a slash.
        data: its bytes.
        depth: in how many others it is.
    """
    yield name, data
    if depth < DEEPEST:
        for inner, held in _held(name, data):
            yield from files(f"{name}/{inner}", held, depth + 1)


def _held(name, data):
    """The files directly inside another."""
    if data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.infolist():  # not by name: two may have the same
                yield inner.filename, archive.read(inner)
    elif data.startswith(b"\x1f\x8b"):
        yield "unpacked", _unzipped(data)
    elif name.endswith("objects.inv"):  # Sphinx's list of names: four lines, then compressed
        yield "unpacked", zlib.decompress(data.split(b"\n", 4)[4])
    else:
        for found in ENCODED.finditer(data):
            decoded = _from_base64(found[0])
            if decoded:
                yield f"base64 at byte {found.start()}", decoded


def _unzipped(data):
    """What gzip holds, as far as it goes: by chance, other files begin like it."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data)
    except zlib.error:
        return b""


def _from_base64(text):
    """The bytes that a text may stand for; None where these are neither text nor compressed."""
    text = text.rstrip(b"=").translate(URL_SAFE)
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4))
    except binascii.Error:
        return None
    if data.startswith((b"PK\x03\x04", b"\x1f\x8b\x08")) or _is_text(data):
        return data
    return None


def _is_text(data):
    """Whether bytes are readable: a long name, taken for base64, is not."""
    if not READABLE.fullmatch(data):
        return False
    try:
        return data.decode("utf-8").strip() != ""
    except UnicodeDecodeError:
        return False


def views(data):
    """The texts that bytes are to somebody: as they are, on a page, in an address."""
    text = _decoded(data)
    found = {text, plain(text)}
    if PERCENT.search(text):
        found.add(plain(unquote(text)))
    return found


def _decoded(data):
    """Bytes as text. Without a mark, UTF-16 shows by a zero in every other byte."""
    for mark, encoding in BYTE_ORDER:
        if data.startswith(mark):
            return data.decode(encoding, "ignore")
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = data[first:400:2]
        if zeros and zeros.count(0) > 0.8 * len(zeros):
            return data.decode(encoding, "ignore")
    return data.decode("utf-8", "ignore")


def plain(text):
    r"""A text without tags, escapes of HTML and of JSON.

    >>> plain(r'"<b>1</b> &lt; \"2\"\n"')
    '" 1  < "2" "'
    """
    text = html.unescape(TAG.sub(" ", text)).replace("\N{MINUS SIGN}", "-")
    text = ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    return re.sub(r"\\[nrt]", " ", text).replace('\\"', '"')
