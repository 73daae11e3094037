"""The notebooks beside the built book: all that the page says, nothing raw, the same every time."""

import hashlib
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urldefrag

import jupytext
import nbformat
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from attention_lab.exercises import ALL
from attention_lab.site.cells import COLLAPSED, WRITE_HERE
from attention_lab.site.wheel import wheel
from tests.conftest import CHAPTERS, ROOT
from tests.tiny import HEADER, TinyBook

FIRST = ["welcome", "install", "check"]  # what a notebook has and its page has not
OURS = set(FIRST)
# Marks that only MyST knows: a directive's fence, a role, a label, a block break, an option.
RAW = re.compile(r":::|```\s*\{|\{[a-z:]+\}`|^\([\w-]+\)=|^\+\+\+|^:\w+:", re.MULTILINE)
NOT_SAID = (  # what stands in a page and is not its text, or is compared by itself
    "div.cell, .headerlink, .eqno, math, svg, script, style, .lab-progress, .page-only, "
    ".toctree-wrapper, .lab-launch"
)


def read(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def cells(notebook, kind):
    return [cell for cell in notebook.cells if cell.cell_type == kind and cell.id not in OURS]


def rendered(notebook):
    """The notebook's text as a notebook shows it."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    markdown.use(dollarmath_plugin)
    said = "\n\n".join(
        cell.source for cell in cells(notebook, "markdown") if cell.source != WRITE_HERE
    )
    return BeautifulSoup(markdown.render(said), "html.parser")


def letters(soup, not_said):
    """All that is said, without spaces: a page has some of its own between words of two looks."""
    for element in soup.select(not_said):
        element.decompose()
    return "".join(soup.get_text().split())


@pytest.fixture(scope="module", params=CHAPTERS)
def chapter(request):
    return request.param


@pytest.fixture
def notebook(site, chapter):
    return read(site / f"notebooks/{chapter}.ipynb")


@pytest.fixture
def page(site, chapter):
    html = (site / f"book/{chapter}.html").read_text("utf-8")
    return BeautifulSoup(html, "html.parser").select_one("article.bd-article")


def test_a_notebook_says_all_that_is_said_on_its_page_in_order(notebook, page):
    assert letters(rendered(notebook), ".math") == letters(page, NOT_SAID)


def test_a_notebook_has_every_formula_of_its_page_with_its_number(notebook, page):
    shown = rendered(notebook)
    prose = [math for math in page.select("math") if not math.find_parent(class_="cell_output")]
    assert len(shown.select(".math")) == len(prose)
    tags = [re.search(r"\\tag\{(.*?)\}", math.text) for math in shown.select(".math.block")]
    numbers = [re.search(r"\((.*?)\)", number.text)[1] for number in page.select(".eqno")]
    assert [tag[1] for tag in tags if tag] == numbers


def test_nothing_in_it_is_raw(notebook):
    for cell in cells(notebook, "markdown"):
        prose = re.sub(r"^( *>)* *```.*?^( *>)* *```$", "", cell.source, flags=re.M | re.S)
        assert RAW.search(prose) is None, cell.source


def test_what_raw_means_is_found():
    for text in (":::{note}", "```{code-cell}", "{eq}`softmax`", "(sec-keys)=", ":tags: [a]"):
        assert RAW.search(f"Some prose.\n{text}\nMore."), text


def test_it_has_the_code_of_every_cell_that_a_reader_sees_in_order(notebook, chapter):
    source = jupytext.read(ROOT / f"book/{chapter}.md")
    seen = [
        cell.source
        for cell in source.cells
        if cell.cell_type == "code" and "remove-cell" not in cell.metadata.get("tags", [])
    ]
    assert [cell.source for cell in cells(notebook, "code")] == seen


def test_it_holds_no_output_and_no_count(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)


def test_its_first_cells_come_below_the_title(notebook):
    title, *ours = notebook.cells[:4]
    assert re.fullmatch("# .+", title.source)  # what leads to the first cell stands above that
    assert [cell.id for cell in ours] == FIRST
    assert "Save a copy in Drive" in ours[0].source


def test_each_section_begins_a_cell(notebook):
    for cell in cells(notebook, "markdown"):
        prose = re.sub(r"^```.*?^```$", "", cell.source, flags=re.M | re.S)
        assert not re.search(r"\n#+ ", prose), cell.source


def test_its_solutions_are_folded_in_jupyterlab_and_in_colab(site):
    folded = []
    for chapter in CHAPTERS:
        notebook = read(site / f"notebooks/{chapter}.ipynb")
        headings = [cell for cell in notebook.cells if cell.metadata.get(COLLAPSED)]
        assert notebook.metadata.colab.collapsed_sections == [cell.metadata.id for cell in headings]
        folded += [cell.source for cell in headings]
        code = [cell for cell in notebook.cells if "solution" in cell.metadata.get("tags", [])]
        for cell in code:
            assert heading_above(notebook, cell) in headings
    asked = [re.search(r"### Solution to \[Exercise \((.*?)\)", heading)[1] for heading in folded]
    judged = [title.split(":")[0] for title in asked if ":" in title]  # others have no number
    assert judged == [task.number for task in ALL]


def heading_above(notebook, cell):
    above = notebook.cells[: notebook.cells.index(cell)]
    return next(cell for cell in reversed(above) if cell.source.startswith("#"))


def test_nothing_but_solutions_is_folded(site):
    """What stands below a folded heading goes down to the next one."""
    for chapter in CHAPTERS:
        page = (ROOT / f"book/{chapter}.md").read_text("utf-8")
        solutions = "".join(re.findall(r"(?s)```\{solution-start\}.*?\{solution-end\}", page))
        hidden = False
        for cell in read(site / f"notebooks/{chapter}.ipynb").cells:
            if cell.source.startswith("#"):
                hidden = COLLAPSED in cell.metadata
            elif hidden and cell.cell_type == "code":
                assert cell.source in solutions


def test_exercises_and_write_ups_say_which_they_are(site):
    tasks, texts = [], []
    for chapter in CHAPTERS:
        for cell in read(site / f"notebooks/{chapter}.ipynb").cells:
            ours = cell.metadata.get("attention_lab", {})
            tasks += [(ours["exercise"], cell.id, cell.source)] if "exercise" in ours else []
            texts += [(ours["writeup"], cell.id)] if "writeup" in ours else []
    assert [(number, name) for number, name, _ in tasks] == [
        (task.number, "exercise-" + task.number.replace(".", "-")) for task in ALL
    ]
    for task, (_, _, source) in zip(ALL, tasks):
        assert f"def {task.function}():" in source
    assert texts == [(name, name) for name in ("writeup-copying", "writeup-averaging")]


def home(notebook, chapter):
    """What the addresses of the book's pages begin with: its site, where one is known."""
    (page,) = re.findall(r"\]\((.*?)\)", cell_of(notebook, "welcome").source)
    return page.removesuffix(f"book/{chapter}.html")


def cell_of(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


def test_its_links_lead_to_what_is_there(site, notebook, chapter):
    begins = home(notebook, chapter)
    for link in (link["href"] for link in rendered(notebook).select("a[href]")):
        file, anchor = urldefrag(link)
        if file.startswith(begins):
            target = site / unquote(file.removeprefix(begins))
            assert target.exists(), link
            named = BeautifulSoup(target.read_text("utf-8"), "html.parser").find(id=anchor)
            assert named or not anchor, link
        else:
            assert file.startswith("https://doi.org/"), link


def test_published_they_are_the_same_but_for_the_address(site, published):
    """Two builds of one commit, in two folders: the same ids, the same bytes."""
    names = sorted(path.name for path in (site / "notebooks").iterdir())
    assert names == sorted(path.name for path in (published.folder / "notebooks").iterdir())
    for chapter in CHAPTERS:
        here = read(site / f"notebooks/{chapter}.ipynb")
        there = published.notebook(chapter).read_text("utf-8")
        moved = there.replace(published.address, home(here, chapter))
        moved = nbformat.reads(moved, as_version=4)
        for one, other in zip(here.cells, moved.cells, strict=True):
            assert one == other or one.id in {"install", "check"}
        assert here.metadata == moved.metadata


def test_the_wheel_is_the_same_byte_for_byte_and_holds_what_chapters_need(site, published):
    (made,) = (site / "notebooks").glob("*.whl")
    assert sha(made) == sha(published.wheel)
    held = set(zipfile.ZipFile(made).namelist())
    source = ROOT / "src"
    needed = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.suffix in {".py", ".json", ".js", ".css"} and "egg-info" not in str(path)
    }
    assert needed - held == set()
    assert not any("build/" in name or "__pycache__" in name for name in held)


def sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


PAGE = (
    HEADER
    + """\
(a-label)=
## A section

:::{note}
Words in a box.
:::

:::{admonition} Mind this
:class: dropdown

Folded words.
:::

```{figure} dot.png
:name: the-dot
:alt: a dot

What it *shows*
```

![inline](dot.png)

See {numref}`the-dot`, [](#a-label), H{sub}`2`O and {abbr}`MHA (multi-head attention)`.

```{list-table} Numbers
* - one
  - two
```

> Said by somebody.

```{eval-rst}
word
   its meaning

Said by

   somebody else.

   -- Her
```

{download}`the dot <dot.png>`

---

:::{div} page-only
Only here.
:::

```{code-cell}
:tags: [hide-cell]

1
```

````{exercise} Counted
:label: counted
Do it.
````

````{solution} counted
:class: dropdown
It is $x$.
````

```{code-block} python
:caption: What is *run*
:name: listing

x = 1
```

```{versionadded} 2
It is new.
```

```{rubric} Aside
```

| a   |  b  |   c |
|:----|:---:|----:|
| `1` | 2   |   3 |

- one list

* another

[Here](page.md), by {command}`ls`:

$$
x = y % a remark
+ z
$$

::::{tab-set}
:::{tab-item} First
One way.
:::
:::{tab-item} *Second*
Another.
:::
::::

Words with a note[^note].

[^note]: Which is *here*.
"""
)
SAYS = """\
## A section

> **Note**
>
> Words in a box.

<details>
<summary>Mind this</summary>

Folded words.

</details>

![a dot](https://lab.example.org/_images/dot.png)

**Fig. 1 What it *shows***

![inline](https://lab.example.org/_images/dot.png)

See [Fig. 1](https://lab.example.org/book/page.html#the-dot), \
[A section](https://lab.example.org/book/page.html#a-label), H<sub>2</sub>O and MHA.

**Table 1 Numbers**

|  |  |
| --- | --- |
| one | two |

> Said by somebody.

**word**

> its meaning

Said by

> somebody else.
>
> — Her

[`the dot`](https://lab.example.org/_downloads/NAME/dot.png)

---

> **Exercise 1 (Counted)**
>
> Do it.

<details>
<summary>Solution to Exercise 1 (Counted)</summary>

It is $x$.

</details>

**Listing 1 What is *run***

```python
x = 1
```

> Added in version 2: It is new.

**Aside**

| a | b | c |
| :-- | :-: | --: |
| `1` | 2 | 3 |

- one list

<!-- -->

- another

[Here](https://lab.example.org/book/page.html), by **ls**:

$$x = y + z$$

**First**

One way.

***Second***

Another.

Words with a note<sup>1</sup>.

---

<sup>1</sup> Which is *here*."""
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    book = TinyBook(tmp_path_factory.mktemp("tiny"))
    (book.folder / "book/dot.png").write_bytes(DOT)
    book.write_page(PAGE)
    built = book.build(SITE_URL="https://lab.example.org")
    assert built.returncode == 0, built.stdout + built.stderr
    return book


def test_what_an_author_may_write_is_shown(tiny):
    made = read(tiny.folder / "_build/html/notebooks/page.ipynb")
    _, _, *said = cells(made, "markdown")  # below the title and some prose
    text = "\n\n".join(cell.source for cell in said)
    assert re.sub(r"_downloads/\w+/", "_downloads/NAME/", text) == SAYS
    (code,) = cells(made, "code")
    assert code.metadata.jupyter.source_hidden
    assert code.metadata.tags == ["hide-cell"]
    assert cell_of(made, "check").metadata.jupyter.source_hidden
    for cell in cells(made, "markdown"):  # a fold has no margin: what follows is another cell
        assert not re.search(r"^</details>\n\n(?!<details>)", cell.source, re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (HEADER, ["title", *FIRST, "cell-0"]),
        (HEADER.partition("# A page")[0] + "Words.\n\n# A title\n", [*FIRST, "cell-0", "cell-1"]),
        (
            HEADER.partition("# A page")[0] + "```{code-cell}\n1\n```\n\n# A title\n",
            [*FIRST, "cell-0", "cell-1"],
        ),
    ],
)
def test_the_installation_goes_before_all_but_the_title(tmp_path, text, ids):
    book = TinyBook(tmp_path)
    book.write_page(text)
    assert book.build().returncode == 0
    made = read(tmp_path / "_build/html/notebooks/page.ipynb")
    assert [cell.id for cell in made.cells] == ids
    assert "(../book/page.html)" in cell_of(made, "welcome").source  # no site is known


def test_the_notebook_of_a_page_that_is_gone_is_gone_and_others_stay(tiny):
    folder = tiny.folder / "_build/html/notebooks"
    (tiny.folder / "book/other.md").write_text(HEADER)
    (tiny.folder / "_toc.yml").write_text(
        "format: jb-book\nroot: book/page\nchapters:\n  - file: book/other\n"
    )
    assert tiny.build(SITE_URL="https://lab.example.org").returncode == 0
    assert (folder / "other.ipynb").exists()
    (folder / "attention_lab-0.0.1-py3-none-any.whl").write_text("an old one")
    (tiny.folder / "_toc.yml").write_text("format: jb-book\nroot: book/page\n")
    assert tiny.build(SITE_URL="https://lab.example.org").returncode == 0
    assert sorted(path.suffix for path in folder.iterdir()) == [".ipynb", ".whl"]
    assert Path(folder, "page.ipynb").exists()


def test_headings_are_numbered_where_the_page_s_are(tmp_path):
    book = TinyBook(tmp_path)
    book.write_page(HEADER)
    (tmp_path / "book/other.md").write_text(HEADER.replace("A page", "Other") + "## Part\n")
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: book/page\nparts:\n"
        "  - numbered: true\n    chapters:\n      - file: book/other\n"
    )
    assert book.build().returncode == 0
    headings = [
        cell.source
        for name in ("page", "other")
        for cell in read(tmp_path / f"_build/html/notebooks/{name}.ipynb").cells
        if cell.source.startswith("#") and cell.cell_type == "markdown"
    ]
    assert headings == ["# A page", "# 1. Other", "## 1.1. Part"]


def test_two_pages_of_one_name_fail_the_build(tmp_path):
    book = TinyBook(tmp_path)
    book.write_page(HEADER)
    (tmp_path / "book/deep").mkdir()
    (tmp_path / "book/deep/page.md").write_text(HEADER)
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: book/page\nchapters:\n  - file: book/deep/page\n"
    )
    built = book.build()
    assert built.returncode == 1
    assert "book/deep/page and book/page would both be notebooks/page.ipynb" in built.stderr


SOLVED = (
    HEADER
    + """\
```{exercise} Do it
:label: task
Do it.
```

```{solution-start} task
:class: dropdown
```

Words of the solution.

```{code-cell}
1
```

```{solution-end}
```

"""
)


@pytest.mark.parametrize("after", ["More words.\n", "```{code-cell}\n2\n```\n"])
def test_what_a_solution_s_fold_would_hide_fails_the_build(tmp_path, after):
    book = TinyBook(tmp_path)
    book.write_page(SOLVED + after)
    built = book.build()
    assert built.returncode == 1
    assert "A notebook folds what follows too, up to the next heading" in built.stderr
    book.write_page(f"{SOLVED}## A heading\n\n{after}")
    assert book.build().returncode == 0


def test_a_wheel_is_built_anew_when_what_it_is_built_from_has_changed(tmp_path, monkeypatch):
    digests = iter(["one", "one", "two"])
    monkeypatch.setattr("attention_lab.site.wheel.files_digest", lambda root, names: next(digests))
    first = wheel(tmp_path / "wheel")
    before = first.stat().st_mtime_ns
    assert wheel(tmp_path / "wheel") == first
    assert first.stat().st_mtime_ns == before
    assert wheel(tmp_path / "wheel") != first
    assert not first.exists()  # what is outdated is not kept


def test_a_wheel_that_cannot_be_built_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr("attention_lab.site.wheel.NEEDED", ("README.md", "LICENSE"))
    with pytest.raises(RuntimeError, match=r"(?s)The package's wheel cannot be built: .+"):
        wheel(tmp_path)
