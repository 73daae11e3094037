"""A book of two pages and one exercise that has no fault, to plant faults in."""

import shutil

from attention_lab.authoring import check
from attention_lab.authoring.book import read
from attention_lab.exercises import exercise
from tests.conftest import ROOT

CHAPTER = """\
---
kernelspec: {display_name: Python 3, language: python, name: python3}
---

(sec-small)=
# 1.2 A small chapter

```{code-cell}
import torch

from attention_lab import attention_weights, check, glue, hint, key

nan = torch.nan
```

:::{guess}
Make the query 20 times as loud. How much of the weight goes to k0?

- [ ] about 0.77
  That is what the others think.
- [x] nearly all
  The lead grows with the query. See {eq}`lead`.
:::

```{code-cell}
:tags: [hide-output, runnable]

weight = attention_weights(20 * key[:1], key)
weight
```

```{code-cell}
:tags: [remove-cell]

glue(all_of_it=weight[0, 0])
```

```{math}
:label: lead
q \\cdot (k_0 - k_1) = 0.44
```

All of it is {glue:text}`all_of_it:.2f`, by a lead of 0.44.

```{exercise} 1.2.1: copy v0
:label: ex-121
:nonumber:

Copy the first value. The others are for [later](#sec-other).
```

```{code-cell}
:tags: [exercise]

def get_query121():
    # TODO: replace each nan by a number
    return torch.tensor([[nan, nan, nan]])


check("1.2.1", get_query121())
```

```{hints} 1.2.1
```

```{solution-start} ex-121
:class: dropdown
```

Ten times k0:

```{code-cell}
:tags: [solution, runnable]

k0 = torch.tensor([[0.47, 0.65, 0.60]])
answer = 10 * k0
assert check("1.2.1", answer) and not check("1.2.1", -answer)
check("1.2.1", answer)
```

```{solution-end}
```

## In real models

Heads copy {cite:p}`olsson2022`.

:::{div} lab-progress
The page counts the exercises that you pass.
:::
"""
OTHER = """\
(sec-other)=
# Another page

![Two arrows, one twice as long as the other.](arrows.png)
Back to [](#sec-small).
"""
SOURCES = """\
@misc{olsson2022,
  title  = {In-context Learning and Induction Heads},
  author = {Olsson, Catherine and others},
  year   = {2022},
  eprint = {2209.11895},
  archiveprefix = {arXiv}
}
"""
FILES = {
    "_toc.yml": "format: jb-book\nroot: book/small\nchapters:\n  - file: book/other\n",
    "_config.yml": "title: Small\n",
    "book/small.md": CHAPTER,
    "book/other.md": OTHER,
    "book/references.bib": SOURCES,
}


def write(folder):
    """Write the small book into a folder."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "book/arrows.png").write_bytes(b"")
    for part in ("exercises", "questions", "figures"):
        shutil.copytree(ROOT / "src/attention_lab" / part, folder / "src/attention_lab" / part)
    return folder


TASKS = (exercise("1.2.1"),)


def reports(folder, tasks=TASKS, writeups=()):
    """What the check says of it, a line each."""
    return [str(fault) for fault in check(read(folder, tasks, writeups))]


def line_of(text, part):
    """The number of the first line that has a text."""
    return text[: text.index(part)].count("\n") + 1
