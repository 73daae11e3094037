"""Every wrong answer gets the diagnosis that it must get, and what the message says is true."""

import math
from collections import Counter
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from attention_lab.arithmetic import dot, scores_of
from attention_lab.attempt import Attempt
from attention_lab.course import course_answer
from attention_lab.diagnoses import RULES, diagnose
from attention_lab.exercises import EXERCISES, Exercise, exercise
from attention_lab.fixtures import SEED, Fixture
from attention_lab.judge import judge
from attention_lab.messages import MESSAGES
from tests import specification
from tests.wrong_answers import AXES, COUNTED, EXPECTED, ON_THE_SEED, SILENT, WRONG_ANSWERS

THOUSAND = settings(max_examples=1000)
N, D, V = 4, 3, 2  # the exercises of the course name four keys
AXES_4 = Fixture(key=AXES, value=AXES)
QUERIES = [task for task in EXERCISES if task.kind == "query"]
KEYS = [task for task in EXERCISES if task.kind == "key"]


def tables(rows, columns, size=1.5):
    numbers = st.integers(-round(100 * size), round(100 * size)).map(lambda n: n / 100)
    return st.lists(
        st.lists(numbers, min_size=columns, max_size=columns), min_size=rows, max_size=rows
    )


fixtures = st.builds(Fixture, key=tables(N, D), value=tables(N, V))


# --- the table --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("task", "answer", "diagnosis", "why", "fixture"),
    WRONG_ANSWERS,
    ids=[f"{n}-{row[2]}" for n, row in enumerate(WRONG_ANSWERS)],
)
def test_a_wrong_answer_is_told_why(task, answer, diagnosis, why, fixture):
    verdict = judge(task, answer, fixture)
    assert verdict.diagnosis == diagnosis, why
    assert verdict.passed is (diagnosis == "right-output-wrong-weights")


def test_the_table_has_every_diagnosis():
    assert len(WRONG_ANSWERS) >= 40
    codes = {name.split("/")[0] for name in MESSAGES} - {"correct", "own-query"}
    assert {row[2] for row in WRONG_ANSWERS} == codes


def test_the_rules_are_tried_in_the_order_of_the_messages():
    names = [name for name, _, _ in RULES]
    assert names == [name for name in MESSAGES if name in names]


# --- queries of the wrong length --------------------------------------------------------------


def times(factor, rows):
    return [[factor * x for x in row] for row in rows]


def test_the_stated_factor_makes_the_answer_correct_on_a_thousand_fixtures():
    told = Counter()
    random = Random(0)
    for _ in range(1000):
        rows = [[round(random.gauss(0, 0.7), 2) for _ in range(D)] for _ in range(2 * N)]
        fixture = Fixture(key=rows[:N], value=rows[N:])
        for task in QUERIES:
            answer = course_answer(task, fixture)
            if not any(map(any, answer)):
                answer = rows[:1]
            answer = times(10 ** random.uniform(-3, 3), answer)
            verdict = judge(task, answer, fixture)
            told[verdict.diagnosis] += 1
            if verdict.diagnosis in ("too-soft", "too-sharp"):
                factor = float(verdict.details["factor"])
                assert (factor > 1) == (verdict.diagnosis == "too-soft")
                assert f"by {verdict.details['factor']} and" in verdict.message
                assert judge(task, times(factor, answer), fixture).diagnosis == "correct"
    assert min(told["too-soft"], told["too-sharp"]) > 300


def some_factor_is_correct(task, scores, value, low, high):
    """Try factors one by one, finely."""
    steps = range(1, 400)
    factors = (low * (high / low) ** (n / 400) for n in steps)
    return any(
        specification.is_correct(times(f, scores), task.wanted, value, task.tolerance)
        for f in factors
    )


@settings(max_examples=300)
@given(fixture=fixtures, task=st.sampled_from(QUERIES), data=st.data(), size=st.floats(-1, 2))
def test_a_factor_that_exists_is_found(fixture, task, data, size):
    """Trying a thousand factors finds none where the judge found none."""
    sizes = [size + data.draw(st.floats(-1, 1)) for _ in task.wanted]  # each row its own loudness
    course = [[10 * x for x in row] for row in course_answer(task, fixture)]
    rows = data.draw(st.one_of(tables(len(task.wanted), D), st.just(course)))
    answer = [[10**s * x for x in row] for s, row in zip(sizes, rows, strict=True)]
    verdict = judge(task, answer, fixture)
    scores = scores_of(answer, fixture.key)
    if not verdict.passed and some_factor_is_correct(task, scores, fixture.value, 1, 1e4):
        assert verdict.diagnosis in ("permuted", "too-soft")
    elif not verdict.passed and some_factor_is_correct(task, scores, fixture.value, 1e-4, 1):
        assert verdict.diagnosis in ("permuted", "too-sharp")


def test_both_directions_are_told_apart_on_one_line():
    middle = course_answer(exercise("1.3.2"), SEED)
    expected = [(0.0277, "too-soft"), (0.0279, "correct"), (1.742, "correct"), (1.744, "too-sharp")]
    for factor, diagnosis in expected:
        assert judge("1.3.2", times(factor, middle)).diagnosis == diagnosis


def test_a_tie_that_no_scale_helps_is_no_matter_of_scale():
    # k0 and k2 are the same key: whatever the query, both get the same.
    twins = Fixture(key=(AXES[0], AXES[1], AXES[0], AXES[3]), value=AXES)
    for scale in (0.01, 1, 100):
        assert judge("1.2.1", [[scale, 0, 0, 0]], twins).diagnosis in ("wrong-key", "leak")


# --- keys with the wrong score ----------------------------------------------------------------


def ends(verdict):
    """The interval that a message states, as two numbers."""
    words = verdict.details["interval"].split()
    if words[0] == "between":
        return float(words[1]), float(words[3])
    return (float(words[1]), math.inf) if words[0] == "above" else (-math.inf, float(words[1]))


@THOUSAND
@given(fixture=fixtures, task=st.sampled_from(KEYS), answer=tables(1, D), size=st.floats(-2, 2))
def test_a_score_inside_the_stated_interval_passes_a_thousand_times(fixture, task, answer, size):
    query = times(10**size, tables_mean(fixture))
    answer = answer[0]
    verdict = judge(task, answer, fixture, own_query=query)
    assume(verdict.diagnosis in ("too-loud", "too-quiet"))
    if not judge("1.3.2", query, fixture):  # then the course's query may have been used
        query = course_answer(exercise("1.3.2"), fixture)
        verdict = judge(task, answer, fixture)
        assume(verdict.diagnosis in ("too-loud", "too-quiet"))
    low, high = ends(verdict)
    score = dot(query[0], answer)
    assert score <= low if verdict.diagnosis == "too-quiet" else score >= high
    length = dot(query[0], query[0])
    assume(length > 1e-3)
    inside = (low + high) / 2 if high < math.inf and low > -math.inf else max(low, -high) + 1
    inside = -inside if low == -math.inf else inside
    moved = [x + (inside - score) / length * q for x, q in zip(answer, query[0], strict=True)]
    assert judge(task, moved, fixture, own_query=query).passed


def tables_mean(fixture):
    return [[(a + b) / 2 for a, b in zip(fixture.key[0], fixture.key[1], strict=True)]]


def test_the_intervals_of_the_seed_are_those_known():
    assert judge("1.4.1", [1, 1, 0]).details["interval"] == "between 63.54 and 64.52"
    assert judge("1.4.2", [0, 0, 0]).details["interval"] == "above 66.62"


def test_a_new_key_is_told_its_weight_its_score_and_where_it_must_be():
    # e^1 / (e^1 + 2) = 0.576. A weight between 0.2833 and 0.3833 has a score between 50 - 0.235
    # and 50 + 0.218, because the two others have 50 each.
    assert judge("1.4.1", [0.51, 0.51, 0, 0], AXES_4).message == (
        "The new k2 takes 0.576 of the weight, too much. "
        "Its score q·k2 is 51; it must be between 49.77 and 50.21."
    )
    assert judge("1.4.1", [0.49, 0.49, 0, 0], AXES_4).message.startswith(
        "The new k2 takes 0.155 of the weight, too little. Its score q·k2 is 49;"
    )


def test_a_key_is_not_told_to_mend_the_query():
    # The query breaks the tie of k0 and k1. Softer, all three would share; but it is not asked for.
    assert diagnose(Attempt(exercise("1.4.1"), [[200, 199, 199.5, 0]], AXES))[0] == "off-target"
    # The rows of the query are in another order than wanted; but they cannot be moved.
    task = Exercise("9.9.9", "", ((1,), (0,), (2,), (3,)), (), edits=2, query_of="1.2.2")
    assert judge(task, [0, 0, 1, 0], AXES_4).diagnosis == "off-target"


def test_an_interval_may_be_open_below():
    # An edited key that must get nothing: k0 and k1 share, and k2 must keep away.
    task = Exercise("9.9.9", "", wanted=((0, 1),), hints=(), edits=2, query_of="1.3.2")
    verdict = judge(task, [1, 1, 0, 0], AXES_4)
    assert verdict.diagnosis == "too-loud"
    # e^s / (e^s + 2 e^50) < 0.05 for s < 50 + ln 2 - ln 19 = 47.749; the others are off by half.
    assert verdict.details["interval"] == "below 47.74"


def test_each_row_of_a_query_has_an_interval_of_its_own():
    # The four queries of 1.2.2 are 10 times the axes; the new key 2 must win in row 2 alone.
    task = Exercise("9.9.9", "", ((0,), (1,), (2,), (3,)), (), edits=2, query_of="1.2.2")
    assert judge(task, [0, 0, 1, 0], AXES_4).diagnosis == "correct"
    verdict = judge(task, [0, 2, 1, 0], AXES_4)  # takes row 1 from k1
    assert verdict.diagnosis == "too-loud"
    assert verdict.details["score"] == "20"
    assert judge(task, [0, 0, 0.1, 0], AXES_4).diagnosis == "too-quiet"


# --- what the messages say --------------------------------------------------------------------


def message(task, answer, fixture=AXES_4):
    return judge(task, answer, fixture).message


def test_the_numbers_of_a_correct_answer():
    # e^9 / (e^9 + 3) = 1 - 0.0003701; it must not say less
    assert message("1.2.1", [[9, 0, 0, 0]]) == (
        "The output is within 0.000371 of the target. That leaves 0.0496 of the tolerance."
    )


def test_a_coincidence_names_who_stands_in_for_whom():
    verdict = judge("1.3.2", [[1.91, 0.64, -4.11]])  # weights (.004, .666, .326, .004)
    assert verdict.passed
    assert verdict.distance == pytest.approx(0.496, abs=5e-4)
    said = verdict.message
    for part in ("k0 gets 0.496 too little", "k1 gets 0.166 too much", "k2 gets 0.326 too much"):
        assert part in said
    assert "v1 and v2 can stand in for v0" in said
    assert "k3" not in said
    assert "k0 gets 0.569 too little" in judge("1.2.1", [[-5.88, 3.41, -0.54]]).message  # .5692


def test_rows_in_another_order_are_named():
    said = message("1.2.2", times(9, [AXES[1], AXES[0], AXES[2], AXES[3]]))
    assert said.endswith("your row 0 belongs at 1 and your row 1 belongs at 0.")


def test_rows_that_fit_twice_find_places_too():
    # Rows 0 and 1 want the same; the answer has them last.
    task = Exercise("9.9.9", "", wanted=((0,), (0,), (1,)), hints=())
    verdict = judge(task, times(9, [AXES[1], AXES[0], AXES[0]]), AXES_4)
    assert verdict.diagnosis == "permuted"
    moves = {
        tuple(int(w[0]) for w in part.split() if w[0].isdigit())
        for part in verdict.details["moves"].replace(" and ", ", ").split(", ")
    }
    assert {there for _, there in moves} == {here for here, _ in moves}
    assert (0, 2) in moves


def test_a_soft_query_is_told_how_much_is_where():
    # e^2 = 7.389 of e^2 + 3
    verdict = judge("1.2.1", [[2, 0, 0, 0]], AXES_4)
    assert "only 0.711 of the weight goes to k0" in verdict.message
    # A weight of 0.95 and an error below 0.05 take e^(2f) > 57, f > 2.02; the next round one is 3.
    assert verdict.details["factor"] == "3"


def test_a_sharp_query_is_told_which_tie_breaks():
    said = message("1.3.2", [[900, 899, 0, 0]])
    assert "q·(k0 − k1) is 1, so k0 gets 2.72 times the weight of k1" in said
    # The error is below 0.05 up to ln(0.55 / 0.45) = 0.2007.
    assert 0 < float(judge("1.3.2", [[900, 899, 0, 0]], AXES_4).details["factor"]) < 0.2007


def test_a_ratio_beyond_all_numbers_is_still_told():
    said = message("1.3.2", [[90000, 80000, 0, 0]])
    assert "q·(k0 − k1) is 10000" in said
    assert "k0 gets over a million times the weight of k1" in said


def test_the_thief_is_named_with_its_row():
    said = message("1.2.2", times(9, [AXES[0], AXES[1], AXES[2], AXES[2]]))
    assert said.startswith("Row 3: k2 takes nearly all of the weight and leaves almost none to k3.")


def test_an_uneven_share_is_told_with_its_ratio():
    said = message("1.3.2", [[8, 9, 0, 0]])
    assert said.startswith("k1 gets 2.72 times the weight of k0, because q·(k1 − k0) is 1.")


def test_a_leak_is_told_with_its_size():
    said = message("1.3.2", [[2, 0, 1, 0]])  # 2.718 of 7.389 + 1 + 2.718 + 1
    assert said.startswith("k2 keeps 0.225 of the weight and should get none: q·(k2 − k1) is 1")


def test_the_gap_of_a_leak_is_a_difference():
    # Parts of 7.4, 1.6, 2.7 and 1: k2 leads k1 by half a unit.
    said = message("1.3.2", [[2, 0.5, 1, 0]])
    assert said.startswith("k2 keeps 0.213 of the weight and should get none: q·(k2 − k1) is 0.5 ")


TWO = Fixture(key=((1, 0), (0, 1)), value=((1,), (0,)))
TWO_PAIRS = Exercise("9.9.9", "", wanted=((0, 1), (2, 3)), hints=())


def test_of_several_rows_the_one_whose_tie_breaks_is_named():
    assert "q·(k2 − k3) is 1," in message(TWO_PAIRS, [[50, 50, 0, 0], [0, 0, 50, 49]])
    said = message(TWO_PAIRS, [[9, 9, 0, 0], [0, 0, 9, 8]])
    assert said.startswith("Row 1: k2 gets 2.72 times the weight of k3")


def test_a_row_that_is_right_is_not_accused():
    # Row 0 has 0.943 on k0 and misses by 0.057; 1.037 times as loud it would fit. Row 1 is
    # uneven, but within the tolerance: the gap may be 0.2007, which leaves no room for 1.037.
    task = Exercise("9.9.9", "", wanted=((0,), (2, 3)), hints=())
    assert judge(task, [[3.9, 0, 0, 0], [0, 0, 50, 49.8]], AXES_4).diagnosis == "off-target"


def test_the_row_of_a_key_edit_is_named():
    task = Exercise("9.9.9", "", ((0,), (1,), (2,), (3,)), (), edits=2, query_of="1.2.2")
    assert message(task, [0, 2, 1, 0]).startswith(
        "Row 1: The new k2 takes nearly all of the weight"
    )


@pytest.mark.parametrize(
    ("number", "scale", "score", "end"),
    [
        ("1.4.1", 63.5365, "63.536", "63.54"),
        ("1.4.1", 64.524, "64.524", "64.52"),
        ("1.4.2", 66.616, "66.616", "66.62"),
    ],
)
def test_a_score_just_outside_is_told_from_the_end(number, scale, score, end):
    middle = [(a + b) / 2 for a, b in zip(*SEED.key[:2], strict=True)]
    length = dot(middle, middle) * 100
    verdict = judge(number, [scale / length * x for x in middle])
    assert not verdict
    assert float(verdict.details["score"]) == pytest.approx(float(score), abs=1e-3)
    assert verdict.details["score"] != end
    assert end in verdict.details["interval"]


def test_equal_scores_are_told_as_such():
    assert message("1.2.1", [[0, 0, 0, 0]]) == (
        "All keys have the same score, so each gets 0.25 of the weight. Turn the query towards k0."
    )


def test_where_all_is_averaged_no_direction_is_called_right():
    said = message("1.3.1", [[9, 0, 0, 0]])
    assert "direction" not in said
    assert said.startswith("Equal weights need equal scores, but q·(k0 − k")


def test_many_small_shifts_are_told_by_the_largest():
    # Twelve keys with the same value: k0 has .89, each of the others a hundredth.
    keys = tuple(tuple(float(i == j) for j in range(12)) for i in range(12))
    fixture = Fixture(key=keys, value=((0.0,),) * 12)
    task = Exercise("9.9.9", "", wanted=((0,),), hints=())
    verdict = judge(task, [[math.log(89)] + [0] * 11], fixture)
    assert verdict.diagnosis == "right-output-wrong-weights"
    assert "k0 gets 0.11 too little" in verdict.message


def test_places_are_found_fast_where_all_rows_fit_many():
    """Fourteen rows fit in every place but one fits nowhere: 14! orders would have to be tried."""
    count = 14
    task = Exercise("9.9.9", "", wanted=((0,),) * count, hints=())
    assert judge(task, [[9, 0]] * (count - 1) + [[0, 9]], TWO).diagnosis == "wrong-key"


def test_a_row_with_one_wanted_key_is_never_uneven():
    # With hardly a tolerance nothing passes, though k0 has 0.9996 of the weight.
    task = Exercise("9.9.9", "", wanted=((0,),), hints=(), tolerance=1e-30)
    assert judge(task, [[9, 0, 0, 0]], AXES_4).diagnosis == "off-target"


def test_a_row_fits_in_another_place_only_by_its_weights():
    # v0 and v1 are the same. Row 1 gives the output that row 0 should give, by k1 and not k0.
    fixture = Fixture(key=AXES[:3], value=((0,), (0,), (1,)))
    task = Exercise("9.9.9", "", wanted=((0,), (2,)), hints=())
    assert judge(task, [[0, 0, 9, 0], [0, 9, 0, 0]], fixture).diagnosis == "wrong-key"
    assert judge(task, [[0, 0, 9, 0], [9, 0, 0, 0]], fixture).diagnosis == "permuted"


def test_a_mistake_that_an_exercise_has_foreseen_is_answered_in_its_words():
    assert judge(EXPECTED, [[0, 0, 9, 0]], AXES_4).message == COUNTED
    assert judge(EXPECTED, [[0, 0, 0, 0]], AXES_4).message == SILENT


def test_braces_in_what_an_exercise_says_are_only_braces():
    task = Exercise("9.9.9", "", ((0,),), (), foreseen={((1,),): "{weights} in {braces}"})
    assert judge(task, [[0, 9, 0, 0]], AXES_4).message == "{weights} in {braces}"


def test_what_passes_is_not_told_of_a_mistake():
    # v0 and v1 are the same, so k1 gives the output asked for.
    fixture = Fixture(key=AXES, value=((0,), (0,), (1,), (1,)))
    task = Exercise("9.9.9", "", ((0,),), (), foreseen={((1,),): "That is v1."})
    verdict = judge(task, [[0, 9, 0, 0]], fixture)
    assert verdict.passed
    assert verdict.diagnosis == "right-output-wrong-weights"


def test_what_is_foreseen_of_heads_is_the_mean_of_their_weights():
    instead = {((0, 1),): "Neither head looks at k2."}
    task = Exercise("9.9.9", "", ((0, 2),), (), heads=2, foreseen=instead)
    assert judge(task, [[9, 0, 0, 0], [0, 9, 0, 0]], AXES_4).diagnosis == "foreseen"
    assert judge(task, [[9, 0, 0, 0], [9, 0, 0, 0]], AXES_4).diagnosis == "one-sided-heads"


def test_what_fits_no_rule_is_told_its_error():
    verdict = judge(*next(row for row in WRONG_ANSWERS if row[2] == "off-target")[:2], AXES_4)
    assert "misses the target by 1;" in verdict.message
    assert "less than 0.05" in verdict.message


# --- for any numbers at all -------------------------------------------------------------------


@THOUSAND
@given(fixture=fixtures, task=st.sampled_from(EXERCISES), data=st.data(), size=st.floats(-9, 9))
def test_a_thousand_answers_get_the_diagnosis_that_their_weights_deserve(fixture, task, data, size):
    """The rules once more, as inequalities on the weights."""
    answer = times(10**size, data.draw(tables(len(task.wanted), D)))
    answer = answer if task.kind == "query" else answer[0]
    verdict = judge(task, answer, fixture)
    assert verdict.message
    shares = [
        sum(row[k] for k in group) for row, group in zip(verdict.weights, task.wanted, strict=True)
    ]
    holds = {
        "correct": verdict.passed and verdict.distance <= 0.1,
        "right-output-wrong-weights": verdict.passed and verdict.distance > 0.1,
        "permuted": len(task.wanted) > 1,
        "wrong-key": min(shares) < 0.5,
        "uneven": min(shares) > 0.9,
        "leak": 0.5 <= min(shares) <= 0.9,
    }
    assert holds.get(verdict.diagnosis, not verdict.passed)
    assert verdict.passed == (verdict.error < verdict.tolerance)
    kinds = {"query": ("too-loud", "too-quiet"), "key": ("too-soft", "too-sharp", "wrong-key")}
    assert verdict.diagnosis not in kinds[task.kind]


@pytest.mark.parametrize("row", ON_THE_SEED)
def test_a_rule_hangs_on_the_kind_of_an_exercise_and_not_on_its_number(row):
    number, answer, diagnosis, _ = row
    task = exercise(number)
    other = Exercise("77", "", task.wanted, (), task.edits, task.query_of)
    assert judge(other, answer).diagnosis == diagnosis


def test_an_attempt_knows_what_a_row_lacks():
    attempt = Attempt(exercise("1.3.2"), [[math.log(3), 0, 0, 0]], AXES)  # parts of 3, 1, 1, 1
    assert attempt.share(0) == pytest.approx(4 / 6)
    assert attempt.distances == [pytest.approx(1 / 3)]  # a sixth too little and twice a sixth
    assert diagnose(attempt)[0] == "leak"
