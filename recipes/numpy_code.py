"""The few lines of Python that run a saved network with NumPy alone."""

import io
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from nn_core import activation

RUN = '''import numpy as np

run = np.load("{name}", allow_pickle=False)
sizes, theta = {sizes}, run["theta"]

def read(image):
    """The probabilities for one image, ({pixels},) from 0 to 1."""
    a, start = image, 0
    for layer, (n_in, n_out) in enumerate(zip(sizes, sizes[1:])):
        W = theta[start : start + n_in * n_out].reshape(n_in, n_out)
        b = theta[start + n_in * n_out : start + (n_in + 1) * n_out]
        start += (n_in + 1) * n_out
        z = a @ W + b
        a = {bend} if layer < len(sizes) - 2 else np.exp(z - z.max())
    return a / a.sum()
'''
FEATURES = {
    "x₁": "x1",
    "x₂": "x2",
    "x₁²": "x1**2",
    "x₂²": "x2**2",
    "x₁x₂": "x1 * x2",
    "sin x₁": "np.sin(x1)",
    "sin x₂": "np.sin(x2)",
}


def run_code(name: str, sizes: Sequence[int], bend: str) -> str:
    """The code for a run on digits, of so many units a layer, that was saved as `name`."""
    code = RUN.format(name=name, sizes=list(sizes), pixels=sizes[0], bend=activation(bend).numpy)
    return _imports(code) + code


def film_code(name: str, inputs: Sequence[str], ends: Sequence[str]) -> str:
    """The code for a network on the plane whose parameters were saved as `name`.

    `inputs` are the features it hears, `ends` the activation after each layer, the last included.
    """
    heard = ", ".join(FEATURES[feature] for feature in inputs)
    layers = "\n".join(
        f'    z = a @ net["W{i}"] + net["b{i}"]\n    a = {activation(end).numpy}'
        for i, end in enumerate(ends, 1)
    )
    code = f"""import numpy as np

net = np.load("{name}", allow_pickle=False)

def answer(x1, x2):
    a = np.array([{heard}])
{layers}
    return a.item()
"""
    return _imports(code) + code


def film_parameters(theta: np.ndarray, sizes: Sequence[int]) -> bytes:
    """A network's parameters, (parameters,), as an .npz of W1, b1, W2, b2, …"""
    file, rest = io.BytesIO(), theta
    arrays: dict[str, Any] = {}
    for i, (n_in, n_out) in enumerate(pairwise(sizes), 1):
        arrays[f"W{i}"], rest = rest[: n_in * n_out].reshape(n_in, n_out), rest[n_in * n_out :]
        arrays[f"b{i}"], rest = rest[:n_out], rest[n_out:]
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def _imports(code: str) -> str:
    return "import math\n" if "math." in code else ""
