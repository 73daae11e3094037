"""The playground on a page, as a reader meets it: where things are, and how to move them."""

import json
import re
from urllib.parse import quote

import torch

from attention_lab import attention, attention_weights

FLAT, SPACE = "Three words, flat", "Four keys, in space"


class Playground:
    """What a reader does with the playground of a page, and sees of it."""

    def __init__(self, page):
        self.page = page
        page.set_default_timeout(10_000)
        self.root = page.locator("attention-playground")
        self.picture = self.root.locator(".pg-svg").filter(visible=True)
        self.handle = self.root.locator(".pg-handle").filter(visible=True)
        self.verdict = self.root.locator(".pg-verdict")
        self.why = self.root.locator(".pg-why")

    @property
    def state(self):
        """All that the reader has set."""
        return self.root.evaluate("element => element.mounted.state")

    @property
    def query(self):
        """The query that is looked at."""
        state = self.state
        space = state["space"]
        return state["flat"]["query"] if state["form"] == "flat" else space["rows"][space["row"]]

    def press(self, name):
        """Press a button."""
        self.root.get_by_role("button", name=name, exact=True).filter(visible=True).click()

    def choose(self, number):
        """Choose an exercise, in space."""
        self.press(SPACE)
        self.select("Exercise").select_option(number)

    def select(self, name):
        """One of the lists to choose from."""
        return self.root.get_by_role("combobox", name=name, exact=True)

    def field(self, name):
        """The field of a number."""
        return self.root.get_by_role("textbox", name=name, exact=True).filter(visible=True)

    def slider(self, name):
        """A dial."""
        return self.root.get_by_role("slider", name=name).filter(visible=True)

    def client(self, x, y):
        """Where a place of the picture, in its own units and with y upwards, is in the window."""
        self.picture.scroll_into_view_if_needed()
        return self.picture.evaluate(
            """(svg, [x, y]) => {
                const place = new DOMPoint(x, -y).matrixTransform(svg.getScreenCTM());
                return [place.x, place.y];
            }""",
            [x, y],
        )

    def middle(self):
        """Where the handle is, in the picture's units and with y upwards."""
        shift = re.findall(r"-?\d[\d.e-]*", self.handle.get_attribute("transform"))
        return float(shift[0]), -float(shift[1])

    def drag(self, *places, grip=(0, 0)):
        """Drag the handle over places; it is taken so many pixels from its middle."""
        mouse = self.page.mouse
        x, y = self.client(*self.middle())
        mouse.move(x + grip[0], y + grip[1])
        mouse.down()
        for place in places:
            x, y = self.client(*place)
            mouse.move(x + grip[0], y + grip[1])
        mouse.up()

    def shown(self):
        """The numbers that can be read: lists of scores, weights, output, target; the verdict."""
        return self.root.evaluate(SHOWN)


SHOWN = """element => {
    const seen = (node) => !node.closest("[hidden]");
    const [weights, outputs] = [...element.querySelectorAll(".pg-table tbody")];
    const column = (body, n) => [...body.rows].filter(seen)
        .map((row) => row.querySelectorAll("td")[n]).filter(seen)
        .map((cell) => Number(cell.textContent));
    const verdict = element.querySelector(".pg-verdict");
    const line = seen(verdict) ? verdict.querySelector("span").textContent : "";
    return {
        scores: column(weights, 0), weights: column(weights, 1), wanted: column(weights, 3),
        output: column(outputs, 0), target: column(outputs, 2),
        passed: seen(verdict) ? verdict.dataset.passed === "true" : null,
        heading: seen(verdict) ? verdict.querySelector("strong").textContent : "",
        error: line ? Number(line.match(/error (\\S+)/)[1]) : null,
        sign: line ? line.match(/[<≥]/)[0] : null,
    };
}"""


def link(state):
    """What stands behind the address of a page to open it in a state."""
    return "#play=" + quote(state if isinstance(state, str) else json.dumps(state))


def by_torch(query, key, value):
    """Scores, weights and output in float32: ``(…, q, k)``, ``(…, q, k)``, ``(…, q, v)``."""
    query, key, value = (torch.tensor(table, dtype=torch.float32) for table in (query, key, value))
    return query @ key.mT, attention_weights(query, key), attention(query, key, value)
