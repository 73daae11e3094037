"""Why an attempt is right or wrong: the diagnoses, in the order in which they are tried.

Each is a function of an ``Attempt``. It returns what to fill into the message of its name, or None
where it does not apply. The rules hang on what an exercise asks for, never on its number; what one
of them needs of its own is data of the exercise, ``foreseen``.
"""

from attention_lab.arithmetic import total_variation
from attention_lab.attempt import FARTHEST
from attention_lab.diagnoses import asking, edited_key, heads, passing
from attention_lab.exercises import even_shares
from attention_lab.wording import beside, text_of


def diagnose(attempt):
    """The first diagnosis that applies: the key of its message, and what to fill in there.

    >>> from attention_lab.attempt import Attempt
    >>> from attention_lab.exercises import exercise
    >>> diagnose(Attempt(exercise("1.2.1"), [[50, 0]], value=[[1.0], [0.0]]))
    ('correct', {'error': '0', 'slack': '0.05'})
    """
    for name, kinds, rule in RULES:
        details = rule(attempt) if attempt.task.kind in kinds else None
        if details is not None:
            return name + details.pop("variant", ""), details


def foreseen(attempt):
    """The exercise says itself what to say of the weights that this gets."""
    for instead, says in attempt.task.foreseen.items():
        rows = zip(attempt.weights, even_shares(instead, len(attempt.value)))
        if all(total_variation(got, asked) <= FARTHEST for got, asked in rows):
            return {"says": says}


def off_target(attempt):
    """The output misses the target."""
    tolerance = attempt.task.tolerance
    return {"error": beside(attempt.error, tolerance), "tolerance": text_of(tolerance)}


# The diagnosis, for what kinds of exercise it is, its rule.
QUERY, KEY, HEADS = ("query", "matrix"), ("key",), ("heads",)
ANY = QUERY + KEY + HEADS
RULES = (
    ("correct", ANY, passing.correct),
    ("right-output-wrong-weights", ANY, passing.right_output_wrong_weights),
    ("foreseen", ANY, foreseen),
    ("too-long", QUERY, asking.too_long),
    ("permuted", QUERY, asking.permuted),
    ("too-loud", KEY, edited_key.too_loud),
    ("too-quiet", KEY, edited_key.too_quiet),
    ("too-soft", QUERY, asking.too_soft),
    ("too-sharp", QUERY, asking.too_sharp),
    ("wrong-key", QUERY, asking.wrong_key),
    ("uneven", QUERY, asking.uneven),
    ("leak", QUERY, asking.leak),
    ("leaking-head", HEADS, heads.leaking),
    ("uneven-heads", HEADS, heads.uneven),
    ("one-sided-heads", HEADS, heads.one_sided),
    ("off-target", ANY, off_target),
)
