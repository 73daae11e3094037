"""`.github/publish` against a real repository: what moves, what stays, and what fails loudly."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

BIN = Path(sys.executable).parent
OTHER = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")


class Fork:
    """A repository on a server, a clone of its default branch as CI has it, and a built site."""

    def __init__(self, folder):
        self.folder = folder
        self.server = folder / "server.git"
        self.clone = folder / "clone"
        self.site = folder / "site"
        self.git(folder, "init", "--quiet", "--bare", "--initial-branch=trunk", str(self.server))
        self.git(folder, "init", "--quiet", "--initial-branch=trunk", str(folder / "author"))
        self.write("env: 1\n")
        self.build("one")
        # With file:// the server sends what was asked for, as from afar; CI's clone is shallow.
        address = self.server.as_uri()
        self.git(folder, "clone", "--quiet", "--depth=1", address, str(self.clone))

    def environment(self):
        """Nobody's settings, and a path on which ghp-import is found."""
        path = os.pathsep.join([str(self.folder / "bin"), str(BIN), os.environ["PATH"]])
        return os.environ | {
            "PATH": path,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "HOME": str(self.folder),
        }

    def git(self, where, *arguments):
        """Run git and return what it prints."""
        command = ["git", "-C", str(where), *OTHER, *arguments]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, environment, chapter="text"):
        """Commit an environment and a chapter on the default branch."""
        author = self.folder / "author"
        (author / ".binder").mkdir(exist_ok=True)
        (author / ".binder/environment.yml").write_text(environment)
        (author / "chapter.md").write_text(chapter)
        self.git(author, "add", ".")
        self.git(author, "commit", "--quiet", "--message", chapter)
        self.git(author, "push", "--quiet", str(self.server), "trunk")

    def update(self):
        """The clone of the next run of CI."""
        self.git(self.clone, "fetch", "--quiet", "--depth=1", "origin", "trunk")
        self.git(self.clone, "reset", "--quiet", "--hard", "FETCH_HEAD")

    def build(self, words):
        """A built site: a page, a file that Jekyll would leave out, a notebook and a wheel."""
        for path in ("index.html", "_static/a.js", "notebooks/a.ipynb", "notebooks/lab-1-any.whl"):
            (self.site / path).parent.mkdir(parents=True, exist_ok=True)
            (self.site / path).write_text(words)

    def publish(self):
        """Run the script as the workflow does."""
        return subprocess.run(
            [ROOT / ".github/publish", self.site],
            cwd=self.clone,
            env=self.environment(),
            capture_output=True,
            text=True,
        )

    def has(self, branch):
        """The server's branch: its commits, the newest first."""
        return self.git(self.server, "rev-list", branch).split()

    def files(self, branch):
        """The files in the server's branch."""
        return set(self.git(self.server, "ls-tree", "-r", "--name-only", branch).split())


@pytest.fixture
def fork(tmp_path):
    return Fork(tmp_path)


def published(fork):
    done = fork.publish()
    assert done.returncode == 0, done.stderr
    return fork.has("binder"), fork.has("gh-pages")


def test_the_first_time_makes_both_branches(fork):
    binder, site = published(fork)
    assert (len(binder), len(site)) == (1, 1)
    assert fork.files("binder") == {".binder/environment.yml"}
    assert fork.files("gh-pages") == {
        ".nojekyll",
        "index.html",
        "_static/a.js",
        "notebooks/a.ipynb",
        "notebooks/lab-1-any.whl",
    }
    tip = fork.git(fork.server, "rev-parse", "trunk")
    assert fork.git(fork.server, "log", "-1", "--format=%s", "gh-pages") == f"Site of {tip}"


def test_the_second_time_leaves_the_environment_and_adds_to_the_site(fork):
    binder, site = published(fork)
    fork.write("env: 1\n", chapter="other words")
    fork.update()
    fork.build("two")
    (fork.site / "_static/a.js").unlink()
    binder_again, site_again = published(fork)
    assert binder_again == binder
    assert site_again[1:] == site
    assert fork.git(fork.server, "show", "gh-pages:index.html") == "two"
    assert "_static/a.js" not in fork.files("gh-pages")


def test_a_copy_of_a_notebook_still_finds_the_wheel_that_it_came_with(fork):
    published(fork)
    (fork.site / "notebooks/lab-1-any.whl").unlink()
    (fork.site / "notebooks/lab-2-any.whl").write_bytes(b"\x00two")
    published(fork)
    shutil.rmtree(fork.site)  # CI builds each site in a folder of its own
    fork.build("three")
    (fork.site / "notebooks/lab-1-any.whl").rename(fork.site / "notebooks/lab-3-any.whl")
    published(fork)
    wheels = {name for name in fork.files("gh-pages") if name.endswith(".whl")}
    assert wheels == {f"notebooks/lab-{n}-any.whl" for n in (1, 2, 3)}
    assert fork.git(fork.server, "show", "gh-pages:notebooks/lab-1-any.whl") == "one"
    assert fork.git(fork.server, "show", "gh-pages:notebooks/lab-2-any.whl") == "\x00two"


def test_a_changed_environment_moves_its_branch_by_one_commit(fork):
    binder, _ = published(fork)
    fork.write("env: 2\n")
    fork.update()
    again, site = published(fork)
    assert again[1:] == binder
    assert fork.git(fork.server, "show", "binder:.binder/environment.yml") == "env: 2"
    assert len(site) == 2


def test_a_fresh_clone_publishes_on_top_of_what_is_there(fork):
    published(fork)
    fork.clone = fork.folder / "fresh"
    fork.git(fork.folder, "clone", "--quiet", "--depth=1", fork.server.as_uri(), str(fork.clone))
    binder, site = published(fork)
    assert (len(binder), len(site)) == (1, 2)


def test_a_reader_who_kept_an_older_site_can_merge_the_newer_one(fork):
    published(fork)
    kept = fork.folder / "kept"
    fork.git(fork.folder, "clone", "--quiet", "-b", "gh-pages", str(fork.server), str(kept))
    fork.build("two")
    published(fork)
    fork.git(kept, "pull", "--quiet", "--ff-only")
    assert (kept / "notebooks/a.ipynb").read_text() == "two"


def test_a_custom_domain_outlives_the_next_site(fork):
    published(fork)
    settings = fork.folder / "settings"
    fork.git(fork.folder, "clone", "--quiet", "-b", "gh-pages", str(fork.server), str(settings))
    (settings / "CNAME").write_text("attention.example.org")
    fork.git(settings, "add", ".")
    fork.git(settings, "commit", "--quiet", "--message", "Create CNAME")
    fork.git(settings, "push", "--quiet", "origin", "gh-pages")
    published(fork)
    assert fork.git(fork.server, "show", "gh-pages:CNAME") == "attention.example.org"


def test_a_site_that_others_published_meanwhile_is_not_overwritten(fork):
    published(fork)
    other = fork.folder / "other"
    fork.git(fork.folder, "clone", "--quiet", "-b", "gh-pages", str(fork.server), str(other))
    fork.git(other, "commit", "--quiet", "--allow-empty", "--message", "theirs")
    # They push between the fetch and the push: when ghp-import runs.
    (fork.folder / "bin").mkdir()
    stand_in = fork.folder / "bin/ghp-import"
    stand_in.write_text(
        f'#!/bin/sh\ngit -C "{other}" push --quiet origin gh-pages\n"{BIN}/ghp-import" "$@"\n'
    )
    stand_in.chmod(0o755)
    done = fork.publish()
    assert done.returncode != 0
    assert "rejected" in done.stderr
    assert fork.git(fork.server, "log", "-1", "--format=%s", "gh-pages") == "theirs"


@pytest.mark.parametrize("branch", ["binder", "gh-pages"])
def test_a_server_that_says_no_fails_the_run(fork, branch):
    hook = fork.server / "hooks/update"
    hook.write_text(f'#!/bin/sh\n[ "$1" != refs/heads/{branch} ] || {{ echo no, no; exit 1; }}\n')
    hook.chmod(0o755)
    done = fork.publish()
    assert done.returncode != 0
    assert "no, no" in done.stderr
    # The site links to the environment: without the one there is not the other.
    assert "gh-pages" not in fork.git(fork.server, "branch")


def test_a_server_that_cannot_be_asked_is_not_taken_for_one_without_branches(fork):
    fork.git(fork.clone, "config", "remote.origin.uploadpack", "false")  # a push would work
    assert fork.publish().returncode != 0
    assert fork.git(fork.server, "branch", "--format=%(refname:short)") == "trunk"


def test_no_site_is_said_before_anything_is_pushed(fork):
    (fork.site / "index.html").unlink()
    done = fork.publish()
    assert done.returncode == 1
    assert "build the book first" in done.stderr
    assert fork.git(fork.server, "branch", "--format=%(refname:short)") == "trunk"
