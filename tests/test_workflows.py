"""The workflows name only what exists, may write only to publish, and run no outdated version."""

import re
import shlex
from pathlib import PurePath

import pytest
import yaml

from attention_lab.site import origin
from tests.conftest import ROOT

FOLDER = ROOT / ".github/workflows"
# With BaseLoader everything is a string, and the key `on` is not True.
WORKFLOWS = {p.stem: yaml.load(p.read_text("utf-8"), yaml.BaseLoader) for p in FOLDER.iterdir()}
JOBS = {
    f"{name}/{job}": said
    for name, workflow in WORKFLOWS.items()
    for job, said in workflow["jobs"].items()
}
STEPS = [(name, step) for name, job in JOBS.items() for step in job["steps"]]
# Named here, so that a new one is a decision. GitHub's machines have had Node 24 alone since
# September 2026: these are the first versions that are made for it.
ACTIONS = {
    "actions/checkout": 5,
    "actions/setup-python": 6,
    "actions/upload-artifact": 6,
    "actions/download-artifact": 7,
    "mamba-org/setup-micromamba": 3,
}
# What is on GitHub's machines, or in the environment that a job has just made.
PROGRAMS = {"echo", "grep", "jupyter", "npx", "pip", "python", "sed"}
MADE_BY_MAKE = {".venv/bin/npm", ".venv/bin/pip", ".venv/bin/python"}
MADE_BY_A_BUILD = ("_build/", "site/")


def words(step):
    """The words of a step's command, without what comes after a `|` or `>`."""
    return shlex.split(step["run"].split(" | ")[0].split(" > ")[0])


def missing(step):
    """What a step's command names that is not here."""
    program, *arguments = words(step)
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    if program == "make":
        return [target for target in arguments if target not in targets]
    absent = [] if program in PROGRAMS | MADE_BY_MAKE or (ROOT / program).is_file() else [program]
    paths = [word for word in arguments if "/" in word and re.fullmatch(r"[\w./*-]+", word)]
    known = [word for word in paths if word.startswith(MADE_BY_A_BUILD)]
    return absent + [word for word in paths if word not in known and not (ROOT / word).exists()]


@pytest.mark.parametrize(("name", "step"), [(n, s) for n, s in STEPS if "run" in s])
def test_what_a_step_runs_exists(name, step):
    assert missing(step) == []


@pytest.mark.parametrize(
    ("run", "absent"),
    [
        ("make bok", ["bok"]),
        (".github/publsh _build/html", [".github/publsh"]),
        ("python .github/way.py", [".github/way.py"]),
        ("cargo build", ["cargo"]),
        (".venv/bin/python -m pytest tests/test_lunch.py", ["tests/test_lunch.py"]),
    ],
)
def test_what_does_not_exist_is_noticed(run, absent):
    assert missing({"run": run}) == absent


def test_the_files_that_an_action_or_a_variable_names_exist():
    given = [step.get(where, {}) for _, step in STEPS for where in ("with", "env")]
    keys = ("cache-dependency-path", "environment-file", "LAUNCH_REQUIREMENTS")
    named = [values[key] for values in given for key in keys if key in values]
    assert sorted(named) == [".binder/environment.yml", ".github/colab.txt", "requirements.txt"]
    assert all((ROOT / path).is_file() for path in named)


@pytest.mark.parametrize("path", [".ci/run", ".github/publish"])
def test_a_script_can_be_executed(path):
    assert (ROOT / path).stat().st_mode & 0o111 == 0o111


def test_only_the_job_that_publishes_may_write():
    assert [workflow["permissions"] for workflow in WORKFLOWS.values()] == [
        {"contents": "read"}
    ] * 2
    own = {name: job["permissions"] for name, job in JOBS.items() if "permissions" in job}
    assert own == {"check/publish": {"contents": "write"}}


def test_no_job_that_only_reads_keeps_the_token():
    for name, step in STEPS:
        if step.get("uses", "").startswith("actions/checkout@") and name != "check/publish":
            assert step["with"]["persist-credentials"] == "false", name


def test_actions_are_few_and_run_on_todays_machines():
    used = {step["uses"] for _, step in STEPS if "uses" in step}
    versions = {tuple(action.split("@v")) for action in used}
    assert {action for action, _ in versions} == set(ACTIONS)
    assert all(int(version) >= ACTIONS[action] for action, version in versions)


def test_every_push_and_every_pull_request_is_checked():
    workflow = WORKFLOWS["check"]
    assert workflow["on"] == {"push": {"branches": ["**"]}, "pull_request": ""}
    assert "if" not in workflow["jobs"]["check"]
    fork = "github.event.repository.fork"
    assert [step for step in workflow["jobs"]["check"]["steps"] if "run" in step] == [
        {"run": ".ci/run", "if": f"${{{{ !{fork} }}}}"},
        {"run": "make check book", "if": f"${{{{ {fork} }}}}"},
    ]


def test_what_is_published_was_checked_in_the_same_run():
    jobs = WORKFLOWS["check"]["jobs"]
    assert jobs["publish"]["needs"] == "check"
    assert jobs["publish"]["if"] == (
        "github.event_name == 'push' && github.ref_name == github.event.repository.default_branch"
    )
    kept, taken = (
        next(s["with"] for s in jobs[job]["steps"] if s.get("uses", "").startswith(action))
        for job, action in (
            ("check", "actions/upload-artifact@"),
            ("publish", "actions/download-artifact@"),
        )
    )
    assert (kept["name"], kept["path"]) == (taken["name"], taken["path"]) == ("site", "_build/html")
    assert jobs["publish"]["steps"][-1]["run"] == f".github/publish {taken['path']}"


def test_only_the_two_names_of_branches_are_written_down():
    script = (ROOT / ".github/publish").read_text("utf-8")
    assert set(re.findall(r"refs/heads/([a-z-]+)|push origin ([a-z-]+)", script)) == {
        (origin.ENVIRONMENT, ""),
        ("", origin.PUBLISHED),
    }
    asked = {step["with"]["ref"] for _, step in STEPS if "ref" in step.get("with", {})}
    assert asked == {origin.PUBLISHED}


def test_nothing_names_an_owner_or_another_host():
    ours = [*FOLDER.iterdir(), ROOT / ".github/publish", ROOT / ".binder/environment.yml"]
    for path in ours:
        text = path.read_text("utf-8")
        text = text.replace("users.noreply.github.com", "")  # the author of what CI commits
        assert re.findall(r"https?:|github\.io|github\.com|\.org|repository_owner", text) == []
    owned = {PurePath(step["uses"]).parts[0] for _, step in STEPS if "uses" in step}
    assert owned == {"actions", "mamba-org"}


def test_the_site_is_built_for_its_own_address():
    for job in ("check/check", "weekly/colab"):
        assert JOBS[job]["env"]["SITE_URL"] == "${{ vars.SITE_URL }}"
    assert origin.origin(ROOT, {"GITHUB_REPOSITORY": "ada/lab", "SITE_URL": ""}).site  # not set


def test_the_version_of_ghp_import_is_found_in_the_requirements():
    (line,) = (s["run"] for _, s in STEPS if "ghp-import" in s.get("run", ""))
    (pattern,) = re.findall(r"grep -o '([^']+)' requirements.txt", line)
    found = re.findall(pattern, (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert [name for name, _, version in (f.partition("==") for f in found) if version] == [
        "ghp-import"
    ]


def test_the_python_of_colab_is_found():
    (command,) = (s["run"] for _, s in STEPS if s.get("id") == "versions")
    (pattern,) = re.findall(r"s/\^(.*)/python=/p", command)
    text = (ROOT / ".github/colab.txt").read_text("utf-8")
    assert re.findall(f"^{pattern}(.*)$", text, re.MULTILINE) == ["3.13.15"]
