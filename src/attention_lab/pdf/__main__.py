"""``python -m attention_lab.pdf``: print the book that ``make book`` has built."""

import argparse
import os
import tomllib
from pathlib import Path

import yaml

from attention_lab.pdf.join import join
from attention_lab.pdf.printing import print_book
from attention_lab.site.origin import origin


def main(words=None):
    """Read what to print, print it, and say where it is."""
    asked = _parser().parse_args(words)
    root = asked.root
    site = asked.html or root / "_build/html"
    try:
        document = join(site, root / "_toc.yml", about(root), origin(root, os.environ).site)
        pdf = print_book(document, root / "_build/pdf", asked.paper)
    except FileNotFoundError as error:  # the built book, or a browser: it says what to do
        raise SystemExit(str(error)) from error
    out = asked.out or root / "_build/attention-lab.pdf"
    out.write_bytes(pdf)
    print(f"Open {out.resolve()}")


def _parser():
    parser = argparse.ArgumentParser(prog="python -m attention_lab.pdf", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the folder of _toc.yml")
    parser.add_argument("--html", type=Path, help="the built site; without it _build/html")
    parser.add_argument("--out", type=Path, help="without it _build/attention-lab.pdf")
    parser.add_argument("--paper", default="A4", help="A4 or Letter")
    return parser


def about(root):
    """What the first page says: from the book's settings and the package's."""
    settings = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return {
        "title": settings["title"],
        "about": project["description"],
        "author": settings["author"],
        "version": project["version"],
    }


if __name__ == "__main__":
    main()
