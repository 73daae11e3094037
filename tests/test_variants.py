"""The variants: every one certified anew, the same for a student on every machine."""

import ast
import itertools
import json
import random
import re
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import torch

import attention_lab
from attention_lab import certify, check, given_query
from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES, exercise, wanted_weights
from attention_lab.fixtures import SEED
from attention_lab.judge import judge
from attention_lab.site.hints import other_numbers
from attention_lab.variants import FILE, Variant, variant, variant_for
from tests.micropython import run_in_micropython

ALL = [variant(number) for number in range(512)]
NAMES = ["s1", "S1 ", "  a  b ", "Zo\u00eb", "Zoe\u0308", "Ünal", "名", "x" * 300]
NAMES += ["A\u00a0B", "a\u3000b", "a\u2003b", "\u212a", "\uff11\uff12", "a\tb", "É", "é", "ﬁ"]


# --- each of them -----------------------------------------------------------------------------


def test_keys_and_values_are_four_by_three_with_two_decimals():
    for one in ALL:
        for table in (one.key, one.value):
            numbers = np.array(table)
            assert numbers.shape == (4, 3)
            assert (numbers == numbers.round(2)).all()
            assert np.linalg.norm(numbers, axis=1) == pytest.approx(1, abs=0.01)


def test_all_are_different():
    assert len({one.key for one in ALL}) == len({one.value for one in ALL}) == 512


def test_every_key_leads_by_half_in_its_direction():
    for one in ALL:
        key, directions = np.array(one.key), np.array(one.certificate.directions)
        units = directions / np.linalg.norm(directions, axis=1, keepdims=True)
        leads = np.diag(key @ units.T) - np.where(np.eye(4), -9, key @ units.T).max(axis=0)
        assert leads == pytest.approx(one.certificate.margins)
        assert leads.min() >= 0.5


def test_weights_far_from_those_asked_for_miss_the_tolerance():
    """Corner by corner: how far can weights move while the output stays in the box?"""
    for one in ALL:
        system = np.vstack([np.array(one.value).T, np.ones(4)])
        worst = 0
        for corner in itertools.product((-0.05, 0.05), repeat=3):
            shift = np.linalg.solve(system, [*corner, 0])
            worst = max(worst, abs(shift).sum() / 2)
        assert worst <= one.certificate.farthest <= 0.15


def test_weights_drawn_at_random_keep_to_the_bound():
    generator = np.random.default_rng(0)
    passed = 0
    for one in ALL[:40]:
        for task in EXERCISES:
            (wanted, *_), value = wanted_weights(task, 4), np.array(one.value)
            draws = np.abs(wanted + generator.normal(0, 0.05, (2000, 4)))
            draws /= draws.sum(axis=1, keepdims=True)
            close = np.abs((draws - wanted) @ value).max(axis=1) < 0.05
            distance = np.abs(draws - wanted).sum(axis=1) / 2
            passed += close.sum()
            assert distance[close].max(initial=0) <= one.certificate.farthest
    assert passed > 1000


@pytest.mark.parametrize("factor", [0.5, 1, 2])
def test_the_taught_method_is_correct_also_at_half_and_double_the_scale(factor):
    for one in ALL:
        louder = Variant(one.number, one.key, one.value, factor * one.scale, None)
        for task in EXERCISES:
            verdict = judge(task, course_answer(task, louder), louder)
            assert verdict.diagnosis == "correct", (one, task.number)


def test_the_taught_method_scales_the_query_and_not_the_key():
    one = ALL[3]
    query = np.array(course_answer(exercise("1.3.2"), one))
    assert query == pytest.approx(one.scale * np.array(one.key[:2]).mean(axis=0, keepdims=True))
    assert course_answer(exercise("1.4.1"), one) == pytest.approx(
        np.array(one.key[:2]).mean(axis=0)
    )
    assert not np.array(course_answer(exercise("1.3.1"), one)).any()


def test_the_answers_of_a_neighbour_do_not_pass():
    """A loud query for k0 finds another's k0 about one time in four; a sheet of six does not."""
    draw = random.Random(0)
    for mine, theirs in (draw.sample(ALL, 2) for _ in range(500)):
        answers = [(task, course_answer(task, mine)) for task in EXERCISES]
        assert sum(judge(task, answer, theirs).passed for task, answer in answers) <= 4


# --- the script that makes them ---------------------------------------------------------------


def test_the_script_makes_the_shipped_file():
    shipped = json.loads(Path(FILE).read_text("utf-8"))
    assert len(shipped) == certify.COUNT == 512
    assert certify.rows(5) == shipped[:5]
    assert certify.as_json(shipped) == Path(FILE).read_text("utf-8")


def test_every_shipped_variant_is_what_its_numbers_are_certified_to_be():
    for one in ALL:
        scale, certificate = certify.certify(one.key, one.value)
        assert scale == one.scale
        assert certificate == one.certificate


def test_the_file_is_found_where_folders_are_parted_by_backslashes():
    from attention_lab import variants

    source = Path(variants.__file__).read_text("utf-8")
    module = {"__file__": r"C:\lab\attention_lab\variants.py", "__name__": "variants"}
    exec(source, module)
    assert module["FILE"] == "C:/lab/attention_lab/variants.json"


def test_the_seed_falls_short_of_the_bound():
    with pytest.raises(certify.UnfairError, match=r"Weights 1\.00 away"):
        certify.certify(*SEED)


def test_values_that_do_not_tell_weights_apart_are_refused():
    flat = ((1, 0, 0), (0, 1, 0), (-1, 0, 0), (0, -1, 0))
    assert certify.farthest_passing(flat) == 1
    with pytest.raises(certify.UnfairError, match=r"Weights 1\.00 away"):
        certify.certify(ALL[0].key, flat)


def test_a_key_without_a_lead_is_refused():
    inside = [*ALL[0].key[:3], tuple(np.mean(ALL[0].key[:3], axis=0))]
    with pytest.raises(certify.UnfairError, match=r"Key 3 leads the others by 0\.00"):
        certify.certify(inside, ALL[0].value)


def test_keys_for_which_no_scale_works_are_refused():
    # k0 is three times as long as the others: it ties with none.
    key = ((3.0, 0, 0), (0, 1, 0), (0, 0, 1), (-1, 0, 0))
    with pytest.raises(certify.UnfairError, match="fails at every scale"):
        certify.certify(key, ALL[0].value)


# --- by number and by student -----------------------------------------------------------------


@pytest.mark.parametrize("number", [-1, 512, 1.0, "7", None, True])
def test_a_number_that_there_is_not_is_refused(number):
    with pytest.raises(ValueError, match="0 to 511"):
        variant(number)


def expected_number(student, course):
    digest = sha256(f"{course}\n{student}".encode()).hexdigest()
    return int(digest[:4], 16) % 512


def test_a_student_gets_the_variant_of_the_hash():
    for student in ("s1", "1234567", "a b"):
        assert variant_for(student, "nlp").number == expected_number(student, "nlp")


def test_spelling_does_not_matter_where_a_keyboard_differs():
    for student in ("S1", " s1", "s1\n"):
        assert variant_for(student, "NLP").number == expected_number("s1", "nlp")
    assert variant_for("Zo\u00eb", "x").number == variant_for("Zoe\u0308", "x").number
    assert variant_for("a\u00a0b", "x").number == expected_number("a b", "x")
    assert variant_for("\uff11\uff12", "x").number == expected_number("12", "x")


def test_students_spread_over_the_variants_and_over_the_years():
    numbers = {variant_for(f"s{n}", "nlp-2026").number for n in range(5000)}
    assert len(numbers) == 512  # missed by chance with probability 512·(511/512)^5000 = 3%
    moved = sum(
        variant_for(f"s{n}", "2026").number != variant_for(f"s{n}", "2027").number
        for n in range(100)
    )
    assert moved > 90


@pytest.mark.parametrize(
    "names", [("", "nlp"), ("s1", " "), ("\u00a0", "nlp"), (None, "nlp"), (7, "nlp")]
)
def test_no_name_no_variant(names):
    with pytest.raises(ValueError, match="as texts"):
        variant_for(*names)


def test_micropython_gives_the_same_variants():
    program = (
        "from attention_lab.variants import variant, variant_for\n"
        "one = variant(7)\n"
        "print([one.key, one.value, one.scale, list(one.certificate)])\n"
        f"print([variant_for(name, 'nlp').number for name in {NAMES!r}])\n"
    )
    one, numbers = map(ast.literal_eval, run_in_micropython(program).splitlines())
    mine = variant(7)
    flat = [float(x) for x in np.concatenate([np.ravel(part) for part in (*one[:2], one[2])])]
    assert flat == pytest.approx([*np.ravel(mine.key), *np.ravel(mine.value), mine.scale])
    for theirs, ours in zip(one[3], mine.certificate, strict=True):
        assert np.ravel(theirs) == pytest.approx(np.ravel(ours))
    assert numbers == [variant_for(name, "nlp").number for name in NAMES]


# --- in a cell --------------------------------------------------------------------------------


@pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)
def test_the_lines_under_an_exercise_work_when_run(task):
    code = re.search(r"```python\n(.*?)```", other_numbers(task), re.DOTALL)[1]
    lines, last = code.strip().rsplit("\n", 1)
    answer = torch.tensor(course_answer(task, variant(7)))
    cell = {"check": check, task.function: lambda: answer}
    exec(lines, cell)
    assert eval(last, cell)
    assert cell["key"].tolist() == torch.tensor(variant(7).key).tolist()
    if task.kind == "key":
        assert cell["query"].tolist() == given_query(task.number, variant(7)).tolist()


def test_a_learner_works_on_a_variant():
    mine = attention_lab.variant(7)
    key, value = mine.tensors()
    assert key.dtype == value.dtype == torch.float32
    torch.testing.assert_close(key, torch.tensor(mine.key))
    assert check("1.2.1", mine.scale * key[:1], mine)
    middle = (key[0] + key[1]) / 2
    torch.testing.assert_close(given_query("1.4.1", mine), mine.scale * middle[None])
    assert check("1.4.1", middle, mine)
    assert repr(mine) == "<variant 7>"
