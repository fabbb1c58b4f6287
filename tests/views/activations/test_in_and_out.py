"""Ten layers restated."""

import numpy as np
import pytest

from figures.theme import GREY, NEGATIVE, POSITIVE, for_presenter
from nn_core import ACTIVATIONS, INITIALIZERS, activation
from recipes.activations import shaped
from tests.words import numbers_in
from views.activations.in_and_out import DEPTH, INPUTS, UNITS, Numbers, caption, flow, picture

SHORT = {  # how a start's curve may be named: by itself, or with those of its family
    "normal": {"1 wide"},
    "glorot_uniform": {"for tanh, even", "tanh, by inputs"},
    "glorot_normal": {"for tanh, bell", "tanh, by inputs"},
    "lecun_normal": {"by inputs, bell", "tanh, by inputs"},
    "he_uniform": {"for ReLU, even", "for ReLU"},
    "he_normal": {"for ReLU, bell", "for ReLU"},
}


@pytest.mark.parametrize("init", ["he_normal", "normal", "lecun_normal"])
def test_the_flow_is_ten_layers_restated(init):
    seen, bend = flow(activation("tanh")), np.tanh
    rng = np.random.default_rng(0)
    a = rng.standard_normal((INPUTS, UNITS))
    std = {"he_normal": np.sqrt(2 / UNITS), "normal": 1.0, "lecun_normal": np.sqrt(1 / UNITS)}[init]
    rng = np.random.default_rng(0)
    for layer in range(DEPTH + 1):
        assert seen.spread[init][layer] == pytest.approx(a.std())
        inside = ((a > -0.3 / 4.1) & (a < 0.3 / 4.1)).mean()  # the middle one of 41 bars
        assert seen.shares[init][layer][20] == pytest.approx(inside, abs=1e-3)
        a = bend(a @ (std * rng.standard_normal((UNITS, UNITS))))


def test_shares_are_of_everything_also_of_what_lies_beyond():
    for shares in flow(activation("relu")).shares.values():
        np.testing.assert_allclose(shares.sum(axis=1), 1)


def test_relu_explodes_dies_or_stays_as_its_start_says_and_zeros_are_silent():
    spread, silent = flow(activation("relu")).spread, flow(activation("relu")).silent
    assert spread["normal"][-1] > 1e4
    assert spread["lecun_normal"][-1] < 0.1
    assert 0.2 < spread["he_normal"][-1] < 5
    assert (silent["zeros"][1:] == UNITS).all()
    assert silent["he_normal"][0] == 0


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_function_gives_a_picture_for_every_start(name):
    seen = flow(shaped(name, 1.0, 3.0))
    for init in INITIALIZERS:
        figure = picture(Numbers(seen, init))
        assert len(figure.data) == DEPTH + 2 + len(INITIALIZERS)


def test_a_bar_has_the_colour_of_its_sign_and_not_a_number_for_it():
    for bars in picture(Numbers(flow(activation("tanh")), "he_normal")).data[: DEPTH + 1]:
        signs = {POSITIVE: 1, GREY: 0, NEGATIVE: -1}
        assert [signs[colour] for colour in bars.marker.color] == np.sign(bars.y.round(9)).tolist()


@pytest.mark.parametrize("init", INITIALIZERS)
def test_every_line_of_the_spread_has_a_name_near_its_end_also_on_a_projector(init):
    seen = flow(activation("relu"))
    labels = [a for a in picture(Numbers(seen, init)).layout.annotations if a.yref == "y2"]
    assert len(labels) <= 4
    named = {label.text for label in labels}
    for name in set(INITIALIZERS) - {"zeros"}:
        assert named & SHORT[name]
    big = for_presenter(picture(Numbers(seen, init))).layout.annotations
    assert all(label.text for label in big)


@pytest.mark.parametrize(
    ("function", "init", "fate"),
    [
        ("sigmoid", "glorot_uniform", "narrows"),  # in two layers, and never again
        ("tanh", "glorot_uniform", "fading"),
        ("relu", "he_uniform", "fading"),
        ("sigmoid", "normal", "narrows"),  # from 0.996 to 0.428: nobody calls that steady
        ("tanh", "normal", "steady"),
        ("relu", "normal", "exploding"),
        ("silu", "lecun_normal", "dying"),
        ("identity", "zeros", "dead"),
    ],
)
def test_a_signal_is_steady_only_if_its_spread_stays_about_the_same(function, init, fate):
    said = caption(Numbers(flow(activation(function)), init))
    assert f"**{fate}**" in said
    start, end = numbers_in(said)[:2]
    assert (fate == "steady") == (0.8 <= end / start <= 1.25)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("init", INITIALIZERS)
def test_a_signal_that_is_said_to_stay_does_so_from_the_fifth_layer_on(name, init):
    seen = flow(shaped(name, 0.01, 1.0))
    if "then stays" in caption(Numbers(seen, init)):
        later = seen.spread[init][5:]
        assert later.max() < 1.5 * later.min()


@pytest.mark.parametrize("init", INITIALIZERS)
def test_plain_words_come_first_and_the_start_s_name_beside_them(init):
    plain = SHORT.get(init, {"all zero"})
    shown = Numbers(flow(activation("tanh")), init)
    title, said = picture(shown).layout.title.text, caption(shown)
    for text in (title, said):
        before, _, _ = text.partition(f"({init})")
        assert any(words in before for words in plain)
        assert init not in before or init == "normal"


def test_zeros_are_dead_and_counted():
    said = caption(Numbers(flow(activation("relu")), "zeros"))
    assert "**dead**" in said
    assert "**64** of 64" in said
