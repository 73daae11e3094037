"""The links below a title: each ends at the right file, whatever the names."""

from urllib.parse import quote, unquote

import pytest

from attention_lab.site.launch import Link, below_title, binder, colab, edit, line, links
from attention_lab.site.origin import Origin
from tests.launching import Target, behind_binder, behind_colab

ADA = Origin("ada", "attention", "main", "https://ada.github.io/attention/")
ORIGINS = {
    "plain": ADA,
    "dots and capitals": Origin("Ada-L", "Fork.of_It-2", "main"),
    "a user's own page": Origin("ada", "ada.github.io", "main"),
}
NOTEBOOKS = ("notebooks/copying.ipynb", "notebooks/50% + 1 & more? #2.ipynb", "notebooks/él.ipynb")
every_name = pytest.mark.parametrize("notebook", NOTEBOOKS)
every_origin = pytest.mark.parametrize("origin", ORIGINS.values(), ids=ORIGINS)


@every_name
@every_origin
def test_colab_is_asked_for_the_published_notebook(origin, notebook):
    repository = f"https://github.com/{origin.owner}/{origin.name}"
    assert behind_colab(colab(origin, notebook)) == Target(repository, "gh-pages", notebook)


@every_name
@every_origin
def test_binder_starts_the_environment_and_opens_the_published_notebook_in_it(origin, notebook):
    repository = f"https://github.com/{origin.owner}/{origin.name}"
    environment, opened = behind_binder(binder(origin, notebook))
    assert environment == Target(repository, "binder", "")
    assert opened == Target(repository, "gh-pages", notebook)


def test_binder_s_link_has_as_many_levels_as_nbgitpuller_s_link_generator_gives_it():
    """Written down by hand, by the rules of URLSearchParams."""
    assert binder(ADA, "notebooks/x.ipynb") == (
        "https://mybinder.org/v2/gh/ada/attention/binder?urlpath=git-pull"
        "%3Frepo%3Dhttps%253A%252F%252Fgithub.com%252Fada%252Fattention"
        "%26branch%3Dgh-pages"
        "%26urlpath%3Dlab%252Ftree%252Fattention%252Fnotebooks%252Fx.ipynb"
    )


START = "https://mybinder.org/v2/gh/ada/attention/binder?urlpath="
PULL = "git-pull?repo=https://github.com/ada/attention&branch=gh-pages&urlpath=lab/tree/{}"
PLANTED = {
    "nothing is quoted": START + PULL.format("attention/notebooks/x.ipynb"),
    "a level is missing": START + quote(PULL.format("attention/notebooks/50% a&b.ipynb")),
    "a level too many": START + quote(quote(PULL.format("attention/notebooks/x.ipynb"))),
    "another folder": START + quote(PULL.format("notebooks/x.ipynb")),
    "another server's path": START + quote("lab/tree/attention/notebooks/x.ipynb"),
}


@pytest.mark.parametrize("address", PLANTED.values(), ids=PLANTED)
def test_a_link_with_a_mistake_in_it_does_not_end_at_the_notebook(address):
    with pytest.raises((AssertionError, ValueError)):
        behind_binder(address)
    right = START + quote(PULL.format("attention/notebooks/x.ipynb"))  # the one without mistake
    assert behind_binder(right)[1].path == "notebooks/x.ipynb"


@pytest.mark.parametrize(
    ("branch", "written"),
    [("main", "main"), ("course/spring", "course/spring"), ("50%#?", "50%25%23%3F")],
)
def test_a_page_is_edited_on_the_branch_that_it_comes_from(branch, written):
    """GitHub takes a slash in a branch as it is, and so it writes them itself."""
    address = edit(ADA._replace(branch=branch), "book/él a.md")
    start = f"https://github.com/ada/attention/edit/{written}/"
    assert address == start + "book/%C3%A9l%20a.md"
    assert unquote(address).endswith(f"/edit/{branch}/book/él a.md")


def words(found):
    return [link.words for link in found]


def test_a_notebook_has_all_links_the_best_way_to_it_first():
    found = links(ADA, "book/x.md", "notebooks/x.ipynb", "notebooks/x.whl")
    assert found == [
        Link("Open in Colab", colab(ADA, "notebooks/x.ipynb")),
        Link("Open in Binder", binder(ADA, "notebooks/x.ipynb")),
        Link("Download notebook", "notebooks/x.ipynb", download=True),
        Link("Edit on GitHub", edit(ADA, "book/x.md")),
    ]


def test_another_page_can_be_edited():
    assert words(links(ADA, "book/x.md")) == ["Edit on GitHub"]


def test_without_a_repository_only_downloads_are_left():
    """A notebook that knows no site needs its package beside it."""
    of_a_site = Origin(site="https://lab.example.org/")
    notebook = Link("Download notebook", "notebooks/x.ipynb", download=True)
    package = Link("Download its package", "notebooks/x.whl", download=True)
    asked = ("book/x.md", "notebooks/x.ipynb", "notebooks/x.whl")
    assert links(of_a_site, *asked) == [notebook]
    assert links(Origin(), *asked) == [notebook, package]
    assert links(Origin(), "book/x.md") == links(of_a_site, "book/x.md") == []
    assert line([]) == ""


def test_an_address_is_written_as_html():
    assert 'href="x?a&amp;b=&quot;"' in line([Link("X", 'x?a&b="')])


def test_the_line_stands_below_the_first_title_or_at_the_top():
    assert below_title("<h1>A</h1><p>b</p><h1>C</h1>", "L") == "<h1>A</h1>\nL<p>b</p><h1>C</h1>"
    assert below_title("<p>b</p>", "L") == "L\n<p>b</p>"
