"""What the page asks of its Python, in MicroPython: one JSON text in, one out."""

import json

from attention_lab.fixtures import SEED
from attention_lab.page.cell import run
from attention_lab.page.data import playground_data, same_start
from attention_lab.page.judging import reply
from attention_lab.variants import from_row


def serve(text):
    """Answer a request.

    Args:
        text: JSON. ``call`` is ``"run"``, ``"judge"`` or ``"data"``; ``variant`` is null or the
            number and the line of ``variants.json`` of the variant that the page is on; the rest
            is what the function called needs.

    Returns:
        JSON, what that function returned.
    """
    request = json.loads(text)
    fixture = from_row(*request["variant"]) if request["variant"] else SEED
    return json.dumps(CALLS[request["call"]](request, fixture))


CALLS = {
    "run": lambda request, fixture: run(request["source"], request["before"], fixture),
    "judge": lambda request, fixture: reply(request),
    "data": lambda request, fixture: playground_data(
        fixture, same_start(request["start"], fixture)
    ),
}
