"""The ten questions: exactly one choice is right, says torch; both forms ask for the same ideas."""

import math
import re

import pytest
import torch

from attention_lab import attention, attention_weights
from attention_lab.questions import FORMS, QUESTIONS
from attention_lab.questions.misconceptions import MISCONCEPTIONS
from attention_lab.site.guess import parts, refuse_unless_complete
from attention_lab.site.questions import as_guess, asked, folded_misconceptions, results, section
from tests.conftest import ROOT

BY_NAME = {question.name: question for question in QUESTIONS}
BOTH = [(question, form) for question in QUESTIONS for form in FORMS]
IDS = [f"{question.name}-{form}" for question, form in BOTH]
RIGHT = None  # the misconception of the right choice
SEEN = 0.01  # a difference that a reader sees in two decimals


def tensor(rows):
    return torch.tensor(rows, dtype=torch.float64)


def weights(query, key):
    return attention_weights(tensor([query]), tensor(key))[0]


def output(query, key, value):
    return attention(tensor([query]), tensor(key), tensor(value))[0]


def same(one, other):
    return torch.allclose(torch.as_tensor(one), torch.as_tensor(other), atol=SEEN)


# What each choice claims, worked out in torch and from scratch: by misconception, is it so?


def louder(names, query, key, times_as_long):
    soft = weights(query, key)
    loud = weights([times_as_long * number for number in query], key)
    winner = soft.argmax()
    return {
        RIGHT: loud[winner] > 0.9,
        "direction-only": same(loud, soft),
        "louder-blurs": loud.max() < soft.max() - SEEN,
        "length-reorders": loud.argmax() != winner,
    }


def added(names, query, key, vector):
    moved = (tensor(key) + tensor(vector)).tolist()
    old, new = weights(query, key), weights(query, moved)
    angle = torch.nn.functional.cosine_similarity(tensor(moved), tensor([query])).argmax()
    return {
        RIGHT: torch.allclose(old, new),
        "own-score": bool((new > old + SEEN).all()),
        "closeness": new[angle] > old[angle] + SEEN,
        "alike-keys": new.std() < old.std() - SEEN,
    }


def value_edit(names, query, key, value, place, change):
    edited = tensor(value)
    edited[place] += tensor(change)
    moved = output(query, key, edited.tolist()) - output(query, key, value)
    share = weights(query, key)[place]
    return {
        RIGHT: same(moved, share * tensor(change)),
        "whole-edit": same(moved, tensor(change)),
        "plain-mean": same(moved, tensor(change) / len(key)),
        "values-weigh": bool((moved > share * tensor(change) + SEEN).any()),
    }


def key_edit(names, query, key, place, edited_key):
    edited = tensor(key)
    edited[place] = tensor(edited_key)
    old, new = weights(query, key), weights(query, edited.tolist())
    others = [n for n in range(3) if n != place]
    gain = (new - old)[others]
    ahead = old[others].argmax()
    return {
        RIGHT: same(new[others[0]] / new[others[1]], old[others[0]] / old[others[1]]),
        "even-shares": same(gain[0], gain[1]),
        "next-best": same(gain[ahead], old[place] - new[place]),
        "own-score": same(gain, tensor([0, 0])),
    }


def longer_key(names, polar, loudness):
    lengths, angles = ([key[n] for key in polar] for n in (0, 1))
    turn = tensor(angles).deg2rad()
    key = (tensor(lengths)[:, None] * torch.stack([turn.cos(), turn.sin()], dim=1)).tolist()
    winner = weights([loudness, 0], key).argmax()
    straight, longest = (
        min(range(3), key=lambda n: angles[n]),
        max(range(3), key=lengths.__getitem__),
    )
    loud = {weights([scale, 0], key).argmax().item() for scale in (0.1, 1, 10, 100)}
    return {
        RIGHT: winner == 3 - straight - longest,  # the third one
        "direction-only": winner == straight,
        "length-only": winner == longest,
        "length-reorders": len(loud) > 1,
    }


def duplicate(names, query, key, place):
    was = weights(query, key)[place]
    now = weights(query, [*key, key[place]])[[place, -1]]
    return {
        RIGHT: same(now[0], now[1]) and was / 2 + SEEN < now[0] < was - SEEN,
        "copies-share": same(now, tensor([was / 2, was / 2])),
        "own-score": same(now, tensor([was, was])),
        "lookup": same(now, tensor([was, 0])),
    }


def order(names, query, key, value, reordered):
    old = output(query, key, value)
    places = [names.index(name) for name in reordered]
    new = output(query, tensor(key)[places].tolist(), tensor(value)[places].tolist())
    return {
        RIGHT: torch.allclose(new, old),
        "places": same(new, weights(query, key) @ tensor(value)[places]),
        "rows-are-features": same(new, old.flip(0)),
        "knows-order": not same(new, old),
    }


def outside(value, target):
    """A wall between the target and all values: then no average of them is there."""
    walls = [tensor([math.cos(turn), math.sin(turn)]) for turn in torch.linspace(0, 6.28, 629)]
    ahead = [(wall @ tensor(target) - (tensor(value) @ wall).max()).item() for wall in walls]
    can = max(ahead) <= 0
    return {RIGHT: not can, "feature-by-feature": can, "loud-reaches": can, "keys-reach": can}


def inside(names, key):
    """The most weight that each key gets, from loud queries in all directions."""
    turn = torch.linspace(0, 2 * math.pi, 3601, dtype=torch.float64)
    loud = 300 * torch.stack([turn.cos(), turn.sin()], dim=1)
    most = attention_weights(loud, tensor(key)).max(dim=0).values
    never = {n for n in range(4) if most[n] < 0.75}
    angle = torch.atan2(tensor(key)[:, 1], tensor(key)[:, 0])
    flanked = {n for n in range(4) if angle.min() < angle[n] < angle.max()}
    shortest = tensor(key).norm(dim=1).argmin().item()
    return {
        RIGHT: never == flanked - {shortest} and len(never) == 1,
        "length-only": never == {shortest},
        "aim-copies": not never,
        "direction-only": never == flanked,
    }


def words(names, vector, asker, wanted, key, size):
    """The matrices by hand: rows, columns and diagonal are filled in a loop."""
    mine, other = (0, 1) if vector[0] else (1, 0)
    claims = {}
    for name, rows in {
        RIGHT: {(mine, c): size * key[wanted][c] for c in (0, 1)},
        "any-row": {(other, c): size * key[wanted][c] for c in (0, 1)},
        "rows-and-columns": {(r, mine): size * key[wanted][r] for r in (0, 1)},
        "asks-for-itself": {(0, 0): size, (1, 1): size},
    }.items():
        matrix = torch.zeros(2, 2, dtype=torch.float64)
        for entry, number in rows.items():
            matrix[entry] = number
        claims[name] = weights((tensor(vector) @ matrix).tolist(), key)[wanted] > 0.9
    return claims


CLAIMS = {
    "louder": louder,
    "added": added,
    "value-edit": value_edit,
    "key-edit": key_edit,
    "longer-key": longer_key,
    "duplicate": duplicate,
    "order": order,
    "outside": outside,
    "inside": inside,
    "words": words,
}


@pytest.mark.parametrize(("question", "form"), BOTH, ids=IDS)
def test_exactly_one_choice_is_right_and_torch_says_the_same(question, form):
    claims = CLAIMS[question.name](**getattr(question, form).fixture)
    assert [name for name, true in claims.items() if true] == [RIGHT]
    shown = question.asked(form)
    assert {choice.misconception for choice in shown.choices} == set(claims)
    assert shown.choices[shown.right].misconception is RIGHT


NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?")


def numbers(text):
    return [float(found.replace("−", "-")) for found in NUMBER.findall(text)]


def test_what_choices_and_reasons_say_in_numbers_is_so():
    """The texts are formatted; here a few numbers in them are worked out in torch."""
    for form in FORMS:
        for name, expect in {
            "louder": lambda f: [weights([10 * n for n in f["query"]], f["key"]).max()],
            "duplicate": lambda f: [weights(f["query"], [*f["key"], f["key"][f["place"]]])[-1]],
            "order": lambda f: output(f["query"], f["key"], f["value"]),
        }.items():
            question = BY_NAME[name]
            shown = question.asked(form)
            right = shown.choices[shown.right]
            expected = torch.as_tensor(expect(getattr(question, form).fixture)).tolist()
            said = numbers(right.text) or numbers(right.reason)[-1:]
            assert said == pytest.approx(expected, abs=0.051 if name == "order" else 0.0051)


def share_of(form):
    return weights(form["query"], form["key"])[form["place"]]


BELIEVED = {  # what somebody expects who believes this, by question and misconception
    ("value-edit", "whole-edit"): lambda f: f["change"],
    ("value-edit", "plain-mean"): lambda f: [number / len(f["key"]) for number in f["change"]],
    ("key-edit", "own-score"): lambda f: sorted(
        (w for n, w in enumerate(weights(f["query"], f["key"])) if n != f["place"]), reverse=True
    ),
    ("duplicate", "copies-share"): lambda f: [share_of(f) / 2],
    ("duplicate", "own-score"): lambda f: [share_of(f)],
    ("order", "rows-are-features"): lambda f: output(f["query"], f["key"], f["value"]).flip(0),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("name", "misconception"), BELIEVED)
def test_a_wrong_choice_is_what_its_misconception_expects(name, misconception, form):
    question = BY_NAME[name]
    (choice,) = (c for c in question.asked(form).choices if c.misconception == misconception)
    expected = BELIEVED[name, misconception](getattr(question, form).fixture)
    assert numbers(choice.text) == pytest.approx([float(x) for x in expected], abs=0.0501)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_forms_are_parallel_and_nothing_but_the_idea_can_be_remembered(question):
    before, after = (question.asked(form) for form in FORMS)
    names = [{choice.misconception for choice in form.choices} for form in (before, after)]
    assert names[0] == names[1]
    assert before.right != after.right
    assert before.text != after.text
    assert set(numbers(before.text)) != set(numbers(after.text))
    assert question.before.fixture.keys() == question.after.fixture.keys()
    for one, other in zip(question.before.fixture.values(), question.after.fixture.values()):
        assert one != other or isinstance(one, int)
    for form in (before, after):
        assert len(form.choices) == 4
        assert len({choice.text for choice in form.choices}) == 4
        assert all(len(choice.reason) > 30 for choice in form.choices)
        assert "{" not in form.text + "".join(c.text + c.reason for c in form.choices)


def test_there_are_ten_different_questions():
    assert len(BY_NAME) == len(QUESTIONS) == 10 == len({question.idea for question in QUESTIONS})


@pytest.mark.parametrize("form", FORMS)
def test_the_right_choice_is_in_every_place_and_in_none_too_often(form):
    places = [question.asked(form).right for question in QUESTIONS]
    assert all(2 <= places.count(place) <= 3 for place in range(4))


def test_the_table_has_no_misconception_that_is_not_met():
    met = {choice.misconception for question in QUESTIONS for choice in question.choices}
    assert met == {RIGHT, *MISCONCEPTIONS}
    sentences = [misconception.sentence for misconception in MISCONCEPTIONS.values()]
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("form", FORMS)
def test_what_tempts_is_so(form):
    """Moved keys do point more nearly the same way; a target is in the values' box."""
    fixture = getattr(BY_NAME["added"], form).fixture
    key = torch.nn.functional.normalize(tensor(fixture["key"]), dim=1)
    moved = torch.nn.functional.normalize(tensor(fixture["key"]) + tensor(fixture["vector"]), dim=1)
    assert (moved @ moved.T).mean() > (key @ key.T).mean() + 0.2
    fixture = getattr(BY_NAME["outside"], form).fixture
    value, target = tensor(fixture["value"]), tensor(fixture["target"])
    assert bool(
        (value.min(dim=0).values < target).all() and (target < value.max(dim=0).values).all()
    )


@pytest.mark.parametrize("form", FORMS)
def test_reasons_against_a_wrong_choice_are_true(form):
    """The second entry falls short where the first is right; a corner can be copied."""
    fixture = getattr(BY_NAME["outside"], form).fixture
    first, second = torch.meshgrid(*[torch.linspace(0, 1, 401)] * 2, indexing="ij")
    shares = torch.stack([first, second, 1 - first - second], dim=-1)
    found = shares[(shares >= 0).all(dim=-1)] @ torch.tensor(fixture["value"]).float()
    there = found[(found[:, 0] - fixture["target"][0]).abs() < 0.05]
    assert len(there) > 100
    assert there[:, 1].max() < fixture["target"][1] - 1

    fixture = getattr(BY_NAME["inside"], form).fixture
    key = tensor(fixture["key"])
    shortest = key.norm(dim=1).argmin()
    away = -100 * (key.sum(dim=0) - key[shortest])
    assert weights(away.tolist(), fixture["key"])[shortest] > 0.999


# Planted mistakes


def planted(question, form, **fixture):
    """The question with another fixture."""
    other = getattr(question, form)
    return question._replace(**{form: other._replace(fixture=other.fixture | fixture)})


@pytest.mark.parametrize(("question", "form"), BOTH, ids=IDS)
def test_a_wrong_choice_with_the_predicate_of_the_right_one_is_noticed(question, form):
    right, *wrong = question.choices
    for n, choice in enumerate(wrong):
        swapped = [right._replace(holds=choice.holds), *wrong]
        swapped[n + 1] = choice._replace(holds=right.holds)
        with pytest.raises(ValueError, match="to be wrong in"):
            question._replace(choices=tuple(swapped)).asked(form)


CHANGES = {  # a number that makes another choice right, or none, or several
    "louder": {"times_as_long": 1},
    "value-edit": {"key": ((0, 0), (0, 0), (0, 0))},
    "key-edit": {"key": ((9, 9), (-9, -9), (-9, -9)), "place": 0},
    "longer-key": {"polar": ((1, 0), (3, 80), (6, 89))},
    "order": {"value": ((1, 1), (1, 1), (1, 1), (1, 1))},
    "outside": {"target": (2, 3)},
    "words": {"size": 0.01},
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CHANGES)
def test_a_number_that_changes_what_is_right_is_noticed(name, form):
    with pytest.raises(ValueError, match=f"in question '{name}', {form}"):
        planted(BY_NAME[name], form, **CHANGES[name]).asked(form)


def test_a_key_pulled_out_of_the_others_is_noticed():
    key = ((1, 1), (5, 1), (1, 5), (4, 4))
    with pytest.raises(ValueError, match="'aim-copies' to be wrong"):
        planted(BY_NAME["inside"], "before", key=key).asked("before")


@pytest.mark.parametrize(
    ("misconceptions", "said"),
    [
        ((None, None, "lookup", "places"), "different misconceptions of the table"),
        ((None, "lookup", "lookup", "places"), "different misconceptions of the table"),
        ((None, "made-up", "lookup", "places"), "different misconceptions of the table"),
        (("lookup", None, "own-score", "places"), "Expected 'lookup' to be wrong"),
    ],
)
def test_a_wrong_choice_has_a_misconception_of_its_own(misconceptions, said):
    question = BY_NAME["louder"]
    pairs = zip(question.choices, misconceptions)
    choices = tuple(choice._replace(misconception=name) for choice, name in pairs)
    with pytest.raises(ValueError, match=said):
        question._replace(choices=choices).asked("before")


def test_choices_that_read_alike_are_noticed():
    question = BY_NAME["louder"]
    choices = (*question.choices[:3], question.choices[3]._replace(text=question.choices[2].text))
    with pytest.raises(ValueError, match="Expected choices that differ"):
        question._replace(choices=choices).asked("before")


# As the book asks them


@pytest.mark.parametrize(("question", "form"), BOTH, ids=IDS)
def test_a_question_is_a_guess(question, form):
    text = as_guess(question, form, 3)
    opening, *lines, closing, _ = text.split("\n")
    assert (opening, closing) == (":::{guess}", ":::")
    options = [line for line in lines if line.startswith(":")]
    asked_, choices = parts(lines[len(options) :])
    refuse_unless_complete(asked_, choices, None)
    shown = question.asked(form)
    assert asked_[1] == shown.text
    assert [choice["kind"] == "right" for choice in choices] == [
        place == shown.right for place in range(4)
    ]
    assert [(c["text"], *c["reason"]) for c in choices] == [
        (c.text, c.reason) for c in shown.choices
    ]
    waits = [option for option in options if option.startswith(":until:")]
    assert waits == ([f":until: after/{question.name}"] if form == "before" else [])


def test_each_form_is_asked_once_on_the_page_of_its_name():
    for form in FORMS:
        page = (ROOT / f"book/{form}.md").read_text("utf-8")
        assert re.findall(r"\{questions\} (\w+)", page) == [form]
        assert asked(form).count(":::{guess}") == 10


def test_the_script_is_told_what_stands_behind_each_choice():
    told = results()
    assert told["misconceptions"] == list(MISCONCEPTIONS)
    for question, row in zip(QUESTIONS, told["questions"], strict=True):
        for form in FORMS:
            shown = question.asked(form)
            assert row[form].index("right") == shown.right
            wrong = [c.misconception for c in shown.choices if c.misconception]
            assert [name for name in row[form] if name != "right"] == wrong


LABELS = {
    label
    for page in (ROOT / "book").glob("*.md")
    for label in re.findall(r"^\(([\w-]+)\)=$", page.read_text("utf-8"), re.MULTILINE)
}
CUT = {"book/reach", "book/instructors", "book/api"}  # pages that students do not get


@pytest.mark.parametrize("name", MISCONCEPTIONS)
def test_a_misconception_leads_to_a_section_that_is_there(name):
    misconception = MISCONCEPTIONS[name]
    assert set(misconception.sections) <= LABELS
    pages = {f"book/{page.stem}" for page in (ROOT / "book").glob("*.md")}
    for have in (pages, pages - CUT):
        label = section(misconception, have)
        assert f"({label})=" in (ROOT / f"book/{label.removeprefix('sec-')}.md").read_text("utf-8")
    assert f"- {misconception.sentence} [](#" in folded_misconceptions(pages)


def test_a_book_without_any_of_the_sections_is_told():
    with pytest.raises(ValueError, match="Expected a page for one of"):
        section(MISCONCEPTIONS["lookup"], {"book/index"})
