"""The ground of a landscape against the network, arithmetic and gradient descent restated."""

import numpy as np
import pytest

from datasets.xor import xor_points
from nn_core import SGD, BinaryCrossEntropy, Ensemble, mlp
from recipes.ground import LOSS, descent, ground, landscape, path_on


@pytest.fixture(scope="module")
def here():
    return ground("sigmoid", 2, "three points", 0)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def cross_entropy(p, t):
    return float(np.mean(-t * np.log(p) - (1 - t) * np.log(1 - p)))


def test_the_three_points_have_the_losses_that_their_names_say(here):
    net, (x, t) = mlp(here.sizes, here.activation), xor_points()
    for theta, loss in ((here.solution, here.solution_loss), (here.stuck, here.stuck_loss)):
        net.theta = theta
        assert BinaryCrossEntropy().value(net.predict(x), t) == pytest.approx(loss)
    assert here.solution_loss < 0.1
    assert here.stuck_loss == pytest.approx(np.log(2) / 2, abs=0.01)  # the plateau of XOR


@pytest.mark.parametrize(("activation", "hidden", "seed"), [("tanh", 2, 3), ("relu", 3, 1)])
def test_solution_and_stuck_run_are_ends_of_an_ensemble_trained_by_nn_core(
    activation, hidden, seed
):
    found, (x, t) = ground(activation, hidden, "three points", seed), xor_points()
    thrown = np.random.default_rng([seed, 1]).standard_normal((32, found.start.size))
    starts = found.start + np.linspace(0, 2, 32)[:, np.newaxis] * thrown
    runs = Ensemble.at(found.sizes, activation, starts)
    runs.train(LOSS, SGD(1.0), x, t, 3000)
    for end in (found.solution, found.stuck):
        assert np.abs(runs.theta - end).max(axis=1).min() < 1e-9


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
    land = landscape(ground("sigmoid", 2, "random directions", 0))
    np.testing.assert_allclose(land.solution, 0, atol=1e-12)
    assert not land.true


@pytest.mark.parametrize("plane", ["three points", "random directions"])
def test_the_width_of_the_picture_is_measured_as_distances_from_the_plane_are(plane):
    around = ground("sigmoid", 2, plane, 0)
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
