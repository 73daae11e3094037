"""Every page of the book is in its contents, and what students do not get is a page."""

from attention_lab.authoring.fault import Fault, found_in
from attention_lab.meant import meant
from attention_lab.release.book import INSTRUCTORS, SPOILERS, left_out


def faults(book):
    """Pages that nobody would find, and settings that name none."""
    known = {page.file for page in book.pages} | {fault.file for fault in book.broken}
    for path in sorted((book.project / "book").glob("*.md")):
        file = path.relative_to(book.project).as_posix()
        if file not in known:
            todo = f"Add a line to _toc.yml: - file: {file.removesuffix('.md')}"
            yield Fault(file, 1, "This page is not in the contents.", todo)
    for key in (SPOILERS, INSTRUCTORS):
        for name in left_out(book.project, key):
            if f"{name}.md" not in known:
                place = found_in(book.project, "_config.yml", f"{key}:")
                names = [file.removesuffix(".md") for file in known]
                yield Fault(*place, f"{key} names {name!r}, which is no page.", meant(name, names))
