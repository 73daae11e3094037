"""What a page costs before the first Run, over the wire and compressed, and when it moves."""

import pytest

from tests.conftest import CHAPTERS

LIMIT = 180_000  # bytes, headers and fonts included
SHIFTS = """() => new Promise((done) => {
    const moved = [];
    new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries())
            moved.push([value, sources.map(({ node }) => node?.outerHTML?.slice(0, 99))]);
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(moved), 300);
})"""


@pytest.fixture
def sent(browser, address):
    """Open a page with nothing kept from before; what was sent, by address."""
    contexts = []

    def opener(name):
        contexts.append(browser.new_context(viewport={"width": 390, "height": 800}))
        page = contexts[-1].new_page()
        devtools = contexts[-1].new_cdp_session(page)
        addresses, sizes = {}, {}
        devtools.on(
            "Network.requestWillBeSent",
            lambda asked: addresses.update({asked["requestId"]: asked["request"]["url"]}),
        )
        devtools.on(
            "Network.loadingFinished",
            lambda got: sizes.update({got["requestId"]: got["encodedDataLength"]}),
        )
        devtools.send("Network.enable")
        page.goto(f"{address}/{name}.html", wait_until="networkidle")
        site = address.removesuffix("book")
        return {
            url.removeprefix(site): sizes[number]
            for number, url in addresses.items()
            if url.startswith("http")
        }

    yield opener
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_weighs_at_most_180_kb(sent, name):
    got = sent(name)
    assert {f"book/{name}.html", "_static/icons.woff"} <= set(got)  # the font counts, too
    assert sum(got.values()) <= LIMIT, sorted(got.items(), key=lambda item: -item[1])


def test_a_page_loads_nothing_that_only_other_pages_use(sent):
    chapter, index = (
        {name.partition("?")[0].rpartition("/")[2] for name in sent(page)}
        for page in ("keys", "../genindex")
    )
    unused = {"fontawesome.js", "bootstrap.js", "searchindex.js", "design-tabs.js"}
    assert not unused & (chapter | index)
    assert {"page.js", "playground.js"} <= chapter
    assert not {"page.js", "playground.js"} & index


@pytest.mark.parametrize("name", CHAPTERS)
@pytest.mark.parametrize(("width", "at_most"), [(390, 0), (1280, 0.005)])
def test_nothing_moves_while_a_page_loads(browser, address, name, width, at_most):
    """On a phone nothing; on a wide screen a line or two where a guess becomes a form."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme="dark")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    slow = {"latency": 40, "downloadThroughput": 1_000_000, "uploadThroughput": 100_000}
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    page.goto(f"{address}/{name}.html", wait_until="load")
    moved = page.evaluate(SHIFTS)
    assert sum(much for much, _ in moved) <= at_most, moved
    context.close()
