"""The network: its flat vectors, its trace, and what it refuses."""

import numpy as np
import pytest

from nn_core import Dense, Dropout, Identity, MeanSquaredError, ReLU, Sequential, Sigmoid, Tanh, mlp


@pytest.fixture
def net():
    """2-3-1 with tanh; parameters 0, 1, 2, … so that each place can be told from the others."""
    net = mlp([2, 3, 1], activation="tanh")
    net.theta = np.arange(13.0) / 10
    return net


@pytest.fixture
def x():
    return np.random.default_rng(0).normal(size=(5, 2))


def test_theta_holds_every_parameter_layer_by_layer_weights_before_biases(net):
    first, last = net.dense
    pieces = [first.W.ravel(), first.b, last.W.ravel(), last.b]
    assert [len(piece) for piece in pieces] == [6, 3, 3, 1]
    np.testing.assert_array_equal(np.concatenate(pieces), np.arange(13.0) / 10)


def test_grad_has_the_order_of_theta(net):
    net.grad[:] = np.arange(13)
    first, last = net.dense
    np.testing.assert_array_equal(first.dW, [[0, 1, 2], [3, 4, 5]])
    np.testing.assert_array_equal(first.db, [6, 7, 8])
    np.testing.assert_array_equal(last.dW, [[9], [10], [11]])
    np.testing.assert_array_equal(last.db, [12])


def test_layers_and_theta_are_the_same_numbers(net):
    first, last = net.dense
    net.theta[0], net.theta[-1] = 77, 88
    assert (first.W[0, 0], last.b[0]) == (77, 88)
    first.W[1, 2] = 99
    assert net.theta[5] == 99


def test_assigning_theta_copies_the_numbers_and_keeps_the_views(net):
    values, theta, W = np.ones(13), net.theta, net.dense[0].W
    net.theta = values
    values[:] = 5
    assert net.theta is theta
    np.testing.assert_array_equal(theta, np.ones(13))
    np.testing.assert_array_equal(W, np.ones((2, 3)))


@pytest.mark.parametrize("wrong", [np.zeros(12), np.zeros((13, 1)), np.zeros(14), 0.0, []])
def test_theta_of_another_shape_is_refused_and_changes_nothing(net, wrong):
    with pytest.raises(ValueError, match=r"^theta: expected shape \(13,\), got "):
        net.theta = wrong
    np.testing.assert_array_equal(net.theta, np.arange(13.0) / 10)


def test_trace_holds_every_intermediate_array(net, x):
    first, last = net.dense
    z1 = x @ first.W + first.b
    a1 = np.tanh(z1)
    trace = net.forward(x)
    assert trace[0] is x
    for array, expected in zip(trace[1:], [z1, a1, a1 @ last.W + last.b], strict=True):
        np.testing.assert_allclose(array, expected, rtol=1e-14)


def test_predict_is_the_end_of_the_trace(net, x):
    np.testing.assert_array_equal(net.predict(x), net.forward(x)[-1])


def test_every_row_is_answered_by_itself(net, x):
    one_by_one = np.vstack([net.predict(row[None]) for row in x])
    np.testing.assert_allclose(net.predict(x), one_by_one, rtol=1e-14)


def test_backward_leaves_theta_the_trace_and_the_given_gradient_alone(net, x):
    trace, dz = net.forward(x), np.ones((5, 1))
    theta, before = net.theta.copy(), [array.copy() for array in trace]
    net.backward(trace, dz)
    np.testing.assert_array_equal(net.theta, theta)
    np.testing.assert_array_equal(dz, np.ones((5, 1)))
    for array, expected in zip(trace, before, strict=True):
        np.testing.assert_array_equal(array, expected)


def test_gradient_of_the_parameters_is_the_same_without_that_of_the_input(net, x):
    trace, dz = net.forward(x), np.ones((5, 1))
    net.backward(trace, dz)
    grad = net.grad.copy()
    net.grad[:] = np.nan
    assert net.backward(trace, dz, input_gradient=False) is None
    np.testing.assert_array_equal(net.grad, grad)


def test_gradients_do_not_pile_up(net, x):
    trace, dz = net.forward(x), np.ones((5, 1))
    net.backward(trace, dz)
    grad = net.grad.copy()
    net.backward(trace, dz)
    np.testing.assert_array_equal(net.grad, grad)


def test_sizes_are_the_units_of_each_layer():
    assert mlp([784, 50, 10]).sizes == [784, 50, 10]


def test_mlp_puts_the_activation_between_its_dense_layers_and_none_after_the_last():
    kinds = [type(layer) for layer in mlp([2, 3, 4, 1], activation="relu").layers]
    assert kinds == [Dense, ReLU, Dense, ReLU, Dense]


def test_mlp_takes_one_activation_a_hidden_layer():
    net = mlp([2, 3, 4, 5, 1], ["relu", "tanh", "sigmoid"], dropout=0.1)
    kinds = [type(layer) for layer in net.layers if not isinstance(layer, Dense | Dropout)]
    assert kinds == [ReLU, Tanh, Sigmoid]
    assert mlp([2, 1], []).layers[0].n_out == 1
    same, one = mlp([2, 3, 4, 1], ("relu", "relu"), seed=5), mlp([2, 3, 4, 1], "relu", seed=5)
    np.testing.assert_array_equal(same.theta, one.theta)


@pytest.mark.parametrize("names", [[], ["tanh"], ["tanh", "relu", "tanh"]])
def test_another_number_of_activations_than_hidden_layers_is_refused(names):
    with pytest.raises(ValueError, match=r"^activation: expected 2 names, .* got "):
        mlp([2, 3, 4, 1], names)


def test_an_unknown_name_among_activations_is_refused():
    with pytest.raises(ValueError, match=r"^activation: .*nope"):
        mlp([2, 3, 4, 1], ["tanh", "nope"])


def test_notebook_bs_network_has_39760_parameters():
    assert mlp([784, 50, 10]).theta.size == 39_760


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ["identity", "sigmoid", "tanh", "relu"])
def test_dtype_is_kept_from_the_input_to_the_gradients(name, dtype):
    net, x = mlp([2, 3, 1], activation=name, dtype=dtype), np.ones((4, 2), dtype)
    trace = net.forward(x)
    dx = net.backward(trace, MeanSquaredError().grad(trace[-1], np.zeros((4, 1), dtype)))
    arrays = [*trace, dx, net.theta, net.grad, net.dense[0].W, net.predict(x)]
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}
    assert net.dtype == dtype


def test_float64_assigned_to_a_float32_network_leaves_it_float32():
    net = mlp([2, 1], dtype=np.float32)
    net.theta = np.array([0.1, 0.2, 0.3])
    assert net.theta.dtype == np.float32
    np.testing.assert_allclose(net.theta, [0.1, 0.2, 0.3], rtol=1e-7)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_copy_is_equal_and_independent(dtype):
    net, x = mlp([2, 3, 1], activation="tanh", dtype=dtype), np.ones((4, 2), dtype)
    twin, theta = net.copy(), net.theta.copy()
    np.testing.assert_array_equal(twin.predict(x), net.predict(x))
    assert twin.dtype == net.dtype
    twin.theta[:] = 0
    twin.backward(twin.forward(x), np.ones((4, 1), dtype))
    np.testing.assert_array_equal(net.theta, theta)
    np.testing.assert_array_equal(net.grad, np.zeros_like(theta))
    np.testing.assert_array_equal(net.dense[0].W, theta[:6].reshape(2, 3))


def test_copy_keeps_every_layer_of_a_network_built_by_hand():
    net = Sequential(Dense(3, 1), Sigmoid(), init="notebook_a")
    twin, x = net.copy(), np.ones((1, 3))
    assert [type(layer) for layer in twin.layers] == [Dense, Sigmoid]
    np.testing.assert_array_equal(twin.predict(x), net.predict(x))


@pytest.mark.parametrize(
    "wrong",
    [np.zeros(2), np.zeros((5, 3)), np.zeros((2, 5)), np.zeros((1, 5, 2)), [[0.0, 0.0]], 1.0],
)
@pytest.mark.parametrize("method", ["forward", "predict"])
def test_input_of_another_shape_is_refused(net, method, wrong):
    with pytest.raises(ValueError, match=r"^x: expected shape \(batch, 2\), got "):
        getattr(net, method)(wrong)


@pytest.mark.parametrize(
    ("network", "data"),
    [(np.float64, np.float32), (np.float32, np.float64), (np.float64, np.int64)],
)
@pytest.mark.parametrize("method", ["forward", "predict"])
def test_input_of_another_dtype_is_refused(method, network, data):
    net = mlp([2, 1], dtype=network)
    match = f"^x: expected {np.dtype(network)}.*, got {np.dtype(data)}"
    with pytest.raises(ValueError, match=match):
        getattr(net, method)(np.zeros((5, 2), data))


@pytest.mark.parametrize("dtype", [np.float16, np.int64, bool])
def test_a_network_is_float32_or_float64(dtype):
    with pytest.raises(ValueError, match=r"^dtype: expected float32 or float64, got "):
        mlp([2, 1], dtype=dtype)


@pytest.mark.parametrize(
    "layers",
    [(Dense(2, 3), Dense(4, 1)), (Dense(2, 3), Tanh(), Identity(), Dense(1, 3))],
)
def test_layers_that_do_not_fit_are_refused(layers):
    with pytest.raises(ValueError, match=r"^layers: expected a layer of 3 inputs .* got "):
        Sequential(*layers)


@pytest.mark.parametrize("layers", [(), (Tanh(),)])
def test_a_network_without_a_dense_layer_is_refused(layers):
    with pytest.raises(ValueError, match=r"^layers: expected at least one Dense"):
        Sequential(*layers)


@pytest.mark.parametrize("sizes", [[], [2], [2, 0, 1], [2, -3, 1], [2, 2.5, 1], ["2", 1]])
def test_sizes_that_make_no_network_are_refused(sizes):
    with pytest.raises(ValueError, match=r"^sizes: expected .* got "):
        mlp(sizes)


def test_unknown_activation_is_refused_with_the_nearest_known_one():
    with pytest.raises(ValueError, match=r"^activation: .*mean 'sigmoid'.*got 'sigmoyd'"):
        mlp([2, 2, 1], activation="sigmoyd")


def test_unknown_activation_is_refused_even_where_none_is_needed():
    with pytest.raises(ValueError, match=r"^activation: "):
        mlp([2, 1], activation="sigmoyd")
