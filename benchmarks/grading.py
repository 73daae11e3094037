"""`make bench-grading`: how long it takes to mark a class, and how long others take.

nbgrader and otter-grader are compared in the same run if they are installed: with this Python, or
with the one that PEERS names, such as PEERS=/path/to/venv/bin/python. Machines are noisy: the
ratios say more than the seconds.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from classroom import ASSIGNMENT, NOTEBOOK, notebook, test_of

from attention_lab.exercises import EXERCISES

CLASS, PEERS_CLASS = 1000, 5
CPU_LIMIT, WALL_LIMIT, MEMORY_LIMIT, COLD_LIMIT = 400, 5.0, 200.0, 0.3
OURS = [sys.executable, "-m", "attention_lab", "grade"]


def main():
    """Print our times against the limits, then the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        fine = [cold(room), batch(room)]
        compare(room)
    return 0 if all(fine) else 1


def cold(room, runs=7):
    """One notebook, from the start of the program to its end."""
    (room / NOTEBOOK).write_bytes(notebook(0))
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        command = [*OURS, room / NOTEBOOK, "--csv", room / "one.csv"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - begun)
    took = statistics.median(seconds)
    print(f"one notebook, cold            {took:8.2f} s     (at most {COLD_LIMIT})")
    return took <= COLD_LIMIT


def batch(room):
    """A large class with every table."""
    folder = room / "class"
    folder.mkdir()
    for n in range(CLASS):
        (folder / f"student{n}.ipynb").write_bytes(notebook(n))
    size = sum(file.stat().st_size for file in folder.iterdir()) / CLASS / 1000
    wall, cpu, memory = measured(
        [*OURS, folder, "--csv", room / "m.csv", "--json", room / "m.json"]
    )
    print(f"{CLASS} notebooks of {size:.0f} kB")
    print(f"wall                          {wall:8.2f} s     (at most {WALL_LIMIT})")
    print(f"a CPU second                  {CLASS / cpu:8.0f} of them (at least {CPU_LIMIT})")
    print(f"memory, all processes         {memory:8.0f} MB    (at most {MEMORY_LIMIT:.0f})")
    return wall <= WALL_LIMIT and CLASS / cpu >= CPU_LIMIT and memory <= MEMORY_LIMIT


def compare(room):
    """CPU seconds a submission, of ours and of the others, in turn and on the same files."""
    python = Path(os.environ.get("PEERS", sys.executable))
    few = room / "few"
    for n in range(PEERS_CLASS):
        (few / f"s{n}").mkdir(parents=True)
        (few / f"s{n}" / NOTEBOOK).write_bytes(notebook(n))
    ours = measured([*OURS, few, "--csv", room / "few.csv"])[1] / PEERS_CLASS
    print(f"\n{PEERS_CLASS} notebooks, CPU seconds each")
    print(f"attention-lab                 {ours:8.3f} s     with its start")
    for name, mark in (("nbgrader", nbgrader), ("otter", otter)):
        if not shutil.which(name, path=python.parent):
            print(f"{name:29} not installed")
            continue
        theirs = mark(python.parent / name, room, few) / PEERS_CLASS
        print(f"{name:29} {theirs:8.3f} s     {theirs / ours:.0f} times ours")


def nbgrader(program, room, few):
    """CPU seconds of nbgrader's autograding."""
    course = room / "nbgrader"
    shutil.copytree(few, course / "submitted")
    for student in (course / "submitted").iterdir():
        (student / ASSIGNMENT).mkdir()
        shutil.move(student / NOTEBOOK, student / ASSIGNMENT / NOTEBOOK)
    (course / "source" / ASSIGNMENT).mkdir(parents=True)
    (course / "source" / ASSIGNMENT / NOTEBOOK).write_bytes(notebook(0))
    quiet(program, "generate_assignment", ASSIGNMENT, cwd=course)
    return quiet(program, "autograde", ASSIGNMENT, cwd=course)


def otter(program, room, few):
    """CPU seconds of otter-grader's autograding, without its containers."""
    course = room / "otter"
    (course / "tests").mkdir(parents=True)
    for task in EXERCISES:
        lines = "\n".join(f">>> {line}" for line in test_of(task).splitlines())
        case = {"code": lines, "hidden": False, "locked": False}
        suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        test = {"name": task.function, "points": task.points, "suites": [suite]}
        (course / "tests" / f"{task.function}.py").write_text(f"OK_FORMAT = True\ntest = {test}\n")
    quiet(program, "generate", "-t", "tests", "-o", "autograder.zip", cwd=course)
    spent = 0.0
    for student in sorted(few.iterdir()):
        spent += quiet(program, "run", "-a", "autograder.zip", student / NOTEBOOK, cwd=course)
    return spent


def quiet(*command, cwd):
    """Run it; CPU seconds of it and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ['PATH']}"  # they call more programs
    environment = os.environ | {"PATH": path}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{command[0]} {command[1]} failed: {done.stderr[-2000:]}")
    return spent_since(before)


def measured(command):
    """Wall seconds, CPU seconds, and the most memory that all its processes held at once, in MB."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0.0
    while process.poll() is None:
        most = max(most, sum(map(megabytes, family(process.pid))))
        time.sleep(0.02)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return time.perf_counter() - begun, spent_since(before), most


def spent_since(before):
    """CPU seconds of the children that ended since."""
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def family(pid):
    """A process and all that descend from it, as Linux tells them."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid] + [other for child in children for other in family(child)]


def megabytes(pid):
    """What a process holds, its share of what it has in common with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)


if __name__ == "__main__":
    sys.exit(main())
