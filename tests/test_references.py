"""Every claim's source can be looked up, is cited, and what is cited is there."""

import importlib.util
import re

import pytest

from tests.conftest import CHAPTERS, ROOT

spec = importlib.util.spec_from_file_location("resolve", ROOT / ".github/resolve.py")
resolve = importlib.util.module_from_spec(spec)
spec.loader.exec_module(resolve)
SOURCES = resolve.sources()


def cited():
    """The names of the sources that chapters cite."""
    texts = [(ROOT / f"book/{name}.md").read_text("utf-8") for name in CHAPTERS]
    found = re.findall(r"\{cite:\w\}`([^`]+)`", "\n".join(texts))
    return {name.strip() for names in found for name in names.split(",")}


def test_every_source_is_cited_and_what_is_cited_is_there():
    assert cited() == {name for name, _, _ in SOURCES}


def test_every_source_can_be_looked_up_by_a_number():
    for name, _, address in SOURCES:
        arxiv = re.fullmatch(re.escape(resolve.ARXIV) + r"\d{4}\.\d{4,5}", address)
        doi = re.fullmatch(re.escape(resolve.DOI) + r"10\.\d{4,9}/\S+", address)
        assert arxiv or doi, name


def test_no_two_sources_are_the_same_work():
    addresses = [address for _, _, address in SOURCES]
    assert len(set(addresses)) == len(addresses)


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
