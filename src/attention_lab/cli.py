"""``attention-lab``: what an instructor calls. Its words stand here; what it does, elsewhere."""

import argparse
import sys

PROGRAM = "attention-lab"
INTERRUPTED = 130  # as shells have it
MISTAKE = 2  # the exit status that argparse has for what it cannot understand


def main(arguments=None):
    """Carry out one command.

    Args:
        arguments: what stands behind the program's name; that of this process if left out.

    Returns:
        The exit status: 0 when all is well, 1 when a person must look at something, 2 when nothing
        could be done; what is the matter is on standard error.
    """
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except KeyboardInterrupt:
        print(f"{PROGRAM}: interrupted.", file=sys.stderr)
        return INTERRUPTED
    except (OSError, ValueError, ImportError, RuntimeError) as fault:
        from attention_lab.grading.shown import visible

        print(f"{PROGRAM}: {visible(str(fault))}", file=sys.stderr)
        return MISTAKE


def _parser():
    parser = argparse.ArgumentParser(
        PROGRAM, description="Write the course, hand it out, and mark it."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_release(commands)
    _add_grade(commands)
    _add_gradescope(commands)
    _add_check(commands)
    return parser


def _add_release(commands):
    """``attention-lab release``."""
    about = "make what students get, without solutions, and the solutions for you"
    command = commands.add_parser("release", help=about, description=about)
    command.set_defaults(run=_release)
    command.add_argument("--out", required=True, metavar="DIR", help="an empty or new folder")
    command.add_argument(
        "--variants",
        nargs="?",
        const=True,
        default=False,
        metavar="COURSE",
        help="give each student keys and values of their own; without a name the notebook asks",
    )


def _release(options):
    from attention_lab.release import release

    release(options.out, variants=options.variants)
    return 0


def _add_grade(commands):
    """``attention-lab grade``."""
    about = "mark notebooks without running them"
    command = commands.add_parser("grade", help=about, description=about)
    command.set_defaults(run=_grade)
    command.add_argument(
        "paths", nargs="+", metavar="PATH", help="a notebook, a folder, or a zip of them"
    )
    writes = command.add_argument_group("what is written")
    for name, what in WRITES.items():
        where = "DIR" if name == "feedback" else "FILE"
        writes.add_argument(f"--{name}", metavar=where, help=what)
    how = command.add_argument_group("how it is marked")
    how.add_argument("--roster", metavar="FILE", help="your gradebook, as Canvas or others export")
    how.add_argument(
        "--known-by", metavar="COLUMN", help="of the roster, what students gave as their name"
    )
    _add_rules(how)
    how.add_argument(
        "--writeup-points", metavar="FILE", help="write-ups marked on the page, as it saved them"
    )
    how.add_argument(
        "--decisions",
        metavar="FILE",
        help="a CSV of what you decided on single answers: file, exercise, points, comment",
    )


WRITES = {
    "csv": "the marks as a table",
    "canvas": "the marks as Canvas imports them",
    "json": "the marks for other programs",
    "feedback": "a page for each student; DIR-overview.html and DIR-writeups.html beside them",
    "overview": "the class at a glance, as a page",
    "writeups": "a page to mark the write-ups on",
}


def _grade(options):
    from attention_lab.grading.grade import grade

    options.points = dict(map(_points, options.points))
    return grade(options)


def _add_rules(group):
    """What marking here and on Gradescope have in common."""
    group.add_argument(
        "--variants", metavar="COURSE", help="the name under which variants were handed out"
    )
    group.add_argument(
        "--points",
        action="append",
        default=[],
        metavar="NUMBER=POINTS",
        help="what an exercise is worth, such as 1.2.1=2",
    )


def _points(text):
    """``"1.2.1=2"`` as a pair.

    >>> _points("1.2.1=2")
    ('1.2.1', 2.0)
    """
    from attention_lab.exercises import ALL

    number, _, points = text.partition("=")
    known = [task.number for task in ALL]
    try:
        worth = float(points)
    except ValueError:
        worth = -1
    if number not in known or not 0 <= worth < 1e6:
        example = f"{known[0]}=2, with one of {', '.join(known)}"
        raise ValueError(f"Expected points as {example}; got {text!r}.")
    return number, worth


def _add_gradescope(commands):
    """``attention-lab gradescope``."""
    about = "make the zip that Gradescope takes as an autograder"
    command = commands.add_parser("gradescope", help=about, description=about)
    command.set_defaults(run=_gradescope)
    command.add_argument("--out", required=True, metavar="FILE", help="such as autograder.zip")
    known = "what students gave as their name: sid, email or name"
    command.add_argument("--known-by", default="sid", metavar="FIELD", help=known)
    _add_rules(command)


def _gradescope(options):
    from attention_lab.grading.gradescope import write_autograder

    points = dict(map(_points, options.points))
    write_autograder(options.out, options.variants or "", points, options.known_by)
    print(f"Made {options.out}. On Gradescope: Configure Autograder, upload it as a zip.")
    return 0


def _add_check(commands):
    """``attention-lab check``."""
    about = "say what is wrong with the chapters and exercises, with file and line; builds nothing"
    command = commands.add_parser("check", help=about, description=about)
    command.set_defaults(run=_check)
    command.add_argument(
        "folder", nargs="?", default=".", metavar="DIR", help="of the clone; this one if left out"
    )


def _check(options):
    from attention_lab.authoring import report

    return report(options.folder)
