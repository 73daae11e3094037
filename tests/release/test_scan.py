"""A planted solution is found wherever it is put; what everybody knows is none."""

import json
import zipfile
import zlib

import pytest

from attention_lab.release.scan import leaks
from tests.conftest import ROOT

CODE = "answer = S * ((k0 + k1) / 2)"
SPANS = (
    '<span class="n">answer</span> <span class="o">=</span> <span class="n">S</span> '
    '<span class="o">*</span> <span class="p">((</span><span class="n">k0</span> '
    '<span class="o">+</span> <span class="n">k1</span><span class="p">)</span> '
    '<span class="o">/</span> <span class="mi">2</span><span class="p">)</span>'
)
ASSERTED = 'assert check("1.2.1", answer)'
PROSE = "Equal weights need equal scores, and the zero vector scores 0 with every key."
PLANTED = {
    "code": CODE,
    "coloured code": SPANS,
    "in a notebook": json.dumps({"source": ["x = 1\n", ASSERTED + "\n"]}),
    "in a notebook in a script": json.dumps({"notebook": json.dumps({"source": ASSERTED})}),
    "escaped": ASSERTED.replace('"', "&quot;"),
    "prose": f"<p>{PROSE}</p>".replace("zero", "<em>zero</em>"),
    "in search": json.dumps({"text": PROSE}),
    "broken into lines": PROSE.replace(" ", "\n  "),
    "printed": "tensor([[55.5000, 57.5000,  0.5000]])",
    "as JSON": '{"query":[[55.5,57.5,0.5]]}',
    "in float64": "[[55.49999999999999, 57.49999999999999, 0.5000000000000004]]",
    "in a figure": '<details class="numbers"><td>4.700</td><td>6.500</td><td>6.000</td></details>',
    "behind one": '<details class="numbers"><td>1</td></details> 0.865 0.644 0.455',
    "a row of four": "[[4.7, 6.5, 6.0], [6.4, 5.0, -5.9]]",
    "coloured numbers": "<i>6.4</i>, <i>5.0</i>, <i>-</i><i>5.9</i>",
    "a key": "torch.tensor([0.555, 0.575, 0.005])",
    "a key of length 1": "tensor([0.6945, 0.7195, 0.0063])",
    "from the package": "SCALES = {'1.2.1': 10, '1.2.2': 10, '1.3.1': 0, '1.3.2': 100}",
    "from an appendix": "So **some other key always scores at least as high**, whatever the query.",
}
KNOWN_TO_ALL = {
    "keys": "key = torch.tensor([[0.47, 0.65, 0.60], [0.64, 0.50, -0.59], [-0.03, -0.48, -0.88]])",
    "a key": "k0 = [0.47, 0.65, 0.60]",
    "a hint": "Multiply k0 by more and more and watch the error.",
    "a placeholder": "return torch.tensor([[nan, nan, nan]])",
    "a figure": '<details class="numbers"><td>0.865</td> <td>0.644</td> <td>0.455</td></details>',
    "zeros": "[[0.0, 0.0, 0.0]]",
    "numbers that pass nothing": "[-4.7, -6.5, -6.0] and [1.47, -6.5, -6.0] and [4.7, 6.5]",
}


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
def test_a_planted_solution_is_found(text, known, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/page.html").write_text(f"Before. {text} After.", "utf-8")
    (tmp_path / "innocent.txt").write_text("Nothing.")
    found = list(leaks(tmp_path, known))
    assert found
    assert {name for name, _ in found} == {"site/page.html"}


@pytest.mark.parametrize("text", KNOWN_TO_ALL.values(), ids=KNOWN_TO_ALL)
def test_what_everybody_knows_is_no_secret(text, known, tmp_path):
    (tmp_path / "page.html").write_text(text)
    assert list(leaks(tmp_path, known)) == []


def test_archives_are_opened_also_those_in_archives(known, tmp_path):
    inner = tmp_path / "inner.whl"
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("attention_lab/a.py", CODE)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(inner, "inner.whl")
    inner.unlink()
    assert {name for name, _ in leaks(tmp_path, known)} == {
        "outer.zip/inner.whl/attention_lab/a.py"
    }


def test_sphinxs_list_of_names_is_unpacked(known, tmp_path):
    (tmp_path / "objects.inv").write_bytes(b"#\n#\n#\n# zlib\n" + zlib.compress(CODE.encode()))
    assert [name for name, _ in leaks(tmp_path, known)] == ["objects.inv/unpacked"]


def test_a_variants_line_that_was_not_cut_is_found(known, tmp_path):
    ours = (ROOT / "src/attention_lab/variants.json").read_text()
    (tmp_path / "variants.json").write_text(ours)
    assert list(leaks(tmp_path, known))
    short = json.dumps([row[:3] for row in json.loads(ours)])
    (tmp_path / "variants.json").write_text(short)
    assert list(leaks(tmp_path, known)) == []


def test_the_chapters_as_they_are_tell_every_answer(known):
    told = {what for _, what in leaks(ROOT / "book", known)}
    assert {"the answer to 1.2.1", CODE, ASSERTED, PROSE} <= told
    assert len(told) >= 0.9 * len(known.texts)
