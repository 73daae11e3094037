"""A page opened from its file, as an instructor or a student opens it, and watched."""

from contextlib import contextmanager

# Elements and attributes that only a text that was obeyed could bring.
FOREIGN = """() => [...document.querySelectorAll("*")].filter((e) =>
    ["IMG", "MARQUEE", "SVG", "IFRAME", "OBJECT", "B1"].includes(e.tagName.toUpperCase())
    || [...e.attributes].some((a) => a.name.startsWith("on"))
    || (e.href ?? "").toString().startsWith("javascript:")).map((e) => e.outerHTML.slice(0, 99))"""


@contextmanager
def opened(browser, path, width=1280, **options):
    """Open a file; afterwards nothing may have been asked for, said, shown or raised.

    Args:
        browser: Playwright's.
        path: of the file.
        width: of the window.
        **options: of the context, such as ``color_scheme``.
    """
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page, faults, asked = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text))
    page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    page.goto(path.as_uri())
    yield page
    context.close()
    assert {url for url in asked if not url.startswith("blob:")} == {path.as_uri()}
    assert faults == []


def foreign(page):
    """What stands in the page that is not ours."""
    return page.evaluate(FOREIGN)
