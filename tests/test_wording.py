"""Numbers and lists as text: true after rounding, and the same in every Python."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention_lab.wording import (
    NOTHING,
    apart,
    beside,
    inside,
    listed,
    rounded,
    shortest,
    steady,
    text_of,
)

POSITIVE = st.floats(1e-12, 1e12)


@pytest.mark.parametrize(
    ("names", "text"),
    [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_names_are_listed_as_in_a_sentence(names, text):
    assert listed(iter(names)) == text


@pytest.mark.parametrize(
    ("number", "digits", "text"),
    [
        (1234.5678, 4, "1235"),
        (1234.5678, 2, "1200"),
        (0.00012345, 3, "0.000123"),
        (2, 4, "2"),
        (1e38, 4, "1e+38"),
    ],
)
def test_a_number_has_so_many_digits(number, digits, text):
    assert text_of(number, digits) == text


def test_a_number_has_four_digits_unless_told():
    assert text_of(0.123456) == "0.1235"


def test_the_middle_between_two_texts_is_rounded_away_from_zero():
    assert (text_of(0.5625, 3), text_of(-0.5625, 3), text_of(2.125, 3)) == (
        "0.563",
        "-0.563",
        "2.13",
    )
    assert steady(0.0) == 0


@pytest.mark.parametrize(
    ("number", "limit", "text"),
    [
        (0.26, 0.05, "0.26"),
        (0.01, 0.05, "0.01"),
        (0.05, 0.05, "0.05"),
        (0.0500001, 0.05, "0.05"),  # is not less than 0.05, and says so
        (0.0499999, 0.05, "0.04999"),  # is less, and must not say 0.05
        (0.12344, 0.123449, "0.1234"),
        (0.123449, 0.12344, "0.1235"),  # 0.1234 would be on the other side
    ],
)
def test_a_number_stays_on_its_side_of_a_limit(number, limit, text):
    assert beside(number, limit) == text


@pytest.mark.parametrize(
    ("number", "end", "text"),
    [(1.23456, 9, "1.235"), (64.5204, 64.52, "64.5204"), (64.5196, 64.52, "64.5196"), (2, 2, "2")],
)
def test_a_number_is_told_from_the_end_that_it_misses(number, end, text):
    assert apart(number, end) == text


@given(POSITIVE, st.integers(1, 12), st.booleans())
def test_rounding_goes_one_way_and_not_far(number, digits, upwards):
    text = rounded(number, digits, upwards)
    step = 10 ** (math.floor(math.log10(number)) + 1 - digits)
    moved = (float(text) - number) * (1 if upwards else -1)
    assert -1e-9 * step <= moved + 1e-12 * number
    assert moved < 1.001 * step
    assert len(text.split("e")[0].replace(".", "").strip("0")) <= digits


@pytest.mark.parametrize(
    ("number", "digits", "upwards", "text"),
    [
        (0, 4, True, "0"),
        (5e-324, 4, True, "0"),
        (-5e-324, 4, False, "0"),
        (1e-280, 4, True, "1e-280"),
        (63.5377, 4, True, "63.54"),
        (64.5203, 4, False, "64.52"),
        (-63.5377, 4, True, "-63.53"),
        (-63.5377, 4, False, "-63.54"),
        (0.00234, 1, True, "0.003"),
        (9.9, 1, True, "10"),
        (187.5, 1, True, "200"),
    ],
)
def test_rounding_by_example(number, digits, upwards, text):
    assert rounded(number, digits, upwards) == text


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [
        (63.5377, 64.5203, ("63.54", "64.52")),
        (1.23441, 1.23478, ("1.2345", "1.2347")),
        (-1.5, 2.5, ("-1.5", "2.5")),
        (-0.00012349, 0, ("-0.0001234", "0")),
        (2.0, 2.0, ("2", "2")),  # no room: as it is
    ],
)
def test_an_interval_is_rounded_inwards(low, high, ends):
    assert inside(low, high) == ends


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e3))
def test_a_stated_interval_lies_in_the_true_one(low, width):
    first, last = map(float, inside(low, low + width))
    assert low <= first + 1e-9 * abs(low) + NOTHING
    assert last <= low + width + 1e-9 * abs(low + width) + NOTHING
    assert first < last


@pytest.mark.parametrize(
    ("low", "high", "upwards", "text"),
    [
        (3.2, 9.7, True, "4"),
        (3.2, 9.7, False, "9"),
        (3.215, 3.295, True, "3.22"),
        (3.215, 3.295, False, "3.29"),
        (0.615, 0.695, True, "0.62"),
        (31.2, 38.7, True, "32"),
        (150.5, 250.5, False, "200"),
        (15.5, 25.5, True, "20"),
        (7.0, 7.0, True, "7"),
    ],
)
def test_the_shortest_number_is_found_at_the_start_of_the_interval(low, high, upwards, text):
    assert shortest(low, high, upwards) == text


@given(POSITIVE, st.floats(1.0001, 100), st.booleans())
def test_the_shortest_number_is_inside_and_no_shorter_one_is(low, ratio, upwards):
    high = low * ratio
    text = shortest(low, high, upwards)
    assert low <= float(text) <= high
    digits = len(text.split("e")[0].replace(".", "").strip("0"))
    step = 10.0 ** (math.floor(math.log10(high)) + 2 - digits)  # one digit less
    assert digits == 1 or math.floor(high / step) * step < low * (1 + 1e-9)
