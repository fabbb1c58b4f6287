"""A trained network to take along: its file, and the few lines that hold it elsewhere.

One file, W1, b1, W2, b2, … and a few points or images x to try it on, is read by the lines for
NumPy, for PyTorch and for Keras, and each prints what the network answers to those.
"""

import io
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nn_core import activation

FEATURES = {  # of a point on the plane
    "x₁": "x1",
    "x₂": "x2",
    "x₁²": "x1**2",
    "x₂²": "x2**2",
    "x₁x₂": "x1 * x2",
    "sin x₁": "np.sin(x1)",
    "sin x₂": "np.sin(x2)",
}
AS_IT_IS = ("x₁", "x₂")  # features that are the point itself
SOFTMAX = "softmax"

# What the libraries call nn_core's activations: a network with another has no lines for them.
TORCH = {
    "identity": "nn.Identity()",
    "step": "Step()",
    "sigmoid": "nn.Sigmoid()",
    "tanh": "nn.Tanh()",
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU(0.01)",
    "elu": "nn.ELU()",
    "softplus": "nn.Softplus()",
    "silu": "nn.SiLU()",
    "gelu": "nn.GELU()",
    "gelu_tanh": 'nn.GELU(approximate="tanh")',
    SOFTMAX: "nn.Softmax(dim=1)",
}
TORCH_STEP = """
class Step(nn.Module):
    def forward(self, z):
        return (z > 0).to(z.dtype)
"""
KERAS = {
    "identity": '"linear"',
    "step": "lambda z: keras.ops.cast(z > 0, z.dtype)",
    "sigmoid": '"sigmoid"',
    "tanh": '"tanh"',
    "relu": '"relu"',
    "leaky_relu": "lambda z: keras.activations.leaky_relu(z, negative_slope=0.01)",
    "elu": '"elu"',
    "softplus": '"softplus"',
    "silu": '"silu"',
    "gelu": '"gelu"',
    "gelu_tanh": "lambda z: keras.activations.gelu(z, approximate=True)",
    SOFTMAX: '"softmax"',
}


class Layers(NamedTuple):
    """A network of dense layers, as one writes it down."""

    sizes: Sequence[int]  # units a layer, inputs first
    ends: Sequence[str]  # the activation after each layer; after the last one it may be softmax
    inputs: Sequence[str] = ()  # the features it hears of a point on the plane; () if x itself

    @property
    def hears_features(self) -> bool:
        """Whether what it hears is worked out of x first."""
        return bool(self.inputs) and tuple(self.inputs) != AS_IT_IS


def network_file(theta: np.ndarray, layers: Layers, x: np.ndarray) -> bytes:
    """Parameters (parameters,) and points or images x, a row each, to try them on, as an .npz."""
    file, rest = io.BytesIO(), theta
    arrays = {"x": x.astype(theta.dtype)}
    for i, (n_in, n_out) in enumerate(pairwise(layers.sizes), 1):
        arrays[f"W{i}"], rest = rest[: n_in * n_out].reshape(n_in, n_out), rest[n_in * n_out :]
        arrays[f"b{i}"], rest = rest[:n_out], rest[n_out:]
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def numpy_code(name: str, layers: Layers) -> str:
    """The lines for NumPy alone, for the file of that name."""
    given = "x1, x2" if layers.inputs else "x"
    heard = f"np.array([{_features(layers)}])" if layers.inputs else "x"
    steps = "\n".join(
        f'    z = a @ net["W{i}"] + net["b{i}"]\n    a = {_numpy(end)}'
        for i, end in enumerate(layers.ends, 1)
    )
    code = f'''import numpy as np

net = np.load("{name}", allow_pickle=False)

def answer({given}):
    a = {heard}
{steps}
    return a{".item()" if layers.sizes[-1] == 1 else ""}

print(np.round([answer({"*x" if layers.inputs else "x"}) for x in net["x"]], 3))
'''
    return ("import math\n" if "math." in code else "") + code


def torch_code(name: str, layers: Layers) -> str:
    """The same for PyTorch."""
    rows = "\n".join(
        f"    nn.Linear({n_in}, {n_out}), {TORCH[end]},"
        for (n_in, n_out), end in zip(pairwise(layers.sizes), layers.ends, strict=True)
    )
    step = TORCH_STEP if "step" in layers.ends else ""
    return f'''import numpy as np
import torch
from torch import nn
{step}
net = nn.Sequential(
{rows}
)
file = np.load("{name}", allow_pickle=False)
dense = [layer for layer in net if isinstance(layer, nn.Linear)]
with torch.no_grad():
    for i, layer in enumerate(dense, 1):
        layer.weight.copy_(torch.from_numpy(file[f"W{{i}}"].T))
        layer.bias.copy_(torch.from_numpy(file[f"b{{i}}"]))

{_hear(layers)}
with torch.no_grad():
    print(np.round(net(torch.from_numpy(x)).numpy(){_flat(layers)}, 3))
'''


def keras_code(name: str, layers: Layers) -> str:
    """The same for Keras."""
    rows = "\n".join(
        f"    keras.layers.Dense({n_out}, activation={KERAS[end]}),"
        for n_out, end in zip(layers.sizes[1:], layers.ends, strict=True)
    )
    return f'''import keras
import numpy as np

net = keras.Sequential([
    keras.Input(({layers.sizes[0]},)),
{rows}
])
file = np.load("{name}", allow_pickle=False)
net.set_weights([file[f"{{p}}{{i}}"] for i in range(1, {len(layers.sizes)}) for p in "Wb"])

{_hear(layers)}
print(np.round(net.predict(x, verbose=0){_flat(layers)}, 3))
'''


def all_code(name: str, layers: Layers) -> dict[str, str]:
    """The lines for each library, by its name; where they are not known, a comment that says so."""
    return {
        "NumPy": numpy_code(name, layers),
        "PyTorch": _nameless("PyTorch", TORCH, layers) or torch_code(name, layers),
        "Keras": _nameless("Keras", KERAS, layers) or keras_code(name, layers),
    }


def _nameless(library: str, names: Mapping[str, str], layers: Layers) -> str:
    """That there are no lines, and why; "" if all activations have a name."""
    unknown = ", ".join(dict.fromkeys(end for end in layers.ends if end not in names))
    why = f"Glassbox has no name for {unknown} in {library}."
    return f"# There are no lines here: {why}\n" if unknown else ""


def _features(layers: Layers) -> str:
    return ", ".join(FEATURES[feature] for feature in layers.inputs)


def _hear(layers: Layers) -> str:
    """The lines that make x what the network hears."""
    if not layers.hears_features:
        return 'x = file["x"]'
    return f'x1, x2 = file["x"].T\nx = np.stack([{_features(layers)}], axis=1)'


def _flat(layers: Layers) -> str:
    """One answer a point is printed as one number."""
    return "[:, 0]" if layers.sizes[-1] == 1 else ""


def _numpy(end: str) -> str:
    if end == SOFTMAX:
        return "np.exp(z - z.max()) / np.exp(z - z.max()).sum()"
    return activation(end).numpy
