"""The cells of a page as a reader meets them: found by what is written on them."""

from functools import cache

from playwright.sync_api import expect

from attention_lab.exercises import ALL
from attention_lab.page.scripts import joined

CHAPTER_OF = {
    "1.2": "copying",
    "1.3": "averaging",
    "1.4": "interactions",
    "1.5": "words",
    "1.6": "loudness",
    "1.7": "heads",
    "1.8": "learned",
    "1.9": "real",
}
NUMBERS = [task.number for task in ALL]
ENDLESS = "while True:\n    pass"
# Storage as some browsers have it: forbidden, or full. For our names only: the theme's scripts fail
# by themselves without it.
REFUSE = """for (const method of %s) {
    const real = Storage.prototype[method];
    Storage.prototype[method] = function (name, ...rest) {
        if (name.startsWith("attention-lab")) throw new DOMException("Refused.", "%s");
        return real.call(this, name, ...rest);
    };
}"""
FORBIDDEN = REFUSE % ('["getItem", "setItem", "removeItem"]', "SecurityError")
FULL = REFUSE % ('["setItem"]', "QuotaExceededError")


def chapter_of(number):
    """The page that an exercise is on."""
    return CHAPTER_OF[number[:3]]


@cache
def words_module():
    return joined(["runner/words.js"])


def words(page, name, *args):
    """What the page says, from its own list; with arguments where it is a sentence with gaps."""
    gaps = f"({', '.join(map(repr, args))})" if args else ""
    return page.evaluate(f"(() => {{ {words_module()} return WORDS.{name}{gaps}; }})()")


def exercise_cell(page, number):
    """The element that an exercise's code is in."""
    return page.locator(f'[data-exercise="{number}"]')


def cell_with(page, text):
    """The first running cell whose published code has this text in it."""
    return page.locator(".lab-cell", has=page.locator("pre", has_text=text)).first


def button(cell, name):
    """One of a cell's buttons, by its accessible name."""
    return cell.get_by_role("button", name=name, exact=True)


def code(cell):
    """A cell's field."""
    return cell.get_by_role("textbox")


def finished(cell):
    """Wait until a cell no longer runs."""
    expect(button(cell, "Run")).not_to_have_attribute("aria-disabled", "true", timeout=30_000)


def run(cell, text=None):
    """Type a text, press Run, and wait; returns what the cell printed and showed."""
    if text is not None:
        code(cell).fill(text)
    button(cell, "Run").click()
    finished(cell)
    return cell.locator(".cell_output").inner_text().strip()


def verdict(cell):
    """The card that a cell shows, as HTML."""
    return cell.locator(".cell_output .text_html").inner_html()


def said(cell):
    """What the cell has last said to those who listen."""
    return cell.get_by_role("status").inner_text()


def answer_code(number, answer):
    """A cell that a reader might have written."""
    function = next(task.function for task in ALL if task.number == number)
    return (
        f'def {function}():\n    return torch.tensor({answer})\n\n\ncheck("{number}", {function}())'
    )
