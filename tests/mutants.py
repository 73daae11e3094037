"""`make mutants`: mutmut plants mistakes in the mathematics and the judge; tests must notice.

Some mistakes no test can tell: `<` for `<=` where two numbers never meet, None for False, one
halving more. So a few may live on; each is shown, to be read.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

MUTMUT = str(Path(sys.executable).with_name("mutmut"))
MOST_ALIVE = 0.05
NOTICED = ("killed", "timeout", "caught by type check")


def main():
    """Run mutmut from a clean start; fail when more live on than may."""
    shutil.rmtree("mutants", ignore_errors=True)
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    subprocess.run([MUTMUT, "run"], check=True)
    results = _results()
    alive = [name for name, outcome in results if outcome not in NOTICED]
    for name in alive:
        subprocess.run([MUTMUT, "show", name], check=True)
    total, left = (Counter(map(_module, names)) for names in (dict(results), alive))
    for module in total:
        print(f"{left[module]:4} of {total[module]:4} mutants are alive in {module}")
    return len(alive) > MOST_ALIVE * len(results)


def _results():
    """Each mutant's name and what became of it."""
    command = [MUTMUT, "results", "--all", "true"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    lines = (line.strip().rpartition(": ") for line in done.stdout.splitlines() if ": " in line)
    return [(name, outcome) for name, _, outcome in lines]


def _module(name):
    """The module of a mutant such as ``attention_lab.core.x_attention__mutmut_7``."""
    return name.split(".x")[0]


if __name__ == "__main__":
    sys.exit(main())
