"""What have you learned? Ten ideas, each asked in two forms: before the book and after it.

Nobody types an answer. A form is a fixture; ``attention`` in plain Python says what follows from
it, and the right choice is the one that this makes true. The forms differ in their numbers and
words and tempt to the same mistakes.

>>> QUESTIONS[0].asked("before").right
2
"""

from attention_lab.questions import (
    added,
    duplicate,
    inside,
    key_edit,
    longer_key,
    louder,
    order,
    outside,
    value_edit,
    words,
)
from attention_lab.questions.question import FORMS

__all__ = ["FORMS", "QUESTIONS"]

QUESTIONS = (
    louder.QUESTION,
    added.QUESTION,
    value_edit.QUESTION,
    key_edit.QUESTION,
    longer_key.QUESTION,
    duplicate.QUESTION,
    order.QUESTION,
    outside.QUESTION,
    inside.QUESTION,
    words.QUESTION,
)
