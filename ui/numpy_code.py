"""The few lines of Python that run a saved network with NumPy alone."""

import io

import numpy as np

from figures.stage import StageFilm
from nn_core import activation
from runs.saved import SavedRun

RUN = '''import numpy as np

run = np.load("{name}", allow_pickle=False)
sizes, theta = {sizes}, run["theta"]

def read(image):
    """The ten probabilities for one image, ({pixels},) from 0 to 1."""
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


def run_code(saved: SavedRun, name: str) -> str:
    """The code for a run on digits that was saved as `name`."""
    code = RUN.format(
        name=name,
        sizes=saved.sizes,
        pixels=saved.sizes[0],
        bend=activation(saved.config.activation).numpy,
    )
    return _imports(code) + code


def film_code(film: StageFilm, name: str) -> str:
    """The code for the last frame of a film whose parameters were saved as `name`."""
    inputs = ", ".join(FEATURES[feature] for feature in film.inputs)
    ends = [*film.activations, film.output]
    layers = "\n".join(
        f'    z = a @ net["W{i}"] + net["b{i}"]\n    a = {activation(end).numpy}'
        for i, end in enumerate(ends, 1)
    )
    code = f"""import numpy as np

net = np.load("{name}", allow_pickle=False)

def answer(x1, x2):
    a = np.array([{inputs}])
{layers}
    return a.item()
"""
    return _imports(code) + code


def film_parameters(film: StageFilm) -> bytes:
    """The last frame's W1, b1, W2, b2, … as an .npz."""
    file, rest, arrays = io.BytesIO(), film.thetas[-1], {}
    for i, (n_in, n_out) in enumerate(zip(film.sizes, film.sizes[1:], strict=False), 1):
        arrays[f"W{i}"], rest = rest[: n_in * n_out].reshape(n_in, n_out), rest[n_in * n_out :]
        arrays[f"b{i}"], rest = rest[:n_out], rest[n_out:]
    np.savez(file, **arrays)
    return file.getvalue()


def _imports(code: str) -> str:
    return "import math\n" if "math." in code else ""
