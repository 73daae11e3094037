"""A copy of the project, with or without what students may not see, and the book built from it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from attention_lab.release.cutting import cut
from attention_lab.release.package import reduce_to_students
from attention_lab.site.fresh import NOT_SOURCE

COPIED = ("_config.yml", "_toc.yml", "book", "src", "pyproject.toml", "README.md", "LICENSE")
# CI's words for where the book lives: a release has no home, so no link leads to the solutions.
HOME = ("GITHUB_REPOSITORY", "SITE_URL")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SPOILERS, INSTRUCTORS = "lab_spoilers", "lab_instructors"  # in _config.yml
LAST = 30  # lines of a failed build to show


def copied(project, folder):
    """Copy what the book is built from; returns the folder."""
    skip = shutil.ignore_patterns(*NOT_SOURCE, "*.egg-info", ".*")
    for name in COPIED:
        if (project / name).is_dir():
            shutil.copytree(project / name, folder / name, ignore=skip)
        else:
            shutil.copy(project / name, folder / name)
    if (project / "node_modules").exists():  # the build says so if not
        (folder / "node_modules").symlink_to((project / "node_modules").resolve())
    return folder


def cut_for_students(project):
    """Make a copy of the project one without solutions: its pages, chapters and package.

    Raises:
        ValueError: a page that is to be left out is none, or a mark cannot be followed.
    """
    contents = yaml.safe_load((project / "_toc.yml").read_text("utf-8"))
    for key in (SPOILERS, INSTRUCTORS):
        for name in left_out(project, key):
            if name not in pages(project)[1:]:
                raise ValueError(f"_config.yml: {key}: {name!r} is no chapter of _toc.yml.")
            contents["chapters"] = [page for page in contents["chapters"] if page["file"] != name]
            (project / f"{name}.md").unlink()
    (project / "_toc.yml").write_text(yaml.safe_dump(contents), "utf-8")
    for name in pages(project):
        chapter = project / f"{name}.md"
        if not chapter.exists():
            raise ValueError(f"_toc.yml: Expected {name}.md; only what is MyST text can be cut.")
        chapter.write_text(cut(chapter.read_text("utf-8"), f"{name}.md"), "utf-8")
    reduce_to_students(project)


def left_out(project, key):
    """The pages that students do not get, by their names in ``_toc.yml``.

    Args:
        project: its folder.
        key: ``SPOILERS``, pages of which no word may be found elsewhere, or ``INSTRUCTORS``, pages
            that only speak to others.
    """
    settings = yaml.safe_load((project / "_config.yml").read_text("utf-8"))
    return settings.get(key) or []


def pages(project):
    """The names of the book's pages, in its order.

    Raises:
        ValueError: the contents have parts or sections, whose pages a release would not find.
    """
    contents = yaml.safe_load((project / "_toc.yml").read_text("utf-8"))
    chapters = contents.get("chapters", [])
    if set(contents) - {"format", "root", "chapters"} or any(
        set(page) - {"file", "title"} or "file" not in page for page in chapters
    ):
        raise ValueError(
            "_toc.yml: Expected a root and chapters, each a file with or without a title; "
            "a release does not know parts, sections and links."
        )
    return [contents["root"].removesuffix(".md"), *(page["file"] for page in chapters)]


def built(project):
    """Build the book of a copy with the package of that copy; returns the site's folder.

    Raises:
        RuntimeError: it cannot be built; shows how the build ended.
    """
    kept = {name: value for name, value in os.environ.items() if name not in HOME}
    path = os.pathsep.join(filter(None, [str(project / "src"), kept.get("PYTHONPATH")]))
    build = subprocess.run(
        [Path(sys.executable).parent / "jupyter-book", "build", "."],
        cwd=project,
        env=kept | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if build.returncode:
        said = COLOUR.sub("", build.stdout).replace(f"{project.resolve()}{os.sep}", "")
        last = "\n".join(said.splitlines()[-LAST:])
        raise RuntimeError(
            "Expected the book to be built; it was not. Where a page is said to lack: is it under "
            f"lab_spoilers of _config.yml?\n{last}"
        )
    return project / "_build/html"
