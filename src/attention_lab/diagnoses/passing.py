"""Answers that pass."""

from attention_lab.diagnoses.naming import key_name, largest, row_name
from attention_lab.messages import PHRASES
from attention_lab.wording import listed, rounded, text_of

NOTICED = 0.01  # a smaller shift of weight is not worth a mention


def correct(attempt):
    """The output is near enough, and so are the weights."""
    if not attempt.correct:
        return None
    slack = attempt.task.tolerance - attempt.error
    return {"error": rounded(attempt.error, 3, upwards=True), "slack": rounded(slack, 3, False)}


def right_output_wrong_weights(attempt):
    """The output is near enough, by other weights than those asked for."""
    if not attempt.passes:
        return None
    row = largest(attempt.distances)
    shifts = [got - asked for got, asked in zip(attempt.weights[row], attempt.wanted[row])]
    lost = [k for k, shift in enumerate(shifts) if -shift >= min(NOTICED, -min(shifts))]
    gained = [k for k, shift in enumerate(shifts) if shift >= min(NOTICED, max(shifts))]
    moved = [PHRASES["less"].format(key=key_name(k), much=text_of(-shifts[k], 3)) for k in lost]
    moved += [PHRASES["more"].format(key=key_name(k), much=text_of(shifts[k], 3)) for k in gained]
    return {
        "row": row_name(attempt, row),
        "moved": listed(moved),
        "lost": listed(f"v{k}" for k in lost),
        "gained": listed(f"v{k}" for k in gained),
        "error": rounded(attempt.errors[row], 3, upwards=True),
    }
