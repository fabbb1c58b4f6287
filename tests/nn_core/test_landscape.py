"""The plane through parameter space, against geometry restated and networks one by one."""

import numpy as np
import pytest

from nn_core import (
    BinaryCrossEntropy,
    Ensemble,
    Plane,
    SoftmaxCrossEntropy,
    angle_between,
    filter_normalised,
    loss_on_plane,
    mlp,
    plane_through,
    sample_gradients,
)

RNG = np.random.default_rng(7)
X, T = RNG.normal(size=(6, 2)), np.array([[0.0], [1], [1], [0], [1], [0]])


def test_the_three_points_lie_on_their_plane_at_their_true_distances():
    three = RNG.normal(size=(3, 9))
    plane = plane_through(*three)
    on_it = plane.coordinates(three)
    np.testing.assert_allclose(plane.distance(three), 0, atol=1e-12)
    np.testing.assert_allclose(plane.points(on_it), three, atol=1e-12)
    np.testing.assert_allclose(on_it[0], 0, atol=1e-12)
    assert on_it[1, 1] == pytest.approx(0, abs=1e-12)
    for i, j in ((0, 1), (0, 2), (1, 2)):
        true = np.sqrt(((three[i] - three[j]) ** 2).sum())
        assert np.hypot(*(on_it[i] - on_it[j])) == pytest.approx(true)


def test_the_distance_from_a_plane_is_what_sticks_out_of_it():
    axes = np.eye(5)
    plane = Plane(np.zeros(5), axes[0], axes[1])
    point = np.array([[3.0, -2, 0, 3, 4]])
    assert plane.distance(point) == pytest.approx([5.0])  # √(3² + 4²)
    np.testing.assert_allclose(plane.coordinates(point), [[3, -2]])


def test_the_nearest_point_of_a_slanted_plane_is_nearer_than_its_neighbours():
    plane = Plane(*RNG.normal(size=(3, 9)))
    theta = RNG.normal(size=(1, 9))
    best = plane.coordinates(theta)
    for nudge in ([0.01, 0], [-0.01, 0], [0, 0.01], [0, -0.01]):
        other = np.linalg.norm(theta - plane.points(best + nudge))
        assert plane.distance(theta)[0] < other


@pytest.mark.parametrize("third", [0.0, 1.0, 0.4, -7.0])
def test_three_points_on_one_line_are_refused(third):
    a, b = np.zeros(4), np.ones(4)
    with pytest.raises(ValueError, match=r"^third: expected three points that are not on one line"):
        plane_through(a, b, a + third * (b - a))
    with pytest.raises(ValueError, match="not on one line"):
        plane_through(a, a, b)


def test_a_filter_normalised_direction_is_as_long_as_each_units_own_weights():
    net = mlp([3, 5, 2], init="normal", seed=3)
    direction = net.copy()
    direction.theta = filter_normalised(net, np.random.default_rng(1))
    for ours, theirs in zip(direction.dense, net.dense, strict=True):
        np.testing.assert_allclose((ours.W**2).sum(axis=0), (theirs.W**2).sum(axis=0))
        assert not ours.b.any()
    again = filter_normalised(net, np.random.default_rng(1))
    np.testing.assert_array_equal(direction.theta, again)


def test_a_zero_network_has_a_zero_direction():
    assert not filter_normalised(mlp([2, 3, 1], init="zeros"), np.random.default_rng(0)).any()


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "gelu"])
def test_the_landscape_is_each_networks_own_loss(activation):
    plane = Plane(*RNG.normal(size=(3, 13)))
    a, b = np.linspace(-2, 2, 5), np.linspace(-1, 3, 4)
    loss = BinaryCrossEntropy()
    z = loss_on_plane(plane, [2, 3, 1], activation, loss, X, T, a, b)
    assert z.shape == (4, 5)
    net = mlp([2, 3, 1], activation)
    for row, b_one in enumerate(b):
        for column, a_one in enumerate(a):
            net.theta = plane.origin + a_one * plane.u + b_one * plane.v
            assert z[row, column] == pytest.approx(loss.value(net.predict(X), T), rel=1e-12)


def test_a_landscape_without_end_is_infinite_and_no_warning():
    plane = Plane(np.full(13, 1e200), np.ones(13), np.arange(13.0))
    steps = np.linspace(-1, 1, 3)
    z = loss_on_plane(plane, [2, 3, 1], "relu", BinaryCrossEntropy(), X, T, steps, steps)
    assert not np.isfinite(z).any()


def test_an_ensemble_at_given_parameters_keeps_a_copy_and_refuses_what_does_not_fit():
    thetas = RNG.normal(size=(4, 13))
    networks = Ensemble.at([2, 3, 1], "tanh", thetas)
    one = mlp([2, 3, 1], "tanh")
    one.theta = thetas[2]
    np.testing.assert_allclose(networks.predict(X)[2], one.predict(X))
    networks.theta[:] = 0
    assert thetas.all()
    for shape in ((4, 12), (13,), (0, 13)):
        with pytest.raises(ValueError, match=r"^theta: expected shape \(networks, 13\)"):
            Ensemble.at([2, 3, 1], "tanh", np.zeros(shape))


def test_a_batchs_gradient_is_the_mean_of_its_samples():
    net, loss = mlp([2, 4, 1], seed=5), BinaryCrossEntropy()
    trace = net.forward(X)
    net.backward(trace, loss.grad(trace[-1], T))
    full = net.grad.copy()
    rows = sample_gradients(net, loss, X, T)
    np.testing.assert_array_equal(net.grad, full)
    np.testing.assert_allclose(rows.mean(axis=0), full, atol=1e-15)


def test_sample_gradients_take_labels_too():
    net, loss, labels = mlp([2, 4, 3], seed=5), SoftmaxCrossEntropy(), np.array([0, 1, 2, 0, 1, 2])
    trace = net.forward(X)
    net.backward(trace, loss.grad(trace[-1], labels))
    rows = sample_gradients(net, loss, X, labels)
    np.testing.assert_allclose(rows.mean(axis=0), net.grad, atol=1e-15)


@pytest.mark.parametrize("degrees", [0, 1e-5, 30, 90, 135, 179.99999, 180])
def test_angles(degrees):
    u = np.array([3.0, 0, 0])
    v = 0.2 * np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees)), 0])
    assert angle_between(u, v) == pytest.approx(degrees, rel=1e-8, abs=1e-12)


def test_a_vector_of_length_0_has_no_angle():
    right, none = angle_between(np.array([[1.0, 0], [0, 0]]), np.array([0, 1.0]))
    assert right == pytest.approx(90)
    assert np.isnan(none)
