"""A mistake in the head of a directive is reported once, with its file and line."""

import pytest

from tests.authoring.small import FILES, line_of, reports, write

SMALL, OTHER = "book/small.md", "book/other.md"
FIGURE = "```{figure} arrows.png\n:alt: Two arrows.\n```\n\nBack"

# The file, what is replaced, by what, where the fault is then, and what is said of it.
PLANTED = [
    (SMALL, ":nonumber:", ":nonumbr:", ":nonumbr:", "{exercise} has no option 'nonumbr'. Did you"),
    (SMALL, ":nonumber:", ":number:", ":number:", "Did you mean nonumber?"),
    (SMALL, ":nonumber:\n", "\n:nonumber:\n", ":nonumber:", "below an empty line, so it is text"),
    (SMALL, "```{hints} 1.2.1\n", "```{hints} 1.2.1\n:class: a\n", ":class: a", "Delete it."),
    (
        SMALL,
        "```{hints} 1.2.1\n",
        "```{hints} 1.2.1\nTry.\n",
        "```{hints}",
        "Has content, but none",
    ),
    (SMALL, ":::{guess}\n", ":::{guess}\n:tilte: Think\n", ":tilte:", "Did you mean title?"),
    (SMALL, ":::{guess}\n", ":::{guess}\n:within: no\n", ":::{guess}", "Invalid option value for"),
    (OTHER, "Back", FIGURE.replace("Two arrows.", "Two.\n:width:5"), "```{figure}", "options form"),
    (OTHER, "Back", FIGURE.replace("Two arrows.", "Two.\n:widht: 5"), ":widht:", "mean width?"),
    (OTHER, "Back", FIGURE.replace("Two arrows.", "Two.\n:width: wide"), "```{figure}", "'width'"),
    (OTHER, "Back", ":::{admonition}\nBack.\n:::\n\nBack", ":::{admonition}", "1 argument(s) req"),
    (OTHER, "Back", ":::{dropdown} A\n:class: b\n\nBack.\n:::\n\nBack", ":class: b", "no option"),
    # A name that docutils knows, but cannot have been meant.
    (SMALL, "{hints} 1.2.1", "{hint} 1.2.1", "{hint}", "Did you mean hints?"),
    (OTHER, "Back", "```{rubric} 1.2.1\n```\n\nBack", "```{rubric}", "Did you mean criteria?"),
]


@pytest.mark.parametrize(("file", "old", "new", "at", "said"), PLANTED)
def test_a_mistake_in_a_head_is_reported_in_its_place(tmp_path, file, old, new, at, said):
    text = FILES[file].replace(old, new, 1)
    assert text != FILES[file]
    (write(tmp_path) / file).write_text(text, "utf-8")
    (found,) = [report for report in reports(tmp_path) if "lacks hints" not in report]
    assert found.startswith(f"{file}:{line_of(text, at)}: "), found
    assert said in found


RIGHT = """
```{figure} arrows.png
:alt: Two arrows.
  :width: 50%
:name: fig-arrows

A caption.
```

```{note} It is short.
```

::::{div} lab-wide

:::{dropdown} A fold
:open:
:class-container: wide

:with: a colon, this is text.
:::
::::

```{list-table} Numbers
:header-rows: 1

* - a
  - b
* - c
  - d
```

```{hint}
Point along k0.
```

```{rubric} Further reading
```

```{code-block} python
---
caption: a.py
---
a = 1
```
"""


def test_right_heads_are_not_complained_about(tmp_path):
    (write(tmp_path) / OTHER).write_text(FILES[OTHER] + RIGHT, "utf-8")
    assert reports(tmp_path) == []
