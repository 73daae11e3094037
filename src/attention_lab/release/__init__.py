"""What an instructor hands out: a notebook and a site without a trace of a solution, and the key.

Needs a clone of the project: a release is made from the chapters' text. What takes long to import
is imported where it is used, because ``cutting.py`` also serves ``make check``.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from attention_lab.release.book import built, copied, cut_for_students, pages
from attention_lab.site.wheel import PROJECT, wheel

NAME = "understanding-attention.ipynb"


class Told(RuntimeError):
    """Something that students would get tells a solution."""


def release(out, variants=False, project=PROJECT):
    """Make what students get, ``student/``, and what the instructor keeps, ``solution/``.

    Each has the notebook and the package that it installs; the students' also the book as a site.

    Args:
        out: a folder that does not exist, or is empty.
        variants: whether each student works on numbers of their own. The course's name, which is
            what ``variant_for`` takes; or True, and the notebook asks for it.
        project: the folder of the clone.

    Raises:
        FileExistsError: there is something in the folder.
        FileNotFoundError: the project is no clone with chapters.
        ValueError: a chapter marks its solutions in a way that cannot be followed, or a
            setting is none.
        RuntimeError: the book cannot be built.
        Told: a solution is in what students would get. Nothing is written then.
    """
    if variants == "":
        raise ValueError("Expected the name of the course for own numbers; got an empty one.")
    out, project = Path(out), Path(project)
    _refuse_unless_possible(out, project)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "made")
        _make_students(made / "student", project, Path(folder, "cut"), variants)
        _say("Reading every byte of it …")
        _refuse_if_told(made / "student", project)
        _make_solution(made / "solution", project, Path(folder), made / "student", variants)
        shutil.copytree(made, out, dirs_exist_ok=True)
    _say(f"Hand out {out / 'student'}; keep {out / 'solution'}.")


def _refuse_unless_possible(out, project):
    if not (project / "_toc.yml").exists():
        raise FileNotFoundError(
            f"Expected the book's chapters in {project}; there are none. "
            "A release is made in a clone of the project, not from the installed package."
        )
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FileExistsError(
            f"Expected {out} to be an empty folder, or not to be there; it holds something. "
            "Name another folder, or empty this one."
        )
    folder = next(parent for parent in out.absolute().parents if parent.exists())
    if not folder.is_dir():
        raise FileExistsError(f"Expected {folder} to be a folder, to make {out} in; it is a file.")


def _make_students(student, project, cut, variants):
    """The site, then the notebook of its chapters, with a package that has no site."""
    from attention_lab.release.notebooks import joined

    cut.mkdir()
    cut_for_students(copied(project, cut))
    _say("Building the site without solutions …")
    site = built(cut)
    shutil.copytree(site, student / "site")
    shutil.rmtree(cut / "src/attention_lab/site")
    package = wheel(cut / "_build/package", cut)
    shutil.copy(package, student)
    _write(joined(site, pages(cut), package.name, variants), student)


def _refuse_if_told(student, project):
    from attention_lab.release.scan import leaks, secrets

    found = list(leaks(student, secrets(project)))
    if found:
        lines = "\n".join(f"{file}: {told}" for file, told in found[:20])
        raise Told(
            f"Expected no solution in what students get; {len(found)} were found. Mark them in the "
            f"chapters, as attention_lab.release.cutting says.\n{lines}"
        )


def _make_solution(solution, project, folder, student, variants):
    """The students' notebook with the answers in, and a package that has them too."""
    import nbformat

    from attention_lab.release.notebooks import filled_in

    solution.mkdir()
    package = wheel(folder / "package", project)
    shutil.copy(package, solution)
    (theirs,) = student.glob("*.whl")
    text = (student / NAME).read_text("utf-8").replace(theirs.name, package.name)
    text = text.replace("](site/", "](../student/site/")
    _write(filled_in(nbformat.reads(text, as_version=4)), solution)


def _write(notebook, folder):
    import nbformat

    nbformat.validate(notebook)
    (folder / NAME).write_text(nbformat.writes(notebook) + "\n", "utf-8")


def _say(line):
    """Tell on stderr what is going on, which takes a minute."""
    print(line, file=sys.stderr)
