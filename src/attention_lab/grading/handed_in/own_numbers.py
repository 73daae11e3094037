"""What a notebook says of whose keys and values it was worked on, where it sets them up.

A release with variants has a cell that asks for the student's number and prints the variant; some
write the number into the cell. Both are a stranger's text: whoever has a neighbour's answers can
put the neighbour's variant there, too. So it never chooses what an answer is judged on; it only
calls for a person where it disagrees, which costs an honest student nothing and helps no other.
"""

import re
from typing import NamedTuple

from attention_lab.variants import variant_for

MOST = 3  # claims of a kind that are looked into: a notebook makes one, each costs a digest
SETS_UP = "work_on("  # what that cell calls, ``session.work_on``
SAID = re.compile(r": variant (\d{1,3}) of ")  # what it prints
# A name as a constant, in the place of input(); no comment is meant.
NAMED = re.compile(
    r"^(?:[ \t]*student[ \t]*=[ \t]*|[^#\n]*\bvariant_for\([ \t]*)([\"'])(.{1,200}?)\1",
    re.MULTILINE,
)


class Claims(NamedTuple):
    """What the cells say that set the numbers up.

    Attributes:
        printed: numbers of variants, in stored output.
        names: of students, as constants in the source. Of each the first ``MOST``.
    """

    printed: tuple = ()
    names: tuple = ()

    def variants(self, course):
        """The numbers of all variants that are claimed, each once, for a course.

        Args:
            course: the name under which variants were handed out; "" where there are none.

        >>> Claims((129,), ("s111", " ")).variants("nlp-2026")
        [129]
        """
        by_name = [_variant_of(name, course) for name in self.names] if course else []
        return [n for n in dict.fromkeys([*self.printed, *by_name]) if n is not None]


def _variant_of(name, course):
    try:
        return variant_for(name, course).number
    except ValueError:  # blank, or letters that are none
        return None


def claims(cells):
    r"""The Claims of a notebook.

    Args:
        cells: pairs ``(source, outputs)`` of its cells of code; outputs of any shape.

    >>> printed = [{"output_type": "stream", "text": ["s1: variant 7 of nlp. Your key …"]}]
    >>> claims([("student = 's1'\nwork_on(mine)", printed), ("x = 1", printed)])
    Claims(printed=(7,), names=('s1',))
    """
    printed, names = [], []
    for source, outputs in cells:
        if SETS_UP in source:
            printed += [int(number) for text in _texts(outputs) for number in SAID.findall(text)]
            names += [name for _, name in NAMED.findall(source)]
    return Claims(*(tuple(dict.fromkeys(said))[:MOST] for said in (printed, names)))


def _texts(outputs):
    """What is in streams; whatever else stands there is passed over."""
    for output in outputs if isinstance(outputs, list) else ():
        text = output.get("text") if isinstance(output, dict) else None
        lines = text if isinstance(text, list) else [text]
        yield "".join(line for line in lines if isinstance(line, str))
