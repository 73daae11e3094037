"""A real release: what students get runs and tells nothing; what the instructor keeps passes."""

import copy
import io
import re
import zipfile
from urllib.parse import unquote, urldefrag

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup

from attention_lab.exercises import ALL
from attention_lab.grading.handed_in.notebooks import read
from attention_lab.grading.handed_in.own_numbers import claims
from attention_lab.release import Told, _refuse_if_told, release
from attention_lab.release.book import (
    INSTRUCTORS,
    SPOILERS,
    built,
    copied,
    cut_for_students,
    left_out,
    pages,
)
from attention_lab.release.cutting import cut
from attention_lab.release.notebooks import _own_numbers, filled_in, joined
from attention_lab.release.package import LEFT_OUT
from attention_lab.site.cells import WRITE_HERE
from attention_lab.variants import variant_for
from attention_lab.writeups import WRITEUPS
from tests.conftest import ROOT
from tests.release.conftest import KEPT, executed, verdicts

NUMBERS = [task.number for task in ALL]


# --- what is there ----------------------------------------------------------------------------


def test_students_get_a_notebook_its_package_and_the_site(released):
    names = sorted(path.name for path in released.student.iterdir())
    assert [re.sub(r"-0.*-py3", "-py3", name) for name in names] == [
        "attention_lab-py3-none-any.whl", "site", "understanding-attention.ipynb",
    ]  # fmt: skip
    assert sorted(path.name for path in released.solution.iterdir())[1:] == names[2:]


def test_the_notebook_has_every_exercise_and_write_up_once_to_be_filled_in(released):
    made = released.notebook("student")
    ours = [(cell, cell.metadata.get("attention_lab", {})) for cell in made.cells]
    tasks = {mark["exercise"]: cell.source for cell, mark in ours if "exercise" in mark}
    texts = {mark["writeup"]: cell.source for cell, mark in ours if "writeup" in mark}
    assert list(tasks) == NUMBERS
    assert all("# TODO" in source and "nan" in source for source in tasks.values())
    assert texts == {"writeup-copying": WRITE_HERE, "writeup-averaging": WRITE_HERE}
    assert "own_query=get_query132())" in tasks["1.4.1"]
    assert "my_query" not in tasks["1.4.2"]
    assert made.metadata["attention_lab"] == {"variants": False, "course": None}


def test_what_students_write_in_new_cells_is_read_and_nothing_of_the_book(released):
    made = released.notebook("student")
    asked = [writeup.name for writeup in WRITEUPS]
    assert read(nbformat.writes(made).encode()).writeups == dict.fromkeys(asked, "")
    for name in asked:
        (place,) = [n for n, cell in enumerate(made.cells) if cell.id == name]
        made.cells.insert(place + 1, nbformat.v4.new_markdown_cell(f"On {name}."))
    found = read(nbformat.writes(made).encode()).writeups
    assert found == {name: f"On {name}." for name in asked}


def test_the_solution_is_the_same_notebook_with_other_functions(released):
    theirs, key = released.notebook("student").cells, released.notebook("solution").cells
    differing = [
        mine.id
        for mine, his in zip(key, theirs, strict=True)
        if mine.source.replace("../student/site/", "site/") != his.source
    ]
    exercises = ["exercise-" + number.replace(".", "-") for number in NUMBERS]
    assert differing == ["install", "check", *exercises]  # another package


def test_the_notebook_says_all_that_the_chapters_of_the_site_say(released):
    whole = [cell.source for cell in released.notebook("student").cells]
    for chapter in KEPT:
        own = nbformat.read(released.site / f"notebooks/{chapter}.ipynb", as_version=4).cells
        code = [cell.source for cell in own if cell.cell_type == "code" and cell.id != "install"]
        missing = [source for source in code if source not in whole]
        assert all("my_query" in source or "NotInstalled" in source for source in missing)


# --- nothing is told --------------------------------------------------------------------------


def test_the_site_has_the_pages_that_tell_nothing(released):
    names = {path.stem for path in (released.site / "book").glob("*.html")}
    assert names == {*KEPT, "references"}
    for path in released.site.rglob("*.html"):
        assert not BeautifulSoup(path.read_text("utf-8"), "html.parser").select(".solution")


def test_a_site_that_tells_is_refused_with_the_file_and_the_text(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/page.html").write_text(
        "<b>S</b> * ((k0 + k1) / 2) is the answer = S * ((k0 + k1) / 2)"
    )
    with pytest.raises(Told, match=r"site/page\.html: answer = S \* \(\(k0 \+ k1\) / 2\)"):
        _refuse_if_told(tmp_path, ROOT)


def test_solutions_that_an_author_forgets_to_mark_stop_the_release(tmp_path):
    """Then they are in no list of secrets either: their numbers tell them."""
    project, student = tmp_path / "project", tmp_path / "student"
    project.mkdir(), student.mkdir()
    chapter = copied(ROOT, project) / "book/copying.md"
    marks = re.compile(r"```\{solution-(?:start|end)\}.*\n(?::class: dropdown\n)?```\n")
    text = marks.sub("", chapter.read_text("utf-8")).replace("[solution, ", "[")
    chapter.write_text(text)
    (student / "copying.md").write_text(cut(text, "copying.md"))
    with pytest.raises(Told, match=r"copying\.md: the answer to 1\.2\.1"):
        _refuse_if_told(student, project)


@pytest.mark.parametrize("place", ["", "site/notebooks"])
def test_the_packages_have_no_answers_no_grader_and_no_release(released, place):
    (wheel,) = (released.student / place).glob("*.whl")
    names = zipfile.ZipFile(io.BytesIO(wheel.read_bytes())).namelist()
    left = tuple(f"attention_lab/{part}" for part in LEFT_OUT)
    assert not [name for name in names if name.startswith(left)]
    assert any("/site/" in name for name in names) == (place != "")
    assert "attention_lab/judge.py" in names


def test_no_link_of_the_site_is_broken(released):
    for page in [*released.site.glob("*.html"), *released.site.glob("book/*.html")]:
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for tag, name in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")):
            for element in soup.select(f"{tag}[{name}]"):
                file, _ = urldefrag(element[name].split("?")[0])
                if file and not re.match(r"[a-z]+:", file):
                    # 404.html stands for any address: its links begin where the site does.
                    start = released.site if file.startswith("/") else page.parent
                    found = start / unquote(file).removeprefix("/")
                    assert found.exists(), f"{page.name}: {element}"
                    assert file.startswith("/") == (page.name == "404.html")


@pytest.mark.parametrize("whose", ["student", "solution"])
def test_links_of_the_notebook_lead_into_the_site(released, whose):
    made = released.notebook(whose)
    prose = "\n".join(cell.source for cell in made.cells if cell.cell_type == "markdown")
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", prose) if "://" not in link]
    assert len(links) >= 20
    for link in links:
        file, anchor = urldefrag(link)
        target = released.folder / whose / unquote(file)
        assert target.exists(), link
        if anchor:
            assert BeautifulSoup(target.read_text("utf-8"), "html.parser").find(id=unquote(anchor))


def test_on_the_page_a_key_is_judged_with_ones_own_query(released):
    page = (released.site / "book/interactions.html").read_text("utf-8")
    text = BeautifulSoup(page, "html.parser").get_text()
    assert "my_query = torch.tensor([[nan, nan, nan]])  # your answer to 1.3.2" in text
    assert 'check("1.4.1", get_key141(), own_query=my_query)' in text
    assert 'check("1.4.1", get_key141(), mine, own_query=query)' in text


# --- it runs ----------------------------------------------------------------------------------


def test_as_released_it_runs_and_nothing_passes(released):
    ran = executed(released.notebook("student"), released.package("student"))
    assert verdicts(ran) == dict.fromkeys(NUMBERS, False)


def test_with_the_answers_filled_in_it_passes_with_the_students_package(released):
    ran = executed(filled_in(released.notebook("student")), released.package("student"))
    assert verdicts(ran) == dict.fromkeys(NUMBERS, True)


def test_the_solution_passes(released):
    ran = executed(released.notebook("solution"), released.package("solution"))
    assert verdicts(ran) == dict.fromkeys(NUMBERS, True)


# --- each student's own numbers ---------------------------------------------------------------


@pytest.fixture(scope="module", params=["nlp-2026", True], ids=["course given", "course asked"])
def own_numbers(released, request):
    (wheel,) = released.student.glob("*.whl")
    return joined(released.site, pages(ROOT), wheel.name, request.param)


def answering(notebook, *answers):
    """The notebook with somebody at the keyboard."""
    made = copy.deepcopy(notebook)
    (asking,) = [cell for cell in made.cells if cell.id == "own-numbers"]
    asking.source = f"said = iter({answers!r})\ninput = lambda _: next(said)\n{asking.source}"
    return made


def test_it_asks_and_goes_by_the_student(own_numbers, released):
    course = own_numbers.metadata["attention_lab"]["course"]
    asked = ("s1234567",) if course else ("nlp-2026", "s1234567")
    assert course in ("nlp-2026", None)
    ran = executed(answering(own_numbers, *asked), released.package("student"))
    assert verdicts(ran) == dict.fromkeys(NUMBERS, False)
    (asking,) = [cell for cell in ran.cells if cell.id == "own-numbers"]
    mine = variant_for("s1234567", "nlp-2026")
    assert f"s1234567: variant {mine.number} of nlp-2026" in asking.outputs[0].text
    assert str(mine.key[2][1]) in asking.outputs[1].data["text/plain"]


def test_nothing_in_it_puts_a_student_on_other_numbers(own_numbers, released):
    setting = [cell.id for cell in own_numbers.cells if "mine = variant" in cell.source]
    assert setting == ["own-numbers"]
    # All else is as in the notebook for everybody, which offers them below the exercises.
    without = {cell.id: cell.source for cell in own_numbers.cells}
    changed = [
        (cell.source, without[cell.id])
        for cell in released.notebook("student").cells
        if cell.source != without[cell.id]
    ]
    assert changed
    for everybody, own in changed:
        kept, cut = everybody[: len(own)], everybody[len(own) :]
        assert kept == own
        assert cut.count("<details>") == cut.count("mine = variant(7)") == 1
        assert own.count("<details>") == own.count("</details>") > 0


@pytest.mark.parametrize("student", ["s1234567", "Ada", "7"])
def test_the_key_to_own_numbers_passes_for_every_student(own_numbers, released, student):
    asked = (student,) if own_numbers.metadata["attention_lab"]["course"] else ("x", student)
    key = filled_in(answering(own_numbers, *asked))
    ran = executed(key, released.package("solution"))
    assert verdicts(ran) == dict.fromkeys(NUMBERS, True)


@pytest.mark.parametrize("types", [True, False], ids=["typed", "written into the cell"])
def test_what_its_first_cell_prints_and_has_is_what_the_grader_looks_for(types, monkeypatch):
    """The sentence stands in the notebook and, as a pattern, in the grader, which is alone."""
    (_, cell) = _own_numbers("nlp-2026")
    mine = variant_for("s1234567", "nlp-2026")
    source = cell.source
    printed = []
    if types:
        monkeypatch.setattr("builtins.input", lambda _: "s1234567")
        monkeypatch.setattr("attention_lab.session.work_on", lambda _: None)
        exec(source, {"print": printed.append})
    else:
        source = source.replace('input("Your student number: ")', '"s1234567"')
    outputs = [{"output_type": "stream", "text": text} for text in printed]
    found = claims([(source, outputs)])
    assert (found.printed, found.names) == (((mine.number,), ()) if types else ((), ("s1234567",)))
    assert found.variants("nlp-2026") == [mine.number]


# --- what can go wrong ------------------------------------------------------------------------


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="holds something"):
        release(tmp_path, project=ROOT)
    with pytest.raises(FileExistsError, match="holds something"):
        release(tmp_path / "mine.txt", project=ROOT)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_without_chapters_it_says_that_it_needs_a_clone(tmp_path):
    with pytest.raises(FileNotFoundError, match="made in a clone"):
        release(tmp_path / "out", project=tmp_path)


def test_a_book_that_cannot_be_built_shows_how_the_build_ended(tmp_path):
    (tmp_path / "_config.yml").write_text("title: [")
    with pytest.raises(
        RuntimeError, match=r"(?s)Expected the book to be built; it was not.+lab_spoilers.+\S"
    ):
        built(tmp_path)


def test_a_page_to_leave_out_that_is_none_is_refused(tmp_path):
    project = copied(ROOT, tmp_path)
    settings = (project / "_config.yml").read_text("utf-8").replace("book/reach,", "book/raech,")
    (project / "_config.yml").write_text(settings)
    with pytest.raises(ValueError, match=r"lab_spoilers: 'book/raech' is no chapter"):
        cut_for_students(project)


def with_contents(folder, change):
    """A copy of the project whose contents are changed."""
    project = copied(ROOT, folder)
    contents = yaml.safe_load((project / "_toc.yml").read_text("utf-8"))
    change(contents)
    (project / "_toc.yml").write_text(yaml.safe_dump(contents))
    return project


def test_chapters_in_subfolders_are_cut(tmp_path):
    project = with_contents(
        tmp_path, lambda toc: toc["chapters"].append({"file": "book/two/x", "title": "X"})
    )
    (project / "book/two").mkdir()
    (project / "book/two/x.md").write_text("# X\n\n:::{div} spoiler\nSECRET\n:::\n")
    cut_for_students(project)
    assert "SECRET" not in (project / "book/two/x.md").read_text()


def test_a_chapter_that_is_no_text_is_refused(tmp_path):
    project = with_contents(tmp_path, lambda toc: toc["chapters"].append({"file": "book/x"}))
    (project / "book/x.ipynb").write_text("{}")
    with pytest.raises(ValueError, match=r"_toc\.yml: Expected book/x\.md"):
        cut_for_students(project)


def test_a_page_with_a_title_can_be_left_out(tmp_path):
    def entitle(toc):
        toc["chapters"] = [page | {"title": "T"} for page in toc["chapters"]]

    project = with_contents(tmp_path, entitle)
    cut_for_students(project)
    assert "book/reach" not in pages(project)


@pytest.mark.parametrize(
    "change",
    [
        lambda toc: toc.update(parts=[toc.pop("chapters")]),
        lambda toc: toc["chapters"][0].update(sections=[]),
        lambda toc: toc["chapters"].append({"title": "A link without a file"}),
    ],
    ids=["parts", "sections", "no file"],
)
def test_contents_with_parts_are_refused(tmp_path, change):
    project = with_contents(tmp_path, change)
    with pytest.raises(ValueError, match=r"_toc\.yml: Expected a root and chapters"):
        pages(project)


def test_no_page_has_to_be_left_out(tmp_path):
    (tmp_path / "_config.yml").write_text("lab_spoilers:\n")
    assert left_out(tmp_path, SPOILERS) == left_out(tmp_path, INSTRUCTORS) == []


def test_what_cannot_be_made_is_refused_before_anything_is_built(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(FileExistsError, match="it is a file"):
        release(tmp_path / "file/sub/folder", project=ROOT)
    with pytest.raises(ValueError, match="name of the course"):
        release(tmp_path / "out", variants="")
