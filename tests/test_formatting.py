"""Numbers as text: ours, digit by digit, is CPython's own format."""

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention_lab.page.formatting import formatted

float32 = st.floats(width=32)
real = st.one_of(st.floats(), float32, st.sampled_from([0.5, 2.5, 0.03125, 1e22, 5e-324, -0.0]))
spec = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["", "<", ">", "^", "*^", "0>"]),
    st.sampled_from(["", "+", "-", " "]),
    st.sampled_from(["", "3", "8", "012"]),
    st.sampled_from(["", ".0", ".1", ".3", ".12"]),
    st.sampled_from("efg%") | st.just(""),
)


@given(real, spec)
def test_a_real_number_is_written_as_python_writes_it(value, spec):
    if "0" in spec[:3] and spec[:1] in "<>^*0":
        spec = spec.replace("012", "12")  # a zero beside an alignment has a meaning of its own
    assert formatted(value, spec) == format(value, spec)


@given(
    st.integers(-(10**20), 10**20), st.sampled_from(["", "3", ">9", "+d", "05", ",", "12,", ".2f"])
)
def test_a_whole_number_too(value, spec):
    assert formatted(value, spec) == format(value, spec)


@given(st.text("abé✓"), st.sampled_from(["", "5", "<5", ">5", "^5", "-^7", "s", ".2", ">4.1s"]))
def test_a_text_is_padded_by_its_letters(value, spec):
    assert formatted(value, spec) == format(value, spec)


def test_ties_go_to_the_even_digit():
    """0.03125 is exactly half way; 0.285 is a little below, as a double."""
    assert formatted(0.03125, ".4f") == "0.0312"
    assert formatted(0.09375, ".4f") == "0.0938"
    assert formatted(0.285, ".2f") == "0.28"
    assert formatted(2.675, ".2f") == "2.67"


@pytest.mark.parametrize("bits", [0x7F7FFFFF, 0x00000001, 0x3DCCCCCD])
def test_the_ends_of_float32(bits):
    (value,) = struct.unpack("f", struct.pack("I", bits))
    for spec in (".4f", ".4e", ".0f", "g", ".10g"):
        assert formatted(value, spec) == format(value, spec)


@pytest.mark.parametrize(("value", "spec"), [("a", ".2f"), (1.5, "d"), ("a", "d"), (1.0, "zz")])
def test_a_letter_that_does_not_fit_is_refused_in_pythons_words(value, spec):
    with pytest.raises(ValueError) as theirs:  # noqa: PT011 - compared below
        format(value, spec)
    with pytest.raises(ValueError) as ours:  # noqa: PT011
        formatted(value, spec)
    if spec != "zz":  # newer Pythons say more about it
        assert str(ours.value) == str(theirs.value)


def test_what_is_not_finite():
    assert [formatted(x, "6.2f") for x in (math.nan, math.inf, -math.inf)] == [
        "   nan",
        "   inf",
        "  -inf",
    ]
