"""What the build is silent about and readers would find, and what it warns of after a minute."""

import pytest

from tests.authoring.small import FILES, line_of, reports, write

SMALL, OTHER = "book/small.md", "book/other.md"
LABEL = "(just-text)=\nJust text.\n"

# What is written into the other page, the line that is at fault then, and what is said of it.
PLANTED = [
    # Shown as it was typed.
    ("See {eq}'lead'.", "See", "This is no role"),
    ("See {eq} `lead`.", "See", "This is no role"),
    ("See {eq`lead`.", "See", "This is no role"),
    ("As [@olsson2022] says.", "As", "This is no citation"),
    ("A note.[^none]", "A note", "no such footnote"),
    ("[red]{.red} text", "[red]", "Nothing is made of these braces"),
    ("It is **bold.", "It is", "These signs mark nothing"),
    ("It is ~~wrong~~ right.", "It is", "These signs mark nothing"),
    ("It is $a + b.", "It is", "A formula begins or ends here only: $."),
    ("##Two", "##Two", "This is no heading"),
    ("[there](a place.md)", "[there]", "This is no link"),
    ("(sec-two)\n\n## Two", "(sec-two)", "This is no label. Write = behind it."),
    ("| a | b |", "| a", "This is no table"),
    ("It is \\(a\\).", "It is", "This begins no formula"),
    ("It costs $5 and then $6.", "It costs", "in a blank, $5 and then $, may be none"),
    ("{{ name }}", "{{", "Nothing is known to stand for {{name}}"),
    # Formulas.
    ("It is $\\fraq{a}{b}$.", "It is", "The formula '\\\\fraq{a}{b}' has a part"),
    ("$$\n\\begin{array} b\n$$", "$$", "Cannot turn the formula"),
    # Headings.
    ("##", "##\n", "This heading has no words"),
    ("## Two\n\n#### Four", "#### Four", "A level is left out: #### below ##. Write ###."),
    ("# Again", "# Again", "This page has a second title"),
    # Links and files.
    (f"{LABEL}\nSee [](#just-text).", "See", "'just-text' has no title that could be shown"),
    (f"{LABEL}\nSee {{ref}}`just-text`.", "See", "Write [words](#just-text)."),
    ("[x](http:/a.org)", "[x]", "The address 'http:/a.org' lacks a host"),
    ("{download}`data <x.csv>`", "{down", "There is no file 'x.csv'"),
    ("{doc}`none`", "{doc}", "There is no file 'none.md'"),
    ("```{figure} none.png\n:alt: Two.\n```", "```{fig", "There is no file 'none.png'"),
    ("```{literalinclude} none.py\n```", "```{lit", "There is no file 'none.py'"),
    # Fences.
    ("```pyhton\na = 1\n```", "```pyhton", "colours the language 'pyhton'. Did you mean python?"),
    ("```{code-block} pyhton\na = 1\n```", "```{code", "Nothing colours the language 'pyhton'"),
    ("```python\na = 1\nprint(“a”)\n```", "print", "No python has '“' here"),
    ("```{note]\nA.\n```", "```{note]", "This fence opens no directive: '{note]'"),
    ("```{ note }\nA.\n```", "```{ note", "This fence opens no directive"),
    ("```{note}A.\n```", "```{note}A", "This fence opens no directive"),
    (":::{note]\nA.\n:::", ":::{note]", "This fence opens no directive"),
    ("```{worksheet} sheets\n```", "```{work", "Did you mean sheet?"),
]


@pytest.mark.parametrize(("more", "at", "said"), PLANTED)
def test_it_is_reported_once_and_in_its_place(tmp_path, more, at, said):
    text = f"{FILES[OTHER]}\n{more}\n"
    (write(tmp_path) / OTHER).write_text(text, "utf-8")
    (found,) = reports(tmp_path)
    assert found.startswith(f"{OTHER}:{line_of(text, at)}: "), found
    assert said in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[hide-output, runnable]", "[hide-output runnable]", "Write a comma between two."),
        ("`all_of_it:.2f`", "`all_of_it:.2g1`", "No number can be written in the form '.2g1'"),
    ],
)
def test_so_it_is_in_cells_and_where_they_are_quoted(tmp_path, old, new, said):
    text = FILES[SMALL].replace(old, new)
    (write(tmp_path) / SMALL).write_text(text, "utf-8")
    found = reports(tmp_path)
    assert found[0].startswith(f"{SMALL}:{line_of(text, new)}: ")
    assert said in found[0]


def test_a_byte_order_mark_is_told(tmp_path):
    (write(tmp_path) / SMALL).write_text(FILES[SMALL], "utf-8-sig")
    found = [report for report in reports(tmp_path) if report.startswith(SMALL)]
    assert found[0].startswith(f"{SMALL}:1: Before the first letter stands a byte-order mark")


RIGHT = f"""
It costs $5, or \\$6.

This is `\\(b\\)`, `{{eq}}`, `a ** b` and `| c |` are code.
The set {{k0, k1}} has a [note](#just-text).[^1] An [x]: (a)(b) and (so-called) words.

[^1]: The note, of 3 * 2 and of k_0.

{LABEL}
(a-table)=
## A table

| a | b |
|---|---|
| **1** | $x$ |

See [](#a-table), {{ref}}`a-table`, {{doc}}`small`, {{doc}}`/book/small` and https://a.org/x_(y).

```text
{{note]  ** ~~ ## “
```

```
no language
```

```sh
make check  # "quoted"
```

```{{code-block}} python
:force:
a = “
```

:::note
A box.
:::

:::{{note}}
## In a box
:::

#### Four
"""


def test_what_is_right_is_not_complained_about(tmp_path):
    text = FILES[OTHER] + RIGHT.replace("#### Four", "### Three\n\n#### Four\n\n## Two\n")
    (write(tmp_path) / OTHER).write_text(text, "utf-8")
    assert reports(tmp_path) == []


def test_what_the_settings_say_stands_for_something_is_known(tmp_path):
    (write(tmp_path) / OTHER).write_text(FILES[OTHER] + "\n{{ name }}\n", "utf-8")
    (tmp_path / "_config.yml").write_text("parse:\n  myst_substitutions:\n    name: A\n", "utf-8")
    assert reports(tmp_path) == []
