"""Pictures of sentences: what they draw, what they say, and that they can be read."""

import pytest
import torch

from attention_lab.figures import tokens as pictures
from attention_lab.figures.picture import COLOURS
from tests.test_figures import every_promise

TOKENS = ["[CLS]", "the", "cat", "saw", "the", "dog", "[SEP]"]
N = len(TOKENS)
WEIGHT = torch.full((N, N), 0.05)
WEIGHT[:, 0] = 0.7
WEIGHT[4] = torch.tensor([0.1, 0.62, 0.05, 0.05, 0.08, 0.05, 0.05])  # the second "the" looks back
WEIGHT[2] = torch.tensor([0.3, 0.05, 0.05, 0.05, 0.05, 0.45, 0.05])  # "cat" looks ahead
SHARE = torch.linspace(0, 1, 35).reshape(5, 7)

PICTURES = {
    "map": lambda: pictures.attention_map(WEIGHT, TOKENS),
    "maps": lambda: pictures.attention_maps({"A": WEIGHT, "B": WEIGHT.T, "C": WEIGHT}),
    "arcs": lambda: pictures.token_arcs(WEIGHT, TOKENS),
    "bars": lambda: pictures.token_bars(WEIGHT[2], TOKENS, "weight of cat"),
    "grid": lambda: pictures.head_grid(SHARE, "mean weight", ["2.3", "4.6"]),
}


@pytest.fixture
def figure(monkeypatch):
    """The matplotlib figure behind a picture: ``figure(draw)``."""

    def behind(draw):
        kept = []

        def keep(figure, alt):
            kept.append(figure)
            return "<svg></svg>"

        with monkeypatch.context() as patched:
            patched.setattr("attention_lab.figures.picture._to_svg", keep)
            draw()
        return kept[0]

    return behind


@every_promise
@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_what_every_picture_promises(draw, promise):
    promise(draw)


def test_a_token_that_occurs_twice_is_told_by_its_place():
    assert pictures.labels(TOKENS) == ["[CLS]", "the 1", "cat", "saw", "the 4", "dog", "[SEP]"]


def test_the_map_draws_the_weights_and_says_where_each_looks_most(figure):
    (panel,) = figure(PICTURES["map"]).axes
    torch.testing.assert_close(torch.tensor(panel.images[0].get_array().data).float(), WEIGHT)
    assert [t.get_text() for t in panel.get_xticklabels()] == pictures.labels(TOKENS)
    words = PICTURES["map"]().alt
    assert "the 4 at the 1 0.62" in words
    assert "cat at dog 0.45" in words
    assert "saw at [CLS] 0.70" in words


def test_a_larger_weight_is_never_paler(figure):
    (panel,) = figure(PICTURES["map"]).axes
    (image,) = panel.images
    depth = image.cmap(image.norm(torch.linspace(0, 1, 11).numpy()))[:, 3]
    assert depth[0] == 0
    assert (depth[1:] > depth[:-1]).all()
    assert depth[-1] == 1


def test_small_maps_have_one_panel_each_and_say_their_means(figure):
    panels = figure(PICTURES["maps"]).axes
    assert [panel.get_title() for panel in panels] == ["A", "B", "C", ""]
    torch.testing.assert_close(torch.tensor(panels[1].images[0].get_array().data).float(), WEIGHT.T)
    words = PICTURES["maps"]().alt
    assert "A: on the first token 0.56, the token before 0.16, the token itself 0.15" in words


def arcs(figure):
    """What is drawn: ``{(from, to): (above, width)}``."""
    (panel,) = figure.axes
    ends = {}
    for patch in panel.patches:
        (x0, y0), (x1, y1) = patch._posA_posB
        assert y0 == y1
        ends[int(x0), int(x1)] = (y0 > 0, patch.get_linewidth(), patch.get_edgecolor())
    return ends


def test_arcs_join_those_that_look_with_those_looked_at(figure):
    drawn = arcs(figure(PICTURES["arcs"]))
    assert drawn.keys() == {(4, 1), (2, 5)}  # neither to [CLS] nor to itself
    assert drawn[4, 1][0]  # back: above
    assert not drawn[2, 5][0]  # ahead: below
    assert drawn[4, 1][1] > drawn[2, 5][1]  # more weight, thicker
    words = PICTURES["arcs"]().alt
    assert "cat looks at dog 0.45; the 4 looks at the 1 0.62." in words
    assert "without those to [CLS]" in words


def test_arcs_can_show_all_keys_and_smaller_weights(figure):
    drawn = arcs(figure(lambda: pictures.token_arcs(WEIGHT, TOKENS, least=0.3, hidden=())))
    assert drawn.keys() == {(1, 0), (2, 0), (2, 5), (3, 0), (4, 1), (5, 0), (6, 0)}
    nothing = pictures.token_arcs(torch.full((N, N), 1 / N), TOKENS, least=0.5)
    assert nothing.alt.endswith("without those to [CLS]: none.")


def test_bars_are_as_long_as_the_numbers(figure):
    (panel,) = figure(PICTURES["bars"]).axes
    assert [bar.get_width() for bar in panel.patches] == pytest.approx(WEIGHT[2].tolist())
    assert panel.yaxis_inverted()
    assert "the weight of cat of each token: [CLS] 0.30, the 1 0.05" in PICTURES["bars"]().alt


def test_the_grid_has_a_number_for_each_head_and_frames_those_that_are_marked(figure):
    (panel,) = figure(PICTURES["grid"]).axes
    texts = {text.get_position(): text for text in panel.texts}
    assert len(texts) == 35
    assert texts[3, 2].get_text() == ".50"  # head 2.3: 17 of 34 steps
    assert texts[6, 4].get_text() == "1"
    assert [line.get_color() for line in panel.lines] == [COLOURS[1]] * 2
    middles = [(sum(line.get_xdata()[:4]) / 4, sum(line.get_ydata()[:4]) / 4)
               for line in panel.lines]  # fmt: skip
    assert middles == [(3, 2), (6, 4)]
    assert "layer 2: 0.41 0.44 0.47 0.50 0.53" in PICTURES["grid"]().alt
    assert PICTURES["grid"]().alt.endswith("Framed: 2.3, 4.6.")
