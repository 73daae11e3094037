"""A page as a screen reader tells it: read on in order, and what speaks up by itself."""

# What speaks up when it changes. An atomic region says all of its text, each time.
LISTEN = """(() => {
    const speaks =
        "[role=status], [role=alert], [role=log], output, [aria-live]:not([aria-live=off])";
    globalThis.heard = [];
    new MutationObserver((changes) => {
        const regions = new Set();
        for (const { target } of changes) {
            const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
            for (let at = element; at; at = at.parentElement) {
                if (at.matches(speaks) && !at.closest("[aria-hidden=true]")) regions.add(at);
            }
        }
        for (const region of regions) {
            const text = region.innerText.replace(/\\s+/g, " ").trim();
            const how = region.getAttribute("aria-live") ?? region.role ?? "status";
            if (text) globalThis.heard.push([how, text]);
        }
    }).observe(document, { childList: true, characterData: true, subtree: true });
})()"""
NAMED = {  # roles that are told with their name, and how; what is inside is not told again
    "heading": "heading {level}",
    "link": "link",
    "button": "button",
    "DisclosureTriangle": "fold",
    "textbox": "field",
    "image": "picture",
    "columnheader": "column",
    "rowheader": "row",
    "cell": "cell",
}
BEGIN = {"group", "region", "table"}  # told with their name, then what is inside
SILENT = {"InlineTextBox", "LineBreak"}


def heard(page):
    """What has spoken up since it was last asked, as pairs of how and what."""
    return page.evaluate("heard.splice(0)")


def read_on(page, start, end):
    """The lines that a reader hears between two of them, the second left out."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    lines = list(_lines(nodes[0], {node["nodeId"]: node for node in nodes}))
    first = lines.index(start)
    return lines[first : lines.index(end, first + 1)]


def _lines(node, nodes):
    role, name = (node.get(part, {}).get("value", "") for part in ("role", "name"))
    inside = [nodes[child] for child in node.get("childIds", []) if child in nodes]
    if node.get("ignored"):
        inside_is_told = True
    elif role in NAMED:
        yield _named(node, role, name)
        inside_is_told = False
    elif role == "MathMLMath":
        yield f"math: {_text(node, nodes)}"
        inside_is_told = False
    elif role == "StaticText":
        if name.strip():
            yield name.strip()
        inside_is_told = False
    else:
        if role in BEGIN and name:
            yield f"{role}: {name}"
        inside_is_told = role not in SILENT
    for child in inside if inside_is_told else []:
        yield from _lines(child, nodes)


def _named(node, role, name):
    """Role, state, name and description of something that is told at once."""
    states = {state["name"]: state["value"].get("value") for state in node.get("properties", [])}
    words = NAMED[role].format(level=states.get("level"))
    if role == "textbox" and states.get("multiline"):
        words += " of several lines"
    if "expanded" in states:
        words += ", open" if states["expanded"] else ", closed"
    more = node.get("description", {}).get("value")
    return f"{words}: {name}" + (f" ({more})" if more else "")


def _text(node, nodes):
    if node.get("role", {}).get("value") == "StaticText":
        return node["name"]["value"]
    return "".join(_text(nodes[child], nodes) for child in node["childIds"] if child in nodes)
