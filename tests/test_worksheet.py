"""The worksheet: whoever rounds at every step finds the key, and it prints as one sheet."""

import math
import re
import subprocess
import sys
from decimal import Decimal

import pytest
import torch

from attention_lab import attention, attention_weights
from attention_lab.worksheet import SHEET, by_hand, drawn, faults, powers_of_e, rounded
from attention_lab.worksheet.markdown import key_of, sheet_of
from tests.axe import violations
from tests.conftest import ROOT

SHEETS = [SHEET, *map(drawn, range(20))]
NUMBER = re.compile(r"(?<![\d.])[−-]?\d+(?:\.\d+)?")


def cents(number):
    """A float to two decimals as a person writes it."""
    return math.floor(number * 100 + 0.5 + 1e-9) / 100


def person(sheet, times):
    """The steps again, in floats, from what is printed: the table of powers included."""
    printed = powers_in(sheet_of(sheet))
    scores = [times * sum(q * k for q, k in zip(sheet.query, row)) for row in sheet.key]
    powers = [printed[score] for score in scores]
    total = round(sum(powers), 2)
    weights = [cents(power / total) for power in powers]
    output = [cents(sum(w * v for w, v in zip(weights, column))) for column in zip(*sheet.value)]
    return scores, powers, total, weights, output


def numbers(text):
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    return [float(found.replace("−", "-")) for found in NUMBER.findall(text)]


def powers_in(text):
    """The printed table of powers: score to power."""
    rows = [line for line in text.splitlines() if line.startswith(("| score |", "| e{sup}"))]
    pairs = [list(map(numbers, rows[n : n + 2])) for n in (0, 2)]
    return {score: power for scores, powers in pairs for score, power in zip(scores, powers)}


def test_the_table_of_powers_is_right_to_two_decimals():
    printed = powers_in(sheet_of(SHEET))
    assert len(printed) == 16
    for score, power in printed.items():
        assert power == cents(math.exp(score))
        assert powers_of_e()[Decimal(str(score))] == Decimal(str(power))


@pytest.mark.parametrize("sheet", SHEETS, ids=["course", *map(str, range(20))])
def test_whoever_rounds_at_every_step_finds_what_the_key_says(sheet):
    assert faults(sheet) == []
    key = key_of(sheet)
    for part, times in zip(key.split("**B.")[:2], (1, sheet.longer)):
        scores, powers, total, weights, output = person(sheet, times)
        assert round(sum(weights), 2) == 1
        rows = [numbers(line) for line in part.splitlines() if line.startswith("| **")]
        assert rows == [list(row) for row in zip(scores, powers, weights)]
        (sums,) = [numbers(line) for line in part.splitlines() if line.startswith("| sum")]
        assert sums == [total, 1]
        entries = [line for line in part.splitlines() if line.startswith("- ")]
        assert [numbers(line)[-1] for line in entries] == output


@pytest.mark.parametrize("sheet", SHEETS, ids=["course", *map(str, range(20))])
def test_by_hand_is_what_attention_does(sheet):
    for times in (1, sheet.longer):
        query = times * torch.tensor([sheet.query], dtype=torch.float64)
        key, value = (torch.tensor(rows, dtype=torch.float64) for rows in (sheet.key, sheet.value))
        steps = by_hand(sheet, times)
        found = attention_weights(query, key)[0]
        assert [float(w) for w in steps.weights] == [round(w.item(), 2) for w in found]
        output = attention(query, key, value)[0]
        reach = 0.005 * value.abs().sum(dim=0)  # each weight is off by half a cent at most
        off = (output - torch.tensor([float(x) for x in steps.output])).abs()
        assert bool((off <= reach + 1e-9).all())


def test_what_the_key_says_in_words_is_so():
    key = torch.tensor(SHEET.key, dtype=torch.float64)
    soft, loud = (
        attention_weights(times * torch.tensor([SHEET.query], dtype=torch.float64), key)[0]
        for times in (1, SHEET.longer)
    )
    words = key_of(SHEET).split("**C. In words.**")[1]
    lost = {name for name, less in zip(SHEET.names, loud < soft) if less}
    assert set(re.findall(r"\*(\w+)\*", words.split(" have lost")[0])) == lost
    grown = (loud[0] / loud[1]) / (soft[0] / soft[1])
    assert numbers(words)[-1] == cents(grown.item())


def test_the_sheet_shows_nothing_of_the_key():
    blank = sheet_of(SHEET)
    filled = [line for line in blank.splitlines() if line.startswith("| **")]
    assert len(filled) == 6
    assert all(numbers(line) == [] for line in filled)
    for steps in (by_hand(SHEET), by_hand(SHEET, SHEET.longer)):
        for number in (*steps.weights, *steps.output):
            assert str(number) not in blank or number in powers_of_e().values()


BAD = {  # a fault, and a sheet that has it
    "different scores": SHEET._replace(key=((0.5, 0.5), (1.5, 0), (-1, 0.5))),
    "scores of the table": SHEET._replace(key=((0.5, 0.5), (2, -0.3), (-1, 0.5))),
    "add up to 1.00": SHEET._replace(key=((2, 0), (1, 0), (0, 0)), longer=2),
    "round clearly": SHEET._replace(key=((1, 0.5), (1.5, 0), (-1, 0.5)), longer=2),
    "every weight to change": SHEET._replace(longer=1),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_sheet_that_a_person_could_not_get_right_is_refused(fault):
    words = {"scores of the table": "different scores"}.get(fault, fault)
    assert any(words in found for found in faults(BAD[fault])), faults(BAD[fault])


def test_a_half_is_rounded_up():
    assert [str(rounded(Decimal(x))) for x in ("0.005", "0.015", "0.0149")] == [
        "0.01",
        "0.02",
        "0.01",
    ]


def test_another_sheet_is_printed_with_its_key():
    run = [sys.executable, "-m", "attention_lab.worksheet", "--seed", "7"]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    sheet, key = done.stdout.split("\n\n---\n\n")
    assert sheet == sheet_of(drawn(7))
    assert key.rstrip() == key_of(drawn(7))


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


MARGIN = dict.fromkeys(("top", "bottom", "left", "right"), "1cm")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_as_one_sheet_and_with_its_key_unfolded_as_two(open_page, paper):
    page = open_page("worksheet")
    assert pages(page.pdf(format=paper, margin=MARGIN)) == 1
    page.get_by_text("The key", exact=True).click()
    assert pages(page.pdf(format=paper, margin=MARGIN)) == 2


def test_on_paper_there_is_the_sheet_and_nothing_else(open_page):
    page = open_page("worksheet")
    page.emulate_media(media="print")
    seen = page.locator("article").inner_text()
    assert seen.startswith("Attention by hand")
    assert "Guess first" not in seen
    assert "8.20" not in seen
    assert page.locator("h1:visible").count() == 0
    page.emulate_media(media="screen")
    assert page.locator("h1:visible").count() == 1


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_nobody_is_kept_out_and_nothing_is_cut_off(open_page, width, scheme):
    page = open_page("worksheet", width, color_scheme=scheme)
    page.get_by_text("The key", exact=True).click()
    assert violations(page, "article") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_students_do_not_get_the_key():
    from attention_lab.release.cutting import cut

    text = cut((ROOT / "book/worksheet.md").read_text("utf-8"), "worksheet.md")
    assert "{worksheet} sheet" in text
    assert "{worksheet} key" not in text
