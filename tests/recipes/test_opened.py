"""Arrays become the network that they are, whatever they are called and however they lie."""

import io

import numpy as np
import pytest

from datasets.digits import Kind, Subject
from nn_core import mlp
from recipes.network_code import SOFTMAX, Layers, network_file
from recipes.opened import likely, opened_net, reads_with
from tests.saved_runs import refused

SUBJECT = Subject.of(Kind.BUNDLED)


def net_of(*hidden, pixels=64, classes=10):
    return mlp([pixels, *hidden, classes], "relu", "he_normal", 3, np.float32)


def as_torch(net, name="{}"):
    """A state_dict of nn.Sequential, whose activations have numbers, too."""
    made = {}
    for k, layer in enumerate(net.dense):
        made[name.format(f"{2 * k}.weight")] = layer.W.T
        made[name.format(f"{2 * k}.bias")] = layer.b
    return made


def as_keras(net):
    """What numpy.savez makes of get_weights()."""
    arrays = [array for layer in net.dense for array in (layer.W, layer.b)]
    return {f"arr_{k}": array for k, array in enumerate(arrays)}


def as_keras_paths(net):
    made = {}
    for k, layer in enumerate(net.dense):
        name = f"dense_{k + 8}" if k else "dense"  # 8, 9, 10 …: by number, not by letter
        made |= {f"net/{name}/kernel": layer.W, f"net/{name}/bias": layer.b}
    return made


def as_ours(net):
    made = {"x": np.zeros((5, net.sizes[0]), np.float32)}
    for k, layer in enumerate(net.dense, 1):
        made |= {f"W{k}": layer.W, f"b{k}": layer.b}
    return made


FORMS = {"PyTorch": as_torch, "Keras": as_keras, "Keras' paths": as_keras_paths, "ours": as_ours}


@pytest.mark.parametrize(
    "hidden", [(5,), (10,), (64,), (64, 64), (7, 7, 7), (9, 6), (12, 5, 9)], ids=str
)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_the_network_that_it_was(form, hidden):
    net = net_of(*hidden)
    arrays = FORMS[form](net)
    found = opened_net(arrays, in_order=True, subject=SUBJECT)
    assert found.sizes == net.sizes
    np.testing.assert_array_equal(found.theta, net.theta)
    shuffled = dict(sorted(arrays.items(), key=lambda item: item[0][::-1]))
    again = opened_net(shuffled, in_order=False, subject=SUBJECT)
    np.testing.assert_array_equal(again.theta, net.theta)


def test_layers_whose_names_say_nothing_of_their_order_are_told_by_their_shapes():
    net = net_of(7, 7)
    called = {"out": net.dense[2], "first": net.dense[0], "middle": net.dense[1]}
    arrays = {f"{name}.{part}": a for name, layer in called.items()
              for part, a in (("weight", layer.W.T), ("bias", layer.b))}  # fmt: skip
    for in_order in (True, False):
        found = opened_net(arrays, in_order, SUBJECT)
        np.testing.assert_array_equal(found.theta, net.theta)


def test_where_nothing_tells_the_order_it_says_so():
    net = net_of(7, 7, 7)
    names = ("in", "left", "right", "out")
    arrays = {f"{name}.{part}": a for name, layer in zip(names, net.dense, strict=True)
              for part, a in (("weight", layer.W.T), ("bias", layer.b))}  # fmt: skip
    np.testing.assert_array_equal(opened_net(arrays, True, SUBJECT).theta, net.theta)
    said = refused(opened_net, arrays, False, SUBJECT)
    assert "Nothing tells which of left.weight and right.weight comes first" in said


def test_numbers_of_sixteen_and_sixty_four_bits_are_taken_and_those_too_large_are_not():
    net = net_of(5)
    for dtype in (np.float16, np.float64):
        arrays = {name: a.astype(dtype) for name, a in as_torch(net).items()}
        np.testing.assert_allclose(opened_net(arrays, True, SUBJECT).theta, net.theta, atol=1e-3)
    large = as_torch(net) | {"2.bias": np.full(10, 1e200)}
    assert "2.bias has numbers that are none (NaN or infinite), or too large" in refused(
        opened_net, large, True, SUBJECT
    )


def changed(**arrays):
    return as_torch(net_of(5)) | {name.replace("_", "."): a for name, a in arrays.items()}


@pytest.mark.parametrize(
    ("arrays", "says"),
    [
        (as_torch(net_of(5, pixels=784)), "takes 784 pixels: expected 64"),
        (as_keras(net_of(5, classes=26)), "tells 26 classes apart: expected 10"),
        (as_keras(net_of(5, 600)), "hidden layers have 5 and 600 units: expected 1 to 512 in each"),
        (as_torch(net_of(600)), "hidden layers have 600 units: expected 1 to 512"),
        (as_keras(net_of()), "1 arrays of weights and 1 of biases: expected 2 to 4"),
        (as_torch(net_of(5, 5, 5, 5)), "5 arrays of weights and 5 of biases: expected 2 to 4"),
        ({"W1": np.ones((64, 5)), "W2": np.ones((5, 10))}, "2 arrays of weights and 0 of biases"),
        (
            changed(**{"2_weight": np.ones((10, 4))}),
            "do not fit one after the other, 0.weight (5, ",
        ),
        (changed(**{"2_bias": np.ones(9)}), "2.bias has 9 numbers: expected 10"),
        (changed(**{"0_bias": np.full(5, np.nan)}), "0.bias has numbers that are none (NaN"),
        ({}, "0 arrays of weights"),
    ],
    ids=lambda value: value[:25] if isinstance(value, str) else "",
)
def test_what_is_no_such_network_is_one_sentence_with_what_is_expected(arrays, says):
    assert says in refused(opened_net, arrays, True, SUBJECT)


def test_the_likely_activation_is_the_one_with_which_most_is_read():
    assert likely({"gelu": 0.9, "relu": 0.9, "tanh": 0.8}) == "relu"
    assert likely({"gelu": 0.9, "relu": 0.89}) == "gelu"
    net, x = net_of(20), np.random.default_rng(0).random((50, 64), np.float32)
    z = np.maximum(x @ net.dense[0].W, 0) @ net.dense[1].W
    found = reads_with(opened_net(as_torch(net), True, SUBJECT), x, z.argmax(axis=1))
    assert found["relu"] == 1
    assert found["sigmoid"] < 1


def test_a_form_is_what_layers_of_ours_are_called():
    """`as_ours` is no invention of this test's."""
    net = net_of(5)
    file = network_file(net.theta, Layers(net.sizes, ["relu", SOFTMAX]), np.zeros((5, 64)))
    with np.load(io.BytesIO(file), allow_pickle=False) as arrays:
        assert {n: a.shape for n, a in arrays.items()} == {
            n: a.shape for n, a in as_ours(net).items()
        }
