"""Each mistake that an author may make is reported once, with its file and line; others are not."""

import pytest

from attention_lab.authoring import answers, guesses, report
from attention_lab.authoring.book import read
from attention_lab.cli import main
from attention_lab.course import course_answer
from attention_lab.exercises import ALL, Exercise, exercise
from attention_lab.fixtures import SEED
from attention_lab.judge import judge
from attention_lab.questions import QUESTIONS
from attention_lab.variants import COUNT, variant
from attention_lab.writeups import writeup
from tests.authoring.small import FILES, TASKS, line_of, reports, write
from tests.conftest import ROOT

SMALL, OTHER, SOURCES = "book/small.md", "book/other.md", "book/references.bib"
LONG = "\n".join(f"a{n} = {n}" for n in range(16))


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path)


def test_a_book_without_a_fault_is_not_complained_about(folder):
    assert reports(folder) == []


# The file, what is replaced, by what, where the fault is then, and what is said of it.
PLANTED = [
    # Wrong ids.
    (SMALL, "{hints} 1.2.1", "{hints} 1.2.7", "{hints} 1.2.7", "There is no '1.2.7' for {hints}"),
    (SMALL, "import torch\n", "hint('1.3.7')\n", "hint('1.3.7')", "no exercise '1.3.7'"),
    (SMALL, "{solution-start} ex-121", "{solution-start} ex-12", "{solution-start}", "'ex-12'"),
    (OTHER, "Back", "```{needs} lern\n```\n\nBack", "{needs}", "Did you mean learn?"),
    (OTHER, "Back", "```{criteria} x\n```\n\nBack", "{criteria}", "There is no 'x' for {criteria}"),
    (OTHER, "Back", "```{questions} befor\n```\n\nBack", "{questions}", "Did you mean before?"),
    (
        OTHER,
        "Back",
        "```{exercise} Write\n:class: writeup\n:label: writeup-x\n```\n\nBack",
        "{exercise}",
        "no write-up 'writeup-x'",
    ),
    # Parts of an exercise.
    (SMALL, "```{hints} 1.2.1\n```\n", "", "{exercise} 1.2.1", "1.2.1 lacks hints on a page"),
    (OTHER, "Back", "```{hints} 1.2.1\n```\n\nBack", "```{hints}", "has hints on a page at book/s"),
    (SMALL, "# TODO: r", "# R", "{exercise} 1.2.1", "1.2.1 lacks a cell to fill in"),
    (
        SMALL,
        ":tags: [solution, runnable]",
        ":tags: [runnable]",
        "{solution-start}",
        "No cell tagged",
    ),
    (SMALL, "assert check", "check", "{solution-start}", "No cell tagged solution"),
    # Solutions and placeholders.
    (SMALL, "10 * k0", "5 * -k0", "assert check", "does not pass: k2 takes 0.971 of the weight"),
    (SMALL, "10 * k0", "2 * k0", "assert check", "Multiply the query by 3 and it passes."),
    (SMALL, 'not check("1.2.1", -answer)', 'not check("1.2.1", answer)', "assert", "should not"),
    (SMALL, "[[nan, nan, nan]]", "[[4.7, 6.5, 6.0]]", "def get_q", "filled in for 1.2.1 passes"),
    (SMALL, "[[nan, nan, nan]]", "[[1.0, nan, nan]]", "def get_q", "is not told to be a placeh"),
    (SMALL, "[[nan, nan, nan]]", "[[nan, nan]]", "def get_q", "Return nan in the shape (1, 3)"),
    (
        SMALL,
        "tensor([[0.47, 0.65, 0.60]])",
        "tensor(key[:1])",
        "{solution-start}",
        "No cell tagged solution",
    ),
    (SMALL, ":class: dropdown\n", "", "{solution-start}", "This solution is not folded"),
    (
        SMALL,
        "## In",
        "```{code-cell}\n:tags: [solution]\n\n1\n```\n\n## In",
        "```{code-cell}\n:tags: [solution]\n",
        "in none",
    ),
    (
        SMALL,
        "def get_query121()",
        "def get_query122()",
        "```{code-cell}\n:tags: [ex",
        "no exercise",
    ),
    # What cannot be followed: one report, whatever else is wrong.
    (SMALL, "```{solution-end}\n```\n", "", "{solution-start}", "a solution to end"),
    (OTHER, "Back", ":::{note}\nBack", ":::{note}", "opened here is not closed"),
    (SMALL, "kernelspec: {", "kernelspec: {{", "kernelspec", "no YAML"),
    (SMALL, "python3}\n---\n", "python3}\n", "---\n", "begins here is not closed"),
    (OTHER, "Back", "```{code-cell}\n1\n```\n\nBack", "", "A page with cells has front matter"),
    (SMALL, "weight\n```\n", "weight\n", "```{code-cell}\n:tags: [hide-o", "not closed"),
    (SMALL, ". See {eq}`lead`.\n:::\n", ".\n", ":::{guess}", "opened here is not closed"),
    (SMALL, "```{code-cell}\n:tags: [h", "```{code-cel}\n:tags: [h", "{code-cel}", "code-cell?"),
    (SMALL, "{hints} 1", "{hintss} 1", "{hintss}", "Did you mean hints?"),
    # What the build would show as it was typed.
    (OTHER, "# Another page", "Another page", "", "This page has no title"),
    (OTHER, "# Another page", "## Another page", "## A", "This page has no title"),
    (OTHER, "Back", "$$a = b\n\nBack", "$$", "A formula begins or ends here only"),
    (SMALL, "{glue:text}", "{glue:txt}", "{glue:txt}", "Did you mean glue:text?"),
    (OTHER, "[](#sec-small)", "[x](htps://a.org)", "[x]", "Did you mean https?"),
    # Cells.
    (SMALL, "import torch\n", LONG + "\n", "a0 = 0", "This cell has 20 lines"),
    (SMALL, "nan = torch.nan", "nan = torch.nan  # " + 60 * "x", "nan =", "This line has 79 char"),
    (SMALL, "nan = torch.nan", "nan = = torch.nan", "nan = =", "no Python: invalid syntax"),
    (SMALL, "[hide-output, r", "[hide-ouput, r", "[hide-ouput", "Did you mean hide-output?"),
    (SMALL, ":tags: [hide-o", ":tag: [hide-o", ":tag: [hide", "A cell has no option 'tag'"),
    (
        SMALL,
        "glue(all_of_it=weight[0, 0])\n```\n",
        "all_of_it = weight[0, 0]\nglue(all_of_it=all_of_it)\n```\n"
        "\n```{code-cell}\nall_of_it\n```\n",
        "all_of_it\n```",
        "This cell needs 'all_of_it', which is made in a cell that notebooks lack.",
    ),
    # References.
    (SMALL, "](#sec-other)", "](#sec-othr)", "](#sec-othr)", "Did you mean sec-other?"),
    (SMALL, "{eq}`lead`", "{eq}`load`", "{eq}`load`", "no label 'load'"),
    (SMALL, "[later](#sec-other)", "{ref}`later <there>`", "{ref}", "no label 'there'"),
    (
        OTHER,
        "(sec-other)=\n",
        "(sec-other)=\n(sec-small)=\n",
        "(sec-small)=",
        "label 'sec-small' is that of",
    ),
    (OTHER, "[](#sec-small)", "[the data](data/x.csv)", "data/x.csv", "no file 'data/x.csv'"),
    (SMALL, "`all_of_it:.2f`", "`all_of_them:.2f`", "all_of_them", "Did you mean all_of_it?"),
    # Sources.
    (SMALL, "`olsson2022`", "`olsson2022,olson2022`", "olson2022`", "Did you mean olsson2022?"),
    (OTHER, "Back", "GPT-2 copies.\n\nBack", "GPT-2", "'GPT' without a source"),
    (OTHER, "Back", "Most researchers say so.\n\nBack", "Most", "'researchers' without a source"),
    (OTHER, "Back", "In 2017 it was new.\n\nBack", "In 2017", "'2017' without a source"),
    (SMALL, "Heads copy {", "Heads average.\n\nHeads copy {", "Heads average", "In real models"),
    (SOURCES, "  eprint = {2209.11895},\n", "", "@misc{olsson", "neither a DOI nor an arXiv"),
    (SOURCES, "@misc{o", "@misc{x,\n doi = {10.1234/x}\n}\n@misc{o", "@misc{x", "Nobody cites x"),
    (OTHER, "](arrows.png)", "](arrow.png)", "arrow.png", "no file 'arrow.png'"),
    # Numbers.
    (SMALL, "a lead of 0.44", "a lead of 0.43", "a lead of", "The number 0.43 is typed"),
    (SMALL, "a lead of 0.44", "a lead of\n44 %", "44 %", "The number 44 % is typed"),
    (SMALL, "a lead of 0.44", "a lead of 13", "a lead of", "The number 13 is typed"),
    (OTHER, "Back", "In 2000 draws none was good.\n\nBack", "In 2000", "The number 2000 is typed"),
    (SMALL, "That is what the o", "0.77 is what the o", "0.77 is what", "The number 0.77 is"),
    # Pictures.
    (OTHER, "![Two arrows, one twice as long as the other.]", "![]", "![]", "no alt text"),
    (OTHER, "Back", "<img src='a.png'>\n\nBack", "<img", "no alt text"),
    (OTHER, "Back", "```{image} a.png\n```\n\nBack", "{image}", "The {image} has no alt text"),
    (OTHER, "Back", "```{figure} a.png\n:alt:\n```\n\nBack", "{figure}", "The {figure} has no alt"),
    (SMALL, "import torch\n", "import matplotlib.pyplot as plt\n", "import matp", "no alt text"),
    # Guesses.
    (SMALL, "- [x] nearly all", "- [ ] nearly all", ":::{guess}", "Expected choices marked"),
    (SMALL, "  That is what the others think.\n", "", ":::{guess}", "Expected a reason"),
    (SMALL, "[hide-output, runnable]", "[runnable]", "```{code-cell}\n:tags: [runnable]", "guess"),
]


@pytest.mark.parametrize(("file", "old", "new", "at", "said"), PLANTED)
def test_a_planted_mistake_is_reported_once_and_in_its_place(folder, file, old, new, at, said):
    assert old in FILES[file]
    text = FILES[file].replace(old, new, 1)
    (folder / file).write_text(text, "utf-8")
    (report,) = reports(folder)
    assert report.startswith(f"{file}:{line_of(text, at)}: "), report
    assert said in report


DATA, NUMBER = "src/attention_lab/exercises/assignment.py", 'number="1.2.1"'
READ_DATA = (ROOT / DATA).read_text("utf-8")

# Mistakes in the data of exercises and questions: the exercise, and what is said of it.
IN_THE_DATA = [
    ({"hints": ()}, "has no hints"),
    ({"wanted": ((9,),)}, "wants ((9,),). Write for each row the keys to average, from k0 to k3"),
    ({"foreseen": {((0,),): "That is right."}}, "has foreseen ((0,),), which is no mistake"),
    ({"foreseen": {(1,): "That is v1."}}, "has foreseen (1,)"),
    ({"foreseen": {((1,), (2,)): "That is v1."}}, "has foreseen ((1,), (2,))"),
]


@pytest.mark.parametrize(("changed", "said"), IN_THE_DATA)
def test_a_mistake_in_an_exercises_data_is_reported_where_these_stand(folder, changed, said):
    data = {"number": "1.2.1", "title": "", "wanted": ((0,),), "hints": ("Try.",)}
    (found,) = reports(folder, (Exercise(**data | changed),))
    assert found.startswith(f"{DATA}:{line_of(READ_DATA, NUMBER)}: 1.2.1 ")
    assert said in found


def test_a_number_that_two_exercises_have_is_all_that_is_reported(folder):
    data = folder / DATA
    text = READ_DATA.replace('number="1.2.2"', 'number="1.2.1"')
    data.write_text(text, "utf-8")
    first = line_of(text, NUMBER)
    second = first + line_of("\n".join(text.splitlines()[first:]), NUMBER)
    (found,) = reports(folder, (*TASKS, *TASKS))
    assert found.startswith(f"{DATA}:{second}: The number 1.2.1 is that of {DATA}:{first}, too.")


def test_an_exercise_that_is_on_no_page_is_reported_where_its_data_are(folder):
    lacking = reports(folder, (*TASKS, exercise("1.5.2")))
    place = "src/attention_lab/exercises/words.py"
    line = line_of((ROOT / place).read_text("utf-8"), 'number="1.5.2"')
    assert all(report.startswith(f"{place}:{line}: 1.5.2 lacks ") for report in lacking)
    assert len(lacking) == 4


def test_the_courses_answer_must_be_there_and_pass(folder, monkeypatch):
    line = line_of(READ_DATA, NUMBER)
    monkeypatch.setattr(answers, "course_answer", lambda task, fixture: None)
    (report,) = reports(folder)
    assert report.startswith(f"{DATA}:{line}: The course has no answer to 1.2.1.")
    monkeypatch.setattr(answers, "course_answer", lambda task, fixture: [[0.0, 0.0, 0.0]])
    (report,) = reports(folder)
    assert report.startswith(f"{DATA}:{line}: The course's answer to 1.2.1 does not pass: All keys")


def test_the_courses_answer_must_follow_the_variants(folder, monkeypatch):
    numbers = course_answer(exercise("1.2.1"), SEED)  # right on the course's numbers only
    monkeypatch.setattr(answers, "course_answer", lambda task, fixture: numbers)
    (found,) = reports(folder)
    failed = sum(not judge("1.2.1", numbers, variant(n)) for n in range(COUNT))
    assert failed > COUNT / 2
    assert f"to 1.2.1 does not pass on {failed} of {COUNT} variants, such as " in found


def test_a_question_with_two_right_choices_is_reported_where_it_stands(folder):
    question = QUESTIONS[1]
    wrong = question._replace(choices=(question.choices[0], *question.choices[:3]))
    found = [str(fault) for fault in guesses.faults(read(folder, TASKS), [wrong])]
    place = "src/attention_lab/questions/added.py"
    line = line_of((ROOT / place).read_text("utf-8"), 'name="added"')
    assert len(found) == 2  # forms
    assert all(report.startswith(f"{place}:{line}: Expected exactly one right") for report in found)


@pytest.mark.parametrize("returned", ["None", 'None, "a curve"', 'None, "", ["a table"]'])
def test_a_figure_that_returns_no_words_or_no_table_is_reported_where_it_returns(folder, returned):
    file = folder / "src/attention_lab/figures/bars.py"
    text = file.read_text("utf-8") + f"\n\n@drawn\ndef bare():\n    return {returned}\n"
    file.write_text(text, "utf-8")
    (report,) = reports(folder)
    assert report.startswith(
        f"src/attention_lab/figures/bars.py:{text.count(chr(10))}: bare returns"
    )


MARK = ":class-container: spoiler\n\n"
MODEL = f":::{{dropdown}} A model answer\n{MARK}Because.\n:::\n"
WRITEUP = f"""
```{{exercise}} Write-up: why
:class: writeup
:label: writeup-copying
```

```{{criteria}} writeup-copying
```

{MODEL}
## An experiment that could prove it wrong

One that learns is at [](#exp-small).

(exp-small)=
## It learns
"""


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("", ""),
        ("```{criteria} writeup-copying\n```\n", "lacks a rubric"),
        (MODEL, "lacks a fold 'A model answer'"),
        ("One that learns is at [](#exp-small).\n", "lacks a section 'An experiment"),
    ],
)
def test_a_write_up_that_lacks_a_part_is_reported(folder, left_out, said):
    (folder / OTHER).write_text(FILES[OTHER] + WRITEUP.replace(left_out, ""), "utf-8")
    found = reports(folder, writeups=(writeup("writeup-copying"),))
    line = line_of(FILES[OTHER] + WRITEUP, "{exercise}")
    assert [report.startswith(f"{OTHER}:{line}: ") and said in report for report in found] == (
        [True] if said else []
    )


def test_a_model_answer_that_students_would_get_is_reported(folder):
    text = FILES[OTHER] + WRITEUP.replace(MARK, "")
    (folder / OTHER).write_text(text, "utf-8")
    (found,) = reports(folder, writeups=(writeup("writeup-copying"),))
    assert found.startswith(f"{OTHER}:{line_of(text, '{dropdown}')}: ")
    assert "what gives a solution away" in found


def test_a_write_up_that_is_on_no_page_is_reported_where_its_data_are(folder):
    (found,) = reports(folder, writeups=(writeup("writeup-copying"),))
    assert "writeups.py:" in found
    assert "writeup-copying lacks a box on a page" in found


@pytest.mark.parametrize("name", ["olsson2022", "olsson2023"])
def test_a_source_that_is_there_twice_is_reported(folder, name):
    again = FILES[SOURCES].replace("olsson2022", name)
    (folder / SOURCES).write_text(FILES[SOURCES] + again, "utf-8")
    (folder / OTHER).write_text(FILES[OTHER] + f"\nSee {{cite:t}}`{name}`.\n", "utf-8")
    (found,) = reports(folder)
    place = f"{SOURCES}:{FILES[SOURCES].count(chr(10)) + 1}"
    assert found.startswith(f"{place}: {name} is the source of line 1 again.")


def test_a_page_that_is_not_in_the_contents_is_reported(folder):
    (folder / "book/third.md").write_text("# A third page\n", "utf-8")
    (found,) = reports(folder)
    assert found.startswith("book/third.md:1: This page is not in the contents.")
    assert found.endswith("- file: book/third")


def test_a_page_that_is_in_the_contents_only_is_reported(folder):
    with (folder / "_toc.yml").open("a") as contents:
        contents.write("  - file: book/fourth\n")
    (found,) = reports(folder)
    assert found.startswith("_toc.yml:5: There is no book/fourth.md.")


@pytest.mark.parametrize("key", ["lab_spoilers", "lab_instructors"])
def test_a_page_to_be_left_out_that_is_none_is_reported(folder, key):
    (folder / "_config.yml").write_text(f"title: Small\n{key}: [book/othr]\n", "utf-8")
    (found,) = reports(folder)
    assert found.startswith(f"_config.yml:2: {key} names 'book/othr', which is no page.")
    assert found.endswith("Did you mean book/other?")


def test_while_a_page_cannot_be_followed_others_are_not_blamed_for_it(folder):
    (folder / SMALL).write_text(FILES[SMALL].replace("```{solution-end}\n```\n", ""), "utf-8")
    (folder / OTHER).write_text(FILES[OTHER] + "\nBy 42.\n", "utf-8")
    other, small = reports(folder)
    assert other.startswith(f"{OTHER}:7: The number 42 is typed")
    assert "a solution to end" in small


def test_the_report_is_sorted_ends_in_a_summary_and_in_status_1(folder, capsys):
    assert report(folder) == 1  # the small book has one of all the exercises
    *lines, last = capsys.readouterr().out.splitlines()
    assert lines == sorted(lines, key=lambda line: (line.split(":")[0], int(line.split(":")[1])))
    assert last == f"2 pages, {len(ALL)} exercises: {len(lines)} faults."


def test_a_folder_that_is_no_clone_is_refused(tmp_path, capsys):
    assert main(["check", str(tmp_path)]) == 2
    assert "Expected a folder with a _toc.yml" in capsys.readouterr().err
