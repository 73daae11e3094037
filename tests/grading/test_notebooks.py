"""Notebooks as they are handed in: in any format, edited, cut off, or made to do harm."""

import json
import sys
import time

import nbformat
import pytest

from attention_lab.grading.handed_in import notebooks
from attention_lab.grading.handed_in.notebooks import ASKED, OWN, Cell, read
from attention_lab.grading.report import Broken
from attention_lab.writeups import WRITE_HERE, WRITEUPS, writeup
from tests.conftest import ROOT

COPYING, AVERAGING = (writeup.name for writeup in WRITEUPS)
SEED = {"cells": [{"cell_type": "code", "metadata": {}, "source": ["x = 1\n", "y = 2"]}]}


def code(source, **more):
    return {"cell_type": "code", "metadata": {}, "source": source, **more}


def text(source, ours=None, **more):
    metadata = {"attention_lab": ours} if ours is not None else {}
    return {"cell_type": "markdown", "metadata": metadata, "source": source, **more}


def file(*cells, **more):
    """The bytes of a notebook's file."""
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, **more}).encode()


def handed_in(name, typed, shown=None):
    """A write-up's cell as the page's download.js makes it; `shown` is what was edited later."""
    below = typed if shown is None else shown
    source = f"## {writeup(name).title}\n\nWhy is that?\n\nSay it.\n\n---\n\n{below}"
    return text(source, {"writeup": name, "text": typed}, id=name)


def broken(data):
    """What is said of a file that cannot be read, within a second."""
    began = time.process_time()
    with pytest.raises(Broken) as told:
        read(data)
    assert time.process_time() - began < 1
    return str(told.value)


# What is read


def test_places_count_all_cells_and_text_may_be_lines():
    data = file(
        text("# T"), code(["x = 1\n", "y = 2"]), {"cell_type": "raw", "source": "z"}, code("z")
    )
    assert read(data).code == [Cell(2, "x = 1\ny = 2"), Cell(4, "z")]


@pytest.mark.parametrize("version", [3, 4])
def test_both_formats_that_jupyter_writes_are_read(version):
    v4 = nbformat.v4.new_notebook()
    v4.cells = [nbformat.v4.new_markdown_cell("# A"), nbformat.v4.new_code_cell("x = 1\ny = 2")]
    v4.cells[0].metadata.attention_lab = {"writeup": COPYING}
    made = nbformat.convert(v4, version)
    if version == 3:
        assert "worksheets" in made  # as it should be, or this test tests nothing
    found = read(nbformat.writes(made, version=version).encode())
    assert [cell.source for cell in found.code] == ["x = 1\ny = 2"]
    assert found.code[0].place == 2
    assert list(found.writeups) == [COPYING]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"],
)
def test_any_unicode_with_or_without_a_mark_is_read(encoding):
    data = json.dumps({"cells": [code("x = 'Ω漢😀'")]}, ensure_ascii=False).encode(encoding)
    assert read(data).code[0].source == "x = 'Ω漢😀'"


def test_bytes_that_are_no_utf_8_cost_one_letter():
    data = file(code("x = 1  # caf@")).replace(b"@", b"\xe9")
    assert read(data).code[0].source == "x = 1  # caf\ufffd"


@pytest.mark.parametrize("half", [chr(0xD800), chr(0xDFFF)], ids=["first", "second"])
def test_half_a_character_is_kept_escaped_or_not(half):
    data = json.dumps({"cells": [code(half)]}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    assert read(data).code[0].source == half
    assert read(file(code(half))).code[0].source == half


def test_an_escaped_null_is_a_character_of_the_text():
    assert read(file(code("x = 1\0"))).code[0].source == "x = 1\0"


def test_what_json_does_not_have_but_python_writes_is_read():
    data = file(code("x", outputs=[{"a": float("nan"), "b": float("inf")}]))
    assert b"NaN" in data
    assert read(data).code[0].source == "x"


def test_of_a_key_that_is_there_twice_the_last_counts_as_in_jupyter():
    data = b'{"cells": [{"cell_type": "code", "source": "a", "source": "b"}], "cells": []}'
    assert read(data).code == []
    data = data.replace(b', "cells": []', b"")
    assert read(data).code == [Cell(1, "b")]


@pytest.mark.parametrize("odd", [None, 3, "x", [], True])
def test_metadata_of_any_shape_is_borne(odd):
    ours = {"writeup": odd, "text": odd, "variant": odd}
    any_shape = (odd, {"attention_lab": odd}, {"attention_lab": ours})
    cells = [
        {"cell_type": kind, "metadata": metadata, "source": "x", "id": odd}
        for kind in ("code", "markdown", odd)
        for metadata in any_shape
    ]
    for metadata in any_shape:
        found = read(file(*cells, metadata=metadata))
        assert len(found.code) == 3
        assert found.writeups == {}
        said = OWN if metadata == {"attention_lab": ours} else None
        assert found.works_on == (3 if said and odd == 3 else said)


@pytest.mark.parametrize(
    ("ours", "works_on"),
    [
        ({"variant": 137}, 137),  # the page's
        ({"variant": None}, OWN),
        ({"variants": True, "course": "nlp"}, "nlp"),  # a release's
        ({"variants": True, "course": None}, ASKED),
        ({"variants": False, "course": None}, OWN),
        ({}, None),
    ],
)
def test_a_file_says_which_keys_and_values_it_is_about(ours, works_on):
    assert read(file(metadata={"attention_lab": ours})).works_on == works_on


# Write-ups


def test_the_page_s_download_has_the_text_as_it_was_typed():
    found = read(
        file(handed_in(COPYING, "Names.\n\n---\n\nAnd numbers.\n"), handed_in(AVERAGING, ""))
    )
    assert found.writeups == {COPYING: "Names.\n\n---\n\nAnd numbers.", AVERAGING: ""}


@pytest.mark.parametrize("typed", ["", "First."])
@pytest.mark.parametrize("shown", ["", "Second.", "Second.\n\n---\n\nThird."])
def test_what_was_edited_in_jupyter_afterwards_counts(typed, shown):
    assert read(file(handed_in(COPYING, typed, shown))).writeups == {COPYING: shown}


def test_who_deletes_the_question_too_is_still_read():
    cell = text("All mine.", {"writeup": COPYING, "text": "old"})
    assert read(file(cell)).writeups == {COPYING: "All mine."}


def test_the_downloads_form_is_that_of_the_page():
    """What `handed_in` imitates, and where the text begins, is written in JavaScript."""
    script = (ROOT / "src/attention_lab/page/runner/download.js").read_text("utf-8")
    assert "source = `## ${title}\\n\\n${prompt}\\n\\n---\\n\\n${text}`" in script
    assert "{ writeup: name, text }" in script


@pytest.mark.parametrize(
    ("source", "typed"),
    [
        (WRITE_HERE, ""),
        ("", ""),
        ("Because.\n\n---\n\nAnd then.", "Because.\n\n---\n\nAnd then."),
        (f"{WRITE_HERE}\n\nBelow it.", "Below it."),
        ("# 漢\r\n\r\nb ", "# 漢\n\nb"),
    ],
)
def test_a_chapter_s_notebook_has_a_cell_to_write_in(source, typed):
    assert read(file(text(source, {"writeup": AVERAGING}))).writeups == {AVERAGING: typed}


def test_ids_tell_where_metadata_is_lost_and_colab_keeps_them_elsewhere():
    in_colab = {"cell_type": "markdown", "metadata": {"id": AVERAGING}, "source": "b"}
    bare = handed_in(COPYING, "a") | {"metadata": {}}
    assert read(file(bare, in_colab)).writeups == {COPYING: "a", AVERAGING: "b"}


def test_of_copied_cells_no_text_is_lost_and_none_counts_twice():
    cells = [text(t, {"writeup": COPYING}) for t in ("a", "b", "a", WRITE_HERE)]
    assert read(file(*cells)).writeups == {COPYING: "a\n\nb"}


def test_a_text_goes_on_in_new_cells_below():
    """Who does not find out how to edit a cell makes another."""
    found = read(
        file(
            text("New above.", id="0a1b2c3d"),
            text(WRITE_HERE, {"writeup": COPYING}, id=COPYING),
            text("New.", id="1a2b3c4d"),
            {"cell_type": "markdown", "metadata": {"id": "xYz_12-3cD"}, "source": "In Colab."},
            text("The book's.", id="copying-cell-40"),
            text("Below the book's.", id="2a2b3c4d"),
            text("Second.", {"writeup": AVERAGING}, id=AVERAGING),
            code("x = 1", id="3a2b3c4d"),
            text("Below code.", id="4a2b3c4d"),
        )
    )
    assert found.writeups == {COPYING: "New.\n\nIn Colab.", AVERAGING: "Second."}


@pytest.mark.parametrize(
    "below",
    [
        text("The book's.", id="cell-40"),
        text("# 1.3 Averaging", id="averaging-title"),
        text("Nobody knows whose, without an id."),
        text("Another question's.", {"writeup": "writeup-other"}, id="5a2b3c4d"),
        {"cell_type": "raw", "metadata": {}, "source": "raw", "id": "6a2b3c4d"},
    ],
)
def test_what_may_be_the_book_s_is_no_part_of_a_text(below):
    assert read(file(text("Mine.", {"writeup": COPYING}), below)).writeups == {COPYING: "Mine."}


def test_unknown_questions_and_code_are_no_write_ups():
    cell = code("x", metadata={"attention_lab": {"writeup": COPYING}}, id=COPYING)
    assert read(file(cell, text("x", {"writeup": "writeup-other"}))).writeups == {}


def test_the_first_course_s_headings_are_found_in_order_with_the_cells_below():
    found = read(
        file(
            text("### Write-up part:\n\nOne."),
            text("More of one."),
            code("x"),
            text("Not of one."),
            text("### Write-up part:"),
            text("Two."),
            text("## 1.4 Next"),
            text("Not of two."),
        )
    )
    assert found.writeups == {COPYING: "One.\n\nMore of one.", AVERAGING: "Two."}


def test_where_metadata_tells_headings_do_not():
    found = read(file(text("### Write-up part:\n\nNo."), text("Yes.", {"writeup": COPYING})))
    assert found.writeups == {COPYING: "Yes."}


# What cannot be read


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff\x00\n"])
def test_an_empty_file_is_told(data):
    assert broken(data).startswith("The file is empty. In Jupyter or Colab choose File, Download")


def test_a_notebook_cut_anywhere_is_told_to_be_downloaded_again():
    whole = file(
        text('é \u2028 \\ " \ud83d'), code("x = 1"), metadata={"n": -12.5e3, "t": True, "a": None}
    )
    for end in range(2, len(whole)):
        said = broken(whole[:end])
        assert "ends in the middle" in said, whole[:end]
        assert "choose File, Download" in said


def test_cut_utf_8_and_utf_16_too():
    whole = json.dumps({"cells": [code("漢" * 9)]}, ensure_ascii=False)
    for encoding in ("utf-8", "utf-16"):
        for end in range(60, len(whole.encode(encoding)) - 2):
            assert "ends in the middle" in broken(whole.encode(encoding)[:end])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<!DOCTYPE html><html>", "this is a web page"),
        (b"\xef\xbb\xbf\n <html>", "this is a web page"),
        (b"%PDF-1.7 \x00", "this is a PDF"),
        (b"PK\x03\x04\x14\x00", "this is a zip file"),
        (b"\x1f\x8b\x08", "this is a gzip file"),
        (b"import torch\nx = 1\n", r"this begins 'import torch\nx = 1'"),
        (b"\x00\x01\x02\x03\x1b[31m", "this begins"),
        (b"[1, 2]", "this begins '[1, 2]'"),
        (b"null", "this begins 'null'"),
        (b'"cells"', "this begins"),
    ],
)
def test_another_kind_of_file_is_named_with_what_to_do(data, said):
    told = broken(data)
    assert said in told
    assert "choose File, Download" in told
    assert told.isprintable()
    assert len(told) < 400


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"cells": [1}, "metadata": {}, "nbformat": 4}', "damaged from line 1"),
        (b'{\n"cells": [],\n<<<<<<< HEAD\n"metadata": {},\n"nbformat": 4}', "damaged from line 3"),
        (b'{"cells": [{"source": "a\nb"}], "metadata": {"x": 1}}', "damaged from line 1 on (Inv"),
        (file() + b"\0" * 100, "damaged from line 1 on (Extra data)"),
        (b"{}", "no list of cells"),
        (b'{"cells": null}', "no list of cells"),
        (b'{"cells": {"0": {}}}', "no list of cells"),
        (b'{"worksheets": [[]]}', "no list of cells"),
        (b'{"worksheets": [{"cells": 7}]}', "no list of cells"),
        (b'{"cells": [{}, "x"]}', "Cell 2 is damaged"),
        (b'{"cells": [{}, {"source": 7}]}', "text of cell 2 is damaged"),
        (b'{"cells": [{"source": ["x", null]}]}', "text of cell 1 is damaged"),
        (b'{"cells": [{"source": {"x": 1}}]}', "text of cell 1 is damaged"),
    ],
)
def test_damage_is_told_with_its_place(data, said):
    assert said in broken(data)


BOMBS = {
    "lists": b'{"a": ' + b"[" * 8_000_000,
    "closed lists": b'{"a": ' + b"[" * 7_000_000 + b"]" * 7_000_000 + b"}",
    "objects": b'{"a":' * 3_000_000,
    "parts": b'{"a": [' + b"[]," * 5_000_000 + b"0]}",
    "digits": b'{"a": ' + b"9" * 15_000_000 + b"}",
    "digits of a variant": b'{"cells": [], "metadata": {"attention_lab": {"variant": '
    + b"9" * 9_999
    + b"}}}",
    "letters": b'{"a": "' + b"x" * (notebooks.LARGEST + 1) + b'"}',
    "cells": file(*[code("")] * (notebooks.CELLS + 1)),
    "spaces": b" " * notebooks.LARGEST,
    "quotes": b'{"a": "' + b'\\"' * 8_000_000,
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_told_within_a_second(data):
    assert "hand" in broken(data).lower()


def test_what_is_long_but_cheap_is_read_within_a_second():
    """Fractions are rounded as they are read; only whole numbers could be of any length."""
    began = time.process_time()
    picture = {"image/png": "A" * 15_000_000}
    assert read(file(code("x", outputs=[picture]))).code == [Cell(1, "x")]
    fraction = b'{"cells": [], "a": 0.' + b"9" * 5_000_000 + b"e-5}"
    assert read(fraction).code == []
    assert read(file(*[code("")] * notebooks.CELLS)).code[-1].place == notebooks.CELLS
    assert time.process_time() - began < 1


def test_depth_is_told_even_close_to_python_s_own_limit():
    def deeper(n):
        return broken(BOMBS["closed lists"]) if n == 0 else deeper(n - 1)

    assert "too deep" in deeper(sys.getrecursionlimit() // 2)
