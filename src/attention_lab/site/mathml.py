"""Formulas as MathML, made at build time: no script, no font and no other host is needed.

Browsers draw MathML themselves and screen readers read it.
"""

import re
from html import unescape

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

logger = logging.getLogger(__name__)

# The converter sets "log n" as "logn". Like TeX, leave a thin space beside the name of a function,
# where no sign or bracket stands.
NAMED = re.compile(
    r"(?P<before></m(?:i|n|su[bp]|row|frac)>)?<mi>(?P<name>log|ln)</mi>(?=<m(?P<sign>o)?)"
)
THIN = '<mspace width="0.167em"/>'
# "16{,}384" is one number; the converter makes two of it, with the comma of a list between them.
WITHIN = "</mn><mrow><mo>&#x0002C;</mo></mrow><mn>"


def setup(app):
    """Offer the renderer as ``html_math_renderer: mathml``."""
    app.add_html_math_renderer("mathml", (_visit_inline, None), (_visit_block, None))


def to_mathml(latex, display="inline"):
    """A formula as a ``<math>`` element.

    Args:
        latex: as between dollar signs.
        display: ``"inline"`` or ``"block"``.

    Raises:
        ValueError: the converter does not know what it found, and would print it as it is.

    >>> to_mathml("q")
    '<math xmlns="http://www.w3.org/1998/Math/MathML" display="inline"><mrow><mi>q</mi></mrow></math>'
    """  # noqa: E501
    try:
        mathml = convert(latex, display=display)
    except Exception as error:  # its dozen errors have no common base
        raise ValueError(f"cannot turn the formula {latex!r} into MathML: {error!r}") from error
    letters = unescape(re.sub("<[^>]*>", "", mathml))
    if set(letters) & set("\\&{}$"):
        raise ValueError(f"the formula {latex!r} has a part that MathML was not made from")
    return NAMED.sub(_spaced, mathml.replace(WITHIN, ","))


def _spaced(found):
    """The name of a function, with the spaces that it needs."""
    before = found["before"] + THIN if found["before"] else ""
    return f"{before}<mi>{found['name']}</mi>{'' if found['sign'] else THIN}"


def _visit_inline(translator, node):
    translator.body.append(f'<span class="math">{_checked(node, "inline")}</span>')
    raise nodes.SkipNode


def _visit_block(translator, node):
    translator.body.append(translator.starttag(node, "div", CLASS="math block"))
    if node["number"]:
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, "Link to this equation")
        translator.body.append("</span>")
    translator.body.append(f"{_checked(node, 'block')}</div>\n")
    raise nodes.SkipNode


def _checked(node, display):
    """MathML of a node; what cannot be converted is a warning, and so fails the build."""
    try:
        return to_mathml(node.astext(), display)
    except ValueError as error:
        logger.warning(str(error), location=node)
        return ""
