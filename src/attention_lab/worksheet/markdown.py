"""A worksheet and its key as Markdown: the same tables, with blanks or with the numbers by hand."""

from attention_lab.questions.facts import Row, signed
from attention_lab.worksheet import by_hand, powers_of_e

BLANK = r"\_" * 7
LINE = " ".join([BLANK] * 10)  # it may be broken where it is too long
POWER = "e{sup}`score`"
IN_A_ROW = 8  # entries of the table of powers


def sheet_of(sheet):
    """What is given, and room for what is to be found, in MyST."""
    return "\n\n".join(
        [
            f"**Attention by hand** · Name: {BLANK}{BLANK}{BLANK} · Date: {BLANK}{BLANK}",
            f"The query is {Row(sheet.query)}. Round each step to two decimals.",
            given(sheet),
            "Powers of e, for the second step:",
            powers(),
            f"**A. The query {Row(sheet.query)}**",
            to_find(sheet, None),
            f"**B. A query {sheet.longer} times as long: {_longer(sheet)}**",
            to_find(sheet, None, sheet.longer),
            "**C. In words.** Which keys have lost weight? By which factor has the ratio of the "
            f"two largest weights grown, and why?\n\n{LINE}\n\n{LINE}",
        ]
    )


def key_of(sheet):
    """The numbers that belong into the sheet, in MyST."""
    soft, loud = by_hand(sheet), by_hand(sheet, sheet.longer)
    return "\n\n".join(
        [
            "**Attention by hand: the key**",
            f"**A. The query {Row(sheet.query)}**",
            to_find(sheet, soft),
            f"**B. A query {sheet.longer} times as long: {_longer(sheet)}**",
            to_find(sheet, loud, sheet.longer),
            f"**C. In words.** {in_words(sheet, soft, loud)}",
        ]
    )


def given(sheet):
    """The keys and values as a table."""
    rows = zip(sheet.names, map(Row, sheet.key), map(Row, sheet.value))
    return table(["word", "key", "value"], rows)


def powers():
    """The table of powers of e, a few in a row."""
    found = list(powers_of_e().items())
    lines = []
    for start in range(0, len(found), IN_A_ROW):
        part = found[start : start + IN_A_ROW]
        lines.append(["score", *(_score(score) for score, _ in part)])
        lines.append([POWER, *(str(power) for _, power in part)])
    return table(lines[0], lines[1:])


def to_find(sheet, steps, times=1):
    """The three steps as a table and two sums, with blanks where there are no steps."""
    rows = [[f"**{name}**", *_found(steps, n)] for n, name in enumerate(sheet.names)]
    rows.append(["sum", "", str(steps.total) if steps else "", "1.00"])
    heads = ["word", "score: q·k", POWER, f"weight: {POWER} / sum"]
    sums = [_sum(sheet, steps, entry) for entry in range(len(sheet.value[0]))]
    return "\n".join([table(heads, rows), "", "Output:", "", *sums])


def _found(steps, n):
    if not steps:
        return ["", "", ""]
    return [_score(steps.scores[n]), str(steps.powers[n]), str(steps.weights[n])]


def _sum(sheet, steps, entry):
    """An entry of the output as a sum of weights times values."""
    weights = steps.weights if steps else [BLANK] * len(sheet.value)
    parts = " + ".join(f"{w} · {row[entry]}" for w, row in zip(weights, sheet.value))
    found = steps.output[entry] if steps else BLANK
    return f"- {('first', 'second')[entry]} entry: {parts} = {found}"


def _longer(sheet):
    return Row(sheet.longer * number for number in sheet.query)


def _score(number):
    return signed(number, ".1f")


def in_words(sheet, soft, loud):
    """The answer to the last question."""
    ahead, second = sorted(range(len(sheet.names)), key=lambda n: -soft.scores[n])[:2]
    losers = [n for n in range(len(sheet.names)) if loud.weights[n] < soft.weights[n]]
    gap = soft.scores[ahead] - soft.scores[second]
    lost = " and ".join(f"*{sheet.names[n]}*" for n in losers)
    return (
        f"{lost} have lost weight. *{sheet.names[ahead]}* leads *{sheet.names[second]}* by "
        f"{_score(gap)}, then by {_score(sheet.longer * gap)}. The ratio of their weights is e to "
        f"that power, so it has grown by the factor e to the power "
        f"{_score((sheet.longer - 1) * gap)}, which is "
        f"{powers_of_e()[(sheet.longer - 1) * gap]}."
    )


def table(head, rows):
    """A table in Markdown.

    >>> print(table(["", "key"], [["cat", 1]]))
    |  | key |
    |---|---|
    | cat | 1 |
    """
    lines = [head, *rows]
    shown = ["| " + " | ".join(map(format, line)) + " |" for line in lines]
    shown.insert(1, "|" + "---|" * len(head))
    return "\n".join(shown)
