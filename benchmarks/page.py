"""`make bench-page`: what the page costs a reader: a drag, a first and a later run, the download.

In the built book, served compressed on this machine, in Chromium. A drag event is one `pointermove`
a frame, as browsers send them; its script counts from the dispatch to the end of all that follows.
Machines are noisy: where a limit is missed on a busy one, run it again on an idle one.
"""

import contextlib
import gzip
import sys
from pathlib import Path
from statistics import median, quantiles

from attention_lab.pdf.printing import chromium

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # for what the tests know of a page

from tests.conftest import serving  # noqa: E402
from tests.playground import Playground  # noqa: E402

SCRIPT_LIMIT, FRAME_LIMIT = 1, 17  # milliseconds, for 95 of 100
FIRST_LIMIT, LATER_LIMIT = 1000, 200  # milliseconds
BYTES_LIMIT, PLAYGROUND_LIMIT = 260_000, 15_000
FIRST_USE = ("worker.js", "micropython.mjs", "micropython.wasm", "python.json")
EVENTS, RUNS = 300, 9
DRAGS = {
    "flat": ("index", {}),
    "in space": ("copying", {}),
    "with the slab": ("interactions", {}),
    "with the hull": ("reach", {"hand": "k4"}),
}
SET = """({ mounted }, parts) => mounted.set({ space: { ...mounted.state.space, ...parts } })"""
# While the mouse holds the handle: a move a frame, its script and the time between frames.
DRAG = """([x, y, events]) => new Promise((done) => {
    const handles = [...document.querySelectorAll(".pg-handle")];
    const handle = handles.find((one) => one.checkVisibility());
    const [script, frames] = [[], []];
    let last = null;
    function step(now) {
        if (last !== null) frames.push(now - last);
        last = now;
        const turn = script.length / 20;
        const [clientX, clientY] = [x + 30 * Math.cos(turn), y + 30 * Math.sin(turn)];
        const move = new PointerEvent("pointermove", { clientX, clientY, pointerId: 1 });
        const start = performance.now();
        handle.dispatchEvent(move);
        script.push(performance.now() - start);
        if (script.length < events) requestAnimationFrame(step);
        else done([script, frames]);
    }
    requestAnimationFrame(step);
})"""
# Press Run, and wait for the verdict's card.
RUN = """(cell) => new Promise((done) => {
    const area = cell.querySelector(".cell_output");
    area.replaceChildren();
    new MutationObserver((_, observer) => {
        if (!area.querySelector(".verdict")) return;
        observer.disconnect();
        done(performance.now() - start);
    }).observe(area, { childList: true, subtree: true });
    const run = [...cell.querySelectorAll("button")].find((one) => one.textContent === "Run");
    const start = performance.now();
    run.click();
})"""


def main():
    """Measure and print; true when a limit is missed."""
    with served() as address, chromium() as browser:
        print(f"milliseconds a drag event, of {EVENTS}       p50     p95")
        missed = [time_drag(browser, address, name) for name in DRAGS]
        print("milliseconds to the verdict of a run")
        missed += [time_runs(browser, address)]
    print("bytes, compressed")
    return any([*missed, count_bytes()])


@contextlib.contextmanager
def served():
    """The built book on a free port: its address."""
    with serving(ROOT / "_build/html") as host:
        yield f"{host}/book"


def opened(browser, address, chapter):
    """A page of the book, with nothing kept from before."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{address}/{chapter}.html", wait_until="networkidle")
    return page


def time_drag(browser, address, name):
    """Drag the handle round and round."""
    chapter, space = DRAGS[name]
    page = opened(browser, address, chapter)
    playground = Playground(page)
    if space:
        playground.root.evaluate(SET, space)
    x, y = playground.client(*playground.middle())
    page.mouse.move(x, y)
    page.mouse.down()
    before = playground.state
    script, frames = page.evaluate(DRAG, [x, y, EVENTS])
    if playground.state == before:
        sys.exit(f"{name}: nothing was dragged")
    page.context.close()
    slow = line(f"script, {name}", script, SCRIPT_LIMIT)
    return line("    between frames", frames, FRAME_LIMIT) or slow


def line(name, times, limit):
    """Print two quantiles; true when the later one is beyond the limit."""
    late = quantiles(times, n=20)[-1]
    print(f"  {name:32}{median(times):8.2f}{late:8.2f}   (p95 at most {limit})")
    return late > limit


def time_runs(browser, address):
    """The first run, with the worker to be loaded, and some more."""
    page = opened(browser, address, "copying")
    cell = page.locator('[data-exercise="1.2.1"]')
    first, *later = [cell.evaluate(RUN) for _ in range(1 + RUNS)]
    page.context.close()
    print(f"  {'the first':32}{first:8.0f}           (at most {FIRST_LIMIT})")
    print(f"  {'a later one, the slowest':32}{max(later):8.0f}           (at most {LATER_LIMIT})")
    return first > FIRST_LIMIT or max(later) > LATER_LIMIT


def count_bytes():
    """What is sent for the playground, and for the first run."""
    lab = ROOT / "_build/html/_static/lab"
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in lab.iterdir()}
    first_use = sum(sizes[name] for name in FIRST_USE)
    playground = sizes["playground.js"]
    print(f"  {'the first run':32}{first_use:8}           (at most {BYTES_LIMIT})")
    print(f"  {'playground.js':32}{playground:8}           (at most {PLAYGROUND_LIMIT})")
    return first_use > BYTES_LIMIT or playground > PLAYGROUND_LIMIT


if __name__ == "__main__":
    sys.exit(main())
