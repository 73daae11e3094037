"""Where the book lives: what CI says, what git says, and nothing made up."""

import subprocess

import pytest

from attention_lab.site.origin import Origin, origin

NOWHERE = Origin(None, None, None, None)


def git(folder, *words):
    subprocess.run(["git", "-C", folder, *words], check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path):
    """A repository without a remote."""
    git(tmp_path, "init", "--initial-branch=work")
    return tmp_path


@pytest.mark.parametrize(
    "remote",
    [
        "https://github.com/ada/attention",
        "https://github.com/ada/attention.git",
        "https://github.com/ada/attention/",
        "https://ada:secret@github.com/ada/attention.git",
        "https://secret@github.com/ada/attention.git",
        "git@github.com:ada/attention.git",
        "ssh://git@github.com/ada/attention.git",
        "git://github.com/ada/attention.git",
        "https://GitHub.com/ada/attention",
        "http://github.com/ada/attention",
        "ssh://git@ssh.github.com:443/ada/attention.git",
    ],
)
def test_git_s_remote_is_read_in_all_its_forms_and_no_secret_of_it_is_kept(clone, remote):
    git(clone, "remote", "add", "origin", remote)
    assert origin(clone, {}) == Origin(
        "ada", "attention", "main", "https://ada.github.io/attention/"
    )


@pytest.mark.parametrize(
    "remote",
    [
        "/srv/git/ada/attention",
        "https://gitlab.com/ada/attention.git",
        "https://github.com.example.org/ada/attention",
        "https://example.org/github.com/ada/attention",
        "https://github.com/ada",
        "https://github.com/ada/attention/tree/main",
        'https://github.com/ada/"><script>',
    ],
)
def test_another_host_or_another_form_is_nowhere(clone, remote):
    git(clone, "remote", "add", "origin", remote)
    assert origin(clone, {}) == NOWHERE


def test_no_remote_no_repository_and_no_git_are_nowhere(clone, tmp_path_factory, monkeypatch):
    assert origin(clone, {}) == NOWHERE
    assert origin(tmp_path_factory.mktemp("plain"), {}) == NOWHERE
    git(clone, "remote", "add", "origin", "git@github.com:ada/attention.git")
    monkeypatch.setenv("PATH", "")
    assert origin(clone, {}) == NOWHERE


def test_a_folder_inside_another_repository_is_not_its_root(clone):
    git(clone, "remote", "add", "origin", "git@github.com:ada/attention.git")
    (clone / "inner").mkdir()
    assert origin(clone / "inner", {}) == NOWHERE


def test_the_branch_is_the_one_that_this_one_follows(clone, tmp_path_factory):
    """Pages are edited there; a local branch of another name is not on GitHub."""
    server = tmp_path_factory.mktemp("server")
    git(server, "init", "--bare")
    git(clone, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--allow-empty", "-mx")
    git(clone, "remote", "add", "origin", str(server))
    git(clone, "push", "--set-upstream", "origin", "work:course")
    git(clone, "remote", "set-url", "origin", "git@github.com:ada/attention.git")
    assert origin(clone, {}).branch == "course"
    git(clone, "switch", "--create", "idea", "--no-track")
    assert origin(clone, {}).branch == "main"
    git(clone, "remote", "set-head", "origin", "course")
    assert origin(clone, {}).branch == "course"


def test_ci_goes_before_git(clone):
    git(clone, "remote", "add", "origin", "git@github.com:ada/attention.git")
    ci = {"GITHUB_REPOSITORY": "bob/fork.of-it", "GITHUB_REF_NAME": "trunk"}
    assert origin(clone, ci) == Origin(
        "bob", "fork.of-it", "trunk", "https://bob.github.io/fork.of-it/"
    )


def test_a_pull_request_s_pages_are_edited_where_it_will_land(clone):
    ci = {"GITHUB_REPOSITORY": "bob/it", "GITHUB_REF_NAME": "7/merge", "GITHUB_BASE_REF": "trunk"}
    assert origin(clone, ci).branch == "trunk"


def test_on_a_tag_pages_are_edited_on_the_main_branch(clone):
    ci = {"GITHUB_REPOSITORY": "bob/it", "GITHUB_REF_NAME": "v1", "GITHUB_REF_TYPE": "tag"}
    assert origin(clone, ci).branch == "main"
    assert origin(clone, ci | {"GITHUB_REF_TYPE": "branch"}).branch == "v1"


def test_empty_variables_are_as_good_as_none(clone):
    names = ["SERVER_URL", "REF_NAME", "BASE_REF", "REF_TYPE", "REPOSITORY"]
    empty = {"SITE_URL": "", **{f"GITHUB_{name}": "" for name in names}}
    assert origin(clone, empty) == NOWHERE
    said = empty | {"GITHUB_REPOSITORY": "bob/it"}
    assert origin(clone, said) == Origin("bob", "it", "main", "https://bob.github.io/it/")


def test_another_server_than_github_com_is_nowhere(clone):
    ci = {"GITHUB_REPOSITORY": "bob/it", "GITHUB_SERVER_URL": "https://git.school.example"}
    assert origin(clone, ci) == NOWHERE


@pytest.mark.parametrize(
    ("repository", "site"),
    [
        ("Ada/Attention", "https://ada.github.io/Attention/"),  # hosts know no capitals, paths do
        ("Ada/ada.github.io", "https://ada.github.io/"),
    ],
)
def test_the_site_s_address_is_that_of_github_pages(clone, repository, site):
    assert origin(clone, {"GITHUB_REPOSITORY": repository}).site == site


@pytest.mark.parametrize(
    "said", ["https://lab.example.org/course", "https://lab.example.org/course/"]
)
def test_a_site_of_its_own_is_told_by_site_url_with_or_without_a_repository(clone, said):
    assert origin(clone, {"SITE_URL": said}).site == "https://lab.example.org/course/"
    ci = {"SITE_URL": said, "GITHUB_REPOSITORY": "bob/it"}
    assert origin(clone, ci).site == "https://lab.example.org/course/"
    assert origin(clone, ci).owner == "bob"


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("GITHUB_REPOSITORY", "bob"),
        ("GITHUB_REPOSITORY", 'bob/it"><script>'),
        ("SITE_URL", "lab.example.org"),
        ("SITE_URL", "javascript:alert(1)"),
        ("SITE_URL", 'https://a"b'),
        ("SITE_URL", "https://a/?b=c"),
        ("SITE_URL", "https://a/;b"),
        ("SITE_URL", "https://a/{b}"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_was_expected(clone, variable, said):
    with pytest.raises(ValueError, match=f"Expected .* in {variable}; got "):
        origin(clone, {variable: said})
