"""Settings, sources and fields of exercises that cannot be are told with file and line."""

import shutil

import pytest

from attention_lab.authoring import report
from attention_lab.exercises import Exercise, exercise
from tests.authoring.small import FILES, line_of, reports, write
from tests.conftest import ROOT

CONFIG = (ROOT / "_config.yml").read_text("utf-8")
SOURCES = "book/references.bib"


@pytest.fixture
def folder(tmp_path):
    write(tmp_path)
    (tmp_path / "_config.yml").write_text(CONFIG, "utf-8")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


SET = "_config.yml"

# The file, what is replaced, by what, where the fault is then, and what is said of it.
PLANTED = [
    (SET, "lab_spoilers:", "lab_spoiler:", "lab_spoiler:", "Did you mean lab_spoilers?"),
    (SET, "\nexecute:", "\nexecut:", "execut:", "the setting 'execut'. Did you mean execute?"),
    (SET, "  timeout:", "  timout:", "  timout:", "the setting 'timout'. Did you mean timeout?"),
    (SET, ": cache ", ": cach ", ": cach ", "no 'cach' for execute_notebooks. Did you mean cache?"),
    (SET, "[book/reach, book/api]", "book/reach", "lab_spoilers: ", "Expected a list of pages"),
    (SET, "sphinx_copybutton", "copybuton", "copybuton", "There is no extension 'copybuton'"),
    (SET, "sphinx.ext.autodoc", "sphinx.ext.auto", "sphinx.ext.auto", "There is no extension"),
    (SET, "references.bib", "reference.bib", "reference.bib", "no file 'book/reference.bib'"),
    (
        "pyproject.toml",
        'learn = ["tqdm"]',
        'learn = ["tqdm"',
        "real = ",
        "This is no TOML: Unclosed",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "at", "said"), PLANTED)
def test_a_setting_that_cannot_be_is_all_that_is_told(folder, capsys, file, old, new, at, said):
    given = (folder / file).read_text("utf-8")
    text = given.replace(old, new, 1)
    assert text != given
    (folder / file).write_text(text, "utf-8")
    assert report(folder) == 1
    fault, last = capsys.readouterr().out.splitlines()
    assert fault.startswith(f"{file}:{line_of(text, at)}: "), fault
    assert said in fault
    assert last == "Nothing else was looked at."


def test_other_settings_are_left_to_their_extensions(folder, capsys):
    with (folder / "_config.yml").open("a", encoding="utf-8") as config:
        config.write("my_own: 1\nhtml:\n  theme_colour: red\n")
    report(folder)
    assert "Nothing else was looked at." not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("  title  = {", "  title  = ", 2, "This is no BibTeX"),
        ("others},\n", "others}\n", 4, "'}' expected"),
        ("{arXiv}\n}", "{arXiv}\n", 8, "premature end of file"),
        ("@misc{olsson2022", "@misc{olsson 2022", 1, "'}' expected"),
    ],
)
def test_sources_that_cannot_be_read_are_told_and_nobody_is_blamed(tmp_path, old, new, line, said):
    text = FILES[SOURCES].replace(old, new)
    assert text != FILES[SOURCES]
    (write(tmp_path) / SOURCES).write_text(text, "utf-8")
    found = reports(tmp_path)
    assert any(one.startswith(f"{SOURCES}:{line}: ") and said in one for one in found), found
    assert all(one.startswith(f"{SOURCES}:") and "no BibTeX" in one for one in found)


STYLES = """
@Misc{a2020, title={A {Title} of {B}}, author={Doe, Jane}, year=2020,
  doi={10.1234/x.y}}
@string{j = "Journal"}
@article{b2021,
  title = "Quoted",
  journal = j,
  EPRINT = "2101.00001",
  archivePrefix = {arXiv},
}
"""


def test_sources_may_be_written_in_other_ways(tmp_path):
    (write(tmp_path) / SOURCES).write_text(FILES[SOURCES] + STYLES, "utf-8")
    (tmp_path / "book/other.md").write_text(
        FILES["book/other.md"] + "\nSee {cite:p}`a2020,b2021`.\n", "utf-8"
    )
    assert reports(tmp_path) == []
    (tmp_path / SOURCES).write_text(FILES[SOURCES] + STYLES.replace("2101.", "21."), "utf-8")
    (found,) = reports(tmp_path)
    line = line_of(FILES[SOURCES] + STYLES, "@article")
    assert found.startswith(f"{SOURCES}:{line}: b2021 has neither a DOI nor an arXiv number")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"points": -1}, "1.2.1 takes points away"),
        ({"tolerance": 0}, "1.2.1 has the tolerance 0, below which no error is"),
        (
            {"edits": 2, "query_of": "1.3.9"},
            "There is no exercise '1.3.9', whose query 1.2.1 needs",
        ),
    ],
)
def test_a_field_with_a_value_that_cannot_be_is_told(tmp_path, changed, said):
    data = {"number": "1.2.1", "title": "Select", "wanted": ((0,),), "hints": ("Try.",)}
    found = reports(write(tmp_path), (Exercise(**data | changed),))
    assert any(
        one.startswith("src/attention_lab/exercises/assignment.py:") and said in one
        for one in found
    )


def test_a_hint_that_would_be_shown_as_it_was_typed_is_told_where_it_stands(tmp_path):
    hint = exercise("1.2.1").hints[1]
    hints = ("Make $q$ loud.", f"{hint} It is $\\fraq{{1}}{{2}}$, **or so.")
    task = Exercise("1.2.1", "Select", ((0,),), hints)
    text = (ROOT / "src/attention_lab/exercises/assignment.py").read_text("utf-8")
    place = f"src/attention_lab/exercises/assignment.py:{line_of(text, hint[:20])}"
    found = [one for one in reports(write(tmp_path), (task,)) if "A hint of 1.2.1: " in one]
    assert [one.startswith(f"{place}: ") for one in found] == [True, True]
    assert "These signs mark nothing" in " ".join(found)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("import torhc", "There is no module 'torhc'. Did you mean torch?"),
        ("from attention_labs import key", "'attention_labs'. Did you mean attention_lab?"),
        (
            "from attention_lab import chek",
            "There is no 'chek' in attention_lab. Did you mean check?",
        ),
        ("from attention_lab.heads import nosuch", "There is no 'nosuch' in attention_lab.heads"),
        ("from attention_lab.haeds import one", "There is no module 'attention_lab.haeds'"),
        ("import math, os.path, torch.nn", None),
        ("from attention_lab import geometry, value", None),
        ("from attention_lab.exercises import Exercise, exercise", None),
        ("from attention_lab.figures.picture import drawn", None),
    ],
)
def test_what_a_cell_imports_is_there(tmp_path, line, said):
    text = FILES["book/small.md"].replace("import torch\n", f"import torch\n{line}\n", 1)
    (write(tmp_path) / "book/small.md").write_text(text, "utf-8")
    found = reports(tmp_path)
    number = text[: text.index(line)].count("\n") + 1 if said else 0
    assert len(found) == bool(said)
    assert all(one.startswith(f"book/small.md:{number}: ") and said in one for one in found)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("It takes 30ms.", "The number 30ms is typed"),
        ("It has 124M of them.", "The number 124M is typed"),
        ("See exercise 1.2.7.", "There is no exercise '1.2.7'"),
        ("See exercise 1.2.1, and a 3D plot of 2n.", None),
    ],
)
def test_numbers_with_units_and_of_exercises_are_looked_at(tmp_path, words, said):
    (write(tmp_path) / "book/other.md").write_text(f"{FILES['book/other.md']}\n{words}\n", "utf-8")
    found = reports(tmp_path)
    assert len(found) == bool(said)
    assert all(said in one for one in found)
