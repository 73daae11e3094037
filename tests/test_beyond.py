"""Exercises beyond the assignment: keys of their own, matrices, limits of length, several heads."""

import math
import re
from collections import Counter
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from attention_lab.course import course_answer
from attention_lab.exercises import BEYOND, Exercise
from attention_lab.fixtures import SEED, Fixture
from attention_lab.judge import judge
from attention_lab.variants import variant
from tests import specification

M, K, D, V = 2, 5, 3, 7  # features of a word, keys, features of a key, of a value
every_exercise = pytest.mark.parametrize("task", BEYOND, ids=lambda task: task.number)


def tables(rows, columns, size=3):
    numbers = st.integers(-100 * size, 100 * size).map(lambda n: n / 100)
    return st.lists(
        st.lists(numbers, min_size=columns, max_size=columns), min_size=rows, max_size=rows
    )


fixtures = st.builds(Fixture, key=tables(K, D), value=tables(K, V))


def query_task(**settings):
    return Exercise("9.9.1", "", wanted=((1,),), hints=(), **settings)


def length_of(row):
    return math.sqrt(sum(x * x for x in row))


# --- each of them -------------------------------------------------------------------------------


@every_exercise
def test_the_courses_answer_is_correct_and_is_not_a_near_thing(task):
    answer = course_answer(task, SEED)
    verdict = judge(task.number, answer)
    assert verdict.diagnosis == "correct"
    for factor in (0.999, 1.001):  # whoever rounds passes too
        assert judge(task.number, [[factor * x for x in row] for row in answer]).passed, factor


@every_exercise
def test_what_anybody_tries_first_does_not_pass(task):
    rows, columns = task.shape(len(task.fixtures[0].key[0]))
    for filled in (math.nan, 0.0, 1.0):
        assert not judge(task.number, [[filled] * columns] * rows).passed
    unit = [[float(r == c) for c in range(columns)] for r in range(rows)]
    assert not judge(task.number, unit).passed


TYPED_AT_ONCE = (-100, -20, -10, -5, -3, -2, -1, 1, 2, 3, 5, 10, 20, 100)
# A multiple of the identity is the answer to 1.8.1, the opposite of one query does for 1.9.1.
MEANT = ("1.8.1", "1.9.1")


@every_exercise
def test_no_matrix_passes_that_needs_no_thought(task):
    rows, columns = task.shape(len(task.fixtures[0].key[0]))
    places = [(r, c) for r in range(rows) for c in range(columns)]
    shapes = [places, [(r, c) for r, c in places if r == c], *[[place] for place in places]]
    passed = any(
        judge(
            task.number,
            [[x * ((r, c) in shape) for c in range(columns)] for r in range(rows)],
        ).passed
        for x in TYPED_AT_ONCE
        for shape in shapes
    )
    assert passed == (task.number in MEANT)


def test_a_query_that_is_a_little_too_long_is_too_long():
    axes = Fixture(key=((0.0, 0.0), (3.0, 4.0)), value=((0.0,), (1.0,)))
    task = query_task(fixtures=(axes,), longest=1)
    assert judge(task, [[0.6 * 1.001, 0.8 * 1.001]]).diagnosis == "too-long"


@every_exercise
def test_it_stays_on_its_own_keys_whatever_variant_a_reader_works_on(task):
    assert task.fixtures
    answer = course_answer(task, variant(7))
    assert vars(judge(task.number, answer, variant(7))) == vars(judge(task.number, answer))


@every_exercise
def test_it_is_no_part_of_what_is_marked_unless_it_is_given_points(task):
    assert task.points == 0


@every_exercise
def test_it_has_three_hints_and_none_is_the_answer(task):
    assert len(task.hints) == 3
    row = max(course_answer(task, SEED), key=lambda row: sum(map(abs, row)))
    for hint in task.hints:
        numbers = [float(text) for text in re.findall(r"-?\d+\.?\d*", hint.replace("−", "-"))]
        assert not {*row} <= {*numbers}


# --- a matrix -----------------------------------------------------------------------------------


@given(fixture=fixtures, asks=tables(2, M, 1), matrix=tables(M, D, 9))
def test_a_matrix_is_judged_as_the_queries_that_it_makes(fixture, asks, matrix):
    wanted = ((0,), (3, 4))
    query = [[sum(row[m] * matrix[m][d] for m in range(M)) for d in range(D)] for row in asks]
    by_matrix = Exercise("9.9.1", "", wanted, hints=(), asks=asks, fixtures=(fixture,))
    by_query = Exercise("9.9.1", "", wanted, hints=(), fixtures=(fixture,))
    one, other = judge(by_matrix, matrix), judge(by_query, query)
    assert one.diagnosis == other.diagnosis
    assert one.passed == other.passed
    assert one.error == pytest.approx(other.error, abs=1e-9)
    if "factor" in one.details:
        times = [[float(one.details["factor"]) * x for x in row] for row in matrix]
        assert judge(by_matrix, times).diagnosis == "correct"
        said = ("Multiply the matrix by", "multiply it by")  # a query that breaks a tie of all keys
        assert any(words in one.message for words in said)


def test_a_matrix_that_serves_the_wrong_words_is_not_told_to_swap_its_own_rows():
    # "it" asks for k2, 20 times as loud, and "purred" for k0: 0.8 and 0.6 of the rows are 20 * k0.
    swapped = [[0, 0, 0], [2.1, 7.9, -32.5], [5.2, 16.8, 14.0]]
    verdict = judge("1.5.2", swapped)
    assert verdict.diagnosis == "permuted"
    assert verdict.message == (
        "Each row of the output would be right in another place: row 0 is what row 1 should be and "
        "row 1 is what row 0 should be. These are not rows of the matrix: each is what one word "
        "asks for."
    )
    assert not judge("1.5.2", [swapped[n] for n in (0, 2, 1)]).passed


# --- a limit of length --------------------------------------------------------------------------


@given(fixture=fixtures, query=tables(1, D, 20), longest=st.floats(0.5, 30))
def test_a_limit_refuses_longer_queries_and_no_others(fixture, query, longest):
    assume(abs(length_of(query[0]) - longest) > 1e-6)
    free = judge(query_task(fixtures=(fixture,)), query)
    limited = judge(query_task(fixtures=(fixture,), longest=longest), query)
    assert limited.passed == (free.passed and length_of(query[0]) < longest)
    assert limited.error == free.error


def test_what_is_said_of_a_limit_is_true_on_a_thousand_fixtures():
    random, told = Random(0), Counter()
    for _ in range(1000):
        rows = [[round(random.gauss(0, 1), 2) for _ in range(D)] for _ in range(2 * K)]
        fixture, scale = Fixture(key=rows[:K], value=rows[K:]), random.uniform(0, 30)
        query = [[scale * (x + random.gauss(0, 0.3)) for x in rows[1]]]
        task = query_task(fixtures=(fixture,), longest=length_of(query[0]) * random.uniform(0.1, 2))
        verdict = judge(task, query)
        if "longest" in verdict.details:
            told[_what_is_said_is_true(task, fixture, query, verdict)] += 1
    assert min(told.values()) >= 5
    assert set(told) == {"too-soft", "too-long", "too-long, and longest too"}


def _what_is_said_is_true(task, fixture, query, verdict):
    """Which of the sentences on length it was."""
    times = [[float(verdict.details.get("factor", 1)) * x for x in query[0]]]
    if verdict.diagnosis == "too-soft":  # in this direction no allowed length will do
        assert length_of(times[0]) > task.longest
        assert judge(query_task(fixtures=(fixture,)), times).diagnosis == "correct"
        return "too-soft"
    if "factor" in verdict.details:
        assert judge(task, times).passed
        return "too-long"
    assert verdict.diagnosis == "too-long"
    shorter = [[x * task.longest / length_of(query[0]) for x in query[0]]]
    assert not judge(task, shorter).passed
    return "too-long, and longest too"


def test_a_query_of_just_the_length_that_is_allowed_passes():
    axes = Fixture(key=((0.0, 0.0), (3.0, 4.0)), value=((0.0,), (1.0,)))
    assert judge(query_task(fixtures=(axes,), longest=1), [[0.6, 0.8]]).passed  # e^5 to 1


# --- several heads ------------------------------------------------------------------------------

H = 3
HEADS = {"wanted": ((0, 1, 2),), "hints": (), "heads": H}


@given(fixture=fixtures, query=tables(H, D, 9))
def test_the_output_of_several_heads_is_the_mean_of_theirs(fixture, query):
    verdict = judge(Exercise("9.9.1", "", fixtures=(fixture,), **HEADS), query)
    each = specification.output(query, fixture.key, fixture.value)
    mean = [sum(column) / H for column in zip(*each, strict=True)]
    target = [sum(fixture.value[k][v] for k in range(3)) / 3 for v in range(V)]
    assert verdict.error == pytest.approx(specification.largest_gap([mean], [target]), abs=1e-9)
    assert verdict.passed == (verdict.error < 0.05)
    assert len(verdict.weights) == 1
    assert sum(verdict.weights[0]) == pytest.approx(1)


@given(fixture=fixtures, query=tables(H, D, 9))
def test_the_order_of_heads_does_not_matter(fixture, query):
    task = Exercise("9.9.1", "", fixtures=(fixture,), **HEADS)
    one, other = judge(task, query), judge(task, query[::-1])
    assert (one.passed, one.diagnosis) == (other.passed, other.diagnosis)


def test_a_head_is_named_that_is_at_fault():
    axes = [[float(i == j) for j in range(4)] for i in range(4)]
    task = Exercise("9.9.1", "", ((0, 1),), (), heads=2, fixtures=(Fixture(axes, axes),))
    leaking = judge(task, [[9, 0, 0, 0], [0, 2, 0, 0]])  # e² parts of e² + 3, and one for k0
    assert leaking.message == (
        "Head 1 leaves 0.807 of its weight to k0 and k1 and gives 0.0963 to k2. "
        "What one head gives away, the mean of the heads has lost: make its query louder, or turn "
        "it away from k2."
    )
    split = judge(task, [[30, 0, 0, 0], [30, 29, 0, 0]])  # 1 and e/(e + 1): together 0.866
    assert split.message.startswith("Together the heads give k0 0.866 of the weight and k1 0.134.")
    assert "Head 1 is split between k0 and k1" in split.message
    same = judge(task, [[30, 0, 0, 0], [30, 0, 0, 0]])
    assert same.message.endswith("No head speaks for k1.")


# --- several draws ------------------------------------------------------------------------------


@given(draws=st.lists(fixtures, min_size=2, max_size=3), query=tables(1, D, 20))
def test_an_answer_passes_if_it_does_on_every_draw_and_the_worst_is_told(draws, query):
    alone = [judge(query_task(fixtures=(draw,)), query) for draw in draws]
    verdict = judge(query_task(fixtures=tuple(draws)), query)
    assert verdict.passed == all(one.passed for one in alone)
    told = int(verdict.message.split("number ")[1].split(".")[0])
    assert verdict.error == alone[told - 1].error
    assert verdict.message.endswith(alone[told - 1].message)
    if not verdict.passed:
        assert verdict.error == max(one.error for one in alone if not one.passed)
