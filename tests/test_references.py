"""Every source leads to the work that it names. That each is cited is for `make check`."""

import importlib.util
import re

import pytest

from attention_lab.authoring.book import read
from attention_lab.authoring.sources import sources
from tests.conftest import ROOT

spec = importlib.util.spec_from_file_location("resolve", ROOT / ".github/resolve.py")
resolve = importlib.util.module_from_spec(spec)
spec.loader.exec_module(resolve)
SOURCES = resolve.sources()


def test_what_is_looked_up_is_what_chapters_may_cite():
    assert [(name, address) for name, _, address in SOURCES] == [
        (source.name, where(source.number)) for source in sources(read(ROOT))
    ]


def where(number):
    """Where something with a DOI or an arXiv number is looked up."""
    kind, _, rest = number.partition(":")
    return {"doi": resolve.DOI, "arXiv": resolve.ARXIV}[kind] + rest


def test_a_source_without_a_number_is_refused(tmp_path):
    path = tmp_path / "x.bib"
    path.write_text("@misc{heard2020, title = {Hearsay}, year = {2020}}\n")
    with pytest.raises(ValueError, match="arXiv number of heard2020"):
        resolve.sources(path)


def test_a_title_that_is_set_in_another_way_is_the_same():
    assert resolve.plain(r"What Does {BERT} Look at? An Analysis") == resolve.plain(
        "what does BERT look at?\n  an analysis"
    )
    assert resolve.plain(r"Veli{\v{c}}kovi{\'c}") == resolve.plain("Velickovic")


def test_what_leads_elsewhere_is_told(capsys):
    titles = {address: title.upper() for _, title, address in SOURCES}
    assert resolve.main(titles.get) is None
    (name, _, address), (gone, _, nowhere) = SOURCES[0], SOURCES[1]

    def look_up(asked):
        if asked == nowhere:
            raise OSError("404")
        return "Another work" if asked == address else titles[asked]

    told = resolve.main(look_up)
    assert re.findall(r"^(\w+): expected", told, re.M) == [name, gone]
    assert "got 'Another work'" in told
    assert "nothing: 404" in told
    assert f"✗ {name}" in capsys.readouterr().out
