"""The theme's icons, as a font of those that the pages show: a dozen of 1,400."""

import io
import logging
import re

from fontTools import subset
from fontTools.ttLib import TTFont

FULL = "vendor/fontawesome/webfonts/fa-solid-900.ttf"
FACE = (
    '@font-face{font-family:"Font Awesome 6 Free";font-weight:900;font-display:block;'
    'src:url(icons.woff) format("woff")}\n'
)
logging.getLogger("fontTools").setLevel(logging.WARNING)  # else it tells each table that it drops
PRIVATE = re.compile(r"\\([ef][0-9a-f]{3})\b|([\ue000-\uf8ff])", re.IGNORECASE)


def icons_in(css):
    r"""The characters that a style sheet shows from the font, which are for private use.

    >>> [hex(ord(icon)) for icon in icons_in(r'.fa-list:before{content:"\f03a"}')]
    ['0xf03a']
    """
    return sorted({found[2] or chr(int(found[1], 16)) for found in PRIVATE.finditer(css)})


def font_of(icons, static):
    """A font of these characters: the bytes of a WOFF file, the same in every build.

    Args:
        icons: the characters.
        static: the folder that holds the theme's full font.
    """
    options = subset.Options(flavor="woff", notdef_outline=True, layout_features=[])
    font = TTFont(static / FULL, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(icon) for icon in icons])
    subsetter.subset(font)
    font.flavor = "woff"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
