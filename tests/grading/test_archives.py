"""Zips that are broken, or made to do harm: told within a second, and nothing is written."""

import io
import random
import stat
import struct
import time
import zipfile

import pytest

from attention_lab.grading.handed_in import archives, budget, notebooks, reading
from attention_lab.grading.handed_in.files import submissions
from attention_lab.grading.report import Student

NOTEBOOK = b'{"cells": []}'


def zip_of(*members, method=zipfile.ZIP_DEFLATED):
    """The bytes of a zip with members: pairs of a name or a ZipInfo, and what is in it."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content, method)
    return data.getvalue()


def found_in(folder, data, name="class.zip"):
    """What is found in a zip, within a second; nothing else is there afterwards."""
    (folder / name).write_bytes(data)
    began = time.process_time()
    found = list(submissions([folder / name]))
    assert time.process_time() - began < 1
    assert [path.name for path in folder.iterdir()] == [name]
    return found


def said(folder, data):
    """The only entry's error."""
    (found,) = found_in(folder, data)
    assert found.data is None
    return found.error


# Names


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../../etc/x.ipynb", "class.zip/etc/x.ipynb"),
        ("/etc/x.ipynb", "class.zip/etc/x.ipynb"),
        ("..\\..\\x.ipynb", "class.zip/x.ipynb"),
        ("a/./..//x.ipynb", "class.zip/a/x.ipynb"),
        ("C:\\x.ipynb", "class.zip/C:/x.ipynb"),
    ],
)
def test_paths_that_lead_elsewhere_are_only_labels(tmp_path, name, label):
    (found,) = found_in(tmp_path, zip_of((name, NOTEBOOK)))
    assert (found.file, found.data) == (label, NOTEBOOK)


def test_names_that_are_there_twice_are_two(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zip_of(("Ada.ipynb", b"1"), ("Ada.ipynb", b"2"))
    first, second = found_in(tmp_path, data)
    assert (first.file, first.data) == ("class.zip/Ada.ipynb", b"1")
    assert (second.file, second.data) == ("class.zip/Ada.ipynb (2)", b"2")


def test_a_name_may_be_a_file_and_a_folder(tmp_path):
    found = found_in(tmp_path, zip_of(("Ada.ipynb", b"1"), ("Ada.ipynb/x.ipynb", b"2")))
    assert sorted((entry.file, entry.data) for entry in found) == [
        ("class.zip/Ada.ipynb", b"1"),
        ("class.zip/Ada.ipynb/x.ipynb", b"2"),
    ]


def test_utf_8_is_read_where_the_zip_does_not_say_so(tmp_path):
    data = zip_of(("Zoë.ipynb", NOTEBOOK))
    central = data.index(b"PK\1\2")
    for flags in (6, central + 8):  # in front of the file, and in the contents
        data = data[:flags] + struct.pack("<H", 0) + data[flags + 2 :]
    (found,) = found_in(tmp_path, data)
    assert found.student == Student("Zoë")


@pytest.mark.parametrize(
    "name", ["\x1b[2J.ipynb", "a\nb.ipynb", "=cmd().ipynb", "x" * 60_000 + ".ipynb"]
)
def test_odd_names_are_read(tmp_path, name):
    (found,) = found_in(tmp_path, zip_of((name, NOTEBOOK)))
    assert found.data == NOTEBOOK
    others = zip_of((f"Ada/{name}.pdf", b""), ("Bob/b.ipynb", NOTEBOOK))
    ada, _ = found_in(tmp_path, others)
    assert ada.error.isprintable()
    assert len(ada.error) < 200


def test_too_many_folders_within_each_other_are_cut(tmp_path):
    (found,) = found_in(tmp_path, zip_of(("a/" * 30_000 + "x.ipynb", NOTEBOOK)))
    assert found.data == NOTEBOOK
    assert found.file.count("/") < 50


# What cannot be opened


def test_a_link_in_a_zip_is_told_and_not_followed(tmp_path):
    link = zipfile.ZipInfo("Ada/x.ipynb")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    assert "link, which is not followed" in said(tmp_path, zip_of((link, "/etc/passwd")))


def test_what_is_locked_is_told(tmp_path):
    data = zip_of(("Ada/x.ipynb", NOTEBOOK))
    for flags in (6, data.index(b"PK\1\2") + 8):
        data = data[:flags] + struct.pack("<H", 1) + data[flags + 2 :]
    assert "locked by a password" in said(tmp_path, data)


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_what_may_take_any_memory_to_unpack_is_not_unpacked(tmp_path, method):
    assert "packed in an unusual way" in said(tmp_path, zip_of(("x.ipynb", b""), method=method))


def test_a_file_that_is_damaged_is_told_and_its_neighbour_read(tmp_path):
    data = zip_of(("Ada.ipynb", b"A" * 99), ("Bob.ipynb", b"B"), method=zipfile.ZIP_STORED)
    ada, bob = found_in(tmp_path, data.replace(b"A" * 99, b"A" * 98 + b"x"))
    assert ada.error.startswith("The file cannot be read: Bad CRC-32")
    assert (bob.data, bob.error) == (b"B", "")
    data = zip_of(("A" * 60_000 + ".ipynb", b"B" * 99), method=zipfile.ZIP_STORED)
    assert len(said(tmp_path, data.replace(b"B" * 99, b"x" * 99))) < 200  # which names the file


@pytest.mark.parametrize("data", [b"", b"PK\5\6", b"{}", b"PK\3\4" * 99, b"\0" * 10_000_000])
def test_what_is_no_zip_is_told(tmp_path, data):
    assert said(tmp_path, data).startswith("Expected a zip; this is none, or a damaged one")


def test_a_zip_cut_off_anywhere_or_with_any_byte_changed_is_told_or_read(tmp_path):
    whole = zip_of(
        ("Ada/x.ipynb", NOTEBOOK * 9), ("Bob/y.ipynb", b"2"), ("c/z.zip", zip_of(("q", "r")))
    )
    draw = random.Random(1)
    for end in range(0, len(whole), 7):
        found_in(tmp_path, whole[:end])
    for _ in range(1500):
        changed = bytearray(whole)
        for _ in range(draw.randint(1, 4)):
            changed[draw.randrange(len(whole))] = draw.choice([0, 1, 0x7F, 0x80, 0xFF])
        for entry in found_in(tmp_path, bytes(changed)):
            assert (entry.data is None) == bool(entry.error)


# Bombs


def test_of_a_file_no_more_is_read_than_a_notebook_may_have(tmp_path):
    (found,) = found_in(tmp_path, zip_of(("Ada.ipynb", b"\0" * 200_000_000)))
    assert len(found.data) == notebooks.LARGEST + 1
    with pytest.raises(notebooks.Broken, match="Expected at most 16 MiB"):
        notebooks.read(found.data)


def test_what_a_zip_says_of_a_size_does_not_count(tmp_path):
    """Python itself hands out no more than that; what stands there is not read as a notebook."""
    data = zip_of(("Ada.ipynb", b"\0" * 100_000))
    central = data.index(b"PK\1\2")
    lies = data[: central + 24] + struct.pack("<I", 10) + data[central + 28 :]
    (found,) = found_in(tmp_path, lies)
    assert found.error or len(found.data) <= 10


def test_a_submission_s_zip_may_not_become_large(tmp_path):
    piece = b"\0" * (notebooks.LARGEST - 1)
    inner = zip_of(*((f"{n}.ipynb", piece) for n in range(6)))
    found = found_in(tmp_path, zip_of(("Ada.zip", inner), ("Bob.ipynb", NOTEBOOK)))
    assert sum(len(entry.data or b"") for entry in found) <= budget.MEMORY + len(NOTEBOOK)
    assert "Expected at most 64 MiB unpacked" in found[-1 - 1].error
    assert (found[-1].student.name, found[-1].data) == ("Bob", NOTEBOOK)


def test_a_zip_of_a_student_that_is_too_large_is_not_called_a_damaged_one(tmp_path, monkeypatch):
    fits = zip_of(("x.ipynb", NOTEBOOK), ("data", b"0" * 600), method=zipfile.ZIP_STORED)
    large = zip_of(("x.ipynb", NOTEBOOK), ("data", b"0" * 2_000), method=zipfile.ZIP_STORED)
    for module in (reading, budget):
        monkeypatch.setattr(module, "MEMORY", len(fits) + len(NOTEBOOK))
    data = zip_of(("Ada/a.zip", large), ("Ada/b.ipynb", NOTEBOOK), ("Bob.zip", fits))
    ada, bob = found_in(tmp_path, data)  # of Ada's nothing more is read
    assert ada.error.startswith("Expected at most 0 MiB unpacked; there is more.")
    assert (bob.file, bob.data) == ("class.zip/Bob.zip/x.ipynb", NOTEBOOK)


def test_zips_within_zips_end(tmp_path):
    data = NOTEBOOK
    for n in range(12):
        data = zip_of(
            (f"{n}.zip" if n else "x.ipynb", data), ("Bob.ipynb", b"") if n == 11 else ("q", b"")
        )
    ada, bob = found_in(tmp_path, data)
    assert ada.error == "Expected at most 2 zips within each other; there are more."
    assert (bob.student.name, bob.error) == ("Bob", "")


def test_two_zips_within_each_other_are_read(tmp_path):
    inner = zip_of(("y.zip", zip_of(("x.ipynb", NOTEBOOK))))
    (found,) = found_in(tmp_path, zip_of(("Ada.zip", inner)))
    assert (found.student.name, found.data) == ("Ada", NOTEBOOK)


@pytest.mark.parametrize("name", ["{}.ipynb", "{}.zip"], ids=["read", "damaged"])
def test_a_submission_may_not_have_thousands_of_notebooks(tmp_path, name):
    inner = zip_of(*((name.format(n), b"") for n in range(1_900)))
    found = found_in(tmp_path, zip_of(("Ada.zip", inner)))
    assert len(found) == budget.ENTRIES + 1
    assert found[-1].error.startswith("Expected at most 50 notebooks; there are more. If this is a")


def test_nor_thousands_of_other_files(tmp_path):
    names = [(f"Ada/{n}.txt", b"") for n in range(reading.FILES + 1)]
    ada, bob = found_in(tmp_path, zip_of(*names[1:], ("Bob/b.ipynb", NOTEBOOK)))
    assert ada.error.startswith("Expected a notebook (.ipynb); there is 1.txt, ")
    ada, bob = found_in(tmp_path, zip_of(*names, ("Bob/b.ipynb", NOTEBOOK)))
    assert ada.error.startswith("Expected at most 2000 files; there are more.")
    assert bob.data == NOTEBOOK


def test_nor_a_zip_any_number_of_names(tmp_path):
    names = [(f"{n}", b"") for n in range(archives.MEMBERS + 1)]
    assert said(tmp_path, zip_of(*names)).startswith("Expected at most 20000 files in a zip; this")
    assert found_in(tmp_path, zip_of(*names[1:])) == []  # none of them is a notebook


def test_a_table_of_contents_of_many_megabytes_is_not_read(tmp_path):
    """A zip of 50 MB, of which Python would make a million names, for a minute."""
    entry = zip_of(("x", b""))
    central, end = entry.index(b"PK\1\2"), entry.index(b"PK\5\6")
    one, ending = entry[central:end], bytearray(entry[end:])
    table = one * (50_000_000 // len(one))
    struct.pack_into("<HHII", ending, 8, 65_535, 65_535, len(table), central)
    assert "a damaged one (" in said(tmp_path, entry[:central] + table + bytes(ending))


def test_files_that_overlap_are_bounded_too(tmp_path):
    """Many names for one file of a student's: a small zip that would unpack to terabytes."""
    whole = zip_of(("a.ipynb", b"\0" * (notebooks.LARGEST - 1)))
    central, end = whole.index(b"PK\1\2"), whole.index(b"PK\5\6")
    entry, ending = whole[central:end], bytearray(whole[end:])
    table = b"".join(entry.replace(b"a.ipynb", b"%c.ipynb" % (97 + n % 26)) for n in range(40))
    struct.pack_into("<HHII", ending, 8, 40, 40, len(table), central)
    found = found_in(tmp_path, zip_of(("Ada.zip", whole[:central] + table + bytes(ending))))
    assert sum(len(entry.data or b"") for entry in found) <= budget.MEMORY
