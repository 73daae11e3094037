"""A chapter as its author wrote it: directives, cells, texts and labels, each with its line.

The Markdown is taken apart by MyST-Parser, as in the build, but nothing is looked up or run.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property

import yaml
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from attention_lab.authoring.parts import Break, Directive, Label, Text

EXTENSIONS = {"colon_fence", "dollarmath", "linkify", "substitution", "tasklist"}  # Jupyter Book's
DIRECTIVE = re.compile(r"\{([\w:-]+)\}(?:\s+(.*))?")
OPTION = re.compile(r":([\w-]+):(?:\s+(.*))?")
CELL = "code-cell"
# Directives whose bodies are no MyST.
VERBATIM = {
    "",
    CELL,
    "raw-cell",
    "code",
    "code-block",
    "eval-rst",
    "math",
    "raw",
    "hints",
    "criteria",
}


@dataclass
class Page:
    """One file of the book."""

    file: str
    text: str

    @cached_property
    def parts(self):
        """Everything on it, in its order."""
        return list(_in_sections(_in_solutions(_parts(self.text))))

    @cached_property
    def lines(self):
        """Its lines, as an editor has them."""
        return self.text.split("\n")

    def _of(self, kind):
        return [part for part in self.parts if isinstance(part, kind)]

    @cached_property
    def texts(self):
        """Its paragraphs and headings."""
        return self._of(Text)

    @cached_property
    def labels(self):
        """Its targets."""
        return self._of(Label)

    @cached_property
    def breaks(self):
        """What parts its texts."""
        return self._of(Break)

    @cached_property
    def cells(self):
        """Its cells."""
        return self.directives(CELL)

    def directives(self, *names):
        """Its directives of these names; all of them, if none is given."""
        return [part for part in self._of(Directive) if not names or part.name in names]


@cache
def _parser():
    return create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)


def _parts(text, above=0, around=()):
    """The parts of a text, those within directives behind these."""
    heading = 0
    for token in _parser().parse(text):
        line = above + token.map[0] + 1 if token.map else 0
        if token.type in ("fence", "colon_fence"):
            directive = _directive(token, line, around)
            directive.nested = token.level > 0
            yield directive
            if directive.name not in VERBATIM:
                yield from _parts(directive.body, directive.first - 1, (*around, directive))
        elif token.type.startswith("math_block"):
            yield Directive(line, around, name="math", body=token.content, first=line)
        elif token.type == "inline":
            yield Text(line, around, inline=tuple(token.children), heading=heading)
        elif token.type == "substitution_block":
            yield Text(line, around, inline=(token,))
        elif token.type == "myst_target":
            yield Label(line, around, name=token.content)
        elif token.type == "myst_block_break":
            yield Break(line, around, said=token.content.strip())
        heading = int(token.tag[1]) if token.type == "heading_open" else 0


def _directive(token, line, around):
    """A fence as a Directive."""
    found = DIRECTIVE.fullmatch(token.info.strip())
    if not found:
        code = token.type == "fence" or token.info.strip().startswith("{")
        said = token.info.strip() if code else ""  # ":::name" is a box
        return Directive(line, around, argument=said, body=token.content, first=line + 1)
    options, above = _options(token.content, line + 1)
    body = "\n".join(token.content.split("\n")[above:])
    first = line + 1 + above
    nested = "\n" * token.content.startswith(":::")  # a fence, no option: so MyST-Parser has it
    written = nested + token.content
    said = found[2] or ""
    return Directive(line, around, None, found[1], said, options, body, first, written)


def _options(content, first):
    """The options at the head of a directive, each with its line; and how many lines they take."""
    lines, options = content.split("\n"), {}
    if lines[0].strip() == "---" and "---" in lines[1:]:
        above = lines.index("---", 1) + 1
        options = _as_yaml("\n".join(lines[1 : above - 1]), first + 1)
    else:
        above = 0
        while above < len(lines) and (found := OPTION.fullmatch(lines[above].strip())):
            options[found[1]] = (found[2] or "", first + above)
            above += 1
    while above < len(lines) - 1 and not lines[above].strip():
        above += 1
    return options, above


def _as_yaml(text, line):
    """Options written between ``---``; none where they cannot be read, as others will tell."""
    try:
        written = yaml.safe_load(text)
    except yaml.YAMLError:
        written = None
    if not isinstance(written, dict):
        return {}
    return {
        name: (f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value), line)
        for name, value in written.items()
    }


def _in_solutions(parts):
    """Parts, those between ``{solution-start}`` and ``{solution-end}`` told of whose it is."""
    solution = None
    for part in parts:
        part.solution = solution
        yield part
        if getattr(part, "name", "").startswith("solution-"):
            solution = part.argument or None


def _in_sections(parts):
    """Parts, each text told of the heading that it stands under."""
    section = ""
    for part in parts:
        if isinstance(part, Text):
            section = part.plain.strip() if part.heading else section
            part.section = section
        yield part
