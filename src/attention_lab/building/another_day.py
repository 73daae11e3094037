"""Another day for a program and all that it starts, so that what it writes can be compared.

A few lines of C answer when programs ask what time it is; how long something takes is measured as
ever. libfaketime would do as much, but under Debian's 0.9.10 Python cannot sleep.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

DAYS = 40  # another month, too, and most days another year
CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
  static int (*asked)(clockid_t, struct timespec *);
  if (!asked) asked = dlsym(RTLD_NEXT, "clock_gettime");
  int status = asked(clock, now);
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) now->tv_sec += SHIFT;
  return status;
}

time_t time(time_t *also) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (also) *also = now.tv_sec;
  return now.tv_sec;
}

int gettimeofday(struct timeval *now, void *zone) {
  struct timespec precise;
  int status = clock_gettime(CLOCK_REALTIME, &precise);
  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return status;
}
"""


def another_day(folder):
    """The environment's variables in which it is another day; none where there is no C compiler.

    Args:
        folder: where the compiled clock is put.

    Raises:
        RuntimeError: programs do not believe it.
    """
    compiler = shutil.which("cc")
    if not compiler:
        return {}
    clock = Path(folder, "clock.so").resolve()
    shift = f"-DSHIFT={DAYS * 24 * 60 * 60}"
    command = [compiler, "-shared", "-fPIC", shift, "-x", "c", "-", "-o", clock]
    subprocess.run(command, input=CLOCK, text=True, check=True)
    found = {"LD_PRELOAD": str(clock)}
    days = (_now(found) - time.time()) / (24 * 60 * 60)
    if round(days) != DAYS:
        raise RuntimeError(f"Expected a day that is {DAYS} days away; it is {days:.1f} away.")
    return found


def _now(environment):
    """The time in another Python."""
    asked = [sys.executable, "-c", "import time; print(time.time())"]
    said = subprocess.run(asked, env=environment, check=True, capture_output=True, text=True)
    return float(said.stdout)
