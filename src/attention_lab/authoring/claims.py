"""What is claimed of real models has a source: a citation, or a measurement in this book.

Two kinds of paragraph claim something: each one under a title "In real models", and each one that
names a model, a year or those who do research. It must cite (``{cite:p}`name```), quote a number
that a cell has computed (``{glue:text}`name```), lead to where the book shows it (``[](#label)``),
or end in a colon, so that a cell does.
"""

import re

from attention_lab.authoring.fault import Fault
from attention_lab.authoring.glued import ROLES
from attention_lab.authoring.sources import CITES

TITLE = "In real models"
# "In 2017", but not "in 2000 draws".
YEAR = r"(?:(?<=\b[Ii]n )|(?<=ince )|(?<=ntil )|(?<=\())(?:19|20)\d\d\b(?! [a-z]+s\b)"
NAMES = re.compile(
    r"\b(?:BERT|RoBERTa|GPT|T5|LLaMA|Llama|Mistral|Gemini|Claude|PaLM|ELMo|MiniLM|Word2Vec)\b|"
    rf"{YEAR}|\bet al\b|\barXiv\b|"
    r"\b(?:[Rr]esearchers|[Ss]tudies|[Pp]apers|(?:the|this|a|their) paper|[Pp]ublished models?)\b"
)
TODO = "Cite who found it, quote what a cell has computed, or link to where the book shows it."


def faults(book):
    """Paragraphs that claim and do not say whence they know."""
    for page, text in book.texts:
        if text.heading or _has_a_source(text):
            continue
        if _in_real_models(text):
            yield Fault(page.file, text.line, f"Under {TITLE!r} this has no source.", TODO)
            continue
        for named, line in _named(text):
            yield Fault(page.file, line, f"This says {named!r} without a source.", TODO)
            break


def _named(text):
    """Each word of a text that needs a source, with its line."""
    for token, line in text.placed:
        if token.type == "text":
            yield from ((found[0], line) for found in NAMES.finditer(token.content))


def _in_real_models(text):
    boxes = any(box.argument == TITLE for box in text.around)
    aside = any(box.name == "div" and "lab-progress" in box.argument for box in text.around)
    return (boxes or text.section == TITLE) and not aside


def _has_a_source(text):
    linked = any(
        token.type == "link_open" and token.attrs.get("href", "").startswith(("#", "http"))
        for token, _ in text.placed
    )
    quoted = any(text.roles(*CITES, *ROLES))
    return linked or quoted or text.plain.rstrip().endswith(":")
