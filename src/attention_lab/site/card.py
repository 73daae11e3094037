"""What a chat or a feed shows of a link to a page: title, description and a picture.

Such a card needs full addresses. Where the site's is not known (``origin.py``) there is none.
"""

from pathlib import Path

from attention_lab.site.description import meta, title_of
from attention_lab.site.fresh import files_digest

PICTURE, WIDTH, HEIGHT = "_static/card.png", 1200, 630
PACKAGE = Path(__file__).parents[1]
MADE_FROM = ("figures", "site/card.py")
INCHES = 6  # of the width; so letters are as large as in a picture of a page on a phone


def setup(app):
    """Tell the address of each page, describe its card, draw the one picture."""
    app.connect("config-inited", _tell_address, priority=600)  # origin.py has looked
    app.connect("html-page-context", _describe)  # description.py has said what the page is about
    app.connect("build-finished", _draw)


def _tell_address(app, config):
    """With it, Sphinx gives each page the address that it is best known by."""
    config.html_baseurl = config.html_baseurl or config.lab_origin.site or ""


def _describe(app, page, template, context, doctree):
    if app.config.html_baseurl:
        for said in _card(app, page, context):
            context["metatags"] += meta("property", *said)
        context["metatags"] += meta("name", "twitter:card", "summary_large_image")


def _card(app, page, context):
    """Names and contents, as the Open Graph protocol has them."""
    yield "og:type", "article"
    yield "og:site_name", app.config.project
    yield "og:title", title_of(app, page, context)
    yield "og:description", context["lab_description"]
    yield "og:url", context["pageurl"]
    yield "og:image", app.config.html_baseurl + PICTURE
    yield "og:image:width", str(WIDTH)
    yield "og:image:height", str(HEIGHT)
    yield "og:image:alt", "Three keys as arrows in a circle, and a query between two of them."


def _draw(app, exception):
    """Draw the picture, unless it stands there already."""
    if exception or app.builder.format != "html" or not app.config.html_baseurl:
        return
    made_from, path = files_digest(PACKAGE, MADE_FROM), Path(app.outdir, PICTURE)
    if not path.exists() or made_from.encode() not in path.read_bytes():
        path.write_bytes(picture(app.config.project, made_from))


def picture(title, made_from):
    """The picture of every card: the title, and beside it the first picture of the book.

    Args:
        title: of the book.
        made_from: a comment to put into the file.

    Returns:
        The bytes of a PNG, the same on every build.
    """
    import io
    import textwrap

    import matplotlib
    import torch

    from attention_lab.figures.flat import circle
    from attention_lab.figures.picture import STYLE

    angle = torch.tensor([90.0, 200.0, 320.0]).deg2rad()
    key, query = torch.stack([angle.cos(), angle.sin()], dim=1), torch.tensor([0.6, 1.04])
    written = io.BytesIO()
    with matplotlib.rc_context(STYLE):
        figure, *_ = circle.__wrapped__(key, ["cat", "dog", "car"], query)  # not yet an SVG
        figure.set_layout_engine("none")
        figure.set_size_inches(INCHES, INCHES * HEIGHT / WIDTH)
        figure.axes[0].set_position((0.5, 0.02, 0.5, 0.96))
        figure.text(0.07, 0.5, textwrap.fill(title, 14), size=23, weight="bold", va="center")
        figure.savefig(
            written,
            dpi=WIDTH / INCHES,
            facecolor="white",
            metadata={"Software": None, "Comment": made_from},
        )
    return written.getvalue()
