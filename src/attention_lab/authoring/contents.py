"""Every page of the book is in its contents, and what students do not get is a page."""

import yaml

from attention_lab.authoring.fault import Fault, found_in
from attention_lab.authoring.wording import meant


def faults(book):
    """Pages that nobody would find, and settings that name none."""
    known = {page.file for page in book.pages} | {fault.file for fault in book.broken}
    for path in sorted((book.project / "book").glob("*.md")):
        file = path.relative_to(book.project).as_posix()
        if file not in known:
            todo = f"Add a line to _toc.yml: - file: {file.removesuffix('.md')}"
            yield Fault(file, 1, "This page is not in the contents.", todo)
    settings = yaml.safe_load((book.project / "_config.yml").read_text("utf-8"))
    for name in settings.get("lab_spoilers") or []:
        if f"{name}.md" not in known:
            what = f"lab_spoilers names {name!r}, which is no page."
            place = found_in(book.project, "_config.yml", "lab_spoilers")
            yield Fault(*place, what, meant(name, [file.removesuffix(".md") for file in known]))
