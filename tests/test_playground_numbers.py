"""The playground's numbers are torch's, and its verdict is the judge's."""

import itertools
import json
import math
import random

import pytest
import torch

from attention_lab import attention, attention_weights
from attention_lab.course import course_answer
from attention_lab.exercises import EXERCISES, exercise
from attention_lab.fixtures import SEED
from attention_lab.page.data import exercise_data, playground_data
from attention_lab.page.judging import reply
from attention_lab.page.scripts import joined
from attention_lab.variants import COUNT, variant
from tests.playground import SHOWN, SPACE, Playground, by_torch

STATES, SEED_OF_STATES = 10_000, 447
ROW = ("scores", "weights", "output")
LOUDEST = 200  # of a query: how far the dial reaches
# attend() and measured() of the playground on many states at once.
ATTEND = (
    f"(text) => {{ {joined(('playground/attention.js',))}"
    + """
    return JSON.stringify(JSON.parse(text).map(({ query, key, value, wanted }) => {
        const results = query.map((row) => attend(row, key, value));
        return { results, ...measured(wanted, results, value) };
    }));
}"""
)
# Set the state and read what is shown, with no time between.
SET_AND_READ = f"""(element, space) => {{
    element.mounted.set({{ form: "space", space }});
    return ({SHOWN})(element);
}}"""


def vector(draw, size, features=3):
    """A vector of a size in a random direction, in numbers that float32 has."""
    numbers = [draw.gauss(0, 1) for _ in range(features)]
    return torch.tensor([x * size / math.hypot(*numbers) for x in numbers]).tolist()


def loud(draw):
    """A query's length, as likely from 0.02 to 0.2 as from 20 to 200; now and then 0."""
    return draw.choice([0] + [LOUDEST * 10 ** draw.uniform(-4, 0)] * 20)


def random_state(draw):
    """Keys of the course or of a variant, in half of the states one of them moved."""
    fixture = draw.choice([SEED, variant(draw.randrange(COUNT))])
    rows = draw.choice([1, 1, 1, 4])
    key, value = ([list(row) for row in table] for table in (fixture.key, fixture.value))
    if draw.random() < 0.3:
        key.append(vector(draw, draw.random()))
        value.append(vector(draw, draw.random()))
    if draw.random() < 0.5:
        key[draw.randrange(len(key))] = vector(draw, draw.uniform(0, 1.2))
    wanted = [[draw.random() for _ in key[:4]] for _ in range(rows)]
    return {
        "query": [vector(draw, loud(draw)) for _ in range(rows)],
        "key": key,
        "value": value,
        "wanted": [[x / sum(row) for x in row] for row in wanted],
    }


def groups(states, results):
    """States of one shape, so that torch can take them at once: a table of each thing."""
    shape = lambda pair: (len(pair[0]["query"]), len(pair[0]["key"]))  # noqa: E731
    pairs = sorted(zip(states, results, strict=True), key=shape)
    for _, group in itertools.groupby(pairs, shape):
        some, found = zip(*group, strict=True)
        yield (
            {name: torch.tensor([state[name] for state in some]) for name in some[0]},
            {name: [result[name] for result in found] for name in found[0]},
        )


def farthest(ours, theirs, size=1):
    """The largest difference, where it counts in parts of a size that is larger than 1."""
    gap = (torch.tensor(ours, dtype=torch.float64) - theirs.double()).abs()
    return (gap / torch.as_tensor(size).clamp(min=1)).max().item()


def test_on_10_000_random_states_the_arithmetic_is_that_of_torch_in_float32(browser):
    """Scores to 1e-5 of the query's length (keys are about 1 long), all else to 1e-5."""
    draw = random.Random(SEED_OF_STATES)
    states = [random_state(draw) for _ in range(STATES)]
    page = browser.new_page()
    results = json.loads(page.evaluate(ATTEND, json.dumps(states)))
    page.close()
    counted = 0
    for state, found in groups(states, results):
        query, key, value = state["query"], state["key"], state["value"]
        target = state["wanted"] @ value[:, :4]
        output = attention(query, key, value)
        rows = {name: [[row[name] for row in q] for q in found["results"]] for name in ROW}
        assert farthest(rows["scores"], query @ key.mT, query.norm(dim=-1, keepdim=True)) < 1e-5
        assert farthest(rows["weights"], attention_weights(query, key)) < 1e-5
        assert farthest(rows["output"], output) < 1e-5
        assert farthest(found["targets"], target) < 1e-5
        assert farthest(found["error"], (target - output).abs().amax(dim=(-2, -1))) < 1e-5
        counted += len(found["error"])
    assert counted == STATES


@pytest.fixture
def playground(open_page):
    """The one on the landing page."""
    return Playground(open_page("index"))


def exercise_state(draw, task, fixture):
    """A state near an exercise's answer: sometimes it passes. Now and then another key is moved."""
    answer = course_answer(task, fixture)
    key, value = ([list(row) for row in table] for table in (fixture.key, fixture.value))
    noise = draw.choice([0, 0.05, 1])
    stirred = lambda row: [x + draw.gauss(0, noise) for x in row]  # noqa: E731
    if draw.random() < 0.3:
        key[0] = vector(draw, 1)
    if task.kind == "key":
        key[task.edits] = stirred(answer)
        return {"exercise": task.number, "rows": course_answer(exercise("1.3.2"), SEED), "key": key}
    size = draw.choice([0.03, 0.3, 1, 3])
    rows = [[size * x for x in stirred(row)] for row in answer]
    return {"exercise": task.number, "rows": rows, "key": key, "value": value}


def test_what_is_shown_is_what_torch_and_the_judge_make_of_it(playground):
    draw = random.Random(SEED_OF_STATES)
    verdicts = set()
    for task in EXERCISES * 12:
        space = exercise_state(draw, task, SEED)
        space["value"] = [list(row) for row in SEED.value]
        space["row"] = draw.randrange(len(space["rows"]))
        shown = playground.root.evaluate(SET_AND_READ, space)
        scores, weights, output = (
            table[space["row"]].tolist()
            for table in by_torch(space["rows"], space["key"], space["value"])
        )
        assert shown["scores"] == pytest.approx(scores, abs=0.0051)
        assert shown["weights"] == pytest.approx(weights, abs=0.00051)
        assert shown["output"] == pytest.approx(output, abs=0.00051)
        verdict = reply(request(task, space))
        verdicts.add((task.number, verdict["passed"]))
        assert shown["passed"] == verdict["passed"]
        assert shown["error"] == pytest.approx(verdict["error"], rel=0.006, abs=1e-6)
    assert len(verdicts) == 2 * len(EXERCISES)  # each was passed, and each was failed


def request(task, space):
    """What the playground asks the judge about a state."""
    asked = {"exercise": task.number, "key": space["key"], "value": space["value"]}
    if task.kind == "query":
        return asked | {"answer": space["rows"]}
    return asked | {"answer": space["key"][task.edits], "query": space["rows"]}


def test_pass_or_fail_shows_at_once_and_why_comes_from_the_judge_after_the_first_touch(open_page):
    page = open_page("copying")
    workers = []
    page.on("worker", lambda worker: workers.append(worker))
    playground = Playground(page)
    assert playground.shown()["heading"] == "✗ 1.2.1: not yet"
    assert workers == []
    assert playground.why.text_content() == ""
    page.evaluate(
        """() => {
            const { judge } = attentionLab;
            attentionLab.asked = [];
            attentionLab.judge = (request) => (attentionLab.asked.push(request), judge(request));
        }"""
    )
    at_once = playground.root.evaluate(
        """element => {
            const buttons = [...element.querySelectorAll("button")];
            buttons.find((button) => button.textContent === "copy v0").click();
            return [element.querySelector("strong").textContent, attentionLab.asked.length];
        }"""
    )
    assert at_once == ["✓ 1.2.1: passed", 0]
    playground.root.locator(".pg-why:not(:empty)").wait_for()
    assert len(workers) == 1
    (asked,) = page.evaluate("attentionLab.asked")
    assert asked["answer"] == course_answer(exercise("1.2.1"), SEED)
    assert playground.why.text_content() == reply(asked)["message"]


def test_a_pass_by_other_weights_is_passed_with_a_remark_in_the_judges_words(playground):
    playground.choose("1.2.1")
    for name, number in zip("xyz", [-5.88, 3.41, -0.54], strict=True):
        playground.field(name).fill(str(number))
    assert playground.shown()["passed"]
    space = playground.state["space"]
    said = reply(request(exercise("1.2.1"), space))
    playground.root.get_by_text(said["message"], exact=True).last.wait_for()
    assert said["heading"] == "✓ 1.2.1: passed, with a remark"
    assert playground.shown()["heading"] == said["heading"]


def test_the_judge_counts_with_the_query_that_the_picture_shows(playground):
    playground.choose("1.4.2")
    playground.select("The handle moves").select_option("key k0")
    playground.field("x").fill("0.9")
    state = playground.state["space"]
    data = exercise_data(exercise("1.4.2"), SEED)
    said = reply(request(exercise("1.4.2"), state | {"rows": data["query"]}))
    playground.root.get_by_text(said["message"], exact=True).last.wait_for()
    assert playground.shown()["error"] == pytest.approx(said["error"], rel=0.006)


def test_no_exercise_is_in_the_script_that_is_not_in_the_data(playground):
    playground.press(SPACE)
    offered = playground.select("Exercise").locator("option").all_text_contents()
    titles = [f"{task['number']} {task['title']}" for task in playground_data()["exercises"]]
    assert offered == ["none", *titles]
