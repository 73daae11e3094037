"""What a page is made of: directives, texts and labels, each with its line."""

import re
from dataclasses import dataclass, field
from functools import cached_property


@dataclass
class Part:
    """A piece of a page.

    Attributes:
        line: its first, as an editor counts.
        around: the directives that it stands in, the outermost first.
        solution: the label of the exercise whose solution it belongs to; else None.
    """

    line: int
    around: tuple = ()
    solution: str | None = None


@dataclass
class Directive(Part):
    """A fence.

    Attributes:
        name: "" where it only shows code.
        argument: what stands behind the name, or the language of code.
        options: by their names, each with its line.
        body: what stands below them.
        first: the line of the body.
        written: all that stands below the name, options and body.
        nested: whether it stands in a list or a quotation.
    """

    name: str = ""
    argument: str = ""
    options: dict = field(default_factory=dict)
    body: str = ""
    first: int = 0
    written: str = ""
    nested: bool = False

    def line_of(self, option):
        """The line of an option; that of the directive where it is not written so."""
        return self.options.get(option, (None, self.line))[1]

    def option(self, name):
        """The text of an option; "" if there is none."""
        return self.options.get(name, ("", 0))[0]

    @property
    def tags(self):
        """The tags of a cell.

        >>> Directive(1, options={"tags": ("[hide-input, 'runnable']", 2)}).tags
        ['hide-input', 'runnable']
        """
        return re.findall(r"[^\s,\[\]'\"]+", self.option("tags"))

    @property
    def source(self):
        """The code of a cell, from ``first`` on."""
        return self.body.rstrip("\n")


@dataclass
class Text(Part):
    """A paragraph, a heading or a cell of a table.

    Attributes:
        inline: the parser's tokens.
        heading: its level; 0 for what is none.
        section: the heading that it stands under.
    """

    inline: tuple = ()
    heading: int = 0
    section: str = ""

    @cached_property
    def placed(self):
        """Its tokens, each with its line."""
        placed, line = [], self.line
        for token in self.inline:
            placed.append((token, line))
            line += token.type in ("softbreak", "hardbreak") or token.content.count("\n")
        return placed

    @property
    def plain(self):
        """What of it is prose."""
        return "".join(token.content if token.type == "text" else " " for token in self.inline)

    def roles(self, *names):
        """What stands in roles of these names, with the line: ``{cite:p}`name```."""
        for token, line in self.placed:
            if token.type == "myst_role" and token.meta["name"] in names:
                yield token.content, line


@dataclass
class Label(Part):
    """``(name)=``: what links lead to."""

    name: str = ""


@dataclass
class Break(Part):
    """``+++``, between two pieces of text; ``said`` is what stands behind it."""

    said: str = ""
