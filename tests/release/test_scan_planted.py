"""Solutions in other words, other numbers, other files: all are found, and only there."""

import base64
import gzip
import io
import json
import warnings
import zipfile
from urllib.parse import quote

import pytest

from attention_lab.release.scan import leaks
from tests.release.test_scan import PROSE

QUERY = "[[4.7, 6.5, 6.0]]"
KEYS = [[0.47, 0.65, 0.60], [0.64, 0.50, -0.59], [-0.03, -0.48, -0.88], [0.43, -0.83, 0.35]]
LOUD = [[round(10 * x, 2) for x in row] for row in KEYS]
LOUDER = [[13 * x for x in row] for row in KEYS]
CELL = "def {}():\n    # TODO: replace each nan by a number\n    return {}\n\n\ncheck(...)\n"
NANS = "torch.tensor([[nan, nan, nan]])"


def zipped(name, *contents):
    """A zip with a member for each text; all have the same name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the name that is there twice
        for data in contents:
            archive.writestr(name, data)
    return stream.getvalue()


def encoded(text):
    return base64.b64encode(text.encode()).decode()


FILLED_IN = {
    "zeros in their cell": CELL.format("get_query131", "torch.tensor([[0.0, 0.0, 0.0]])"),
    "torch.zeros": CELL.format("get_query131", "torch.zeros(1, 3)"),
    "zeros in a notebook": json.dumps(
        {"cells": [{"source": CELL.format("get_query131", "torch.tensor([[0,0,0]])").split("\n")}]}
    ),
    "a placeholder made a number": CELL.format("get_query131", "0 * torch.ones(1, 3)"),
    "computed behind": CELL.format("get_query121", NANS + ".nan_to_num()"),
    "coloured": "<span>def</span> <span>get_query131</span><span>():</span> <span>return</span> "
    "<span>torch</span><span>.</span><span>zeros</span><span>(</span><i>1</i>, <i>3</i>)",
}
OTHER_ANSWERS = {
    "near an answer": "55.48,57.52,.67",
    "near one beyond the assignment": "-1.004, 1.896, 1.004",
    "another answer": "tensor([[1.91, .64, -4.11]])",
    "a short one": "return torch.tensor([1, 1, 0])",
    "k0 times": "try 12*k0",
    "a tensor times": "10 * torch.tensor([[0.47, 0.65, 0.60]])",
    "the first row times": "query = 10 * key[:1]",
    "all keys times": "10*key",
    "times behind": "key[0] * 12",
    "another sign": "12 \u00d7 k0",
    "divided": "key[0] / 0.08",
    "in a formula": "$12 \\cdot k_0$",
    "in a formula, times": "$k_{0} \\times 12$",
    "in a formula, side by side": "$12\\,k_0$",
    "in a notebook's formula": json.dumps("$12\\,k_0$ and $12 \\cdot k_0$"),
    "with a small 0": "12 · k\u2080",
    "a column": "\\begin{pmatrix} 5.6 \\\\ 7.8 \\\\ 7.2 \\end{pmatrix}",
    "a notebook's column": json.dumps("$$\\begin{pmatrix} 5.6 \\\\ 7.8 \\\\ 7.2"),
    "a sum times": "50*(k0+k1)",
    "the mean times": "100 * ((k0 + k1) / 2)",
    "four rows": str(LOUDER),
    "a transposed table": str([list(row) for row in zip(*LOUDER)]),
    "coloured product": '<i>10</i> <i class="o">*</i> <i>key</i><i>[:</i><i>1</i><i>]</i>',
}
ENCODED = {
    "a playground's address": "index.html#play=" + quote(json.dumps({"rows": [LOUD[0]]})),
    "cells of a table": "<tr><td>4.7</td><td>6.5</td><td>6.0</td></tr>",
    "a table in Markdown": "| 4.7 | 6.5 | 6.0 |",
    "by axis": '{"x":4.7,"y":6.5,"z":6.0}',
    "without zeros": "[.555, .575, .005]",
    "with powers": "[5.55e-01, 5.75e-01, 5.0e-03]",
    "in float32": "[[4.699999809, 6.5, 6.000000238]]",
    "a data address": f'<img src="data:text/plain;base64,{encoded("query = " + QUERY)}">',
    "base64 of base64": encoded(encoded(PROSE)),
    "base64 for an address": encoded(f">>>???{PROSE}").translate(str.maketrans("+/", "-_")),
    "escaped for JSON": "\\u005b4.7, 6.5, 6.0\\u005d",
    "a true minus": "[[6.4, 5.0, \u22125.9]]",
}
PARTS = {
    "the first half": PROSE[:60],
    "the second half": PROSE[32:],
    "a formula set": "four keys: four equations for the four unknowns <math><mi>q</mi></math>",
}
TEXTS = FILLED_IN | OTHER_ANSWERS | ENCODED | PARTS
FILES = {
    "gzip": ("page.html.gz", gzip.compress(PROSE.encode())),
    "UTF-16": ("page.txt", PROSE.encode("utf-16")),
    "UTF-16 without a mark": ("page.txt", PROSE.encode("utf-16-le")),
    "UTF-16, the other end first": ("page.txt", PROSE.encode("utf-16-be")),
    "a file's name": ("the zero vector scores 0 with every key.txt", b"x"),
    "numbers in a file's name": ("5.6, 7.8, 7.2.png", b"x"),
    "a member's name": ("a.zip", zipped("the zero vector scores 0 with every key.txt", b"x")),
    "gzip in a zip": ("a.zip", zipped("b.gz", gzip.compress(QUERY.encode()))),
    "a member that another hides": ("a.zip", zipped("b.txt", QUERY, b"Nothing.")),
    "a zip in base64": ("a.json", base64.b64encode(zipped("b.txt", QUERY))),
}
HARMLESS = {
    "a placeholder": CELL.format("get_query131", NANS),
    "a placeholder in a notebook": json.dumps(
        {"source": [line + "\n" for line in CELL.format("get_query131", NANS).split("\n")]}
    ),
    "the keys": str(KEYS),
    "a key under itself": "key = torch.tensor([[0.47, 0.65, 0.60]]); 1.0 * value",
    "a gentle query and a loud one": "[[2.0, -6.5, -2.6]] [[20.0, -65.0, -26.0]]",
    "gentle products in formulas": "$0.5\\,k_1$, $k_1 / 2$ and $q \\cdot k_0$",
    "a matrix in a formula": "\\begin{pmatrix} 5.6 & 1 \\\\ 7.8 & 2 \\\\ 7.2 & 3 \\end{pmatrix}",
    "a column that goes on": "5.6 \\\\ 7.8 \\\\ 7.2 \\\\ 1.0",
    "a range": "torch.logspace(-1, 2, 400)",
    "a hint": "Equal scores. The dot product of the query with each of the four keys",
    "a long name": "attention_lab_understanding_attention_notebook_of_all_chapters",
    "a place in a drawing": '<text transform="rotate(-0 69.33 51.61)">0</text>',
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_solution_is_found_however_it_is_written(text, known, tmp_path):
    (tmp_path / "page.html").write_text(f"Before. {text} After.", "utf-8")
    assert list(leaks(tmp_path, known))


@pytest.mark.parametrize(("name", "data"), FILES.values(), ids=FILES)
def test_a_solution_is_found_whatever_holds_it(name, data, known, tmp_path):
    (tmp_path / name).write_bytes(data)
    found = list(leaks(tmp_path, known))
    assert found
    assert all(file.startswith(name) for file, _ in found)


@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_what_students_may_read_is_let_through(text, known, tmp_path):
    (tmp_path / "page.html").write_text(f"Before. {text} After.", "utf-8")
    assert list(leaks(tmp_path, known)) == []


def test_what_is_found_is_told_with_its_place(known, tmp_path):
    (tmp_path / "a.html").write_text("Before: 12 * k0 is loud.")
    assert list(leaks(tmp_path, known)) == [("a.html", "'12 * k0', which passes 1.2.1, 1.4.2")]


INDEX = 'Search.setIndex({"terms": {%s}, "titleterms": {"four": [1]}})'


def test_a_word_of_a_solution_that_only_the_search_has_is_found(known, tmp_path):
    """The page was cut, but the index is of the whole: it has stems, in no order."""
    (tmp_path / "a.html").write_text("<p>Four <b>keys</b>.</p>")
    nobody_s = '"four": 0, "kei": [0, 1], "zebra": 2'
    (tmp_path / "searchindex.js").write_text(INDEX % nobody_s)
    assert list(leaks(tmp_path, known)) == []
    (tmp_path / "searchindex.js").write_text(INDEX % '"four": 0, "halfwai": 1, "kei": [0, 1]')
    assert list(leaks(tmp_path, known)) == [
        ("searchindex.js", "'halfwai', from a solution and on no page")
    ]
    (tmp_path / "b.html").write_text("<p>Halfway.</p>")
    assert list(leaks(tmp_path, known)) == []
