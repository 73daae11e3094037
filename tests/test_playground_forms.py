"""The forms in which a playground shows itself, and what the kernel answers to its widget."""

import base64
import io
import json
import re

import numpy as np
import pytest
import torch
from bs4 import BeautifulSoup
from PIL import Image

from attention_lab import Playground, attention_weights, variant
from attention_lab.exercises import EXERCISES
from attention_lab.fixtures import SEED
from attention_lab.judge import judge
from attention_lab.page.judging import reply
from attention_lab.standstill import Standstill

VIEW = "application/vnd.jupyter.widget-view+json"
PLAYGROUNDS = {
    "flat": lambda: Playground(),
    "space": lambda: Playground("1.2.2"),
    "the zero query": lambda: Playground("1.3.1", query=[0, 0, 0]),
    "a key": lambda: Playground("1.4.1", fixture=variant(7)),
    "five keys": lambda: Playground(key=torch.eye(5)[:, :3] + 0.1),
}
every_playground = pytest.mark.parametrize("make", PLAYGROUNDS.values(), ids=PLAYGROUNDS)


def forms(playground):
    bundle, _ = playground._repr_mimebundle_()
    return bundle


def picture(playground):
    return Image.open(io.BytesIO(base64.b64decode(forms(playground)["image/png"])))


@every_playground
def test_it_offers_a_widget_an_element_a_picture_and_a_text(make):
    playground = make()
    shown = forms(playground)
    assert set(shown) == {VIEW, "text/html", "image/png", "text/plain"}
    assert shown[VIEW]["model_id"] == playground.model_id
    assert shown["text/plain"] == repr(playground)
    json.dumps(shown)  # a notebook can keep it


@every_playground
def test_the_element_holds_data_and_state_then_figure_and_table(make):
    playground = make()
    playground.answer = 2 * playground.answer
    page = BeautifulSoup(forms(playground)["text/html"], "html.parser")
    (element,) = page.find_all(recursive=False)
    assert element.name == "attention-playground"
    assert [child.name for child in element.find_all(recursive=False)] == [
        "script",
        "figure",
        "table",
    ]
    data = json.loads(element.script.string)
    assert data == json.loads(json.dumps(playground.data | {"state": playground.state}))
    assert "nan" not in element.figure.get_text()
    assert "nan" not in element.svg["aria-label"].split()


def test_no_text_of_the_data_ends_the_script():
    playground = Playground("1.2.1")
    attack = "</script><script>alert(1)</script><!--"
    playground.data = playground.data | {"phrases": {"failed": attack}}
    html = forms(playground)["text/html"]
    assert html.count("</script>") == 1
    assert "<!--" not in html.split("</script>")[0]
    data = json.loads(BeautifulSoup(html, "html.parser").script.string)
    assert data["phrases"]["failed"] == attack


def test_what_was_set_later_is_what_is_shown():
    playground = Playground("1.2.1")
    playground.query = [4.7, 6.5, 6.0]
    page = BeautifulSoup(forms(playground)["text/html"], "html.parser")
    assert json.loads(page.script.string)["state"]["space"]["rows"] == [[4.7, 6.5, 6.0]]
    weight = attention_weights(torch.tensor([[4.7, 6.5, 6.0]]), torch.tensor(SEED.key))[0, 0]
    assert f"{weight:.3f}" in page.get_text()
    assert f"{weight:.3f}" in repr(playground)


@every_playground
def test_the_picture_is_a_png_on_white_of_a_size_that_fits_a_page(make):
    png = picture(make())
    assert png.format == "PNG"
    assert 400 < png.width < 1000
    assert 400 < png.height < 1000
    seen = png.convert("RGB")
    corners = [(x, y) for x in (0, png.width - 1) for y in (0, png.height - 1)]
    assert {seen.getpixel(corner) for corner in corners} == {(255, 255, 255)}


@every_playground
def test_in_the_picture_the_table_stands_below_the_figure(make):
    playground = make()
    inked = np.asarray(picture(playground).convert("L")).min(axis=1) < 250
    bands = re.findall("1+", "".join("01"[ink] for ink in inked.astype(int)))  # rows with ink
    lines = [len(band) for band in bands[-len(repr(playground).splitlines()) :]]
    assert max(lines) < 25  # each line of the table is one band of its own
    assert max(map(len, bands)) > 300  # the figure above it


@pytest.mark.parametrize("direction", [[0, 0, 1], [0, 0, -1], [0, 1, 0], [0, -1, 0]])
def test_a_query_that_points_out_of_the_sphere_is_not_cut_off(direction):
    seen = np.asarray(picture(Playground(query=direction)).convert("L"))
    assert seen[0].min() == seen[:, 0].min() == seen[:, -1].min() == 255


def asked(request):
    """What the widget gets when it sends this."""
    playground, sent = Playground("1.2.1"), []
    playground.send = sent.append
    for answer in playground._msg_callbacks.callbacks:
        answer(playground, request, [])
    return sent


@pytest.mark.parametrize("task", EXERCISES, ids=lambda task: task.number)
def test_the_kernel_answers_what_the_judge_says(task):
    answer = Playground(task.number).answer.tolist()
    request = {"exercise": task.number, "answer": answer, "key": SEED.key, "value": SEED.value}
    verdict = judge(task.number, answer)
    ((sent),) = asked({"id": 0.25, "judge": request})
    assert sent == {"id": 0.25, "verdict": reply(request)}
    for name in ("passed", "error", "tolerance", "diagnosis", "message"):
        assert sent["verdict"][name] == getattr(verdict, name)
    json.dumps(sent)


BROKEN = {
    "nothing to judge": {},
    "not even a dict": {"judge": 7},
    "no exercise": {"judge": {"answer": [[0, 0, 0]], "key": SEED.key, "value": SEED.value}},
    "an unknown exercise": {
        "judge": {"exercise": "9.9.9", "answer": 1, "key": SEED.key, "value": SEED.value}
    },
    "no keys": {"judge": {"exercise": "1.2.1", "answer": 1, "key": [], "value": []}},
    "keys without numbers": {
        "judge": {"exercise": "1.2.1", "answer": [[0, 0, 0]], "key": "four", "value": None}
    },
    "ragged keys": {
        "judge": {"exercise": "1.4.1", "answer": [0, 0, 0], "key": [[1]] * 4, "value": [[]]}
    },
}


@pytest.mark.parametrize("request_", BROKEN.values(), ids=BROKEN)
def test_a_broken_question_gets_an_answer_that_says_so(request_):
    (sent,) = asked({"id": 3, **request_})
    assert sent["id"] == 3
    assert "error" in sent or not sent["verdict"]["passed"]


@pytest.mark.parametrize("request_", [None, 7, "judge", [1], {}, {"judge": {}}])
def test_what_is_no_question_gets_none(request_):
    assert asked(request_) == []


def test_the_text_is_the_table():
    playground = Playground("1.2.1")
    assert repr(playground) == Standstill(playground.data, playground.state).text()
