"""Code that is only shown is in a language that the build can colour; a brace there was to be more.

Sphinx warns of a language that it does not know, and of code that is none of its language, which is
how quotes look that a word processor has bent.
"""

from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from sphinx.highlighting import lexer_classes

from attention_lab.authoring.fault import Fault
from attention_lab.meant import meant

USED = ("python", "sh", "text", "yaml", "json", "console", "md")
ERROR = "Token.Error"


def faults(book):
    """Fences that are neither a directive nor code in a language."""
    for page, shown in book.directives("", "code-block", "code"):
        language, *_ = shown.argument.split() or [""]
        if language.startswith("{"):
            what = f"This fence opens no directive: {shown.argument!r}."
            todo = "Write {name} right behind the fence, then a blank."
            yield Fault(page.file, shown.line, what, todo)
            continue
        try:
            lexer = _lexer(language)
        except ClassNotFound:
            what = f"Nothing colours the language {language!r}."
            yield Fault(page.file, shown.line, what, meant(language, USED))
            continue
        wrong = _first_error(lexer, shown.body) if lexer and "force" not in shown.options else None
        if wrong:
            what = f"No {language} has {wrong[1]!r} here."
            yield Fault(page.file, shown.first + wrong[0], what, "Mend it, or call it text.")


def _lexer(language):
    """What takes code in a language apart; None for none."""
    known = lexer_classes.get(language)
    return known() if known else get_lexer_by_name(language) if language else None


def _first_error(lexer, code):
    """The line in a code, and the sign in it, that is none of the language."""
    before = 0
    for kind, said in lexer.get_tokens(code):
        if str(kind) == ERROR:
            return before, said
        before += said.count("\n")
