"""Networks whose lines of PyTorch and Keras were run, and what those printed.

`python -m tests.recipes.kept_network_code` runs them anew, where both are installed, and keeps the
lines and what they printed in the file beside this one.
"""

import contextlib
import io
import json
import os
from itertools import pairwise
from pathlib import Path

import numpy as np

from recipes.network_code import SOFTMAX, Layers, all_code, network_file

KEPT = Path(__file__).with_suffix(".json")
FILE = "network.npz"
EVERY_INPUT = ("x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂")
POINTS = np.array([[-3, -2], [-1.5, 2.5], [0.5, -0.25], [2, 1], [3.5, -4]], np.float32)
PIXELS = np.linspace(0, 1, 32, dtype=np.float32).reshape(4, 8)

NETWORKS = {
    "one neuron": Layers([2, 1], ["sigmoid"], ("x₁", "x₂")),
    "every input": Layers([7, 3, 1], ["tanh", "sigmoid"], EVERY_INPUT),
    "one input": Layers([1, 3, 1], ["tanh", "sigmoid"], ("x₂",)),
    "a number": Layers([2, 4, 2, 1], ["tanh", "relu", "identity"], ("x₁", "x₂")),
    "three classes": Layers([2, 4, 3], ["tanh", SOFTMAX], ("x₁", "x₂")),
    "pixels": Layers([8, 5, 4], ["relu", SOFTMAX]),
    **{
        name: Layers([2, 3, 3, 1], [name, name, "sigmoid"], ("x₁", "x₂"))
        for name in ("identity", "step", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus",
                     "silu", "gelu", "gelu_tanh")
    },
}  # fmt: skip


def theta(layers: Layers) -> np.ndarray:
    """Parameters without chance, (parameters,) float32, from −1.5 to 1.5."""
    count = sum((n_in + 1) * n_out for n_in, n_out in pairwise(layers.sizes))
    return (1.5 * np.sin(np.arange(1, count + 1) ** 1.5)).astype(np.float32)


def points(layers: Layers) -> np.ndarray:
    """What it is tried on."""
    return POINTS if layers.inputs else PIXELS


def printed(code: str, layers: Layers, folder: Path) -> str:
    """What these lines print beside the network's file."""
    (folder / FILE).write_bytes(network_file(theta(layers), layers, points(layers)))
    said, room = io.StringIO(), {}
    with contextlib.chdir(folder), contextlib.redirect_stdout(said):
        exec(code, room)
    for value in room.values():
        if isinstance(value, np.lib.npyio.NpzFile):
            value.close()
    return said.getvalue()


def main() -> None:
    """Run them all, and keep what they printed."""
    import tempfile

    import keras
    import torch

    kept = {
        "PyTorch": torch.__version__,
        "Keras": f"{keras.__version__} on {keras.backend.backend()}",
    }
    with tempfile.TemporaryDirectory() as folder:
        runs = {
            name: {
                library: {"code": code, "printed": printed(code, layers, Path(folder))}
                for library, code in all_code(FILE, layers).items()
                if library != "NumPy"
            }
            for name, layers in NETWORKS.items()
        }
    KEPT.write_text(
        json.dumps({"run with": kept, "runs": runs}, ensure_ascii=False, indent=1) + "\n"
    )


if __name__ == "__main__":
    os.environ.setdefault("KERAS_BACKEND", "torch")
    main()
