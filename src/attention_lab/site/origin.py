"""Where this book lives: owner, repository, branch, and the address of its site.

CI says so in its environment; elsewhere git's remote ``origin`` does. So a fork launches itself,
and nobody edits anything. Where neither is known, nothing is made up.
"""

import os
import re
import subprocess
from typing import NamedTuple

PUBLISHED = "gh-pages"  # the branch that holds the built site
ENVIRONMENT = "binder"  # the branch that holds .binder/ and rarely moves
GITHUB = "https://github.com"
REPOSITORY = re.compile(r"(?P<owner>[A-Za-z0-9-]+)/(?P<name>[A-Za-z0-9._-]+?)(\.git)?/?")
# Neither a query nor what a shell or HTML would take for its own: a notebook hands it to pip.
SITE = re.compile(r"https?://[A-Za-z0-9.:_~%/-]+")
REMOTE = re.compile(
    r"(https?://([^@/]+@)?|git://|(ssh://)?git@)(ssh\.)?github\.com(:443)?[/:]", re.IGNORECASE
)


def setup(app):
    """Look once, before anything is read; when the answer changes, every page is written anew."""
    app.add_config_value("lab_origin", None, "html")
    app.connect("config-inited", _look)


def _look(app, config):
    config.lab_origin = origin(app.srcdir, os.environ)


class Origin(NamedTuple):
    """Where the book lives. What is not known is None."""

    owner: str | None = None
    name: str | None = None
    branch: str | None = None
    site: str | None = None

    @property
    def repository(self):
        """The repository's address, or None."""
        return f"{GITHUB}/{self.owner}/{self.name}" if self.owner else None


def origin(root, environ):
    """Find out where the book lives.

    Args:
        root: the folder that holds ``_config.yml``.
        environ: the environment's variables. ``GITHUB_REPOSITORY`` and the branch that comes with
            it go before git's remote; ``SITE_URL`` is the site's address, where it is not that of
            GitHub Pages.

    Returns:
        An Origin. All of it is None where there is no GitHub repository and no ``SITE_URL``.

    Raises:
        ValueError: ``GITHUB_REPOSITORY`` or ``SITE_URL`` is not what it should be.

    >>> origin("book", {"GITHUB_REPOSITORY": "ada/attention", "GITHUB_REF_NAME": "main"}).site
    'https://ada.github.io/attention/'
    """
    owner, name, branch = _of_ci(environ) or _of_git(root) or (None, None, None)
    return Origin(owner, name, branch, _site(owner, name, environ))


def _of_ci(environ):
    """Owner, name and branch as GitHub Actions tells them.

    A pull request's branch is its base. A tag is no branch: nothing can be edited there.
    """
    said = environ.get("GITHUB_REPOSITORY")
    if not said or (environ.get("GITHUB_SERVER_URL") or GITHUB) != GITHUB:
        return None
    found = REPOSITORY.fullmatch(said)
    if not found:
        raise ValueError(f"Expected owner/name in GITHUB_REPOSITORY; got {said!r}.")
    ref = "" if environ.get("GITHUB_REF_TYPE") == "tag" else environ.get("GITHUB_REF_NAME")
    return found["owner"], found["name"], environ.get("GITHUB_BASE_REF") or ref or "main"


def _of_git(root):
    """Owner, name and branch of the remote ``origin``, if that is on GitHub."""
    if _git(root, "rev-parse", "--show-prefix") != "":
        return None  # no repository, or the book is only a folder in one
    remote = _git(root, "remote", "get-url", "origin") or ""
    start = REMOTE.match(remote)
    found = start and REPOSITORY.fullmatch(remote, start.end())
    if not found:
        return None
    return found["owner"], found["name"], _branch(root)


def _branch(root):
    """The branch that can be edited there: what this one follows, else the one shown first."""
    for name in ("@{upstream}", "origin/HEAD"):
        followed = _git(root, "rev-parse", "--abbrev-ref", name) or ""
        if followed.startswith("origin/"):
            return followed.removeprefix("origin/")
    return "main"


def _git(root, *words):
    """What git says, or None where it has nothing to say."""
    try:
        said = subprocess.run(["git", "-C", root, *words], capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return said.stdout.strip() if said.returncode == 0 else None


def _site(owner, name, environ):
    """The address that the site's pages start with; it ends in a slash."""
    said = environ.get("SITE_URL")
    if said:
        if not SITE.fullmatch(said):
            raise ValueError(f"Expected an address, https://…, in SITE_URL; got {said!r}.")
        return said.rstrip("/") + "/"
    if not owner:
        return None
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
