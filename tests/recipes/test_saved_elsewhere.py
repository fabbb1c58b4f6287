"""Files as PyTorch and Keras write them, made to the letter of their documents; neither is here.

- torch.nn.Linear's weight is (out_features, in_features), its bias (out_features,):
  https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html
- A state_dict's names are the modules' own, of nn.Sequential their places, where layers without
  parameters count, with prefixes for DataParallel and torch.compile:
  https://docs.pytorch.org/tutorials/beginner/saving_loading_models.html
- safetensors.torch.save_file adds {"format": "pt"}, and lays tensors out by their kind, then name;
  bfloat16 is BF16: https://github.com/huggingface/safetensors#format
- keras.layers.Dense has kernel (input_dim, units) and bias (units,):
  https://keras.io/api/layers/core_layers/dense/; get_weights() gives them in this order:
  https://keras.io/api/layers/base_layer/
- A variable's name is dense/kernel:0 in Keras 2, its path sequential/dense/kernel in Keras 3, a
  layer's number counts on through the session: https://keras.io/api/layers/base_layer/
- numpy.savez calls what has no name arr_0, arr_1, …:
  https://numpy.org/doc/stable/reference/generated/numpy.savez.html
"""

import io

import numpy as np
import pytest
from safetensors import TensorSpec, serialize
from safetensors.numpy import save

from datasets.digits import Kind, Subject
from datasets.weights import read_weights
from nn_core import mlp
from recipes.opened import opened_net

SUBJECT = Subject.of(Kind.BUNDLED)
SHAPES = [(20,), (300, 100), (64, 64, 10)]


def net_of(hidden):
    return mlp([64, *hidden, 10], "relu", "he_normal", 3, np.float32)


def npz(*arrays, **named):
    file = io.BytesIO()
    np.savez(file, *arrays, **named)
    return file.getvalue()


def state_dict(net, names, dtype=np.float32):
    made = {}
    for name, layer in zip(names, net.dense, strict=False):
        made[f"{name}.weight"] = np.ascontiguousarray(layer.W.T.astype(dtype))
        made[f"{name}.bias"] = layer.b.astype(dtype)
    return made


def as_bfloat16(arrays):
    """As torch's .to(torch.bfloat16) of numbers that bfloat16 has; NumPy does not have it."""
    kept = {name: (a.view(np.uint32) >> 16).astype(np.uint16) for name, a in arrays.items()}
    return bytes(
        serialize(
            {
                name: TensorSpec(
                    dtype="bfloat16", shape=a.shape, data_ptr=a.ctypes.data, data_len=a.nbytes
                )
                for name, a in kept.items()
            },
            metadata={"format": "pt"},
        )
    )


PYTORCH = {
    "nn.Sequential": [f"{2 * k}" for k in range(4)],
    "with dropout": [f"{3 * k}" for k in range(4)],
    "within a module": [f"layers.{2 * k}" for k in range(4)],
    "a module of its own": [f"fc{k + 1}" for k in range(4)],
    "DataParallel": [f"module.fc{k + 1}" for k in range(4)],
    "torch.compile": [f"_orig_mod.net.{2 * k}" for k in range(4)],
}
KERAS = {
    "Keras 2": lambda number: f"dense{number}/{{}}:0",
    "Keras 3": lambda number: f"sequential/dense{number}/{{}}",
    "a later model": lambda number: f"sequential_3/dense{number or '_0'}/{{}}",
}


def check(name, content, net, **within):
    found = opened_net(*read_weights(name, io.BytesIO(content)), SUBJECT)
    assert found.sizes == net.sizes
    np.testing.assert_allclose(found.theta, net.theta, **({"rtol": 0, "atol": 0} | within))


@pytest.mark.parametrize("hidden", SHAPES, ids=str)
@pytest.mark.parametrize("names", PYTORCH)
def test_a_state_dict_opens_from_safetensors_and_npz(names, hidden):
    net = net_of(hidden)
    arrays = state_dict(net, PYTORCH[names])
    check("model.safetensors", save(arrays, metadata={"format": "pt"}), net)
    check("weights.npz", npz(**arrays), net)


@pytest.mark.parametrize(("dtype", "off"), [(np.float16, 1e-3), (np.float64, 0.0)], ids=str)
def test_half_and_double_precision_open(dtype, off):
    net = net_of((30, 20))
    arrays = state_dict(net, PYTORCH["nn.Sequential"], dtype)
    check("model.safetensors", save(arrays, metadata={"format": "pt"}), net, atol=off)
    check("weights.npz", npz(**arrays), net, atol=off)


def test_bfloat16_opens():
    net = net_of((30, 20))
    net.theta = (net.theta.view(np.uint32) & 0xFFFF0000).view(np.float32)  # what bfloat16 has
    check("model.safetensors", as_bfloat16(state_dict(net, PYTORCH["nn.Sequential"])), net)


@pytest.mark.parametrize("hidden", SHAPES, ids=str)
@pytest.mark.parametrize("named", KERAS)
def test_keras_variables_open_by_their_names(named, hidden):
    net, arrays = net_of(hidden), {}
    for k, layer in enumerate(net.dense):
        name = KERAS[named](f"_{k + 8}" if k else "")  # 8, 9, 10: by number and not by letter
        arrays |= {name.format("kernel"): layer.W, name.format("bias"): layer.b}
    check("model.safetensors", save(arrays), net)
    check("weights.npz", npz(**arrays), net)


@pytest.mark.parametrize("hidden", SHAPES, ids=str)
def test_what_get_weights_gives_opens(hidden):
    net = net_of(hidden)
    check("weights.npz", npz(*(a for layer in net.dense for a in (layer.W, layer.b))), net)
