"""A Verdict or a hint as a small card: as HTML and as plain text, the same words in both.

Plain Python and strings, so that a notebook, the page and a report can all show the same card.
The HTML brings its own styles and takes its colours from the text around it, because it must be
readable in JupyterLab, Colab and the book, in light and in dark.
"""

from html import escape

from attention_lab.exercises import ALL
from attention_lab.messages import PHRASES
from attention_lab.wording import beside, steady, text_of

GREEN, ORANGE, BLUE = "#2e8b57", "#c2571a", "#3b7dd8"
SMALL = "font-size:.9em;opacity:.85"
CELL = "padding:.1em .35em;white-space:nowrap;text-align:right;font-weight:normal;border:0"


def heading(verdict):
    """Passed or not, in words.

    >>> from attention_lab.judge import judge
    >>> heading(judge("1.3.1", [[9.0, 0.0, 0.0]]))
    '✗ 1.3.1: not yet'
    """
    passed = "passed" if verdict.diagnosis == "correct" else "remark"
    return PHRASES[passed if verdict else "failed"].format(number=verdict.exercise)


def measure(verdict):
    """The error against the tolerance, in words; empty when there was nothing to measure.

    >>> from attention_lab.judge import judge
    >>> measure(judge("1.3.1", [[0.0, 0.0, 0.0]])), measure(judge("1.3.1", None))
    ('error 0 < tolerance 0.05', '')
    """
    if verdict.error is None:
        return ""
    sign = "<" if verdict.passed else "≥"
    error = beside(verdict.error, verdict.tolerance)
    return f"error {error} {sign} tolerance {text_of(verdict.tolerance)}"


def offer(verdict):
    """How to get on where the answer did not pass; empty when there is no hint.

    >>> from attention_lab.judge import judge
    >>> offer(judge("1.3.1", None))
    'Stuck? hint("1.3.1") gives the next hint.'
    """
    if verdict or not any(task.hints for task in ALL if task.number == verdict.exercise):
        return ""
    return PHRASES["stuck"].format(number=verdict.exercise)


def as_text(verdict):
    """The card in plain text.

    >>> from attention_lab.judge import judge
    >>> print(as_text(judge("1.3.1", [[0.0, 0.0, 0.0]])))
    ✓ 1.3.1: passed   error 0 < tolerance 0.05
    The output is within 0 of the target. That leaves 0.05 of the tolerance.
    weight on            k0    k1    k2    k3
    asked for         0.250 0.250 0.250 0.250
    obtained          0.250 0.250 0.250 0.250
    """
    lines = [f"{heading(verdict)}   {measure(verdict)}".rstrip(), verdict.message]
    if verdict.weights is not None:
        lines.append("weight on        " + "".join(f"{name:>6}" for name in _key_names(verdict)))
        for label, weights in _rows(verdict):
            lines.append(f"{label:18}" + " ".join(f"{steady(weight):.3f}" for weight in weights))
    return "\n".join(lines + [offer(verdict)]).rstrip()


def as_html(verdict, helps=True):
    """The card in HTML.

    Args:
        verdict: what it shows.
        helps: whether it says how to get on, which is of use only where ``hint`` can be called.
    """
    colour = GREEN if verdict else ORANGE
    table = _table(verdict) if verdict.weights is not None else ""
    words = offer(verdict) if helps else ""
    stuck = f'<div style="{SMALL}">{escape(words)}</div>' if words else ""
    return (
        f'<div class="verdict" data-passed="{str(bool(verdict)).lower()}" '
        f'data-diagnosis="{verdict.diagnosis}" style="border-left:4px solid {colour};'
        'padding:.4em .9em;margin:.3em 0;max-width:34em">'
        f'<div><strong style="margin-right:1em">{escape(heading(verdict))}</strong>'
        f'<span style="display:inline-block">{escape(measure(verdict))}</span></div>'
        f'<div style="margin:.3em 0">{escape(verdict.message)}</div>{table}{stuck}</div>'
    )


def hint_as_html(label, text):
    """One hint in HTML."""
    return (
        f'<div class="hint" style="border-left:4px solid {BLUE};padding:.4em .9em;margin:.3em 0;'
        f'max-width:34em"><strong>{escape(label)}.</strong> {escape(text)}</div>'
    )


def _table(verdict):
    """Weights asked for and obtained, row by row; a bar behind each number shows its size."""
    names = "".join(f'<th scope="col" style="{CELL}">{name}</th>' for name in _key_names(verdict))
    rows = [
        f'<tr><th scope="row" style="{CELL};text-align:left">{label}</th>'
        + "".join(_weight_cell(weight) for weight in weights)
        + "</tr>"
        for label, weights in _rows(verdict)
    ]
    return (
        '<div style="overflow-x:auto">'
        '<table style="border-collapse:collapse;margin:.3em 0;font-size:.9em">'
        f'<thead><tr><th scope="col" style="{CELL};text-align:left">weight on</th>{names}</tr>'
        f"</thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _weight_cell(weight):
    """One weight: the number over a bar of that length."""
    weight = steady(weight)
    bar = f"linear-gradient(90deg,rgba(59,125,216,.35) {weight:.1%},transparent {weight:.1%})"
    return f'<td style="{CELL};background:{bar}">{weight:.3f}</td>'


def _rows(verdict):
    """Each line of the table, a label and its weights; rows are named where there are several."""
    for row, (wanted, obtained) in enumerate(zip(verdict.wanted, verdict.weights)):
        yield (f"row {row}: " if len(verdict.wanted) > 1 else "") + "asked for", wanted
        yield "obtained", obtained


def _key_names(verdict):
    return [f"k{k}" for k in range(len(verdict.wanted[0]))]
