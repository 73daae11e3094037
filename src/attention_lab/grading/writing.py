"""The files that ``attention-lab grade`` writes, and where."""

from pathlib import Path

from attention_lab.grading.as_json import as_json
from attention_lab.grading.pages.drawing import can_draw
from attention_lab.grading.shown import in_line
from attention_lab.grading.tables import as_canvas, as_csv, other_worth
from attention_lab.writeups import WRITEUPS

HANDED_IN = (".ipynb", ".zip")  # nothing that is written here is called so


def outputs(options):
    """Where each thing is written, by the name of its option.

    The class's pages stand beside the students' folder, not in it, so that the folder can be handed
    out as it is.

    Raises:
        ValueError: one of them would replace what is read, or another of them.
        ModuleNotFoundError: pages are asked for, and what draws them is not installed.
    """
    names = ("csv", "canvas", "json", "feedback", "overview", "writeups")
    found = {name: Path(file) for name in names if (file := getattr(options, name))}
    if "feedback" in found:
        folder = found["feedback"]
        for name in ("overview", "writeups"):
            found.setdefault(name, folder.with_name(f"{folder.name}-{name}.html"))
    read = [*options.paths, options.roster, options.writeup_points, options.decisions]
    for name, file in found.items():
        if file.suffix in HANDED_IN or any(_is_same(file, Path(other)) for other in read if other):
            raise ValueError(f"--{name} would replace {file}, which is read. Name another file.")
        if any(_is_same(file, other) for other_name, other in found.items() if other_name != name):
            raise ValueError(f"--{name} would replace another of the files to write, {file}.")
    if {"overview", "writeups"} & found.keys():
        can_draw()
    return found


def named(options):
    """What is written, in a stable order."""
    return list(outputs(options).values())


def _is_same(one, other):
    return one.resolve() == other.resolve()


def write(options, reports, roster):
    """Write all that is asked for.

    Args:
        options: of the command line.
        reports: a list of ``Report``s.
        roster: a ``Roster``, or None.

    Returns:
        Sentences on what a person should know of it.
    """
    where, complaints = outputs(options), []
    if "csv" in where:
        _save(where["csv"], as_csv(reports))
    if "json" in where:
        _save(where["json"], as_json(reports))
    if "canvas" in where:
        text, left_out = as_canvas(reports, roster)
        _save(where["canvas"], text)
        complaints = [
            f"{in_line(one.file)}: not in {where['canvas']}. {why}"
            for one, why in left_out
            if not one.reasons  # which are told anyway
        ]
        worth = other_worth(reports, roster)
        complaints += [in_line(worth)] if worth else []
    _write_pages(where, reports)
    return complaints


def _write_pages(where, reports):
    """The pages, whose modules are loaded only where there are some."""
    paths = ()
    if "feedback" in where:
        from attention_lab.grading.pages.feedback import write_feedback

        paths = write_feedback(reports, where["feedback"], WRITEUPS)
    if "overview" in where:
        from attention_lab.grading.pages.overview import overview_page

        file = where["overview"]
        _save(file, overview_page(reports, paths, file.parent))
    if "writeups" in where:
        from attention_lab.grading.pages.writeups import writeups_page

        _save(where["writeups"], writeups_page(reports, WRITEUPS))


def _save(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", "backslashreplace", newline="")
