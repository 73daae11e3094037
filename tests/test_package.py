"""The package as it is imported."""

import subprocess
import sys

import pytest

import attention_lab


def python(code):
    """Run code in a fresh interpreter and return what it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_importing_loads_neither_torch_nor_anything_large():
    loaded = python("import sys, attention_lab; print(*sys.modules)")
    assert not {"torch", "numpy", "matplotlib", "scipy", "IPython"} & set(loaded)


def test_the_judge_and_the_card_need_no_torch():
    code = "import sys; from attention_lab import check; print(check('1.3.1', [[0, 0, 0]]).passed)"
    assert python(code + "; print('torch' in sys.modules)") == ["True", "False"]


@pytest.mark.parametrize("name", dir(attention_lab))
def test_every_public_name_can_be_fetched_twice(name):
    first, second = getattr(attention_lab, name), getattr(attention_lab, name)
    assert type(first) is type(second)
    assert not isinstance(first, type(sys))


def test_what_it_offers():
    offered = {"attention", "attention_weights", "check_query", "check", "key", "value"}
    assert offered <= set(dir(attention_lab))


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'atention'"):
        attention_lab.atention  # noqa: B018


def test_installed_packages_fit_together():
    done = subprocess.run(
        [sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
