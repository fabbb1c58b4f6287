"""Chain, layers, softmax and several curves: each number against the formula restated."""

import numpy as np
import pytest
from scipy import special

from figures.activations import activation_curves, activation_figure, shaped
from figures.chain import chain, chain_figure
from figures.labels import apart, powers_of_ten
from figures.layers import DEPTH, INPUTS, UNITS, flow, layers_figure
from figures.softmax import softmax, softmax_figure
from figures.theme import for_presenter
from nn_core import ACTIVATIONS, INITIALIZERS
from tests.sweeps import sweep


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - {"step"}))
@pytest.mark.parametrize(("x", "weight"), [(1.3, 1.0), (-0.7, 2.0), (0.4, 0.5)])
def test_the_chains_product_is_the_slope_of_the_composed_function(name, x, weight):
    f, depth, h = shaped(name, 0.2, 1.5).forward, 5, 1e-6

    def composed(a):
        for _ in range(depth):
            a = f(np.array([weight * a]))[0]
        return a

    slope = (composed(x + h) - composed(x - h)) / (2 * h)
    assert chain(name, x, weight, depth, 0.2, 1.5).weighted[-1] == pytest.approx(slope, abs=2e-8)


def test_slopes_alone_leave_the_weights_out():
    one = chain("tanh", 0.5, 3.0, 8)
    np.testing.assert_allclose(one.weighted, one.slopes * 3.0 ** np.arange(1, 9))


@pytest.mark.parametrize("weight", [0.1, 1.0, 8.0])
@pytest.mark.parametrize("x", [-10.0, 0.0, 3.0])
def test_sigmoids_slopes_stay_under_the_ceiling(x, weight):
    slopes = chain("sigmoid", x, weight, 50).slopes
    assert (slopes <= 0.25 ** np.arange(1, 51)).all()
    figure = chain_figure([chain("sigmoid", x, weight, 50)])
    np.testing.assert_allclose(figure.data[0].y, 0.25 ** np.arange(1, 51))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_function_gives_a_picture_of_the_deepest_and_heaviest_chain(name):
    for x, weight in ((-10.0, 8.0), (10.0, 8.0), (0.0, 0.1)):
        assert len(chain_figure([chain(name, x, weight, 50, 1.0, 3.0)]).data) == 3


@pytest.mark.parametrize("init", ["he_normal", "normal", "lecun_normal"])
def test_the_flow_is_ten_layers_restated(init):
    seen, bend = flow("tanh"), np.tanh
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
    for shares in flow("relu").shares.values():
        np.testing.assert_allclose(shares.sum(axis=1), 1)


def test_relu_explodes_dies_or_stays_as_its_start_says_and_zeros_are_silent():
    spread, silent = flow("relu").spread, flow("relu").silent
    assert spread["normal"][-1] > 1e4
    assert spread["lecun_normal"][-1] < 0.1
    assert 0.2 < spread["he_normal"][-1] < 5
    assert (silent["zeros"][1:] == UNITS).all()
    assert silent["he_normal"][0] == 0


@sweep("name", ACTIVATIONS, usual=["tanh", "relu"])
def test_every_function_gives_a_picture_for_every_start(name):
    seen = flow(name, 1.0, 3.0)
    for init in INITIALIZERS:
        figure = layers_figure(seen, init)
        assert len(figure.data) == DEPTH + 2 + len(INITIALIZERS)


@pytest.mark.parametrize("temperature", [0.1, 1.0, 10.0])
@pytest.mark.parametrize("z", [[2.0, 1, 0, -1], [100.0, -100], [0.0] * 8])
def test_softmax_and_its_jacobian(z, temperature):
    seen, h = softmax(z, temperature), 1e-6
    np.testing.assert_allclose(seen.p, special.softmax(np.array(z) / temperature), atol=1e-15)
    for j in range(len(z)):
        nudge = h * np.eye(len(z))[j]
        above = special.softmax((np.array(z) + nudge) / temperature)
        below = special.softmax((np.array(z) - nudge) / temperature)
        np.testing.assert_allclose(seen.jacobian[:, j], (above - below) / (2 * h), atol=1e-8)
    heat = softmax_figure(seen).data[1]
    assert heat.zmin == -heat.zmax
    assert (np.abs(heat.z) <= heat.zmax * (1 + 1e-12)).all()


def test_a_cell_that_says_nearly_0_is_nearly_colourless():
    heat = softmax_figure(softmax([2.0, 1, 0, -1], 0.1)).data[1]
    shares = special.softmax([20.0, 10, 0, -10])
    assert shares[0] * (1 - shares[0]) / 0.1 < 5e-4  # so all cells say ≈ 0
    assert {text for row in heat.text for text in row} == {"≈ 0"}
    assert np.abs(heat.z).max() < 0.01 * heat.zmax


def test_a_chain_of_one_layer_has_no_half_layers_on_its_axis():
    assert chain_figure([chain("tanh", 1.0, 1.0, 1)]).layout.xaxis.dtick == 1


@pytest.mark.parametrize("init", INITIALIZERS)
def test_every_line_of_the_spread_has_a_name_near_its_end_also_on_a_projector(init):
    seen = flow("relu")
    labels = [a for a in layers_figure(seen, init).layout.annotations if a.yref == "y2"]
    assert len(labels) <= 4
    named = {part for label in labels for part in label.text.split(", ")}
    for name in set(INITIALIZERS) - {"zeros"}:
        assert name in named or name.split("_")[0] in named
    big = for_presenter(layers_figure(seen, init)).layout.annotations
    assert all(label.text for label in big)


def test_slope_and_alpha_shape_their_functions():
    leaky, elu = (
        activation_curves("leaky_relu", -2.0, slope=0.3),
        activation_curves("elu", -2.0, alpha=2.5),
    )
    assert (leaky.probe_f, leaky.probe_slope) == pytest.approx((-0.6, 0.3))
    assert elu.probe_f == pytest.approx(2.5 * np.expm1(-2))
    assert elu.probe_slope == pytest.approx(2.5 * np.exp(-2))


def test_three_curves_are_named_at_their_ends_apart_from_each_other():
    figure = activation_figure(*(activation_curves(n, 1.0) for n in ("relu", "sigmoid", "tanh")))
    names = [a.text for a in figure.layout.annotations]
    assert names == ["relu", "sigmoid", "tanh", "relu′", "sigmoid′", "tanh′"]
    assert len({trace.name for trace in figure.data}) == len(figure.data) == 15
    big = for_presenter(figure)
    upper = sorted(a.y for a in big.layout.annotations if a.yref == "y")
    assert (np.diff(upper) > 2 * 0.09 * 6.5).all()


def test_labels_keep_their_distance_their_order_and_the_top():
    np.testing.assert_allclose(apart([0.5, 0.5, 0.1], 0.2), [0.4, 0.6, 0.1])
    np.testing.assert_allclose(apart([1.0, 0.99], 0.1, 1.0), [1.0, 0.9])
    assert apart([], 0.1).size == 0


def test_powers_of_ten_are_few_and_written_out():
    ticks = powers_of_ten(-30, 1)
    assert len(ticks["tickvals"]) == len(ticks["ticktext"]) <= 7
    assert powers_of_ten(-2, 1)["ticktext"] == ["10⁻²", "10⁻¹", "1", "10¹"]
