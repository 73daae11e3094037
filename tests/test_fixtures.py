"""The fixture is the course's, and nobody can change it for others."""

import pytest
import torch

import attention_lab
from attention_lab.fixtures import RECIPE_SEED, SEED


def recipe():
    """The course's own lines."""
    torch.manual_seed(RECIPE_SEED)
    key = torch.randn(4, 3)
    key /= torch.norm(key, dim=1, keepdim=True)
    key.round_(decimals=2)
    value = torch.randn(4, 3)
    value /= torch.norm(value, dim=1, keepdim=True)
    value.round_(decimals=2)
    return key, value


def test_the_fixture_is_what_the_recipe_makes():
    key, value = recipe()
    assert torch.equal(torch.tensor(SEED.key), key)
    assert torch.equal(torch.tensor(SEED.value), value)


def test_top_level_tensors_hold_the_fixture():
    assert attention_lab.key.tolist() == torch.tensor(SEED.key).tolist()
    assert attention_lab.value.tolist() == torch.tensor(SEED.value).tolist()


@pytest.mark.parametrize("name", ["key", "value"])
def test_who_writes_into_a_tensor_changes_nobody_elses(name):
    mine = getattr(attention_lab, name)
    mine.fill_(7)
    assert torch.equal(getattr(attention_lab, name), torch.tensor(getattr(SEED, name)))


def test_the_constants_cannot_be_written_into():
    with pytest.raises(TypeError):
        SEED.key[0][0] = 7
    with pytest.raises(AttributeError):
        SEED.key = ()


def test_no_call_changes_its_arguments_or_the_fixture():
    key, value = attention_lab.key, attention_lab.value
    query = torch.tensor([[1.0, 2.0, 3.0]])
    attention_lab.attention(query, key, value)
    attention_lab.check_query(query, value[0], key, value)
    attention_lab.check("1.4.1", query[0])
    attention_lab.given_query("1.4.1").fill_(0)
    assert query.tolist() == [[1.0, 2.0, 3.0]]
    assert torch.equal(key, torch.tensor(SEED.key))
    assert torch.equal(value, torch.tensor(SEED.value))
    assert attention_lab.given_query("1.4.1").norm() > 1
