"""What the playground asks about an answer, and what it is told: the judge's own words."""

from attention_lab.card import heading, measure
from attention_lab.fixtures import Fixture
from attention_lab.judge import judge


def reply(request):
    """Judge what was found by dragging.

    Args:
        request: dict of ``exercise``, its number; ``answer``, nested lists; the ``key`` and
            ``value`` to judge it on, which the reader may have edited; and where the answer is a
            key, the ``query`` that it was found with.

    Returns:
        Dict of texts and of what there is to measure, for a page or a notebook to show.

    >>> from attention_lab.fixtures import SEED
    >>> asked = {"exercise": "1.3.1", "answer": [[9, 0, 0]], "key": SEED.key, "value": SEED.value}
    >>> reply(asked)["heading"]
    '✗ 1.3.1: not yet'
    """
    fixture = Fixture(key=request["key"], value=request["value"])
    query = request.get("query")
    verdict = judge(request["exercise"], request["answer"], fixture, query=query)
    return {
        "passed": verdict.passed,
        "error": verdict.error,
        "tolerance": verdict.tolerance,
        "diagnosis": verdict.diagnosis,
        "heading": heading(verdict),
        "measure": measure(verdict),
        "message": verdict.message,
    }
