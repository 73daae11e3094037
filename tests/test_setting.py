"""What does not fit a playground is refused, whether it comes from a cell or from a front end."""

import copy
import math

import pytest
import torch
import traitlets

from attention_lab import Playground
from attention_lab.fixtures import SEED, Fixture

QUERY = [4.7, 6.5, 6.0]
FIVE = [*SEED.key, (0.1, 0.2, 0.3)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"exercise": "1.9.9"}, "There is no exercise '1.9.9'. Expected one of 1.2.1"),
        ({"exercise": 1.2}, "There is no exercise 1.2"),
        ({"query": [1, 2]}, r"query: Expected the shape \(1, 3\); got \(2,\)"),
        ({"exercise": "1.2.1", "query": torch.ones(2, 3)}, r"\(1, 3\); got \(2, 3\)"),
        ({"exercise": "1.2.2", "query": QUERY}, r"\(4, 3\); got \(3,\)"),
        ({"query": [1, math.nan, 3]}, r"query: Expected finite numbers .* entry \[0, 1\] is nan"),
        ({"query": [[math.nan] * 3]}, "every entry is nan, not a number"),
        ({"query": [1, 1e39, 3]}, r"fit into float32; entry \[0, 1\] is 1e\+39"),
        ({"query": "up"}, "query: Expected numbers in the shape .* got 'up'"),
        ({"query": [[1, 2, 3], [4, 5]]}, "rows of different lengths"),
        ({"query": [True, False, True]}, "Expected numbers"),
        ({"query": torch.tensor([1j, 0, 0])}, "Expected numbers"),
        ({"key": torch.ones(3, 3)}, r"key: Expected the shape \(4, 3\) or \(5, 3\); got \(3, 3\)"),
        ({"key": torch.ones(4, 2)}, r"key: Expected .* got \(4, 2\)"),
        ({"value": torch.ones(5, 3)}, r"value: Expected the shape \(4, 3\); got \(5, 3\)"),
        ({"key": FIVE, "value": SEED.value}, r"value: Expected the shape \(5, 3\); got \(4, 3\)"),
        ({"fixture": 7}, r"such as variant\(7\); got int"),
        ({"fixture": Fixture(torch.eye(4), torch.eye(4))}, r"key: .* got \(4, 4\)"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_with_what_was_expected_and_what_came(arguments, said):
    with pytest.raises(ValueError, match=said):
        Playground(**arguments)


@pytest.mark.parametrize("wrong", [torch.ones(2, 3), [1, 2], math.nan, [[1, 2, math.nan]], None])
def test_a_wrong_query_key_or_value_is_refused_and_changes_nothing(wrong):
    playground = Playground("1.2.1")
    before = copy.deepcopy(playground.state)
    for name in ("query", "key", "value", "answer"):
        with pytest.raises(ValueError, match="Expected"):
            setattr(playground, name, wrong)
    assert playground.state == before


GARBAGE = {
    "empty": lambda state: state.clear(),
    "a form that is none": lambda state: state.update(form="cube"),
    "no query": lambda state: state.update(flat={}),
    "null where a number was": lambda state: state["space"].update(rows=[[None, 1, 2]]),
    "a text where a number was": lambda state: state["space"]["key"][0].__setitem__(0, "1"),
    "too many rows": lambda state: state["space"].update(rows=[QUERY, QUERY]),
    "a row that is not there": lambda state: state["space"].update(row=1),
    "six keys": lambda state: state["space"].update(key=[QUERY] * 6, value=[QUERY] * 6),
    "a value too few": lambda state: state["space"]["value"].pop(),
    "an exercise that is none": lambda state: state["space"].update(exercise="9.9.9"),
    "a list where a part was": lambda state: state.update(space=[]),
    "a view of three numbers": lambda state: state["space"].update(view=[1, 2, 3]),
}


@pytest.mark.parametrize("spoil", GARBAGE.values(), ids=GARBAGE)
def test_a_front_end_that_sends_garbage_changes_nothing(spoil):
    playground = Playground("1.2.1", query=QUERY)
    before = copy.deepcopy(playground.state)
    spoilt = copy.deepcopy(before)
    spoil(spoilt)
    with pytest.raises(traitlets.TraitError, match="Expected the state of a playground; got"):
        playground.set_state({"state": spoilt})
    assert playground.state == before
    assert playground.verdict
    playground.query = [1, 2, 3]  # and goes on working
    assert playground.query.tolist() == [[1, 2, 3]]


@pytest.mark.parametrize("garbage", [None, 7, "state", [1]])
def test_a_state_that_is_no_dict_is_refused(garbage):
    with pytest.raises(traitlets.TraitError):
        Playground().set_state({"state": garbage})
