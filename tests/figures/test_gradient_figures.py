"""The charts of Gradients against loops, finite differences and arithmetic restated."""

import numpy as np
import pytest

from datasets.xor import xor_points
from figures.axes import log_axis, tick_text
from figures.batches import DRAWS, SIZES, batch_noise, batches_figure, medians_of
from figures.depth import (
    Side,
    depth_figure,
    depth_film,
    depth_map,
    logarithm,
    map_film,
    start_norms,
)
from figures.labels import apart
from figures.landscape import Path, landscape, landscape_figure, path_on, verdict
from figures.rates import RateCurves, averaged, rates_figure
from nn_core import BinaryCrossEntropy, mlp
from runs.gradients import (
    LOSS,
    cloud_points,
    deep_network,
    descent,
    ground,
    one_moment,
    race,
    three_rates,
)
from runs.gradients_config import (
    BatchesConfig,
    GroundConfig,
    LandscapeConfig,
    RaceConfig,
    RatesConfig,
)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cross_entropy(p, t):
    return float(np.mean(-t * np.log(p) - (1 - t) * np.log(1 - p)))


# How large the gradient is in each layer


@pytest.mark.parametrize(("activation", "f"), [("sigmoid", sigmoid), ("tanh", np.tanh)])
def test_norms_are_lengths_of_gradients_found_by_trying(activation, f):
    net = deep_network(activation, "glorot_uniform", 3, 3, 5)
    x, t = cloud_points(64)
    weights = [(layer.W.copy(), layer.b.copy()) for layer in net.dense]

    def loss():
        a = x
        for i, (W, b) in enumerate(weights):
            z = a @ W + b
            a = f(z) if i < len(weights) - 1 else sigmoid(z)
        return cross_entropy(a, t)

    expected = []
    for pair in weights:
        squares = 0.0
        for array in pair:
            for at in np.ndindex(array.shape):
                old = array[at]
                array[at] = old + 1e-5
                above = loss()
                array[at] = old - 1e-5
                below = loss()
                array[at] = old
                squares += ((above - below) / 2e-5) ** 2
        expected.append(np.sqrt(squares))
    assert start_norms(activation, "glorot_uniform", 3, 3, 5) == pytest.approx(expected, rel=1e-5)


def test_the_map_has_a_row_for_every_depth_and_the_film_begins_on_it():
    norms = depth_map("tanh", "he_normal", 4, 1).norms
    assert norms.shape == (30, 31)
    film = depth_film("tanh", "he_normal", 6, 4, 1, 0.1)
    np.testing.assert_array_equal(film.norms[0], norms[5, :7])
    assert np.isnan(norms[5, 7:]).all()
    assert film.steps[0] == 0
    assert film.steps[-1] == 200


def test_a_deep_sigmoid_network_vanishes_towards_the_input_and_he_relu_does_not():
    vanishing = start_norms("sigmoid", "glorot_uniform", 20, 16, 0)
    steady = start_norms("relu", "he_normal", 20, 16, 0)
    assert vanishing[0] < 1e-9 * vanishing[-1]
    assert 0.01 < steady[0] / steady[-1] < 100


def sides(**changes):
    settings = {"activation": "sigmoid", "init": "glorot_uniform", "depth": 4, "lr": 0.1} | changes
    film = depth_film(
        settings["activation"], settings["init"], settings["depth"], 4, 0, settings["lr"]
    )
    return Side(depth_map(settings["activation"], settings["init"], 4, 0), film)


def test_the_depth_figure_holds_maps_and_a_frame_for_each_recorded_step():
    one, other = sides(), sides(activation="tanh", init="he_normal")
    figure = depth_figure((one, other), 4)
    np.testing.assert_array_equal(figure.data[0].customdata, one.map.norms)
    drawn = np.asarray(figure.data[1].z, float)
    np.testing.assert_allclose(drawn, np.log10(other.map.norms), rtol=1e-5)
    assert figure.data[0].zmax == figure.data[1].zmax
    assert [frame.name for frame in figure.frames] == [f"{step:,}" for step in one.film.steps]
    np.testing.assert_array_equal(figure.frames[-1].data[0].customdata, one.film.norms[-1])
    labels = [step.label for step in figure.layout.sliders[0].steps]
    assert labels == [frame.name for frame in figure.frames]


def test_the_film_of_all_depths_shows_each_network_as_its_own_film_does():
    told = []
    films = map_film("tanh", "he_normal", 4, 0, 0.1, told.append)
    assert told == pytest.approx(np.arange(1, 31) / 30)
    own = depth_film("tanh", "he_normal", 7, 4, 0, 0.1)
    for step, norms in zip(films.steps, films.norms, strict=True):
        np.testing.assert_array_equal(norms[6, :8], own.norms[own.steps.tolist().index(step)])
    one = sides(activation="tanh", init="he_normal")._replace(map_film=films)
    figure = depth_figure((one, one), 4)
    assert len(figure.frames) == len(films.steps)
    np.testing.assert_allclose(
        np.asarray(figure.frames[-1].data[2].z), np.log10(films.norms[-1]), rtol=1e-5
    )


def test_a_zero_start_and_a_huge_learning_rate_still_make_a_figure():
    nothing = sides(init="zeros", lr=1e9)
    figure = depth_figure((nothing, nothing), 4)
    assert np.isnan(np.asarray(figure.data[2].y, float)).any()
    figure.to_json()


def test_the_logarithm_of_nothing_is_not_drawn():
    np.testing.assert_allclose(logarithm(np.array([100.0, 0.0])), [2, np.nan])


# The landscape


@pytest.fixture(scope="module")
def here():
    return ground(LandscapeConfig())


def test_the_three_points_have_the_losses_that_their_names_say(here):
    net, (x, t) = mlp(here.sizes, here.activation), xor_points()
    for theta, loss in ((here.solution, here.solution_loss), (here.stuck, here.stuck_loss)):
        net.theta = theta
        assert BinaryCrossEntropy().value(net.predict(x), t) == pytest.approx(loss)
    assert here.solution_loss < 0.1
    assert here.stuck_loss == pytest.approx(np.log(2) / 2, abs=0.01)  # the plateau of XOR


def test_the_landscape_is_the_loss_of_the_network_at_each_point(here):
    land = landscape(here)
    assert land.loss.shape == (60, 60)
    x, t = xor_points()
    for row, column in ((0, 0), (59, 3), (30, 41)):
        theta = here.plane.origin + land.a[column] * here.plane.u + land.b[row] * here.plane.v
        W1, b1, W2, b2 = theta[:4].reshape(2, 2), theta[4:6], theta[6:8, np.newaxis], theta[8]
        answer = sigmoid(sigmoid(x @ W1 + b1) @ W2 + b2)
        assert land.loss[row, column] == pytest.approx(cross_entropy(answer, t), rel=1e-9)


def test_distances_on_the_plane_are_true(here):
    land = landscape(here)
    assert np.linalg.norm(land.solution - land.start) == pytest.approx(
        np.linalg.norm(here.solution - here.start)
    )
    assert np.linalg.norm(land.stuck - land.solution) == pytest.approx(
        np.linalg.norm(here.stuck - here.solution)
    )
    assert land.true


def test_random_directions_start_from_the_solution_and_miss_the_start():
    land = landscape(ground(GroundConfig(plane="random directions")))
    np.testing.assert_allclose(land.solution, 0, atol=1e-12)
    assert not land.true


@pytest.mark.parametrize("plane", ["three points", "random directions"])
def test_the_width_of_the_picture_is_measured_as_distances_from_the_plane_are(plane):
    around = ground(GroundConfig(plane=plane))
    land = landscape(around)
    left, right = around.plane.points(np.array([[land.a[0], 0.0], [land.a[-1], 0.0]]))
    assert land.width == pytest.approx(np.sqrt(((right - left) ** 2).sum()))


def test_a_path_is_gradient_descent_step_by_step(here):
    walked = path_on(here, descent(here, "sgd", 0.5, 3), "p")
    x, t = xor_points()
    net = mlp(here.sizes, here.activation)
    net.theta = here.start
    for k in range(4):
        assert walked.loss[k] == pytest.approx(LOSS.value(net.predict(x), t))
        along = (net.theta - here.plane.origin) @ here.plane.u
        across = (net.theta - here.plane.origin) @ here.plane.v
        np.testing.assert_allclose(walked.at[k], [along, across], atol=1e-12)
        rest = net.theta - here.plane.origin - along * here.plane.u - across * here.plane.v
        assert walked.distance[k] == pytest.approx(np.sqrt((rest**2).sum()), abs=1e-12)
        trace = net.forward(x)
        net.backward(trace, LOSS.grad(trace[-1], t))
        net.theta -= 0.5 * net.grad


@pytest.mark.parametrize(
    ("loss", "outside", "diverged", "word"),
    [
        ([1, 0.99, 0.98], False, None, "crawls"),
        ([1, 0.5, 0.1], False, None, "glides"),
        ([0.7, 0.5, 0.35, 0.348, 0.347], False, None, "gets stuck"),  # half of ln 2: XOR's plateau
        ([0.7, 0.6, 0.5, 0.45, 0.4], False, None, "glides"),  # as wrong, but still falling
        ([1, 0.5, 0.1], True, None, "glides"),  # out of the picture, but downhill
        ([1, 0.2, 0.8, 0.1], False, None, "bounces"),
        ([1, 0.5, 3.0], False, None, "overshoots"),
        ([1, 0.5, 3.0], True, None, "flies out"),
        ([1, 0.5], False, 2, "flies out"),
    ],
)
def test_a_word_for_a_path_follows_from_its_numbers(here, loss, outside, diverged, word):
    land = landscape(here)
    at = np.tile(land.start, (len(loss), 1))
    if outside:
        at[-1] = 1e9
    path = Path("p", at, np.array(loss, float), np.zeros(len(loss)), diverged)
    assert verdict(path, land).word == word


@pytest.mark.parametrize("surface", [False, True])
@pytest.mark.parametrize("lr", [0.001, 1e9])
def test_the_landscape_figure_has_the_losses_and_the_path(here, surface, lr):
    land = landscape(here)
    walked = path_on(here, descent(here, "sgd", lr, 20), "p")
    figure = landscape_figure(land, [walked], "t", surface)
    ground_trace = figure.data[0]
    np.testing.assert_array_equal(ground_trace.customdata, land.loss)
    np.testing.assert_allclose(np.asarray(ground_trace.z), np.log10(land.loss), rtol=1e-6)
    (losses,) = (trace for trace in figure.data if trace.name == "loss of p")
    np.testing.assert_array_equal(losses.y, walked.loss)


def test_a_race_starts_everyone_at_the_same_point(here):
    ran = race(RaceConfig(steps=100), here)
    assert list(ran) == ["sgd", "momentum", "nesterov", "rmsprop", "adam"]
    for trainer in ran.values():
        np.testing.assert_array_equal(trainer.snapshots[0], here.start)


# Three learning rates


def test_three_rates_are_three_descents_on_all_points():
    rates, losses = three_rates(RatesConfig(rate=1.0, apart=10, rate_steps=30, activation="tanh"))
    np.testing.assert_allclose(rates, [0.1, 1, 10])
    x, t = cloud_points()
    for column, rate in enumerate(rates):
        net = mlp([2, 4, 1], "tanh", "glorot_uniform", 0)
        for row in range(5):
            assert losses[row, column] == pytest.approx(LOSS.value(net.predict(x), t), rel=1e-9)
            trace = net.forward(x)
            net.backward(trace, LOSS.grad(trace[-1], t))
            net.theta -= rate * net.grad


def test_every_curve_is_labelled_with_its_value():
    figure = rates_figure(
        RateCurves(np.array([0.03, 3, 300]), np.array([[0.7] * 3, [0.6, 0.1, 9]]))
    )
    assert {note.text for note in figure.layout.annotations} == {"0.03", "3", "300"}


def test_a_diverged_curve_ends_where_its_numbers_do():
    curves = RateCurves(np.array([1.0, 2, 3]), np.array([[0.7] * 3, [0.6, np.nan, 0.5]]))
    rates_figure(curves).to_json()


def test_batch_losses_are_averaged_by_ten():
    np.testing.assert_allclose(averaged([*range(20), 99]), [4.5, 14.5])


# Batches


@pytest.fixture(scope="module")
def moment():
    return one_moment(BatchesConfig())


def test_angle_and_length_of_batches_are_those_of_their_backward_passes(moment):
    net, x, t = moment
    noise = batch_noise(net, x, t, seed=3)

    def gradient(rows):
        trace = net.forward(x[rows])
        net.backward(trace, LOSS.grad(trace[-1], t[rows]))
        return net.grad.copy()

    full = gradient(slice(None))
    assert noise.full == pytest.approx(np.linalg.norm(full))
    order = np.argsort(np.random.default_rng(3).random((DRAWS, len(x))), axis=1)
    for row, size in enumerate(SIZES):
        g = gradient(order[7, :size])
        cosine = g @ full / np.linalg.norm(g) / np.linalg.norm(full)
        degrees = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
        assert noise.angle[row, 7] == pytest.approx(degrees, abs=1e-5)
        assert noise.length[row, 7] == pytest.approx(np.linalg.norm(g) / np.linalg.norm(full))


def test_a_batch_of_all_points_is_the_gradient_itself(moment):
    noise = batch_noise(*moment, seed=0)
    assert (noise.angle[-1] == 0).all()
    np.testing.assert_allclose(noise.length[-1], 1)


def test_arrows_have_the_true_angle_and_length(moment):
    noise = batch_noise(*moment, seed=0)
    tips = next(t for t in batches_figure(noise, 20).data if t.name == "tips")
    at = SIZES.index(20)
    np.testing.assert_allclose(np.hypot(tips.x, tips.y), noise.length[at])
    np.testing.assert_allclose(
        np.degrees(np.arctan2(np.abs(tips.y), tips.x)), noise.angle[at], atol=1e-9
    )


def test_medians_leave_out_what_has_no_angle():
    np.testing.assert_allclose(medians_of(np.array([[1.0, np.nan, 3], [np.nan] * 3])), [2, np.nan])


# Axes


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.05, "0.05"), (20.0, "20"), (1e-6, "10⁻⁶"), (2e5, "2·10⁵")],
)
def test_ticks_are_written_out(value, text):
    assert tick_text(value) == text


@pytest.mark.parametrize("values", [[], [0.0, np.nan, np.inf], [1.0], [1e-300, 1e307]])
def test_a_log_axis_survives_any_values(values):
    axis = log_axis(np.array(values), "loss")
    assert np.isfinite(axis["range"]).all()
    assert np.isfinite(axis["tickvals"]).all()
    assert len(axis["tickvals"]) < 20


# Names at the ends of curves


def test_two_names_for_one_end_lie_around_it():
    np.testing.assert_allclose(apart([5.0, 5.0], 1.0), [4.5, 5.5])


def test_names_with_room_stay_where_their_curves_end():
    np.testing.assert_allclose(apart([3.0, 1.0, 2.0], 0.5), [3.0, 1.0, 2.0])


def test_a_stack_stays_below_the_highest():
    np.testing.assert_allclose(apart([9.0, 9.0, 9.0], 1.0, 9.0), [7.0, 8.0, 9.0])


def test_a_stack_stays_above_the_lowest():
    np.testing.assert_allclose(apart([1.0, 1.0, 2.0], 1.0, 9.0, 1.0), [1.0, 2.0, 3.0])


def test_in_the_race_momentum_shows_through_the_dashes_of_nesterov(here):
    land = landscape(here)
    ran = race(RaceConfig(steps=100), here)
    paths = [path_on(here, trainer, name) for name, trainer in ran.items()]
    dashes = {t.name: t.line.dash for t in landscape_figure(land, paths, "t").data if t.name in ran}
    assert dashes.pop("nesterov") != "solid"
    assert set(dashes.values()) == {"solid"}
