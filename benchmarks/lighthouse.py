"""`make bench-lighthouse`: what Lighthouse says of each chapter on a phone, five times each.

Of the built book, served compressed on this machine, in Chromium. The score of performance hangs on
the machine and on what else it does: run it on an idle one. With words, `… copying heads 3`, it
looks at these chapters, or another number of times.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

from attention_lab.pdf.printing import BROWSERS

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # for what the tests know of the book

from benchmarks.page import served  # noqa: E402
from tests.conftest import CHAPTERS  # noqa: E402

LIGHTHOUSE = "lighthouse@13.5.0"  # fetched by npm on first use, and no part of the book
NODE = Path(sys.executable).parent  # the one that pip has brought
LIMITS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
TIMES = {"first text": "first-contentful-paint", "blocked": "total-blocking-time"}
SHIFT = "cumulative-layout-shift"


def main(words):
    """Measure and print; true when a limit is missed."""
    runs = next((int(word) for word in words if word.isdigit()), 5)
    chapters = [word for word in words if not word.isdigit()] or CHAPTERS
    print(f"medians of {runs}" + "".join(f"{name:>15}" for name in (*LIMITS, *TIMES, "shift")))
    with served() as address:
        missed = [measure(f"{address}/{name}.html", name, runs) for name in chapters]
    return any(missed)


def measure(address, name, runs):
    """Print one chapter's medians; true when it misses a limit."""
    reports = [report(address) for _ in range(runs)]
    scores = {
        kind: median(round(100 * one["categories"][kind]["score"]) for one in reports)
        for kind in LIMITS
    }
    times = [median(value(one, audit) for one in reports) for audit in TIMES.values()]
    shift = max(value(one, SHIFT) for one in reports)
    missed = shift > 0 or any(scores[kind] < limit for kind, limit in LIMITS.items())
    print(
        f"{name:<12}"
        + "".join(f"{score:>15.0f}" for score in scores.values())
        + "".join(f"{time:>12.0f} ms" for time in times)
        + f"{shift:>15.4f}{'  MISSED' if missed else ''}",
        flush=True,
    )
    return missed


def value(report, audit):
    """What was measured."""
    return report["audits"][audit]["numericValue"]


def report(address):
    """One run: Lighthouse's report."""
    program = next(filter(None, map(shutil.which, BROWSERS)))
    command = [
        NODE / "npm", "exec", "--yes", "--", LIGHTHOUSE, address, "--quiet", "--output=json",
        f"--only-categories={','.join(LIMITS)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]  # fmt: skip
    path = os.pathsep.join([str(NODE), os.environ["PATH"]])
    done = subprocess.run(
        command, env=os.environ | {"CHROME_PATH": program, "PATH": path}, capture_output=True
    )
    if done.returncode:
        sys.exit(f"Lighthouse gave up on {address}:\n{done.stderr.decode()[-2000:]}")
    return json.loads(done.stdout)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
