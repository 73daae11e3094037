"""axe-core, which npm has brought: what in a page keeps some readers out."""

from tests.conftest import ROOT

SCRIPT = ROOT / "node_modules/axe-core/axe.min.js"
# WCAG 2.2 up to AA, of which axe leaves a rule out unless asked by its tag, and what it advises.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What axe calls violations, short enough to be read in a failing test.
RUN = """async ([within, rules]) => {
    const found = await axe.run(within ?? document, { runOnly: rules });
    return found.violations.flatMap(
        (fault) => fault.nodes.map((node) => `${fault.id}: ${node.html.slice(0, 150)}`));
}"""


def violations(page, within=None):
    """What axe finds wrong.

    Args:
        page: Playwright's.
        within: a selector; the whole page if left out.
    """
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(SCRIPT.read_text("utf-8"))
    return page.evaluate(RUN, [within, RULES])
