"""The pictures of loudness say what the laws say, and keep every picture's promises."""

import functools
import math

import pytest
import torch

from attention_lab import attention, attention_weights, figures, key, value
from attention_lab.figures import loudness as pictures
from attention_lab.geometry import copyable
from attention_lab.loudness import (
    crowd,
    effective_keys,
    farthest_value,
    kept_in_crowds,
    lead,
    lead_for,
    random_scores,
    sensitivity,
    weight_at,
)
from tests.test_figures import every_promise

SIZES = 2 ** torch.arange(4, 17)
KEYS = 2 ** torch.arange(2, 17)
LENGTH = torch.linspace(0, 8, 801)
BETA = torch.logspace(-1, 3, 400)
BEST = torch.tensor(copyable(key, 0).direction).float()
ALONG = key[0] / key[0].norm()


def error_along(direction):
    output = attention(LENGTH[:, None] * direction, key, value)
    return (output - value[0]).abs().amax(dim=1)


def promised_along(direction):
    return (1 - weight_at(LENGTH * lead(direction, key, 0), 4)) * farthest_value(value, 0)


def errors(limit=None):
    ways = {"along k0": ALONG, "best margin": BEST}
    curves = {name: error_along(u) for name, u in ways.items()}
    bounds = {name: promised_along(u) for name, u in ways.items()}
    return pictures.errors(LENGTH, curves, bounds, 0.05, limit)


@functools.cache
def in_crowds():
    many = crowd(65_536, 32)
    factors = (SIZES.log() / math.log(16)).tolist()
    fixed, _ = kept_in_crowds(9 * many[:16], many, SIZES.tolist())
    grown, _ = kept_in_crowds(9 * many[:16], many, SIZES.tolist(), factors)
    return {"fixed": fixed.mean(1), "grown": grown.mean(1), "even": weight_at(9, SIZES)}


def gradients():
    directions = {"copy": key[0], "tie": (key[2] + key[3]) / 2}
    return {
        name: sensitivity(BETA[:, None] * u, key, value).abs().amax((1, 2))
        for name, u in directions.items()
    }


PICTURES = {
    "law": lambda: pictures.law(KEYS, {"half": lead_for(0.5, KEYS), "99%": lead_for(0.01, KEYS)}),
    "errors": errors,
    "limit": lambda: errors(3.2),
    "dispersion": lambda: pictures.dispersion(SIZES, in_crowds()),
    "fading": lambda: pictures.fading(BETA, "scale", gradients()),
}


@every_promise
@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_what_every_picture_promises(draw, promise):
    promise(draw)


def test_the_law_is_a_logarithm():
    words = PICTURES["law"]().alt
    # ln 3 = 1.10 and ln 65,535 = 11.09; for 99% ln 99 = 4.60 more.
    assert "from 4 to 65,536" in words
    assert "half rises from 1.1 to 11.1; 99% rises from 5.7 to 15.7" in words
    assert "15.7" in PICTURES["law"]().svg


def test_an_axis_of_counts_is_marked_at_the_first_and_at_powers_of_16():
    svg = PICTURES["law"]().svg
    assert [f">{n}<" in svg for n in ("4", "16", "256", "4,096", "65,536")] == [True] * 5
    assert ">64<" not in svg
    later = pictures.law(torch.tensor([3, 20, 500]), {"a": torch.tensor([1.0, 2, 3])}).svg
    assert [f">{n}<" in later for n in ("3", "16", "256", "4,096")] == [True, True, True, False]


def test_errors_fall_below_the_tolerance_where_they_are_known_to():
    words = errors().alt
    assert "along k0 from 3.46 on, and by the law from 5.65 on" in words
    assert "best margin from 3.09 on, and by the law from 3.88 on" in words
    assert "shaded" not in words
    limited = errors(3.2)
    assert "lengths above 3.2 are shaded" in limited.alt
    assert "longer than 3.2" in limited.svg


def test_an_error_never_exceeds_what_the_law_promises():
    for direction in (ALONG, BEST):
        assert (error_along(direction) <= promised_along(direction) + 1e-6).all()


def test_where_a_curve_stays_below_a_tolerance():
    x = torch.tensor([0.0, 1, 2, 3])
    # Between 2 and 3 the error falls from 4 to 0: it is 1 at three quarters.
    assert pictures.first_below(x, torch.tensor([0.0, 9, 4, 0]), 1) == 2.75
    assert pictures.first_below(x, torch.tensor([0.5, 0, 0, 0]), 1) == 0
    assert math.isnan(pictures.first_below(x, torch.tensor([0.0, 0, 0, 1]), 1))
    # Below and above again: only the last time counts.
    assert pictures.first_below(x, torch.tensor([2.0, 0, 2, 0]), 1) == 2.5


def test_an_error_that_stays_too_large_is_said_to_pass_nowhere():
    high = {"high": torch.ones(801)}
    assert "high nowhere, and by the law nowhere" in pictures.errors(LENGTH, high, high, 0.05).alt


def test_a_crowd_takes_the_weight_and_the_log_factor_gives_it_back():
    data, words = in_crowds(), PICTURES["dispersion"]().alt
    assert data["fixed"][0] > 0.99
    assert (data["fixed"].diff() < 0).all()
    assert (data["fixed"] < data["even"]).all()
    assert data["grown"].min() > 0.97
    # e⁹/(65,535 + e⁹) = 0.110 and e⁹/(15 + e⁹) = 0.998; fixed ends near e^7.73/(65,535 + e^7.73).
    assert "even goes from 0.998 to 0.110" in words
    assert f"fixed goes from {data['fixed'][0]:.3f} to {data['fixed'][-1]:.3f}" in words
    assert data["fixed"][-1].item() == pytest.approx(0.034, abs=0.005)


def test_a_gradient_ends_where_float32_ends():
    words = PICTURES["fading"]().alt
    copy, tie = gradients().values()
    gone = BETA[copy == 0][0].item()
    # k1 is 0.7316 behind at scale 1; float32 ends at e^−103.28, half of which is rounded to 0.
    assert gone == pytest.approx(103.28 / 0.7316, rel=0.03)
    assert f"copy goes from {copy[0]:.2g} to 1.4e-45 and is exactly 0 from {gone:.3g} on" in words
    assert f"tie goes from {tie[0]:.2g} to {tie[-1]:.2g}." in words
    assert tie.min() > 0


def test_effective_keys_of_a_near_tie_come_down_in_two_steps():
    flat = torch.tensor([90.0, 200.0, 320.0], dtype=torch.float64).deg2rad()
    key = torch.stack([flat.cos(), flat.sin()], dim=1)
    beta = torch.logspace(-1, 5, 400, dtype=torch.float64)
    turn = torch.tensor(25.01, dtype=torch.float64).deg2rad()
    query = beta[:, None] * torch.stack([turn.cos(), turn.sin()])
    count = effective_keys(attention_weights(query, key))
    assert (count.diff() < 1e-9).all()
    on_the_plateau = beta[(count - 2).abs() < 0.05]
    assert on_the_plateau[-1] / on_the_plateau[0] > 100
    words = figures.lines(beta, "length", "effective keys", {"nearly": count}).alt
    assert "nearly goes from 2.99 to 1.00" in words


def test_the_temperature_is_drawn_as_weights():
    score = torch.tensor([3.0, 2.0, 1.0, 0.0])
    chance = {f"T = {T:g}": (score / T).softmax(0) for T in (0.5, 2.0)}
    words = figures.weight_bars(chance, ["mat", "sofa", "roof", "moon"]).alt
    # e^(−2n) and e^(−n/2), divided by their sums 1.1563 and 2.1975.
    assert "T = 0.5: mat 0.86, sofa 0.12, roof 0.02, moon 0.00" in words
    assert "T = 2: mat 0.46, sofa 0.28, roof 0.17, moon 0.10" in words


def test_the_square_root_keeps_the_effective_keys():
    d = 2 ** torch.arange(1, 11)
    plain, divided = (
        torch.stack(
            [effective_keys((random_scores(n) / n**p).softmax(1)).mean() for n in d.tolist()]
        )
        for p in (0, 0.5)
    )
    words = figures.lines(d, "features d", "effective keys", {"bare": plain, "√d": divided}).alt
    assert (plain.diff() < 0).all()
    assert divided.max() - divided.min() < 1.2
    assert f"bare goes from {plain[0]:.2f} to {plain[-1]:.2f}" in words
    assert f"√d goes from {divided[0]:.2f} to {divided[-1]:.2f}" in words
