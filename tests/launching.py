"""Where a launch address ends: read level by level, as those read it who stand on the way."""

from typing import NamedTuple
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urljoin, urlsplit

SERVER = "https://hub.example/user/x/"  # a server that Binder has started, with its base address


class Target(NamedTuple):
    """A file on a branch of a repository."""

    repository: str
    branch: str
    path: str


def behind_colab(address):
    """What Colab fetches from GitHub."""
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("https", "colab.research.google.com")
    assert (parts.query, parts.fragment) == ("", "")
    empty, github, owner, name, blob, branch, *path = unquote(parts.path).split("/")
    assert (empty, github, blob) == ("", "github", "blob")
    return Target(f"https://github.com/{owner}/{name}", branch, "/".join(path))


def behind_binder(address):
    """The environment that Binder starts, and what JupyterLab then opens.

    Returns:
        Two Targets; that of the environment has no path.
    """
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("https", "mybinder.org", "")
    v2, gh, owner, name, branch = parts.path.removeprefix("/").split("/")
    assert (v2, gh) == ("v2", "gh")
    environment = Target(f"https://github.com/{owner}/{name}", branch, "")
    return environment, _behind_server(_started(parts.query))


def _started(query):
    """Where BinderHub sends the browser: its client adds a token, and writes the query anew."""
    ((path,),) = _only(query, "urlpath")
    parts = urlsplit(urljoin(SERVER, path))
    given = parse_qsl(parts.query, strict_parsing=True)
    return parts._replace(query=urlencode([*given, ("token", "t")])).geturl()


def _behind_server(address):
    """What nbgitpuller fetches, and which file of it JupyterLab is then asked for."""
    parts = urlsplit(address)
    assert parts._replace(query="").geturl() == SERVER + "git-pull"
    (repository,), (branch,), (path,), _ = _only(parts.query, "repo", "branch", "urlpath", "token")
    folder = repository.rstrip("/").split("/")[-1]  # nbgitpuller's own, where none is given
    lab = urlsplit(SERVER + path)
    assert (lab.query, lab.fragment) == ("", "")
    start = f"/user/x/lab/tree/{folder}/"
    assert unquote(lab.path).startswith(start)
    return Target(repository, branch, unquote(lab.path).removeprefix(start))


def _only(query, *names):
    """The values of a query's parameters, which are these and no others."""
    found = parse_qs(query, strict_parsing=True)
    assert sorted(found) == sorted(names)
    return [found[name] for name in names]
