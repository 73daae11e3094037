"""Which rules of a style sheet are used: those whose classes and ids some element may have."""

import re

import tinycss2

TAG = re.compile(r"<[^>]+>")
WORD = re.compile(r"[\w-]+")


def words_used(pages, scripts):
    """All words in the pages' tags and in the scripts: whatever a class can be called.

    >>> sorted(words_used(['<p class="a b">c</p>'], ["add('d-e')"]))
    ['a', 'add', 'b', 'class', 'd-e', 'p']
    """
    words = {word for script in scripts for word in WORD.findall(script)}
    for page in pages:
        words.update(word for tag in set(TAG.findall(page)) for word in WORD.findall(tag))
    return words


def pruned(css, used):
    """A style sheet without the rules that no element can have.

    Args:
        css: the sheet's text.
        used: the classes and ids that there are.

    Returns:
        The text of the rules that are left, and the licences.

    >>> pruned("/*! MIT */ .a, .b:not(.c) > p {top: 0} @media print {.b {top: 0}}", {"b"})
    '/*! MIT */.b:not(.c) > p{top: 0}@media print {.b{top: 0}}'
    >>> pruned("/* why */ .a {top: 0} #b {top: 0} @media print {.a {top: 0}}", {"b"})
    '#b{top: 0}'
    """
    return "".join(_kept(tinycss2.parse_stylesheet(css, skip_whitespace=True), used))


def _kept(rules, used):
    """The text of each rule that is left."""
    for rule in rules:
        if rule.type == "comment" and rule.value.startswith("!"):
            yield rule.serialize()
        elif rule.type == "qualified-rule":
            selectors = [part for part in _selectors(rule.prelude) if _names(part) <= used]
            if selectors:
                yield _block(",".join(map(_text, selectors)), _text(rule.content))
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            within = tinycss2.parse_rule_list(rule.content, skip_whitespace=True)
            if inner := "".join(_kept(within, used)):
                yield _block(f"@{rule.at_keyword}{_text(rule.prelude, '')}", inner)
        elif rule.type == "at-rule" and rule.lower_at_keyword not in ("charset", "font-face"):
            yield rule.serialize()


def _block(head, inner):
    return f"{head}{{{inner}}}"


def _text(tokens, strip=None):
    return tinycss2.serialize(tokens).strip(strip)


def _selectors(prelude):
    """The parts of a rule's head, which are between commas."""
    part = []
    for token in prelude:
        if token == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _names(selector):
    """Classes and ids that an element needs for it; those in ``:not(…)`` or ``:is(…)`` are not."""
    classes = {
        token.value
        for dot, token in zip(selector, selector[1:], strict=False)
        if dot == "." and token.type == "ident"
    }
    return classes | {token.value for token in selector if token.type == "hash"}
