"""Tables of numbers side by side: what matrices make of the words of a sentence."""

from attention_lab.figures.bars import shades
from attention_lab.figures.numbers import capital, matrix, numbered
from attention_lab.figures.picture import drawn, new_figure


@drawn
def tables(numbers, words):
    """Several tables with the same rows: each cell shows its number, the larger, the darker.

    Args:
        numbers: a dict of titles and tensors ``(w, d)``.
        words: names of the rows.
    """
    figure, panels = new_figure(4.8, 1.9, ncols=len(numbers), sharey=True)
    largest = max(table.abs().max().item() for table in numbers.values())
    for panel, (title, table) in zip(panels, numbers.items(), strict=True):
        shades(panel, table.abs(), largest, table)
        panel.set_title(title, fontsize=10)
        panel.set_xticks([])
        panel.set_yticks(range(len(words)), words)
    said = "; ".join(f"{title}: {_said(table, words)}" for title, table in numbers.items())
    alt = f"Tables side by side, a row for each word. {said}."
    return (
        figure,
        alt,
        *(
            matrix(capital(title), "word", words, numbered("feature ", table.shape[1]), table)
            for title, table in numbers.items()
        ),
    )


def _said(table, words):
    rows = zip(words, table.tolist(), strict=True)
    return ", ".join(f"{word} ({' '.join(f'{x:.2f}' for x in row)})" for word, row in rows)
